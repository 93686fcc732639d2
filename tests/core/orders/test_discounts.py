"""A discount comes off the lines that earned it: on the order, on its invoices, in the rebate."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from core.accounts.models import InvoiceLine
from core.actor import system
from core.db import Database
from core.orders import service as orders
from core.orders.models import OrderLine
from core.rebates import service as rebates
from core.rebates.models import Programme, ProgrammeTier
from core.scope import visible
from tests.core.orders.market import Market, add_all, asked, promotion
from tests.factories import LONG_AGO, NOW, TODAY

pytestmark = pytest.mark.database
EVERYONE = system("test")
D = Decimal


async def tea_off(database: Database, market: Market, **changes: Any) -> None:
    """A hundred off from a thousand of tea on; what is bought so counts for rebates."""
    terms: dict[str, Any] = {"category": "tea", "threshold": D(1000), "discount": D(100), "counts_for_rebate": True}
    await add_all(database, promotion(market, "TEA", "threshold", **terms | changes))


async def advance(database: Database, market: Market, number: str, state: str, **cases: int) -> None:
    detail = orders.Detail(cases={sku.replace("_", "-"): count for sku, count in cases.items()} or None)
    async with database.writes.begin() as session:
        await orders.advance(session, market.actors["operator"], number, state, NOW, detail)


async def nets(database: Database) -> list[Decimal | None]:
    async with database.reads() as session:
        mine = select(OrderLine.net).where(visible(EVERYONE, OrderLine)).order_by(OrderLine.position)
        return list((await session.execute(mine)).scalars())


async def invoiced(database: Database, market: Market) -> dict[str, list[Decimal]]:
    """The amounts of invoice lines by product, in the order of their invoices."""
    skus = {product.id: sku for sku, product in market.products.items()}
    found: dict[str, list[Decimal]] = {}
    async with database.reads() as session:
        mine = select(InvoiceLine).where(visible(EVERYONE, InvoiceLine)).order_by(InvoiceLine.id)
        for line in (await session.execute(mine)).scalars():
            found.setdefault(skus[line.product_id], []).append(line.amount)
    return found


async def test_a_categorys_discount_is_off_its_own_invoice_lines_alone(database: Database, market: Market) -> None:
    await tea_off(database, market)
    number = await market.order(database, ("T-500", 25), ("W-550", 50))
    assert await nets(database) == [D(900), D(900)]
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "shipped")
    assert await invoiced(database, market) == {"T-500": [D(900)], "W-550": [D(900)]}


async def test_the_rebate_stands_on_what_its_own_lines_cost(database: Database, market: Market) -> None:
    await tea_off(database, market)
    programme = Programme(
        code="R", name="R", name_en="R", form="retroactive", rhythm="quarter", currency="CNY", paid_as="credit",
        excluded_categories=["tea"], valid_from=date(2020, 1, 1), recorded_at=LONG_AGO,
        tiers=[ProgrammeTier(threshold=D(900), rate=D("0.01"))],
    )  # fmt: skip
    await add_all(database, programme)
    number = await market.order(database, ("T-500", 25), ("W-550", 50))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "shipped")
    async with database.reads() as session:
        owner, dealer = market.actors["D001-owner"], market.dealers["D001"]
        [found] = await rebates.statements(session, owner, dealer, TODAY, TODAY + timedelta(days=1), TODAY)
    assert (found.base, found.amount) == (D(900), D(9))
    assert found.tier is not None


async def test_lines_under_a_discount_that_doesnt_count_dont_and_free_goods_say_nothing_of_paid_ones(
    database: Database, market: Market
) -> None:
    await tea_off(database, market, counts_for_rebate=False)
    await add_all(database, promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1))
    number = await market.order(database, ("T-500", 25), ("W-550", 50))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "shipped")
    async with database.reads() as session:
        mine = select(InvoiceLine).where(visible(EVERYONE, InvoiceLine)).order_by(InvoiceLine.id)
        lines = [(line.amount, line.counts_for_rebate) for line in (await session.execute(mine)).scalars()]
    assert lines == [(D(900), False), (D(900), True), (D(0), False)]


async def test_parts_shipped_one_by_one_add_up_to_each_lines_net(database: Database, market: Market) -> None:
    await tea_off(database, market, threshold=D(100), discount=D("0.07"))
    await add_all(database, promotion(market, "ALL", "threshold", threshold=D(1), discount=D("9.99")))
    number = await market.order(database, ("T-500", 3), ("W-550", 7), ("T-500L", 3))
    kept = await nets(database)
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "part_shipped", T_500=1, W_550=2)
    await advance(database, market, number, "shipped")
    parts = await invoiced(database, market)
    assert [len(parts[sku]) for sku in ("T-500", "W-550", "T-500L")] == [2, 2, 1]
    assert [sum(parts[sku]) for sku in ("T-500", "W-550", "T-500L")] == kept
    assert sum(sum(amounts) for amounts in parts.values()) == D(369) - D("10.06")


async def test_a_changed_order_keeps_the_nets_of_what_it_became(database: Database, market: Market) -> None:
    await tea_off(database, market)
    number = await market.order(database, ("T-500", 25), ("W-550", 50))
    async with database.writes.begin() as session:
        buyer = market.actors["D001-buyer"]
        wish = orders.Wish(asked((("T-500", 25), ("T-500L", 25), ("W-550", 1))))
        drafted = await orders.draft_change(session, buyer, number, wish, TODAY, NOW)
        proposal = await market.propose(session, orders.as_proposal(drafted, orders.CHANGE))
    await market.press(database, proposal)
    assert await nets(database) == [D("950.62"), D("974.38"), D(18)]


async def test_an_order_from_before_nets_were_kept_is_invoiced_as_it_was(database: Database, market: Market) -> None:
    await tea_off(database, market)
    number = await market.order(database, ("T-500", 25), ("W-550", 50))
    async with database.writes.begin() as session:
        await session.execute(update(OrderLine).where(visible(EVERYONE, OrderLine)).values(net=None))
    await advance(database, market, number, "accepted")
    await advance(database, market, number, "shipped")
    assert await invoiced(database, market) == {"T-500": [D("947.37")], "W-550": [D("852.63")]}


async def test_free_goods_cost_nothing_and_take_no_part_of_a_discount(database: Database, market: Market) -> None:
    await tea_off(database, market)
    await add_all(database, promotion(market, "P1", "free_units", "T-500", buy_cases=10, free_cases=1))
    await market.order(database, ("T-500", 25), ("W-550", 1))
    assert await nets(database) == [D(900), D(18), D(0)]
