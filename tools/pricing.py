"""A price or promotion, suggested to reps where history can carry it."""

from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission
from core.forecasts import pricing
from core.forecasts.questions import subject_of
from core.replies import Reply
from tools.context import ToolContext
from tools.forecast_questions import question
from tools.pricing_replies import advised
from tools.registry import ToolSpec

Runtime = ToolRuntime[ToolContext, Any]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def suggest_price(
    runtime: Runtime, sku: str, region: str | None = None, dealer: str | None = None
) -> tuple[str, Reply]:
    """Whether a lower price or a promotion would pay for a product, from how demand answered to prices so far.

    Args:
        sku: The product, by its code.
        region: Only the dealers of this region, by its code.
        dealer: Only this dealer, by its code.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        subject = await subject_of(session, ctx.actor, question(ctx, dealer=dealer, region=region, sku=sku), ctx.today)
        found = await pricing.advise(session, subject, ctx.today, ctx.brand.currency)
    reply = advised(found, ctx.words, ctx.actor)
    return reply.plain(), reply


TOOLS = (ToolSpec(suggest_price, Permission.PRICES_SUGGEST, private=True),)
