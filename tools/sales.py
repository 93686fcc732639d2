"""How sales go, for those who look after several dealers."""

from typing import Annotated, Any, Literal, TypedDict, Unpack

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from pydantic import Field

from core.actor import Permission
from core.replies import Reply
from core.sales import service as sales
from core.sales.rules import By, Compare, Measure, Rank, Span
from core.sales.service import SalesQuery
from tools.context import ToolContext
from tools.periods import days_of
from tools.products import Category
from tools.registry import ToolPackage, ToolSpec
from tools.sales_replies import summed_up

Runtime = ToolRuntime[ToolContext, Any]
MeasureName = Literal["sell_in", "invoiced", "collections", "overdue", "sell_through", "stock_days", "credit_used"]
ByName = Literal["dealer", "region", "product", "category", "month"]
CompareName = Literal["previous", "last_year"]
RankName = Literal["most", "least", "rise", "fall"]
QuietDays = Annotated[int, Field(ge=1, le=730, json_schema_extra={"format": "days-without-order"})]


class Narrowed(TypedDict):
    """Which sales, and how many of them to rank."""

    region: str | None
    dealer: str | None
    sku: str | None
    category: Category | None
    limit: int


def asked(
    fiscal_year_start: int,
    *,
    measure: MeasureName,
    by: ByName | None,
    period: str | None,
    compare: CompareName | None,
    rank: RankName,
    no_orders: bool,
    quiet_days: int | None = None,
    **narrowed: Unpack[Narrowed],
) -> SalesQuery:
    """The question behind public names, whether a model or a program uses them; BadInput for a period that is none."""
    days = days_of(period, fiscal_year_start) if period else None
    return SalesQuery(
        measure=Measure(measure),
        by=By(by) if by else None,
        span=Span(*days) if days else None,
        compare=Compare(compare) if compare else None,
        rank=Rank(rank),
        filter="no_orders" if no_orders or quiet_days else None,
        quiet_days=quiet_days,
        **narrowed,
    )


@tool(parse_docstring=True, response_format="content_and_artifact")
async def sales_summary(  # noqa: PLR0913, PLR0917 - the tool's public arguments
    runtime: Runtime,
    measure: MeasureName = "sell_in",
    by: ByName | None = None,
    period: str | None = None,
    compare: CompareName | None = None,
    region: str | None = None,
    dealer: str | None = None,
    sku: str | None = None,
    category: Category | None = None,
    order: RankName = "most",
    limit: Annotated[int, Field(ge=1, le=100)] = 10,
    filter: Literal["no_orders"] | None = None,  # noqa: A002
    quiet_days: QuietDays | None = None,
) -> tuple[str, Reply]:
    """Sales of the dealers that the asker looks after: ranked, compared, over time, and who hasn't ordered.

    Args:
        measure: sell_in is what dealers ordered, invoiced what they were invoiced, collections what they paid, overdue
            what they should have paid, sell_through what they sold on, stock_days how long their stock lasts,
            credit_used what part of their credit limit they use.
        by: What to break it down by.
        period: The period, such as 2026-11, 2026Q4 or 2026; leave out for the current month.
        compare: previous holds it against the span before, last_year against the same span of last year.
        region: Only this region, by its code.
        dealer: Only this dealer, by its code.
        sku: Only this product, by its code.
        category: Only products of this category.
        order: Whether the most or the least comes first; rise and fall rank by growth against what it is compared with.
        limit: How many to rank.
        filter: no_orders lists the dealers that placed no order in the period.
        quiet_days: Lists the dealers that placed no order for at least so many days up to today instead.
    """
    ctx = runtime.context
    query = asked(
        ctx.brand.fiscal_year_start, measure=measure, by=by, period=period, compare=compare, rank=order,
        no_orders=filter == "no_orders", quiet_days=quiet_days, region=region, dealer=dealer, sku=sku,
        category=category, limit=limit,
    )  # fmt: skip
    async with ctx.reads() as session:
        found = await sales.summary(session, ctx.actor, query, as_of=ctx.today, currency=ctx.brand.currency)
    reply = summed_up(found, ctx.words)
    return reply.plain(), reply


PACKAGE = ToolPackage(tools=(ToolSpec(sales_summary, Permission.SALES_READ, private=True),))
