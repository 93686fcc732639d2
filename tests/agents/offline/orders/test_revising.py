"""How a sentence changes an open draft."""

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

import pytest

from agents.offline.orders.lines import Line
from agents.offline.orders.revising import revise
from agents.offline.orders.wholly import of_every_line
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.wording.lexicon import load_lexicon
from tests.agents.offline.briefings import briefing_of

LEXICON = load_lexicon()
KNOWN = (
    Known("product", "W-550", ("矿泉水", "Mineral water")),
    Known("product", "T-500", ("绿茶", "Green tea")),
    Known("product", "P-245C", ("椰奶", "Coconut milk")),
)


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of(KNOWN)


def changed(said: str, briefing: Briefing, lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    draft = [Line(sku, Decimal(quantity), "case") for sku, quantity in lines]
    found = revise(draft, read(said, briefing).with_loose_numbers(), briefing, LEXICON)
    return [(str(line.sku), int(line.quantity or 0)) for line in cast(list[Line], found)]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("第二个改12箱", [("W-550", 30), ("T-500", 12)]),
        ("绿茶不用那么多，12箱就够", [("W-550", 30), ("T-500", 12)]),
        ("绿茶不要了，换椰奶，数量照旧", [("W-550", 30), ("P-245C", 20)]),
        ("make the second one 12", [("W-550", 30), ("T-500", 12)]),
        ("第一个不要了", [("T-500", 20)]),
        ("绿茶减一半", [("W-550", 30), ("T-500", 10)]),
        ("绿茶再加5箱", [("W-550", 30), ("T-500", 25)]),
        ("绿茶是八箱不是十箱", [("W-550", 30), ("T-500", 8)]),
        ("绿茶从20箱减到8箱", [("W-550", 30), ("T-500", 8)]),
        ("cut the green tea from 20 to 8", [("W-550", 30), ("T-500", 8)]),
        ("and the coconut milk, same amount", [("W-550", 30), ("T-500", 20), ("P-245C", 20)]),
        ("不要绿茶了", [("W-550", 30)]),
        ("drop the mineral stuff", [("T-500", 20)]),
        ("绿茶跟矿泉水一样多", [("W-550", 30), ("T-500", 30)]),
        ("绿茶再加5箱，总价多少", [("W-550", 30), ("T-500", 25)]),
        ("矿泉水少点，12箱就行", [("W-550", 12), ("T-500", 20)]),
        ("全部加倍", [("W-550", 60), ("T-500", 40)]),
        ("cut everything in half", [("W-550", 15), ("T-500", 10)]),
        ("都减5箱", [("W-550", 25), ("T-500", 15)]),
        ("各40箱呢", [("W-550", 40), ("T-500", 40)]),
        ("只要绿茶，别的不要了", [("T-500", 20)]),
        ("绿茶30箱，其他的不要", [("T-500", 30)]),
        ("nothing else than the green tea", [("T-500", 20)]),
        ("绿茶只要5箱", [("W-550", 30), ("T-500", 5)]),
    ],
)
def test_a_sentence_changes_the_lines_that_it_means(
    said: str, wanted: list[tuple[str, int]], briefing: Briefing
) -> None:
    assert changed(said, briefing, [("W-550", 30), ("T-500", 20)]) == wanted


@pytest.mark.parametrize("said", ["一半送人民路店", "send half to the main shop"])
def test_half_of_it_sent_elsewhere_halves_nothing(said: str, briefing: Briefing) -> None:
    draft = [Line("W-550", Decimal(30), "case"), Line("T-500", Decimal(20), "case")]

    assert of_every_line(draft, read(said, briefing).with_loose_numbers()) is None


def test_another_unit_is_added_as_a_line_of_its_own(briefing: Briefing) -> None:
    draft = [Line("T-500", Decimal(30), "bottle")]
    found = revise(draft, read("绿茶再加3提", briefing), briefing, LEXICON)
    assert found is not None
    assert [(line.quantity, line.unit) for line in found] == [(Decimal(30), "bottle"), (Decimal(3), "pack")]


def test_what_names_no_line_changes_none(briefing: Briefing) -> None:
    assert revise([Line("T-500", Decimal(30), "case")], read("第三个改12箱", briefing), briefing, LEXICON) != []


@pytest.mark.parametrize(
    "said",
    [
        "绿茶去掉换成40箱椰奶",
        "绿茶换成椰奶40箱",
        "绿茶不要了，换成40箱椰奶",
        "replace the green tea with 40 cases of coconut milk",
    ],
)
def test_the_amount_in_a_swap_is_of_what_comes(said: str, briefing: Briefing) -> None:
    assert changed(said, briefing, [("W-550", 10), ("T-500", 20)]) == [("W-550", 10), ("P-245C", 40)]


def test_what_comes_without_an_amount_takes_that_of_what_goes(briefing: Briefing) -> None:
    assert changed("绿茶不要了，换成椰奶", briefing, [("W-550", 10), ("T-500", 20)]) == [("W-550", 10), ("P-245C", 20)]


@pytest.mark.parametrize("said", ["绿茶(T-500)要30箱", "30 cases of green tea cans (T-500)", "绿茶 T-500 30箱"])
def test_a_product_named_twice_in_one_breath_is_one(said: str, briefing: Briefing) -> None:
    assert [mention.code for mention in read(said, briefing).of_kind("product")] == ["T-500"]
