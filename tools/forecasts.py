"""Demand ahead: how much, why, what if, and how wrong such forecasts have been."""

from typing import Annotated, Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from pydantic import Field

from core.actor import Permission
from core.forecasts import assuming, explaining, pricing
from core.forecasts import service as forecasts
from core.replies import Reply
from tools import pricing as price_tools
from tools import replenishing, stock_risks
from tools.context import ToolContext
from tools.forecast_accuracy import measured
from tools.forecast_questions import Months, Period, question
from tools.forecast_reasons import explained
from tools.forecast_replies import Told, foreseen
from tools.products import Category
from tools.registry import ToolPackage, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
Promotion = Annotated[str, Field(json_schema_extra={"format": "promotion"})]
PriceChange = Annotated[float, Field(ge=-50, le=50, json_schema_extra={"format": "price-change"})]
PriceDifference = Annotated[float, Field(json_schema_extra={"format": "price-difference"})]
DemandChange = Annotated[float, Field(gt=-100, le=200, json_schema_extra={"format": "demand-change"})]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def forecast_demand(  # noqa: PLR0913, PLR0917 - the tool's public arguments
    runtime: Runtime,
    sku: str | None = None,
    category: Category | None = None,
    dealer: str | None = None,
    region: str | None = None,
    period: Period | None = None,
    months: Months | None = None,
    promotion: Promotion | None = None,
    price_change: PriceChange | None = None,
    price_difference: PriceDifference | None = None,
    factor: DemandChange | None = None,
) -> tuple[str, Reply]:
    """What will be bought in coming months, in cases, with intervals and past errors; also under assumptions (what if).

    Args:
        sku: Only this product, by its code; without it and a category, all products together.
        category: Only products of this category.
        dealer: The dealer's code; only for people who look after several dealers, who get all of theirs without it.
        region: Only the dealers of this region, by its code.
        period: The months meant, such as 2026-12, 2027Q1 or 2026-12..2027-02; leave out for next month.
        months: How many months from the next one on, where a number of months was said instead of a period.
        promotion: What if there were this promotion: 10+1 for one free with ten paid, or 5% for five per cent off.
        price_change: What if the price changed by so many per cent: 5 is dearer, -5 cheaper.
        price_difference: What if a case cost so much more (2) or less (-1), in the brand's currency.
        factor: What if demand were so many per cent higher (a hot summer: 10) or lower (-10).
    """
    ctx = runtime.context
    asked = question(ctx, dealer=dealer, region=region, sku=sku, category=category, period=period, months=months)
    async with ctx.reads() as session:
        known = await forecasts.known(session, ctx.actor, asked, ctx.today)
        if price_difference:
            price_change = await pricing.in_per_cent(
                session, known.subject, price_difference, ctx.today, ctx.brand.currency
            )
        given = assuming.assumption(promotion, price_change, factor)
        answers = None
        if given.price is not None:
            answers = await pricing.response_of(session, known.subject, known.origin, ctx.brand.currency)
        parts = await forecasts.parts(session, known) if known.subject.dealer is None else []
    found = await forecasts.outlook(known)
    told = Told(found, assuming.assumed(found.points, given, answers), tuple(parts), ctx.actor)
    reply = foreseen(told, ctx.words)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def explain_forecast(
    runtime: Runtime,
    sku: str | None = None,
    category: Category | None = None,
    dealer: str | None = None,
    region: str | None = None,
    period: Period | None = None,
) -> tuple[str, Reply]:
    """Why a forecast says what it says: last year, trend, season, promotions, and the method behind it.

    Args:
        sku: Only this product, by its code.
        category: Only products of this category.
        dealer: The dealer's code; only for people who look after several dealers.
        region: Only the dealers of this region, by its code.
        period: The month meant, such as 2026-12; leave out for next month.
    """
    ctx = runtime.context
    asked = question(ctx, dealer=dealer, region=region, sku=sku, category=category, period=period)
    async with ctx.reads() as session:
        known = await forecasts.known(session, ctx.actor, asked, ctx.today)
        why = await explaining.explain(session, known)
    found = await forecasts.outlook(known)
    reply = explained(found, why, ctx.words, ctx.actor)
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def forecast_accuracy(
    runtime: Runtime,
    sku: str | None = None,
    category: Category | None = None,
    dealer: str | None = None,
    region: str | None = None,
) -> tuple[str, Reply]:
    """How wrong forecasts of the last months were, against last year's month and a plain mean, and which months worst.

    Args:
        sku: Only this product, by its code.
        category: Only products of this category.
        dealer: The dealer's code; only for people who look after several dealers.
        region: Only the dealers of this region, by its code.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        asked = question(ctx, dealer=dealer, region=region, sku=sku, category=category)
        known = await forecasts.known(session, ctx.actor, asked, ctx.today)
    found = await forecasts.outlook(known)
    reply = measured(found, ctx.words, ctx.actor)
    return reply.plain(), reply


PACKAGE = ToolPackage(
    tools=(
        ToolSpec(forecast_demand, Permission.FORECASTS_READ, private=True),
        ToolSpec(explain_forecast, Permission.FORECASTS_READ, private=True),
        ToolSpec(forecast_accuracy, Permission.FORECASTS_READ, private=True),
        *replenishing.TOOLS,
        *stock_risks.TOOLS,
        *price_tools.TOOLS,
    )
)
