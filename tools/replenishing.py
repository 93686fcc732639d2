"""From a forecast to an order, proposed for a press."""

from decimal import Decimal
from typing import Annotated, Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from pydantic import Field

from core.actor import Permission
from core.forecasts import fitting, ordering
from core.orders import service as orders
from core.replies import Reply
from tools.context import ToolContext
from tools.forecast_questions import Months, Period, question
from tools.products import Category
from tools.proposing import propose
from tools.registry import Effect, ToolSpec
from tools.replenishing_replies import enough, proposed, unplaceable

Held = Annotated[float, Field(ge=0, le=10_000_000, json_schema_extra={"format": "stock-held"})]
Runtime = ToolRuntime[ToolContext, Any]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def propose_replenishment(
    runtime: Runtime,
    sku: str | None = None,
    category: Category | None = None,
    dealer: str | None = None,
    period: Period | None = None,
    months: Months | None = None,
    stock: Held | None = None,
) -> tuple[str, Reply]:
    """Work out how much to stock up on, from the forecast, stock and goods on the way, as an order shown with buttons.

    Orders nothing yet.

    Args:
        sku: Only this product, by its code; without it and a category, all that the dealer carries.
        category: Only products of this category.
        dealer: The dealer's code; only for people who look after several dealers.
        period: The months that the goods have to last for, such as 2026-12; left out, until the next order arrives.
        months: How many months from the next one on, where a number of months was said instead of a period.
        stock: Cases of the product that are in the dealer's stock now, where the person says so.
    """
    ctx = runtime.context
    asked = question(ctx, dealer=dealer, sku=sku, category=category, period=period, months=months)
    stated = Decimal(str(stock)) if stock is not None else None
    async with ctx.reads() as session:
        basis = await ordering.basis(session, ctx.actor, asked, ctx.today, stated)
    plan = await ordering.plan(basis)
    async with ctx.reads() as session:
        fitted = await fitting.fit(session, ctx.actor, plan, ctx.now, ctx.brand.fiscal_year_start)
    if fitted.draft is None:
        reply = enough(fitted, ctx.words, ctx.actor)
    elif not fitted.draft.fine:
        reply = unplaceable(fitted, fitted.draft, ctx.words, ctx.actor)
    else:
        proposal = await propose(ctx, orders.as_proposal(fitted.draft))
        reply = proposed(fitted, fitted.draft, proposal, ctx.words, ctx.actor)
    return reply.plain(), reply


TOOLS = (ToolSpec(propose_replenishment, Permission.ORDERS_DRAFT, Effect.PROPOSE, private=True),)
