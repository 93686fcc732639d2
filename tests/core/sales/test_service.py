"""Sales in a small market by hand: what counts, whose it is, and how it is compared."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice, Payment
from core.actor import PERMISSIONS, Actor, Role, system
from core.dealers.models import Dealer, Region, Stage
from core.errors import BadInput, NotFound
from core.orders.models import Order, OrderLine, OrderState
from core.products.models import Product, Unit
from core.sales import service as sales
from core.sales.models import SellThrough
from core.sales.rules import By, Compare, Measure, Rank, Span
from core.sales.service import SalesQuery, SalesSummary
from core.scope import visible
from tests.factories import TODAY, add, make_dealer, make_order, make_product, make_region

pytestmark = pytest.mark.database
D = Decimal
ALL = system("test")


class Scene:
    """EAST with SH (D001) and JS (D002), NORTH (D003); water and tea."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def open(self) -> "Scene":
        self.east = await make_region(self.session)
        self.sh = await make_region(self.session, "SH", parent=self.east)
        self.js = await make_region(self.session, "JS", parent=self.east)
        self.north = await make_region(self.session, "NORTH")
        self.d1 = await make_dealer(self.session, self.sh, "D001")
        self.d2 = await make_dealer(self.session, self.js, "D002")
        self.d3 = await make_dealer(self.session, self.north, "D003")
        self.water = await make_product(self.session)
        self.tea = await make_product(self.session, "T-500", category="tea")
        return self

    async def order(self, dealer: Dealer, day: date, lines: dict[Product, int], **changes: Any) -> Order:
        cases = {product.id: count for product, count in lines.items()}
        return await make_order(self.session, dealer, cases, price=D(10), placed_on=day, **changes)

    async def ask(self, actor: Actor = ALL, as_of: date = TODAY, **query: Any) -> SalesSummary:
        return await sales.summary(self.session, actor, SalesQuery(**query), as_of=as_of, currency="CNY")

    def rep(self, region: Region) -> Actor:
        return Actor(9, "r", "r", Role.REP, "zh", region_path=region.path, permissions=PERMISSIONS[Role.REP])


@pytest.fixture
async def scene(session: AsyncSession) -> Scene:
    return await Scene(session).open()


def values(found: SalesSummary) -> dict[str, Decimal | None]:
    return {row.key: row.value for row in found.rows}


async def test_sell_in_counts_confirmed_orders_net_of_discount_to_the_day(scene: Scene) -> None:
    await scene.order(scene.d1, date(2026, 11, 1), {scene.water: 10})
    await scene.order(scene.d1, TODAY, {scene.water: 10, scene.tea: 5}, amount=D("149.99"), discount=D("0.01"))
    await scene.order(scene.d2, TODAY, {scene.tea: 7}, state=OrderState.CLOSED)
    await scene.order(scene.d2, TODAY, {scene.tea: 70}, state=OrderState.CANCELLED)
    await scene.order(scene.d2, TODAY, {scene.tea: 70}, state=OrderState.REJECTED)
    await scene.order(scene.d2, TODAY + timedelta(1), {scene.tea: 70})
    await scene.order(scene.d2, date(2026, 10, 20), {scene.tea: 30})
    await scene.order(scene.d2, date(2026, 10, 21), {scene.tea: 900})
    await scene.order(scene.d1, TODAY, {scene.tea: 70}, currency="USD")

    found = await scene.ask(by=By.DEALER)

    assert found.span == Span(date(2026, 11, 1), date(2026, 11, 21))
    assert found.against == Span(date(2026, 10, 1), date(2026, 10, 21))
    assert (found.total, found.before) == (D("319.99"), D(300))
    assert values(found) == {"D001": D("249.99"), "D002": D(70)}
    assert values(await scene.ask(by=By.PRODUCT)) == {"W-550": D("199.99"), "T-500": D(120)}
    assert values(await scene.ask(by=By.CATEGORY, rank=Rank.LEAST)) == {"tea": D(120), "water": D("199.99")}


async def test_a_discount_is_split_over_the_lines_to_the_cent(scene: Scene) -> None:
    await scene.order(scene.d1, TODAY, {scene.water: 1, scene.tea: 2}, amount=D(20), discount=D(10))
    by_product = values(await scene.ask(by=By.PRODUCT))
    assert by_product == {"W-550": D("6.67"), "T-500": D("13.33")}
    confined = await scene.ask(sku="t-500")
    assert (confined.total, confined.cases) == (D("13.33"), D(2))
    assert (await scene.ask(category="water")).total == D("6.67")
    assert confined.about[0]["zh"] == "T-500 产品T-500"


async def test_a_discount_of_one_category_is_off_its_own_sales(scene: Scene, session: AsyncSession) -> None:
    order = await scene.order(scene.d1, TODAY, {scene.water: 1, scene.tea: 2}, amount=D(20), discount=D(10))
    for line, net in ((scene.water, D(10)), (scene.tea, D(10))):
        mine = update(OrderLine).where(visible(ALL, OrderLine), OrderLine.order_id == order.id)
        await session.execute(mine.where(OrderLine.product_id == line.id).values(net=net))
    assert values(await scene.ask(by=By.PRODUCT)) == {"W-550": D(10), "T-500": D(10)}
    assert (await scene.ask(category="tea")).total == D(10)


async def test_free_goods_are_in_no_amount_and_no_quantity(scene: Scene, session: AsyncSession) -> None:
    order = await scene.order(scene.d1, TODAY, {scene.water: 3})
    gift = OrderLine(
        order_id=order.id,
        dealer_id=scene.d1.id,
        position=1,
        product_id=scene.water.id,
        quantity=1,
        unit=Unit.CASE,
        bottles=24,
        price=D(10),
        amount=D(0),
        is_free=True,
    )
    await add(session, gift)
    found = await scene.ask(sku="W-550")
    assert (found.total, found.cases) == (D(30), D(3))


async def test_regions_are_summed_up_the_tree_within_the_askers_own(scene: Scene) -> None:
    for dealer, cases in ((scene.d1, 1), (scene.d2, 2), (scene.d3, 4)):
        await scene.order(dealer, TODAY, {scene.water: cases})
    whole = await scene.ask(by=By.REGION)
    assert [(row.key, row.value, row.inside) for row in whole.rows] == [
        ("NORTH", D(40), None),
        ("EAST", D(30), None),
        ("JS", D(20), "EAST"),
        ("SH", D(10), "EAST"),
    ]
    rep = scene.rep(scene.east)
    assert values(await scene.ask(rep, by=By.REGION)) == {"JS": D(20), "SH": D(10)}
    assert (await scene.ask(rep)).total == D(30)
    assert (await scene.ask(rep, region="SH")).total == D(10)
    assert (await scene.ask(rep, dealer="D002")).total == D(20)
    refused: tuple[dict[str, Any], ...] = (
        {"region": "NORTH"},
        {"region": "MOON"},
        {"dealer": "D003"},
        {"dealer": "D999"},
        {"sku": "X"},
    )
    for asked in refused:
        with pytest.raises(NotFound):
            await scene.ask(rep, **asked)


async def test_who_hasnt_ordered_begins_with_the_longest_silent(scene: Scene, session: AsyncSession) -> None:
    await make_dealer(session, scene.sh, "D004")
    await make_dealer(session, scene.sh, "D005", stage=Stage.ENDED)
    await make_dealer(session, scene.sh, "D006", active_until=date(2026, 10, 1))
    await make_dealer(session, scene.sh, "D007", stage=Stage.ON_HOLD)
    await scene.order(scene.d1, date(2026, 10, 31), {scene.water: 1})
    await scene.order(scene.d1, TODAY, {scene.water: 1}, state=OrderState.CANCELLED)
    await scene.order(scene.d2, date(2026, 11, 1), {scene.water: 1})
    await scene.order(scene.d3, date(2026, 9, 1), {scene.tea: 1})

    found = await scene.ask(filter="no_orders")
    silent = [(one.code, one.last_ordered_on) for one in found.silent]
    assert silent == [("D004", None), ("D007", None), ("D003", date(2026, 9, 1)), ("D001", date(2026, 10, 31))]
    assert found.dealers == 5

    tea = await scene.ask(filter="no_orders", sku="T-500", region="EAST")
    assert {one.code for one in tea.silent} == {"D001", "D002", "D004", "D007"}
    past = await scene.ask(filter="no_orders", span=Span(date(2026, 10, 1), date(2026, 11, 1)), dealer="D001")
    assert (past.silent, past.dealers) == ((), 1)


async def test_quiet_for_days_counts_back_from_today_whatever_the_month(scene: Scene) -> None:
    await scene.order(scene.d1, TODAY - timedelta(days=10), {scene.water: 1})
    await scene.order(scene.d2, TODAY - timedelta(days=9), {scene.water: 1})
    await scene.order(scene.d3, TODAY - timedelta(days=40), {scene.water: 1})

    found = await scene.ask(filter="no_orders", quiet_days=10)
    assert [one.code for one in found.silent] == ["D003", "D001"]
    longer = await scene.ask(filter="no_orders", quiet_days=11)
    assert [one.code for one in longer.silent] == ["D003"]


async def test_the_least_takes_in_those_who_bought_nothing(scene: Scene) -> None:
    await scene.order(scene.d1, TODAY, {scene.water: 1})
    least = await scene.ask(by=By.DEALER, rank=Rank.LEAST)
    assert [(row.key, row.value) for row in least.rows] == [("D002", D(0)), ("D003", D(0)), ("D001", D(10))]
    products = await scene.ask(by=By.PRODUCT, rank=Rank.LEAST)
    assert [(row.key, row.value) for row in products.rows] == [("T-500", D(0)), ("W-550", D(10))]


async def test_twelve_months_beside_those_of_last_year(scene: Scene) -> None:
    await scene.order(scene.d1, date(2026, 3, 31), {scene.water: 1})
    await scene.order(scene.d1, date(2025, 3, 1), {scene.water: 4})
    await scene.order(scene.d1, date(2025, 11, 21), {scene.water: 9})
    found = await scene.ask(by=By.MONTH, compare=Compare.LAST_YEAR)
    assert [row.key for row in found.rows][::11] == ["2025-12", "2026-11"]
    march = next(row for row in found.rows if row.key == "2026-03")
    assert (march.value, march.before, march.change) == (D(10), D(40), D("-0.75"))
    november = found.rows[-1]
    assert (november.value, november.before) == (D(0), D(0))
    whole = await scene.ask(by=By.MONTH, span=Span(date(2026, 3, 31), date(2026, 4, 2)))
    assert whole.span == Span(date(2026, 3, 1), date(2026, 5, 1))


async def test_collections_by_the_day_received(scene: Scene, session: AsyncSession) -> None:
    for dealer, day, amount in (
        (scene.d1, date(2026, 11, 1), 100),
        (scene.d3, TODAY, 50),
        (scene.d1, TODAY + timedelta(1), 7),
        (scene.d1, date(2026, 10, 31), 9),
    ):
        row = Payment(dealer_id=dealer.id, received_on=day, amount=D(amount), currency="CNY", reference="P")
        await add(session, row)
    found = await scene.ask(measure=Measure.COLLECTIONS, by=By.DEALER)
    assert (found.total, values(found)) == (D(150), {"D001": D(100), "D003": D(50)})
    assert values(await scene.ask(measure=Measure.COLLECTIONS, by=By.MONTH))["2026-10"] == D(9)
    with pytest.raises(BadInput):
        await scene.ask(measure=Measure.COLLECTIONS, by=By.PRODUCT)
    with pytest.raises(BadInput):
        await scene.ask(measure=Measure.COLLECTIONS, sku="W-550")


async def test_overdue_as_of_a_day_with_how_long(scene: Scene, session: AsyncSession) -> None:
    due = TODAY - timedelta(12)
    for dealer, number, amount, due_on in (
        (scene.d1, "A", "100", due),
        (scene.d1, "B", "60", TODAY),
        (scene.d1, "R", "-10", TODAY),
        (scene.d2, "C", "30", due),
        (scene.d3, "D", "5", due + timedelta(7)),
    ):
        row = Invoice(
            number=number,
            dealer_id=dealer.id,
            issued_on=due - timedelta(30),
            due_on=due_on,
            amount=D(amount),
            currency="CNY",
        )
        await add(session, row)
    paid = Payment(dealer_id=scene.d2.id, received_on=TODAY, amount=D(30), currency="CNY", reference="P")
    await add(session, paid)
    found = await scene.ask(measure=Measure.OVERDUE, by=By.DEALER)
    assert found.total == D(95)
    assert [(row.key, row.value, row.days) for row in found.rows] == [("D001", D(90), 12), ("D003", D(5), 5)]
    before = await scene.ask(measure=Measure.OVERDUE, by=By.REGION, as_of=TODAY - timedelta(1))
    assert values(before) == {"EAST": D(120), "SH": D(90), "JS": D(30), "NORTH": D(5)}
    with pytest.raises(BadInput):
        await scene.ask(measure=Measure.OVERDUE, by=By.MONTH)


async def report(session: AsyncSession, dealer: Dealer, product: Product, month: date, sold: int, left: int) -> None:
    await add(session, SellThrough(dealer_id=dealer.id, product_id=product.id, month=month, sold=sold, stock_end=left))


async def test_sell_through_in_cases_of_the_last_month_reported(scene: Scene, session: AsyncSession) -> None:
    await report(session, scene.d1, scene.water, date(2026, 9, 1), 2400, 0)
    await report(session, scene.d1, scene.water, date(2026, 10, 1), 36, 0)
    await report(session, scene.d2, scene.tea, date(2026, 10, 1), 24, 0)
    await report(session, scene.d2, scene.tea, date(2026, 11, 1), 2400, 0)
    found = await scene.ask(measure=Measure.SELL_THROUGH, by=By.PRODUCT)
    assert found.span == Span(date(2026, 10, 1), date(2026, 11, 1))
    assert (found.total, values(found)) == (D("2.5"), {"W-550": D("1.5"), "T-500": D(1)})
    months = await scene.ask(measure=Measure.SELL_THROUGH, by=By.MONTH)
    assert [row.value for row in months.rows[-3:]] == [None, D(100), D("2.5")]


async def test_stock_days_are_stock_over_the_average_day_of_three_months(scene: Scene, session: AsyncSession) -> None:
    for month, sold in ((8, 24 * 31), (9, 24 * 30), (10, 24 * 31)):
        await report(session, scene.d1, scene.water, date(2026, month, 1), sold, 24 * 15)
    await report(session, scene.d2, scene.water, date(2026, 10, 1), 0, 24 * 5)
    await report(session, scene.d3, scene.water, date(2026, 7, 1), 24, 24 * 900)
    found = await scene.ask(measure=Measure.STOCK_DAYS, by=By.DEALER)
    assert found.total == D(20)
    assert values(found) == {"D001": D(15), "D002": None}
    by_region = values(await scene.ask(measure=Measure.STOCK_DAYS, by=By.REGION))
    assert (by_region["EAST"], by_region["SH"]) == (D(20), D(15))
    earlier = await scene.ask(measure=Measure.STOCK_DAYS, by=By.DEALER, as_of=date(2026, 10, 30))
    assert values(earlier)["D003"] is not None


async def test_nothing_traded_and_days_to_come(scene: Scene) -> None:
    empty = await scene.ask()
    assert (empty.total, empty.rows) == (D(0), ())
    with pytest.raises(BadInput):
        await scene.ask(span=Span(date(2026, 12, 1), date(2027, 1, 1)))
