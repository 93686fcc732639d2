"""Sales as reps and managers ask about them: one measure, broken down, compared and ranked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.service import receivable
from core.actor import Actor
from core.dealers.service import region_named, resolve
from core.errors import BadInput
from core.money import ZERO
from core.sales import facts, groups
from core.sales.credit import credit_lines, share_used, whole_share
from core.sales.facts import Sums, Within
from core.sales.groups import Names, SilentDealer
from core.sales.rules import (
    AS_OF_A_DAY,
    BY_GROWTH,
    NOT_BY_PRODUCT,
    By,
    Compare,
    Measure,
    Rank,
    Row,
    Span,
    add_months,
    by_month,
    compared,
    days_of_stock,
    growth,
    nested,
    ranked,
    rolled_up,
    until,
    whole_months,
)

STOCK_MONTHS = 3
HALF_A_YEAR = 180  # days


@dataclass(frozen=True, slots=True)
class SalesQuery:
    """What is asked. ``span`` absent: the current month, twelve months where ``by`` is month, for sell-through the
    last month reported. ``by`` absent: what is usual for the question. ``filter`` no_orders asks which dealers placed
    no order in the span; ``quiet_days`` which placed none for at least so many days, whatever the span.
    """

    measure: Measure = Measure.SELL_IN
    by: By | None = None
    span: Span | None = None
    compare: Compare | None = None
    region: str | None = None
    dealer: str | None = None
    sku: str | None = None
    category: str | None = None
    rank: Rank = Rank.MOST
    limit: int = 10
    filter: Literal["no_orders"] | None = None
    quiet_days: int | None = None


@dataclass(frozen=True, slots=True)
class SalesSummary:
    """The answer. ``span`` is cut off at the day of asking, and so is what it is compared with.

    Sell-in is confirmed orders (not cancelled, not rejected) by the day placed, tax included, less discounts.
    Invoiced is what was invoiced by the day of the invoice, red ones taken off. Collections are payments received.
    Overdue is as of ``span.last``. Sell-through is cases that dealers reported. Stock days are the last reported
    stock over the average daily sell-through of three months. ``about`` names the dealer or region and the product
    that it is confined to; ``silent`` are those of ``dealers`` without an order; ``cases`` is the paid quantity of
    the products meant, where a sell-in is confined to some.
    """

    query: SalesQuery
    span: Span
    against: Span | None
    currency: str
    total: Decimal | None
    before: Decimal | None
    about: tuple[Mapping[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    names: Names = field(default_factory=dict)
    silent: tuple[SilentDealer, ...] = ()
    dealers: int = 0
    cases: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """Growth of the total, as a share of one."""
        return growth(self.total, self.before)


async def summary(
    session: AsyncSession, actor: Actor, query: SalesQuery, *, as_of: date, currency: str
) -> SalesSummary:
    """Answer the query with what had happened by the end of ``as_of``; trade in other currencies is left out."""
    query = query if query.by else replace(query, by=_usual(query, actor))
    if query.measure is Measure.CREDIT_USED and query.by is By.REGION:
        query = replace(query, by=By.DEALER)  # limits are dealers'
    if query.rank in BY_GROWTH and query.compare is None and query.measure not in AS_OF_A_DAY:
        query = replace(query, compare=Compare.PREVIOUS)
    _check(query)
    within, about = await _within(session, actor, query, currency)
    span = await _span(session, within, query, as_of)
    if query.filter == "no_orders":
        silent, dealers = await groups.silent_dealers(session, within, span)
        return SalesSummary(query, span, None, currency, None, None, about, silent=tuple(silent), dealers=dealers)
    compare = query.compare or _usual_comparison(query, span)
    against = compared(span, compare) if compare else None
    total = await _total(session, within, query.measure, span)
    before = await _total(session, within, query.measure, against) if against else None
    rows = await _rows(session, within, query, span, against if query.compare else None)
    names = await groups.names(session, within, query.by)
    counted = query.measure is Measure.SELL_IN and within.by_line
    cases = await facts.cases_ordered(session, within, span) if counted else None
    return SalesSummary(query, span, against, currency, total, before, about, tuple(rows), names, cases=cases)


def _usual_comparison(query: SalesQuery, span: Span) -> Compare | None:
    """Half a year and more is held against last year: what came before it was another season."""
    if query.measure in AS_OF_A_DAY or query.by is By.MONTH:
        return None
    return Compare.LAST_YEAR if span.days >= HALF_A_YEAR else Compare.PREVIOUS


def _usual(query: SalesQuery, actor: Actor) -> By:
    """What tells most: regions of the whole brand, dealers of a region, products of one dealer."""
    by_product = query.measure not in NOT_BY_PRODUCT and query.sku is None
    if query.dealer:
        return By.PRODUCT if by_product else By.DEALER
    whole = actor.everywhere and by_product and query.region is None and query.category is None
    return (
        By.REGION
        if whole or (actor.everywhere and query.measure in {Measure.COLLECTIONS, Measure.INVOICED})
        else By.DEALER
    )


def _check(query: SalesQuery) -> None:
    by_product = query.by in {By.PRODUCT, By.CATEGORY} or query.sku is not None or query.category is not None
    if query.measure in NOT_BY_PRODUCT and by_product and query.filter is None:
        raise BadInput("sales.not_by_product")
    if query.measure in AS_OF_A_DAY and query.by is By.MONTH:
        raise BadInput("sales.not_by_month")


async def _within(
    session: AsyncSession, actor: Actor, query: SalesQuery, currency: str
) -> tuple[Within, tuple[Mapping[str, str], ...]]:
    """The codes asked about, resolved inside the actor's scope, and their names; out of scope is as missing."""
    about: list[Mapping[str, str]] = []
    dealer = await resolve(session, actor, query.dealer) if query.dealer or actor.dealer_id is not None else None
    region = await region_named(session, actor, query.region) if query.region else None
    if dealer is not None:
        about.append({"zh": dealer.name, "en": dealer.name_en})
    elif region is not None or actor.region_path:
        path = region.path if region else actor.region_path or ""
        about.append(await groups.region_name(session, path))
    sku = None
    if query.sku:
        sku, names = await groups.product_name(session, query.sku)
        about.append(names)
    path_asked = region.path if region else None
    return Within(actor, currency, dealer.id if dealer else None, path_asked, sku, query.category), tuple(about)


async def _span(session: AsyncSession, within: Within, query: SalesQuery, as_of: date) -> Span:
    """The days that count: those asked for, else what is usual for the measure; cut off at ``as_of``.

    Reports, and breakdowns by month, take the months whole: a part of one would look like a fall.
    """
    if query.filter and query.quiet_days:
        return Span(as_of - timedelta(days=query.quiet_days - 1), as_of + timedelta(days=1))
    reports = query.measure is Measure.SELL_THROUGH and query.filter is None
    last = as_of.replace(day=1)
    if query.span is None and reports:
        last = max((await facts.last_reports(session, within, as_of)).values(), default=last)
    back = 11 if query.by is By.MONTH else 0
    asked = query.span or Span(add_months(last, -back), add_months(last, 1))
    if asked.start > as_of:
        raise BadInput("sales.not_begun", day=asked.start)
    if reports:
        return whole_months(asked)
    return until(whole_months(asked) if query.by is By.MONTH else asked, as_of)


async def _sums(session: AsyncSession, within: Within, measure: Measure, by: By | None, span: Span) -> Sums:
    match measure:
        case Measure.SELL_IN:
            return await facts.sell_in(session, within, by, span)
        case Measure.INVOICED:
            return await facts.invoiced(session, within, by, span)
        case Measure.COLLECTIONS:
            return await facts.collections(session, within, by, span)
        case Measure.SELL_THROUGH:
            return await facts.sell_through(session, within, by, span)
        case _:
            raise ValueError(f"{measure} is no flow")


async def _total(session: AsyncSession, within: Within, measure: Measure, span: Span) -> Decimal | None:
    if measure is Measure.OVERDUE:
        return sum((await facts.overdue(session, within, span.last)).values(), ZERO)
    if measure is Measure.CREDIT_USED:
        return whole_share(await credit_lines(session, within, span.last))
    if measure is Measure.STOCK_DAYS:
        return (await _stock_days(session, within, None, span.last)).get("")
    return (await _sums(session, within, measure, None, span)).get("", ZERO)


async def _rows(
    session: AsyncSession, within: Within, query: SalesQuery, span: Span, against: Span | None
) -> list[Row]:
    if query.by is None:
        return []
    values = await _values(session, within, query, span)
    before = await _values(session, within, query, against) if against else None
    if query.by is By.MONTH:
        return by_month(values, before, span, against, gaps=query.measure is Measure.SELL_THROUGH)
    if query.by is By.REGION:
        _, paths = await groups.region_paths(session, within)
        return nested(ranked(values, before, query.rank), paths)
    flow = query.measure not in AS_OF_A_DAY
    everyone = await groups.everyone(session, within, query.by, span) if flow and query.rank is Rank.LEAST else ()
    rows = ranked(values, before, query.rank, everyone)
    if query.measure is Measure.OVERDUE and query.by is By.DEALER:
        return await _with_days(session, within.actor, rows, span.last)
    return rows


async def _values(session: AsyncSession, within: Within, query: SalesQuery, span: Span) -> Mapping[str, Decimal | None]:
    """By key. Regions are summed up their tree."""
    if query.measure is Measure.CREDIT_USED:
        return share_used(await credit_lines(session, within, span.last))
    if query.measure is Measure.STOCK_DAYS:
        return await _stock_days(session, within, query.by, span.last)
    if query.measure is Measure.OVERDUE:
        values = await facts.overdue(session, within, span.last)
        if query.by is By.REGION:
            values = _regrouped(values, await groups.regions_of(session, within))
    else:
        values = await _sums(session, within, query.measure, query.by, span)
    return await _up_the_tree(session, within, query.by, values)


async def _stock_days(session: AsyncSession, within: Within, by: By | None, day: date) -> Mapping[str, Decimal | None]:
    """Days that the last reported stock lasts; dealers whose last report is over three months old are left out."""
    dealers: dict[date, list[int]] = {}
    for dealer_id, month in (await facts.last_reports(session, within, day)).items():
        if month >= add_months(day.replace(day=1), -STOCK_MONTHS):
            dealers.setdefault(month, []).append(dealer_id)
    stock: Sums = {}
    daily: Sums = {}
    for last, ids in sorted(dealers.items()):
        months = Span(add_months(last, 1 - STOCK_MONTHS), add_months(last, 1))
        held, sold = await facts.stock_and_sales(session, within, by, months, ids)
        for key, cases in held.items():
            stock[key] = stock.get(key, ZERO) + cases
            daily[key] = daily.get(key, ZERO) + sold.get(key, ZERO) / months.days
    stock = await _up_the_tree(session, within, by, stock)
    daily = await _up_the_tree(session, within, by, daily)
    return {key: days_of_stock(cases, daily[key]) for key, cases in stock.items()}


async def _up_the_tree(session: AsyncSession, within: Within, by: By | None, values: Sums) -> Sums:
    if by is not By.REGION:
        return values
    root, paths = await groups.region_paths(session, within)
    return rolled_up(values, paths, root)


def _regrouped(values: Sums, groups_of: Mapping[str, str]) -> Sums:
    sums: Sums = {}
    for key, value in values.items():
        sums[groups_of[key]] = sums.get(groups_of[key], ZERO) + value
    return sums


async def _with_days(session: AsyncSession, actor: Actor, rows: list[Row], day: date) -> list[Row]:
    """Each dealer's days since the oldest unpaid invoice was due."""
    ids = await groups.dealer_ids(session, actor, [row.key for row in rows])
    accounts = {code: await receivable(session, actor, dealer_id, day) for code, dealer_id in ids.items()}
    return [replace(row, days=accounts[row.key].oldest_overdue_days) for row in rows]
