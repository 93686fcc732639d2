"""What is said and taken back in one message."""

import pytest

from agents.offline.orders.lines import read_lines
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.repairs import with_corrections
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of(GOODS)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("下十五箱绿茶 不对 二十箱，还有可乐8箱", [("T-500", 20), ("S-500C", 8)]),
        ("要10箱绿茶，不对，12箱，再来5箱矿泉水", [("T-500", 12), ("W-550", 5)]),
        ("绿茶10箱写错了15箱，另外可乐20箱", [("T-500", 15), ("S-500C", 20)]),
        ("要二十箱绿茶，不，三十箱", [("T-500", 30)]),
        ("15 cases of green tea, no wait 20, and 8 cases of cola", [("T-500", 20), ("S-500C", 8)]),
        ("i need 10 green tea sorry 12 plus 5 of the cola", [("T-500", 12), ("S-500C", 5)]),
        ("十箱绿茶 不对 五箱可乐", [("S-500C", 5)]),
        ("再加一托可乐啊不是 24箱可乐", [("S-500C", 24)]),
        ("来两托可乐，不是，两箱可乐", [("S-500C", 2)]),
        ("可乐也来一托 呃不是 是24箱", [("S-500C", 24)]),
        ("加30箱可乐 不是不是 24箱", [("S-500C", 24)]),
        ("可乐是20箱 不是 10箱", [("S-500C", 20)]),
        ("add a pallet of cola, no wait, 24 cases of cola", [("S-500C", 24)]),
        ("150 cs mineral water + 60 green tea. no wait mineral water 160", [("W-550", 160), ("T-500", 60)]),
    ],
)
def test_the_amount_that_is_said_last_counts_and_what_follows_keeps_its_own(
    said: str, wanted: list[tuple[str, int]], briefing: Briefing
) -> None:
    lines = read_lines(read(said, briefing), briefing)
    assert [(line.sku, int(line.quantity or 0)) for line in lines] == wanted


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        (["要10箱绿茶", "不对", "12箱", "再来5箱水"], ["要10箱绿茶，不对，12箱", "再来5箱水"]),
        (["10 green tea", "no wait 20", "8 cola"], ["10 green tea，no wait 20", "8 cola"]),
        (["不对", "12箱"], ["不对", "12箱"]),
        (["价格不对", "怎么多收钱"], ["价格不对", "怎么多收钱"]),
    ],
)
def test_a_correction_belongs_to_the_part_that_it_corrects(pieces: list[str], joined: list[str]) -> None:
    assert with_corrections(pieces) == joined


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("绿茶，还要12箱可乐", [("T-500", 0), ("S-500C", 12)]),
        ("green tea, and also 12 of the cola", [("T-500", 0), ("S-500C", 12)]),
        ("绿茶，50箱，可乐，30箱", [("T-500", 50), ("S-500C", 30)]),
        ("green tea 50, also 30 of the cola", [("T-500", 50), ("S-500C", 30)]),
    ],
)
def test_an_amount_behind_a_break_is_of_the_product_behind_it(
    said: str, wanted: list[tuple[str, int]], briefing: Briefing
) -> None:
    lines = read_lines(read(said, briefing), briefing)

    assert [(line.sku, int(line.quantity or 0)) for line in lines] == wanted


@pytest.mark.parametrize("said", ["要10箱绿茶不是可乐", "绿茶10箱，可乐这次不拿了", "10 green tea, not cola"])
def test_what_is_named_as_not_wanted_is_no_line(said: str, briefing: Briefing) -> None:
    lines = read_lines(read(said, briefing), briefing, wanted=True)

    assert [(line.sku, int(line.quantity or 0)) for line in lines] == [("T-500", 10)]
