"""Sales of the demo against sums in plain Python over the rows themselves."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Payment
from core.accounts.service import receivable
from core.actor import PERMISSIONS, Actor, Role, system
from core.db import Database
from core.dealers.models import Dealer, Region
from core.orders.models import Order, OrderLine
from core.orders.reading import open_orders
from core.products.models import PackUnit, Product, Unit
from core.sales import service as sales
from core.sales.credit import CreditLine, credit_lines
from core.sales.facts import Within
from core.sales.models import SellThrough
from core.sales.rules import By, Compare, Measure, Rank, Span
from core.sales.service import SalesQuery, SalesSummary
from core.scope import visible
from tests.conftest import DEMO_UNTIL

pytestmark = pytest.mark.database
D = Decimal
ALL = system("test")
EAST = Actor(1, "rep-east", "r", Role.REP, "zh", region_path="EAST/", permissions=PERMISSIONS[Role.REP])
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 21))


@dataclass
class Rows:
    """What the demo holds, as it stands in its tables."""

    dealers: Sequence[Any]
    orders: Sequence[Any]
    lines: Sequence[Any]
    payments: Sequence[Any]
    reports: Sequence[Any]

    @classmethod
    async def read(cls, session: AsyncSession) -> "Rows":
        async def rows(statement: Any) -> Sequence[Any]:
            return (await session.execute(statement)).all()

        join = select(Dealer.id, Dealer.code, Region.path).join(Region, Region.id == Dealer.region_id)
        cases = (PackUnit.product_id == SellThrough.product_id) & (PackUnit.unit == Unit.CASE)
        reports = select(SellThrough.dealer_id, SellThrough.month, SellThrough.sold, SellThrough.stock_end, Product.sku)
        return cls(
            await rows(join.where(visible(ALL, Dealer))),
            await rows(
                select(Order.id, Order.dealer_id, Order.placed_on, Order.state, Order.amount, Order.discount).where(
                    visible(ALL, Order)
                )
            ),
            await rows(
                select(OrderLine.order_id, OrderLine.amount, Product.sku)
                .join(Product, Product.id == OrderLine.product_id)
                .where(visible(ALL, OrderLine))
            ),
            await rows(select(Payment.dealer_id, Payment.received_on, Payment.amount).where(visible(ALL, Payment))),
            await rows(
                reports.add_columns(PackUnit.bottles)
                .join(Product, Product.id == SellThrough.product_id)
                .join(PackUnit, cases)
                .where(visible(ALL, SellThrough))
            ),
        )

    def bought(self, span: Span) -> list[Any]:
        return [
            order
            for order in self.orders
            if span.start <= order.placed_on < span.end and order.state not in {"cancelled", "rejected"}
        ]

    @property
    def code(self) -> dict[int, str]:
        return {dealer.id: dealer.code for dealer in self.dealers}


@pytest.fixture
async def session(demo_database: Database) -> AsyncIterator[AsyncSession]:
    async with demo_database.reads() as opened:
        yield opened


async def ask(session: AsyncSession, actor: Actor = ALL, **query: Any) -> SalesSummary:
    return await sales.summary(session, actor, SalesQuery(**query), as_of=DEMO_UNTIL, currency="CNY")


def summed(pairs: Sequence[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for key, value in pairs:
        sums[key] += value
    return {key: value for key, value in sums.items() if value}


def values(found: SalesSummary) -> dict[str, Decimal | None]:
    return {row.key: row.value for row in found.rows}


async def test_sell_in_of_dealers_regions_and_months(session: AsyncSession) -> None:
    rows = await Rows.read(session)
    now = rows.bought(NOVEMBER)
    october = rows.bought(Span(date(2026, 10, 1), date(2026, 10, 21)))

    found = await ask(session, by=By.DEALER)
    assert values(found) == summed([(rows.code[order.dealer_id], order.amount) for order in now])
    assert found.total == sum(order.amount for order in now)
    assert found.before == sum(order.amount for order in october)
    assert [row.value for row in found.rows] == sorted((row.value or D(0) for row in found.rows), reverse=True)

    paths = {dealer.id: dealer.path for dealer in rows.dealers}
    leaves = summed([(paths[order.dealer_id].split("/")[-2], order.amount) for order in now])
    tops = summed([(paths[order.dealer_id].split("/")[0], order.amount) for order in now])
    assert values(await ask(session, by=By.REGION)) == leaves | tops

    east = await ask(session, EAST, by=By.REGION)
    assert values(east) == {key: value for key, value in leaves.items() if key.startswith("EAST-")}
    assert east.total == tops["EAST"]

    months = await ask(session, by=By.MONTH)
    year = rows.bought(Span(date(2025, 12, 1), date(2026, 11, 21)))
    assert values(months) == summed([(f"{order.placed_on:%Y-%m}", order.amount) for order in year])


async def test_sell_in_of_products_adds_up_and_splits_discounts_within_cents(session: AsyncSession) -> None:
    rows = await Rows.read(session)
    quarter = Span(date(2026, 1, 1), date(2026, 4, 1))
    orders = {order.id: order for order in rows.bought(quarter)}
    found = await ask(session, by=By.PRODUCT, span=quarter)
    assert sum(value or D(0) for value in values(found).values()) == sum(order.amount for order in orders.values())
    exact: dict[str, Decimal] = defaultdict(Decimal)
    discounted: dict[str, int] = defaultdict(int)
    for line in rows.lines:
        if order := orders.get(line.order_id):
            exact[line.sku] += line.amount * order.amount / (order.amount + order.discount)
            discounted[line.sku] += order.discount > 0
    assert sum(discounted.values()) > 0
    for sku, value in values(found).items():
        assert abs((value or D(0)) - exact[sku]) <= D("0.01") * discounted[sku]


async def test_collections_and_last_year(session: AsyncSession) -> None:
    rows = await Rows.read(session)

    def paid(start: date, end: date) -> dict[str, Decimal]:
        inside = [one for one in rows.payments if start <= one.received_on < end]
        return summed([(rows.code[one.dealer_id], one.amount) for one in inside])

    found = await ask(session, measure=Measure.COLLECTIONS, by=By.DEALER, compare=Compare.LAST_YEAR)
    then = paid(date(2025, 11, 1), date(2025, 11, 21))
    assert {key: value for key, value in values(found).items() if value} == paid(NOVEMBER.start, NOVEMBER.end)
    assert {row.key: row.before for row in found.rows if row.before} == then
    assert found.before == sum(then.values())


async def test_sell_through_and_stock_days(session: AsyncSession) -> None:
    rows = await Rows.read(session)
    october = [row for row in rows.reports if row.month == date(2026, 10, 1)]
    quarter = [row for row in rows.reports if date(2026, 8, 1) <= row.month <= date(2026, 10, 1)]
    sold = summed([(row.sku, D(row.sold) / row.bottles) for row in october])
    found = await ask(session, measure=Measure.SELL_THROUGH, by=By.PRODUCT)
    assert {k: round(v or D(0), 6) for k, v in values(found).items()} == {k: round(v, 6) for k, v in sold.items()}

    stock = summed([(rows.code[row.dealer_id], D(row.stock_end) / row.bottles) for row in october])
    daily = summed([(rows.code[row.dealer_id], D(row.sold) / row.bottles / 92) for row in quarter])
    days = await ask(session, measure=Measure.STOCK_DAYS, by=By.DEALER)
    assert days.total is not None
    for code, value in values(days).items():
        assert value is not None
        assert abs(value - stock[code] / daily[code]) < D("0.000001")
    assert abs(days.total - sum(stock.values(), D(0)) / sum(daily.values(), D(0))) < D("0.000001")


async def test_who_hasnt_ordered_this_month(session: AsyncSession) -> None:
    rows = await Rows.read(session)
    ordered = {order.dealer_id for order in rows.bought(NOVEMBER)}
    found = await ask(session, filter="no_orders")
    assert {one.code for one in found.silent} == {d.code for d in rows.dealers if d.id not in ordered}
    assert found.dealers == len(rows.dealers)
    for one in found.silent:
        mine = rows.bought(Span(date(2020, 1, 1), DEMO_UNTIL + timedelta(1)))
        days = [order.placed_on for order in mine if rows.code[order.dealer_id] == one.code]
        assert one.last_ordered_on == max(days)


async def test_the_weakest_dealers_take_in_the_silent(session: AsyncSession) -> None:
    least = await ask(session, EAST, by=By.DEALER, rank=Rank.LEAST)
    silent = await ask(session, EAST, filter="no_orders")
    assert {row.key for row in least.rows if not row.value} == {one.code for one in silent.silent}


@pytest.mark.parametrize("actor", [ALL, EAST], ids=["all", "east"])
async def test_the_credit_that_is_used_is_what_each_account_says(demo_database: Database, actor: Actor) -> None:
    async with demo_database.reads() as session:
        lines = await credit_lines(session, Within(actor, "CNY"), DEMO_UNTIL)
        theirs = select(Dealer).where(visible(actor, Dealer), Dealer.currency == "CNY")
        dealers = (await session.execute(theirs)).scalars().all()
        accounts = {one.code: await receivable(session, actor, one.id, DEMO_UNTIL) for one in dealers}
        ordered = {one.code: await open_orders(session, actor, one.id, "CNY") for one in dealers}
    assert lines == {
        code: CreditLine(account.balance + ordered[code], account.credit_limit)
        for code, account in accounts.items()
        if account.credit_limit > 0
    }
    assert len(lines) > 5
