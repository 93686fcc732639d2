"""What threatens dealers' stock."""

from typing import Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.forecasts import watching
from core.replies import Reply
from tools.context import ToolContext
from tools.forecast_questions import question
from tools.products import Category
from tools.registry import ToolSpec
from tools.stock_risk_replies import watched

Runtime = ToolRuntime[ToolContext, Any]
RiskName = Literal["stock_out", "overstock", "short_dated", "transfer"]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def list_stock_risks(
    runtime: Runtime,
    risk: RiskName | None = None,
    sku: str | None = None,
    category: Category | None = None,
    dealer: str | None = None,
    region: str | None = None,
) -> tuple[str, Reply]:
    """What will run out and when, what lies too long, what grows old, and what one dealer could pass to another.

    Args:
        risk: Only this: stock_out, overstock, short_dated, or transfer (goods to move between dealers).
        sku: Only this product, by its code.
        category: Only products of this category.
        dealer: The dealer's code; only for people who look after several dealers, who get all of theirs without it.
        region: Only the dealers of this region, by its code.
    """
    ctx = runtime.context
    asked = question(ctx, dealer=dealer, region=region, sku=sku, category=category)
    async with ctx.reads() as session:
        found = await watching.watch(session, ctx.actor, asked, ctx.today)
    reply = watched(found, risk, ctx.words, ctx.actor)
    return reply.plain(), reply


TOOLS = (ToolSpec(list_stock_risks, Permission.FORECASTS_READ, private=True),)
