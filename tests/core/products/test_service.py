"""What is sold and at what price, read from a database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.actor import system
from core.db import Database
from core.dealers.models import Region
from core.errors import BadInput, NotFound, Refused
from core.products.models import PackUnit, Price, Product, ProductName
from core.products.running import running
from core.products.service import Quote, catalogue, find, quote, substitutes
from tests.core.orders.market import Market, add_all, open_market, promotion, stock_of
from tests.factories import LONG_AGO, NOW, TODAY

pytestmark = pytest.mark.database
ANYBODY = system("test")


@pytest.fixture
async def market(database: Database) -> Market:
    return await open_market(database)


async def quoted(
    database: Database, market: Market, sku: str, quantity: object = None, unit: str | None = None, dealer: str = "D001"
) -> Quote:
    exact = None if quantity is None else Decimal(str(quantity))
    async with database.reads() as session:
        return await quote(session, ANYBODY, market.dealers[dealer], sku, exact, unit, TODAY, NOW)


async def found(database: Database, query: str | None, category: str | None = None) -> list[str]:
    async with database.reads() as session:
        products, _ = await find(session, ANYBODY, query, category, 10, TODAY)
        return [product.sku for product in products]


async def alias(database: Database, market: Market, sku: str, *names: str) -> None:
    product_id = market.products[sku].id
    await add_all(
        database, *(ProductName(product_id=product_id, language="zh", name=name, is_alias=True) for name in names)
    )


async def test_a_product_is_found_by_code_name_alias_part_and_slip(database: Database, market: Market) -> None:
    await alias(database, market, "W-550", "蓝瓶水")
    await alias(database, market, "T-500", "清源绿茶")
    assert await found(database, "w550") == ["W-550"]
    assert await found(database, "蓝瓶水") == ["W-550"]
    assert await found(database, "藍瓶水") == ["W-550"]
    assert await found(database, "来点清源绿茶") == ["T-500"]
    assert await found(database, "清原绿茶") == ["T-500"]
    assert await found(database, "Product T-500") == ["T-500", "T-500L"]
    assert await found(database, "拖拉机") == []
    assert await found(database, "!!!") == ["T-500", "T-500L", "W-550"]
    assert await found(database, None, "tea") == ["T-500", "T-500L"]


async def test_only_what_is_sold_that_day_is_offered(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        for sku, start, end in (("W-550", TODAY + timedelta(days=1), None), ("T-500", date(2025, 1, 1), TODAY)):
            product = await session.get_one(Product, market.products[sku].id)
            product.active_from, product.active_until = start, end
    assert await found(database, None) == ["T-500L"]
    with pytest.raises(NotFound):
        await quoted(database, market, "T-500")
    async with database.reads() as session:
        assert [one.sku for one in (await catalogue(session, TODAY + timedelta(days=1))).products] == [
            "T-500L",
            "W-550",
        ]


async def test_a_catalogue_speaks_both_languages_and_knows_packs(database: Database, market: Market) -> None:
    await alias(database, market, "W-550", "蓝瓶水", "水")
    async with database.reads() as session:
        product = (await catalogue(session)).by_sku["W-550"]
    assert (product.name("zh"), product.name("en"), product.name("th")) == (
        "产品W-550",
        "Product W-550",
        "Product W-550",
    )
    assert product.aliases == {"zh": ("蓝瓶水", "水")}
    assert product.packs == {"bottle": 1, "pack": 12, "case": 24, "pallet": 1200}
    assert "蓝瓶水" in product.spoken()


async def test_a_quote_follows_region_tier_step_and_day(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        east = (await session.execute(select(Region).where(Region.code == "EAST"))).scalar_one()
        rows = [
            {"region_id": east.id, "amount": Decimal("17.50")},
            {"region_id": east.id, "amount": Decimal("17.00"), "from_cases": 100},
            {"tier": "A", "amount": Decimal("16.00")},
            {"region_id": east.id, "tier": "C", "amount": Decimal("1.00")},
            {"region_id": east.id, "amount": Decimal("2.00"), "valid_from": TODAY + timedelta(days=1)},
            {"region_id": east.id, "amount": Decimal("3.00"), "superseded_at": NOW},
        ]
        for row in rows:
            values = {"currency": "CNY", "valid_from": LONG_AGO.date(), "recorded_at": LONG_AGO, "source_page": 5} | row
            session.add(Price(product_id=market.products["W-550"].id, source="price-policy.pdf", **values))
    plain = await quoted(database, market, "W-550")
    assert (plain.price, plain.amount, plain.cases) == (Decimal("17.50"), None, None)
    assert [(row.from_cases, row.amount) for row in plain.steps] == [(1, Decimal("17.5")), (100, Decimal(17))]
    many = await quoted(database, market, "W-550", 2, "pallet")
    assert (many.price, many.cases, many.amount, many.unit_price) == (17, 100, 1700, 850)  # type: ignore[comparison-overlap]
    assert (many.listed.source, many.listed.page) == ("price-policy.pdf", 5)
    south = await quoted(database, market, "W-550", dealer="D040")
    assert south.price == Decimal("16.00")


async def test_a_quote_keeps_paid_and_free_apart(database: Database, market: Market) -> None:
    gift = market.products["W-550"].id
    await add_all(
        database,
        promotion(market, "P1", "free_units", "T-500", buy_cases=10, free_cases=1, free_product_id=gift),
        promotion(market, "P2", "threshold", category="tea", threshold=Decimal(800), discount=Decimal(30)),
        promotion(market, "P3", "threshold", category="water", threshold=Decimal(1), discount=Decimal(1)),
        promotion(market, "P4", "special_price", "T-500", special_price=Decimal(1), valid_to=TODAY),
    )
    offer = await quoted(database, market, "T-500", 20)
    assert offer.amount == 770
    assert offer.priced is not None
    assert [(line.product_id, line.cases) for line in offer.priced.free] == [(gift, 2)]
    assert [one.code for one in offer.offers] == ["P1", "P2"]
    assert offer.free_products[gift].sku == "W-550"


async def test_what_takes_money_off_is_for_dealers_of_its_currency(database: Database, market: Market) -> None:
    await market.set_dealer(database, "D040", currency="USD")
    water = market.products["W-550"].id
    known = {"valid_from": LONG_AGO.date(), "recorded_at": LONG_AGO}
    await add_all(
        database,
        Price(product_id=water, amount=Decimal("2.50"), currency="USD", **known),
        promotion(market, "OURS", "threshold", threshold=Decimal(200), discount=Decimal(70)),
        promotion(market, "YUAN", "special_price", "W-550", special_price=Decimal(1), currency="CNY"),
        promotion(market, "DOLLARS", "threshold", threshold=Decimal(200), discount=Decimal(7), currency="USD"),
        promotion(market, "GIFT", "free_units", "W-550", buy_cases=10, free_cases=1),
    )
    abroad = await quoted(database, market, "W-550", 100, dealer="D040")
    assert (abroad.amount, abroad.currency) == (Decimal(243), "USD")
    assert [one.code for one in abroad.offers] == ["DOLLARS", "GIFT"]
    at_home = await quoted(database, market, "W-550", 300)
    assert at_home.amount == Decimal(230)
    assert [one.code for one in at_home.offers] == ["OURS", "YUAN", "GIFT"]
    async with database.reads() as session:
        theirs = await running(session, market.dealers["D040"], None, None, TODAY)
        everyones = await running(session, None, None, None, TODAY)
    assert [one.offer.code for one in theirs] == ["DOLLARS", "GIFT"]
    assert [one.offer.currency for one in everyones] == ["CNY", "CNY", "USD", None]


async def test_a_quote_says_stock_and_the_lot_after_what_is_promised(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        (await stock_of(session, market, "W-550")).reserved = 24 * 100
    offer = await quoted(database, market, "W-550", 10)
    assert (offer.available_cases, offer.stock.known_at) == (500, NOW)
    assert offer.lot is not None
    assert offer.lot.number == "W-550-B"
    nothing = await quoted(database, market, "T-500", dealer="D040")
    assert (nothing.available_cases, nothing.lot) == (0, None)


async def test_stock_of_another_master_is_as_old_as_that_says(database: Database, market: Market) -> None:
    yesterday = NOW - timedelta(days=1)
    async with database.writes.begin() as session:
        stock = await stock_of(session, market, "W-550")
        stock.master, stock.as_of = "erp", yesterday
    assert (await quoted(database, market, "W-550")).stock.known_at == yesterday


async def test_a_broken_case_is_quoted_but_not_totalled(database: Database, market: Market) -> None:
    offer = await quoted(database, market, "W-550", "1.5")
    assert (offer.cases, offer.amount, offer.price) == (None, None, Decimal(18))


async def test_what_cant_be_quoted_says_why(database: Database, market: Market) -> None:
    with pytest.raises(NotFound, match=r"product\.unknown"):
        await quoted(database, market, "X-1")
    with pytest.raises(BadInput, match=r"quote\.quantity_out_of_range"):
        await quoted(database, market, "W-550", 0)
    async with database.writes.begin() as session:
        mine = PackUnit.product_id == market.products["W-550"].id
        pallet = (await session.execute(select(PackUnit).where(mine, PackUnit.unit == "pallet"))).scalar_one()
        await session.delete(pallet)
        price = select(Price).where(Price.product_id == market.products["T-500"].id)
        (await session.execute(price)).scalar_one().superseded_at = NOW
    with pytest.raises(BadInput, match=r"product\.no_such_unit"):
        await quoted(database, market, "W-550", 1, "pallet")
    with pytest.raises(Refused, match=r"product\.no_price"):
        await quoted(database, market, "T-500")


async def test_substitutes_are_alike_in_stock_and_near_in_size(database: Database, market: Market) -> None:
    async with database.writes.begin() as session:
        for sku, size in (("T-500", "500ml"), ("T-500L", "1L")):
            (await session.get_one(Product, market.products[sku].id)).size = size
    async with database.reads() as session:
        dealer = market.dealers["D001"]
        instead = await substitutes(session, dealer, "T-500", 300, TODAY, NOW)
        assert [(one.product.sku, one.available_cases, one.price) for one in instead] == [("T-500L", 300, Decimal(41))]
        assert await substitutes(session, dealer, "T-500", 301, TODAY, NOW) == []
        assert await substitutes(session, dealer, "X-1", 1, TODAY, NOW) == []
