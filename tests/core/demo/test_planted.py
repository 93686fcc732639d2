"""Every planted case is really there, found the way somebody would look for it."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import plainyaml
from core.accounts.models import Invoice, InvoiceLine, Payment
from core.accounts.service import receivable
from core.actor import system
from core.db import Database
from core.dealers.models import Dealer, Region, Stage, Store
from core.demo.books import HERE
from core.events.models import Event
from core.orders.habits import habits
from core.orders.models import Order, OrderState, Shipment, ShipmentLine
from core.orders.reading import open_orders
from core.products.models import Lot, PackUnit, Price, Product, Stock
from core.sales.models import SellThrough
from core.scope import visible
from tests.conftest import DEMO_UNTIL

ACTOR = system("test")
PLANTED: Any = plainyaml.load((HERE / "planted.yaml").read_text(encoding="utf-8"))


@pytest.fixture
async def demo(demo_database: Database) -> AsyncIterator[AsyncSession]:
    async with demo_database.reads() as session:
        yield session


async def dealer(demo: AsyncSession, code: str) -> Dealer:
    return (await demo.execute(select(Dealer).where(visible(ACTOR, Dealer), Dealer.code == code))).scalar_one()


async def product(demo: AsyncSession, sku: str) -> Product:
    return (await demo.execute(select(Product).where(Product.sku == sku))).scalar_one()


async def case_of(demo: AsyncSession, sku: str) -> int:
    packs = select(PackUnit.bottles).join(Product, Product.id == PackUnit.product_id)
    return (await demo.execute(packs.where(Product.sku == sku, PackUnit.unit == "case"))).scalar_one()


async def counted(demo: AsyncSession, start: date) -> dict[str, Decimal]:
    """Each dealer's purchases since then that count for the rebate."""
    rows = await demo.execute(
        select(Dealer.code, func.sum(InvoiceLine.amount))
        .join(Invoice, Invoice.dealer_id == Dealer.id)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(Product, Product.id == InvoiceLine.product_id)
        .where(visible(ACTOR, Dealer), visible(ACTOR, Invoice), visible(ACTOR, InvoiceLine))
        .where(Invoice.issued_on >= start, InvoiceLine.counts_for_rebate.is_(True), Product.category != "barrel")
        .group_by(Dealer.code)
    )
    return {code: amount for code, amount in rows}  # noqa: C416 - a Row isn't a pair to mypy


async def test_a_dealer_is_short_of_the_next_rebate_tier(demo: AsyncSession) -> None:
    near = PLANTED["near_tier"]
    purchases = await counted(demo, date(2026, 10, 1))
    short = near["threshold"] - purchases[near["dealer"]]
    assert 20_000 <= short <= 40_000
    tiers = {sum(amount >= bound for bound in (150_000, 300_000, 600_000, 1_000_000)) for amount in purchases.values()}
    assert tiers == {0, 1, 2, 3, 4}


async def test_the_dealer_near_the_tier_has_a_clean_account_with_plenty_left(demo: AsyncSession) -> None:
    row = await dealer(demo, PLANTED["near_tier"]["dealer"])
    account = await receivable(demo, ACTOR, row.id, DEMO_UNTIL)
    assert row.credit_limit == 500_000
    assert account.overdue == 0
    waiting = await open_orders(demo, ACTOR, row.id, "CNY")
    assert row.credit_limit - account.balance - waiting > 150_000


async def test_a_dealer_is_at_the_edge_of_its_credit(demo: AsyncSession) -> None:
    edge = PLANTED["credit_edge"]
    row = await dealer(demo, edge["dealer"])
    account = await receivable(demo, ACTOR, row.id, DEMO_UNTIL)
    left = row.credit_limit - account.balance - await open_orders(demo, ACTOR, row.id, "CNY")
    assert edge["least"] <= left <= edge["most"]


async def test_those_too_long_overdue_are_on_hold_and_nobody_else(demo: AsyncSession) -> None:
    late = {one["dealer"] for one in PLANTED["overdue"]}
    for row in (await demo.execute(select(Dealer).where(visible(ACTOR, Dealer)))).scalars():
        account = await receivable(demo, ACTOR, row.id, DEMO_UNTIL)
        assert (account.oldest_overdue_days > 15) == (row.code in late)
        assert (row.stage == Stage.ON_HOLD) == (row.code in late)
    unpaid = await receivable(demo, ACTOR, (await dealer(demo, "D023")).id, DEMO_UNTIL)
    assert unpaid.oldest_overdue_days > 30


async def test_nobody_on_hold_has_ordered_since(demo: AsyncSession) -> None:
    for late in PLANTED["overdue"]:
        row = await dealer(demo, late["dealer"])
        account = await receivable(demo, ACTOR, row.id, DEMO_UNTIL)
        stopped = account.overdue_invoices[0].due_on + timedelta(days=16)
        ordered = select(func.max(Order.placed_on)).where(visible(ACTOR, Order), Order.dealer_id == row.id)
        assert (await demo.scalar(ordered) or DEMO_UNTIL) < stopped


async def test_late_payers_pay_late_every_month(demo: AsyncSession) -> None:
    for habit in PLANTED["late_payers"]:
        row = await dealer(demo, habit["dealer"])
        payments = select(Payment).where(visible(ACTOR, Payment), Payment.dealer_id == row.id)
        found = (await demo.execute(payments.order_by(Payment.received_on))).scalars().all()
        assert len(found) > 20
        for payment in found:
            account = await receivable(demo, ACTOR, row.id, payment.received_on - timedelta(days=1))
            assert account.oldest_overdue_days >= habit["days"] - 1


async def test_a_dealer_has_gone_quiet(demo: AsyncSession) -> None:
    row = await dealer(demo, PLANTED["quiet"]["dealer"])
    last = select(func.max(Order.placed_on)).where(visible(ACTOR, Order), Order.dealer_id == row.id)
    assert (await demo.scalar(last) or DEMO_UNTIL) <= DEMO_UNTIL - timedelta(days=PLANTED["quiet"]["days"])


async def test_a_dealer_fades(demo: AsyncSession) -> None:
    row = await dealer(demo, PLANTED["fading"]["dealer"])
    bought = select(func.sum(Invoice.amount)).where(visible(ACTOR, Invoice), Invoice.dealer_id == row.id)
    this = bought.where(Invoice.issued_on >= date(2026, 8, 1), Invoice.issued_on < date(2026, 11, 1))
    last = bought.where(Invoice.issued_on >= date(2025, 8, 1), Invoice.issued_on < date(2025, 11, 1))
    assert (await demo.scalar(this) or 0) < (await demo.scalar(last) or 0) / 2


async def event(demo: AsyncSession, kind: str) -> tuple[Event, dict[str, Any], Store]:
    found = (await demo.execute(select(Event).where(Event.kind == kind))).scalar_one()
    code = found.subject.removeprefix("stores:")
    store = (await demo.execute(select(Store).where(visible(ACTOR, Store), Store.code == code))).scalar_one()
    return found, found.after or {}, store


async def test_a_dealer_sells_below_the_floor(demo: AsyncSession) -> None:
    plan = PLANTED["below_floor"]
    found, seen, store = await event(demo, "market.low_price")
    row = await dealer(demo, plan["dealer"])
    assert store.dealer_id == row.id
    listed = select(Price.amount).where(
        Price.product_id == (await product(demo, seen["sku"])).id,
        Price.region_id == row.region_id,
        Price.tier == row.tier,
        Price.from_cases == 1,
        Price.valid_to.is_(None),
    )
    floor = (await demo.execute(listed)).scalar_one() * Decimal("0.97")
    assert Decimal(seen["price"]) < floor
    assert found.at.date() == DEMO_UNTIL - timedelta(days=plan["days_ago"])


async def test_goods_surface_in_a_region_where_their_dealer_does_not_sell(demo: AsyncSession) -> None:
    _, seen, store = await event(demo, "market.diverted")
    shipped_to = (
        select(Dealer.code, Region.code)
        .join(Region, Region.id == Dealer.region_id)
        .join(ShipmentLine, ShipmentLine.dealer_id == Dealer.id)
        .where(visible(ACTOR, Dealer), visible(ACTOR, ShipmentLine), ShipmentLine.lot_number == seen["lot"])
    )
    receivers = {tuple(row) for row in await demo.execute(shipped_to)}
    assert PLANTED["diversion"]["dealer"] in {code for code, _ in receivers}
    assert seen["region"] not in {region for _, region in receivers}
    assert seen["cases"] >= 10
    home = select(Region.code).join(Dealer, Dealer.region_id == Region.id)
    found_in = await demo.scalar(home.where(visible(ACTOR, Dealer), Dealer.id == store.dealer_id))
    assert found_in == seen["region"]


async def test_a_dealer_sits_on_stock(demo: AsyncSession) -> None:
    plan = PLANTED["overstock"]
    series = (
        select(SellThrough.sold, SellThrough.stock_end)
        .join(Dealer, Dealer.id == SellThrough.dealer_id)
        .join(Product, Product.id == SellThrough.product_id)
        .where(visible(ACTOR, SellThrough), visible(ACTOR, Dealer))
        .where(Dealer.code == plan["dealer"], Product.sku == plan["sku"])
        .order_by(SellThrough.month.desc())
    )
    rows = (await demo.execute(series.limit(3))).all()
    sold = sum(row.sold for row in rows)
    assert rows[0].stock_end > 120 * sold / 91


async def test_short_dated_lots_lie_in_the_warehouse(demo: AsyncSession) -> None:
    for plan in PLANTED["short_dated"]:
        item = await product(demo, plan["sku"])
        expires = DEMO_UNTIL + timedelta(days=plan["days_left"])
        lots = select(Lot).where(Lot.product_id == item.id, Lot.warehouse == plan["warehouse"])
        lot = (await demo.execute(lots.where(Lot.expires_on == expires))).scalar_one()
        assert plan["days_left"] < item.shelf_life_days / 3
        assert lot.on_hand == plan["cases"] * await case_of(demo, plan["sku"])


async def test_one_product_is_out_and_one_is_scarce(demo: AsyncSession) -> None:
    out, scarce = PLANTED["out_of_stock"], PLANTED["scarce"]
    stock = select(Stock).join(Product, Product.id == Stock.product_id)
    gone = (
        await demo.execute(stock.where(Product.sku == out["sku"], Stock.warehouse == out["warehouse"]))
    ).scalar_one()
    assert (gone.on_hand, gone.reserved) == (0, 0)
    assert gone.next_arrival == DEMO_UNTIL + timedelta(days=out["arrives_in"])
    few = stock.where(Product.sku == scarce["sku"], Stock.warehouse == scarce["warehouse"])
    left = (await demo.execute(few)).scalar_one()
    assert left.on_hand - left.reserved == scarce["cases"] * await case_of(demo, scarce["sku"])
    plenty = stock.where(Product.sku.in_(["W-550", "T-500"]), Stock.warehouse == "WH-EAST")
    for row in (await demo.execute(plenty)).scalars():
        assert row.on_hand - row.reserved > 5_000 * 15


async def test_a_dealer_counts_water_in_pallets(demo: AsyncSession) -> None:
    plan = PLANTED["by_pallet"]
    found = await habits(demo, ACTOR, (await dealer(demo, plan["dealer"])).id)
    usual = found.of(plan["sku"])
    assert usual is not None
    assert usual.unit == "pallet"


async def test_a_dealer_has_a_temporary_line_within_the_handbooks_bounds(demo: AsyncSession) -> None:
    row = await dealer(demo, PLANTED["temporary_credit"]["dealer"])
    account = await receivable(demo, ACTOR, row.id, DEMO_UNTIL)
    assert 0 < account.temporary <= row.credit_limit * Decimal("0.3")
    assert account.temporary_until is not None
    assert DEMO_UNTIL < account.temporary_until <= DEMO_UNTIL + timedelta(days=45)
    assert account.overdue == 0


async def test_goods_came_back_on_a_red_invoice(demo: AsyncSession) -> None:
    plan = PLANTED["returned"]
    reds = select(Invoice, InvoiceLine).join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    reds = reds.where(visible(ACTOR, Invoice), visible(ACTOR, InvoiceLine), Invoice.amount < 0)
    [(invoice, line)] = (await demo.execute(reds)).all()
    assert invoice.dealer_id == (await dealer(demo, plan["dealer"])).id
    assert invoice.issued_on == DEMO_UNTIL - timedelta(days=plan["days_ago"])
    assert line.bottles == -plan["cases"] * await case_of(demo, plan["sku"])
    whole = select(InvoiceLine).join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    whole = whole.where(visible(ACTOR, Invoice), visible(ACTOR, InvoiceLine), Invoice.order_id == invoice.order_id)
    bought = whole.where(InvoiceLine.product_id == line.product_id, InvoiceLine.amount > 0)
    [first] = (await demo.execute(bought)).scalars().all()
    assert abs(first.amount / first.bottles - line.amount / line.bottles) < Decimal("0.001")


async def test_the_last_weeks_show_every_state_as_planted(demo: AsyncSession) -> None:
    for plan in PLANTED["recent_orders"]:
        row = await dealer(demo, plan["dealer"])
        day = DEMO_UNTIL - timedelta(days=plan["days_ago"])
        mine = select(Order).where(visible(ACTOR, Order), Order.dealer_id == row.id, Order.placed_on == day)
        states = {order.state: order for order in (await demo.execute(mine)).scalars()}
        state = "closed" if row.terms == "prepaid" and plan["state"] == "received" else plan["state"]
        assert state in states, plan
        assert states[state].reason == plan.get("reason")
    first = (await dealer(demo, "D001")).id
    shown = select(Order.state).where(visible(ACTOR, Order), Order.dealer_id == first)
    latest = (await demo.execute(shown.order_by(Order.placed_at.desc()).limit(3))).scalars().all()
    assert latest == [OrderState.ACCEPTED, OrderState.SHIPPED, OrderState.PART_SHIPPED]
    under_way = select(Shipment.eta).where(visible(ACTOR, Shipment), Shipment.dealer_id == first)
    assert (await demo.execute(under_way.where(Shipment.received_on.is_(None)))).scalars().all() == [DEMO_UNTIL]
