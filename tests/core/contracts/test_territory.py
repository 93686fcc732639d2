"""A territory is read from regions' names and from cities, whoever else is named beside them."""

import pytest

from core.contracts.against import Compared, Configured, Matter, compare
from core.contracts.configured import cities
from core.contracts.stated import stated_in
from core.contracts.territory import Cities, bare_cities, cities_of, territory_in
from core.db import Database
from core.dealers.models import ShipTo, Store
from tests.core.contracts.test_register import configured
from tests.factories import make_dealer, make_region

JS, SH, GD = ("EAST", "EAST-JS"), ("EAST", "EAST-SH"), ("SOUTH", "SOUTH-GD")
REGIONS = {
    "EAST": ("华东", "East China"), "EAST-JS": ("江苏", "Jiangsu"), "EAST-SH": ("上海", "Shanghai"),
    "SOUTH-GD": ("广东", "Guangdong"),
}  # fmt: skip
CITIES: Cities = {
    "苏州": {JS},
    "无锡": {JS},
    "昆山": {JS},
    "上海": {SH},
    "宿州": {("NORTH",)},
    "中山": {GD},
    "广州": {GD},
}


@pytest.mark.parametrize(
    ("sentence", "regions", "named", "unplaced"),
    [
        ("授权区域：苏州市、无锡市", [], ["苏州市", "无锡市"], []),
        ("乙方的经销区域为苏州、无锡及昆山", [], ["苏州", "无锡", "昆山"], []),
        ("授權區域：蘇州市及無錫市全境", [], ["蘇州市", "無錫市"], []),
        ("授权区域为江苏省苏州市、无锡市", [], ["江苏省苏州市", "无锡市"], []),
        ("授权区域为江苏省宜兴市、溧阳市", [], ["江苏省宜兴市", "溧阳市"], []),
        ("授权区域为上海市以及江苏省南通市", ["EAST-SH"], ["江苏省南通市"], []),
        ("授权区域为江苏省南通市和上海市", ["EAST-SH"], ["江苏省南通市"], []),
        ("授权区域为江苏省", ["EAST-JS"], [], []),
        ("授权区域：上海市、昆山市", ["EAST-SH"], ["昆山市"], []),
        ("授权区域：上海市、海宁市", ["EAST-SH"], [], ["海宁市"]),
        ("授权区域：嘉善县、海宁市", [], [], ["嘉善县", "海宁市"]),
        ("甲方授权上海浦江源商贸有限公司在苏州市经销", [], ["苏州市"], []),
        ("甲方授权苏州市姑苏行食品有限公司在区域（上海市）内经销", ["EAST-SH"], [], []),
        ("经销区域为江苏省（除苏州市外）", ["EAST-JS"], [], []),
        ("经销区域内的市场由乙方在各市、本市开拓", [], [], []),
        ("乙方在授权区域内的仓库设在中山路8号", [], [], []),
        ("The Territory shall be Suzhou and Guangzhou", [], ["Suzhou", "Guangzhou"], []),
        ("appoints Suzhou Gusuhang Food Co., Ltd. for the territory of Shanghai", ["EAST-SH"], [], []),
        ("The Territory is Shanghai, excluding Suzhou", ["EAST-SH"], [], []),
    ],
)
def test_places_are_read(sentence: str, regions: list[str], named: list[str], unplaced: list[str]) -> None:
    found = territory_in(sentence, REGIONS, CITIES)
    assert list(found.regions) == regions
    assert [one.name for one in found.cities] == named
    assert list(found.unplaced) == unplaced


def test_a_name_that_two_cities_share_in_latin_letters_may_be_either() -> None:
    (city,) = territory_in("The territory is Suzhou", REGIONS, CITIES).cities
    assert city.may_be_of(["EAST-JS", "EAST"])
    assert city.may_be_of(["NORTH"])
    assert not city.may_be_of(["EAST-SH", "EAST"])


def held_against(words: str, regions: tuple[str, ...]) -> Compared:
    stated = stated_in(f"经销合同\n\n第一条 区域\n\n1.1 授权区域：{words}。", (), REGIONS, CITIES)
    system: Configured = configured(regions=regions, tiers=())
    return compare(stated, system)


def test_cities_within_the_dealers_region_are_as_agreed() -> None:
    found = held_against("苏州市、无锡市", ("EAST-JS", "EAST"))
    assert Matter.TERRITORY in found.same
    assert Matter.TERRITORY in held_against("苏州市", ("EAST",)).same


def test_cities_of_a_sister_region_are_not() -> None:
    (difference,) = held_against("苏州市、无锡市", ("EAST-SH", "EAST")).differences
    assert difference.matter is Matter.TERRITORY
    assert difference.agreed == ("苏州市", "无锡市")
    assert difference.actual == ("EAST-SH",)


def test_what_nobody_can_place_is_neither_open_nor_judged() -> None:
    found = held_against("嘉善县、海宁市", ("EAST-SH", "EAST"))
    assert not found.differences
    assert Matter.TERRITORY not in {*found.same, *found.silent}


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("上海市黄浦区人民路8号", ("上海",)), ("江苏省苏州市昆山市玉山镇", ("苏州", "昆山")),
        ("浙江省嘉兴市嘉善县罗星街道", ("嘉兴", "嘉善")), ("蘇州市人民路 12 號", ("苏州",)),
        ("云南省大理白族自治州", ("大理白族",)), ("8 Nanjing Road", ()), ("", ()),
    ],
)  # fmt: skip
def test_addresses_begin_with_their_cities(address: str, named: tuple[str, ...]) -> None:
    assert cities_of(address) == named


def test_a_stores_city_is_written_either_way() -> None:
    assert bare_cities("苏州市") == bare_cities(" 苏州") == ("苏州",)
    assert bare_cities("市") == ()


@pytest.mark.database
async def test_the_brands_own_addresses_and_stores_place_cities(database: Database) -> None:
    async with database.writes.begin() as session:
        east = await make_region(session)
        north = await make_region(session, "NORTH")
        js = await make_region(session, "EAST-JS", east)
        first, second = await make_dealer(session, js), await make_dealer(session, north, "D002")
        for dealer, address in (
            (first, "江苏省苏州市人民路1号"),
            (second, "徐州市建设路2号"),
            (first, "徐州市中山路3号"),
        ):
            session.add(
                ShipTo(dealer_id=dealer.id, code=address[:8], name="仓", name_en="store", address=address, window="")
            )
        session.add(Store(dealer_id=first.id, code="S1", name="店", kind="grocery", city="无锡"))
    async with database.reads() as session:
        assert await cities(session) == {
            "苏州": {("EAST", "EAST-JS")},
            "无锡": {("EAST", "EAST-JS")},
            "徐州": {("EAST", "EAST-JS"), ("NORTH",)},
        }
