"""What rebate a dealer has earned."""

from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.dealers import service as dealers
from core.rebates import service as rebates
from core.rebates.rules import quarter_of
from core.replies import Reply
from tools.context import ToolContext
from tools.periods import days_of
from tools.rebate_replies import RebateView, explained
from tools.registry import ToolPackage, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def explain_rebate(runtime: Runtime, period: str | None = None, dealer: str | None = None) -> tuple[str, Reply]:
    """What rebate a dealer has earned in a period: amount, arithmetic, tier, distance to the next, invoices that count.

    Args:
        period: The period, such as 2026Q4, 2026-10 or 2026; leave out for the current quarter.
        dealer: The dealer's code; only for people who look after several dealers.
    """
    ctx = runtime.context
    fiscal = ctx.brand.fiscal_year_start
    quarter = quarter_of(ctx.today, fiscal)
    start, end = days_of(period, fiscal) if period else (quarter.start, quarter.end)
    async with ctx.reads() as session:
        who = await dealers.resolve(session, ctx.actor, dealer)
        found = await rebates.statements(session, ctx.actor, who, start, end, ctx.today, fiscal)
    view = RebateView(who, tuple(found), start, end, named=ctx.actor.dealer_id is None)
    reply = explained(view, ctx.words)
    return reply.plain(), reply


PACKAGE = ToolPackage(tools=(ToolSpec(explain_rebate, Permission.REBATES_READ, private=True),))
