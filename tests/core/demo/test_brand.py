"""The demo brand: who and what it has, how it is made, and that nobody's own data is ever written over."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Role, system
from core.brand.models import Brand
from core.db import Database
from core.dealers.models import Dealer, Region, ShipTo, Store
from core.demo.books import HERE
from core.demo.build import build, digest, write_books
from core.demo.documents import build as build_documents
from core.errors import Refused
from core.events.models import Event
from core.people.models import Person
from core.products.models import PackUnit, Price, Product, ProductName, Promotion
from core.rebates.models import Programme
from core.scope import visible
from tests.conftest import DEMO_SEED, DEMO_UNTIL, NOW
from tests.factories import make_brand

ACTOR = system("test")


@pytest.fixture
async def demo(demo_database: Database) -> AsyncIterator[AsyncSession]:
    async with demo_database.reads() as session:
        yield session


@pytest.mark.database
async def test_every_server_holds_the_same_brand_and_counts_on_from_it(database: Database) -> None:
    await build(database, until=DEMO_UNTIL, seed=DEMO_SEED)
    assert await digest(database) == (HERE / "digest.txt").read_text().strip()
    async with database.writes() as session:
        person = Person(handle="new", name="新人", language="zh")
        session.add(person)
        await session.flush()
        assert person.id > 200
        await session.rollback()


@pytest.mark.parametrize("rebuild", [False, True])
async def test_a_brand_that_is_no_demo_is_never_touched(database: Database, *, rebuild: bool) -> None:
    async with database.writes.begin() as session:
        await make_brand(session, is_demo=False)
    with pytest.raises(Refused) as refusal:
        await build(database, until=DEMO_UNTIL, rebuild=rebuild)
    assert refusal.value.message_key == "demo.not_a_demo"
    async with database.reads() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 0
        assert await session.scalar(select(func.count()).select_from(Brand)) == 1


async def test_a_demo_is_left_alone(demo_database: Database) -> None:
    before = await digest(demo_database)
    summary = await build(demo_database, until=date(2025, 3, 1), seed=9)
    assert not summary.built
    assert (summary.until, summary.seed) == (DEMO_UNTIL, DEMO_SEED)
    assert await digest(demo_database) == before


async def test_a_rebuilt_demo_is_as_new(demo_database: Database) -> None:
    before = await digest(demo_database)
    async with demo_database.writes.begin() as session:
        await session.execute(update(Person).values(name="改名"))
        session.add(Event(at=NOW, actor="admin", kind="person.renamed", subject="people:1"))
    summary = await build(demo_database, until=DEMO_UNTIL, seed=DEMO_SEED, rebuild=True)
    assert summary.built
    assert await digest(demo_database) == before
    async with demo_database.reads() as session:
        assert await session.scalar(select(func.count()).select_from(Event)) == summary.rows["events"]


def test_another_seed_is_another_trade_with_the_same_catalogue() -> None:
    one, other = write_books(DEMO_UNTIL, 1), write_books(DEMO_UNTIL, 2)
    assert one.rows["prices"] == other.rows["prices"]
    assert one.rows["orders"] != other.rows["orders"]


@pytest.mark.parametrize("until", [date(2026, 1, 2), date(2026, 10, 3), date(2027, 2, 28)])
def test_any_day_can_be_the_last(until: date) -> None:
    books = write_books(until, 1)
    assert 4500 < len(books.rows["orders"]) < 8000
    assert max(row["placed_on"] for row in books.rows["orders"]) <= until
    assert max(row["received_on"] for row in books.rows["payments"]) < until
    assert all(row["on_hand"] >= row["reserved"] >= 0 for row in books.rows["stock"])


async def test_the_brand_is_a_demo_with_its_limits(demo: AsyncSession) -> None:
    brand = (await demo.execute(select(Brand))).scalar_one()
    assert (brand.name, brand.is_demo, brand.zone, brand.currency) == ("清源饮品", True, "Asia/Shanghai", "CNY")
    assert (brand.word_limit, brand.button_limit) == (Decimal(20_000), Decimal(200_000))


async def test_sixty_dealers_stand_in_eight_regions(demo: AsyncSession) -> None:
    regions = {row.code: row for row in (await demo.execute(select(Region))).scalars()}
    assert len(regions) == 8
    assert regions["EAST-SH"].path == "EAST/EAST-SH/"
    dealers = {row.code: row for row in (await demo.execute(select(Dealer).where(visible(ACTOR, Dealer)))).scalars()}
    assert sorted(dealers) == [f"D{number:03d}" for number in range(1, 61)]
    assert (dealers["D001"].region_id, dealers["D001"].tier) == (regions["EAST-SH"].id, "A")
    assert dealers["D002"].region_id == regions["EAST-JS"].id
    assert dealers["D040"].language == "en"
    assert {dealer.tier for dealer in dealers.values()} == {"A", "B", "C"}
    assert sum(dealer.parent_id is not None for dealer in dealers.values()) >= 5


async def test_everybody_who_is_named_exists(demo: AsyncSession) -> None:
    people = {row.handle: row for row in (await demo.execute(select(Person))).scalars()}
    staff = "rep-east rep-south rep-north manager trainer finance finance-2 legal operator admin".split()
    dealers = [f"D{number:03d}-{role}" for number in range(1, 61) for role in ("owner", "buyer")]
    assert set(staff + dealers) <= set(people)
    assert {people[handle].role for handle in staff + dealers} == set(Role)
    assert people["D040-buyer"].language == "en"
    assert people["rep-east"].region_id == await demo.scalar(select(Region.id).where(Region.code == "EAST"))
    assert all(people[handle].dealer_id is None for handle in staff)


async def test_dealers_take_delivery_and_serve_stores(demo: AsyncSession) -> None:
    places = (await demo.execute(select(ShipTo).where(visible(ACTOR, ShipTo)))).scalars().all()
    by_dealer = Counter(place.dealer_id for place in places)
    assert set(by_dealer.values()) <= {1, 2, 3}
    assert Counter(place.dealer_id for place in places if place.is_default) == dict.fromkeys(by_dealer, 1)
    first = [(place.name, place.is_default, place.window) for place in places if place.dealer_id == 1]
    assert first == [("城南仓", True, "08:00-12:00"), ("浦东店", False, "08:00-12:00")]
    stores = Counter((await demo.execute(select(Store.dealer_id).where(visible(ACTOR, Store)))).scalars())
    assert len(stores) == 60
    assert all(3 <= count <= 10 for count in stores.values())


async def test_eighty_products_are_named_and_packed(demo: AsyncSession) -> None:
    products = {row.sku: row for row in (await demo.execute(select(Product))).scalars()}
    assert len(products) == 80
    names = (await demo.execute(select(ProductName))).scalars().all()
    main = {(row.product_id, row.language): row.name for row in names if not row.is_alias}
    assert len(main) == 160
    assert len({name for (_, language), name in main.items() if language == "zh"}) == 80
    assert main[products["W-550"].id, "zh"] == "矿泉水"
    assert main[products["T-500"].id, "zh"] == "绿茶"
    assert len({row.product_id for row in names if row.name == "水"}) == 3
    packs = (await demo.execute(select(PackUnit))).scalars().all()
    assert {p.unit: p.bottles for p in packs if p.product_id == products["W-550"].id} == {
        "bottle": 1,
        "pack": 12,
        "case": 24,
        "pallet": 1440,
    }
    held = {(p.product_id, p.unit): p.bottles for p in packs}
    for product in products.values():
        case = held[product.id, "case"]
        assert case % held.get((product.id, "pack"), 1) == 0
        assert held[product.id, "pallet"] % case == 0


async def test_prices_are_the_policys_factors_rounded_once(demo: AsyncSession) -> None:
    """T-500 at 42.00 ex works: Shanghai 1.01, tier A 0.98, from 300 cases 0.98."""
    shanghai = await demo.scalar(select(Region.id).where(Region.code == "EAST-SH"))
    tea = await demo.scalar(select(Product.id).where(Product.sku == "T-500"))
    rows = (await demo.execute(select(Price).where(Price.product_id == tea))).scalars().all()
    now = [row for row in rows if row.valid_to is None]
    base = {row.from_cases: row.amount for row in now if row.region_id is None and row.tier is None}
    assert base == {1: Decimal("42.00"), 100: Decimal("41.58"), 300: Decimal("41.16")}
    a_class = {row.from_cases: row.amount for row in now if row.region_id == shanghai and row.tier == "A"}
    assert a_class == {1: Decimal("41.57"), 100: Decimal("41.16"), 300: Decimal("40.74")}
    assert {row.valid_to for row in rows if row.valid_to} == {date(2026, 3, 1)}
    for scope in {(row.region_id, row.tier, row.from_cases) for row in rows}:
        days = sorted((r.valid_from, r.valid_to) for r in rows if (r.region_id, r.tier, r.from_cases) == scope)
        assert days[0][1] == days[1][0]


async def test_promotions_of_each_kind_are_in_force(demo: AsyncSession) -> None:
    rows = (await demo.execute(select(Promotion))).scalars().all()
    codes = {row.code for row in rows if row.valid_from <= DEMO_UNTIL and (row.valid_to or DEMO_UNTIL) > DEMO_UNTIL}
    assert codes == {"P26-T500-10-1", "P26-T500H-W550", "P26-JUICE-5000", "P26-T250C-SALE"}
    assert sum((row.valid_to or DEMO_UNTIL) <= DEMO_UNTIL for row in rows) > 10


async def test_the_rebate_programme_is_the_policys(demo: AsyncSession) -> None:
    rows = {row.code: row for row in (await demo.execute(select(Programme))).scalars()}
    programme = rows["QY-2026-Q"]
    assert [(tier.threshold, tier.rate) for tier in programme.tiers] == [
        (Decimal(150_000), Decimal("0.01")),
        (Decimal(300_000), Decimal("0.02")),
        (Decimal(600_000), Decimal("0.03")),
        (Decimal(1_000_000), Decimal("0.04")),
    ]
    assert (programme.excluded_categories, programme.suspended_overdue_days) == (["barrel"], 30)
    assert rows["QY-2025-Q"].tiers[0].rate < programme.tiers[0].rate


async def test_policies_cite_the_page_that_says_so(demo: AsyncSession, tmp_path: Path) -> None:
    from pypdf import PdfReader

    pages = {
        path.name: ["".join(page.extract_text().split()) for page in PdfReader(path).pages]
        for path in build_documents(tmp_path)
        if path.suffix == ".pdf"
    }
    said = {"free_units": "搭赠不改变", "threshold": "满减以数量阶梯", "special_price": "促销通知"}
    cited = {(row.source, row.source_page, said[row.kind]) for row in (await demo.execute(select(Promotion))).scalars()}
    cited |= {(row.source, row.source_page, "等级系数") for row in (await demo.execute(select(Price))).scalars()}
    programmes = (await demo.execute(select(Programme))).scalars()
    cited |= {(row.source, row.source_page, "全量") for row in programmes if row.source}
    for source, page, words in cited:
        assert source is not None
        assert page is not None
        assert words in pages[source][page - 1], (source, page, words)
