"""Names in messages become codes; what may mean several things says so."""

import pytest

from agents.offline.reading.linking import Known, Linker
from core.language.normalise import fold

LINKER = Linker(
    (
        Known("product", "W-550", ("矿泉水", "水", "Mineral water", "water")),
        Known("product", "W-1500", ("大瓶矿泉水", "水", "Mineral water large", "water")),
        Known("product", "T-500", ("绿茶", "绿茶500", "Green tea")),
        Known("product", "T-500L", ("低糖绿茶", "Low-sugar green tea")),
        Known("dealer", "D005", ("上海虹桥佳味食品有限公司", "虹桥佳味")),
    )
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("矿泉水多少钱", [("W-550",)]),
        ("大瓶矿泉水", [("W-1500",)]),
        ("低糖绿茶和绿茶", [("T-500L",), ("T-500",)]),
        ("w550", [("W-550",)]),
        ("W 550?", [("W-550",)]),
        ("mineral water W-550", [("W-550",)]),
        ("minral water", [("W-550",)]),
        ("green teas", [("T-500",)]),
        ("greenteapot", []),
        ("水", [("W-550", "W-1500")]),
        ("给虹桥佳味下单", [("D005",)]),
        ("水50箱", [("W-550", "W-1500")]),
        ("进水50箱", [("W-550", "W-1500")]),
        ("水单价多少", [("W-550", "W-1500")]),
        ("水库存还有吗", [("W-550", "W-1500")]),
        ("仓库漏水了", []),
        ("仓库进水了，没地方放", []),
        ("三箱泡水的", []),
        ("水单发你了", []),
        ("停水停电", []),
        ("水蜜桃20箱", []),
        ("the load got water damaged", []),
    ],
)
def test_names_are_linked(text: str, codes: list[tuple[str, ...]]) -> None:
    assert [mention.codes for mention in LINKER.find(fold(text))] == codes


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("绿茶500箱", "绿茶"),
        ("绿茶500 件", "绿茶"),
        ("绿茶5000瓶", "绿茶"),
        ("绿茶500的20箱", "绿茶500"),
        ("绿茶500瓶的20箱", "绿茶500"),
        ("绿茶500一箱多少钱", "绿茶500"),
    ],
)
def test_a_size_is_part_of_a_name_unless_it_counts(text: str, named: str) -> None:
    (mention,) = LINKER.find(fold(text))
    assert (mention.code, mention.text) == ("T-500", named)


def test_habits_put_the_usual_product_first_but_settle_nothing() -> None:
    (mention,) = LINKER.find("水", {"W-1500": 3})
    assert mention.codes == ("W-1500", "W-550")
    assert mention.code is None


@pytest.mark.parametrize(("slip", "meant"), [("矿泉税", "W-550"), ("lvcha", "T-500")])
def test_a_slip_is_guessed_at(slip: str, meant: str) -> None:
    assert LINKER.guess(slip, "product")[0] == meant


def test_nothing_near_is_nothing() -> None:
    assert LINKER.guess("雪碧", "product") == []


LATTES = Linker(
    (
        Known("product", "C-268L", ("拿铁咖啡", "拿铁", "Latte")),
        Known("product", "C-300C", ("生椰拿铁", "椰子拿铁", "Coconut latte")),
        Known("product", "P-245C", ("椰汁", "椰奶", "coconut milk")),
        Known("product", "W-480B", ("白桃气泡水", "气泡水")),
        Known("product", "W-480L", ("青柠气泡水", "气泡水")),
    )
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("椰香拿铁来10箱", [("C-300C",)]),
        ("椰味的拿铁有货吗", [("C-300C",)]),
        ("椰奶拿铁来10箱", [("C-300C",)]),
        ("拿铁5箱椰香的拿铁3箱", [("C-268L",), ("C-300C",)]),
        ("coconut flavoured latte", [("C-300C",)]),
        ("coconut milk and latte", [("P-245C",), ("C-268L",)]),
        ("椰奶10箱，拿铁5箱", [("P-245C",), ("C-268L",)]),
        ("白桃的气泡水", [("W-480B",)]),
        ("来20箱气泡水", [("W-480B", "W-480L")]),
        ("焦糖拿铁", [("C-268L",)]),
    ],
)
def test_a_kind_said_in_other_words_before_a_name_is_that_kind(text: str, codes: list[tuple[str, ...]]) -> None:
    assert [mention.codes for mention in LATTES.find(fold(text))] == codes
