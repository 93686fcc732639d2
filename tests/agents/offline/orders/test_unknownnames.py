"""What is counted beside our products and is none of them: its amount is its own, and it is asked about by name."""

import pytest

from agents.offline.orders.lines import read_lines
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("可乐500的40箱，雪碧500的20箱", [("S-500C", "可乐", 40), (None, "雪碧", 20)]),
        ("雪碧要20箱，可乐500的40箱", [(None, "雪碧", 20), ("S-500C", "可乐", 40)]),
        ("雪碧20箱，可乐40箱", [(None, "雪碧", 20), ("S-500C", "可乐", 40)]),
        ("芬达5箱 绿茶8箱 可乐6箱", [(None, "芬达", 5), ("T-500", "绿茶", 8), ("S-500C", "可乐", 6)]),
        ("sprite 20 cases, cola 40 cases", [(None, "sprite", 20), ("S-500C", "cola", 40)]),
        ("20箱可乐，40箱绿茶", [("S-500C", "可乐", 20), ("T-500", "绿茶", 40)]),
        ("要20箱可乐，再来绿茶40箱", [("S-500C", "可乐", 20), ("T-500", "绿茶", 40)]),
    ],
)
def test_each_keeps_its_amount(said: str, wanted: list[tuple[str | None, str, int]]) -> None:
    briefing = briefing_of(GOODS)
    lines = read_lines(read(said, briefing), briefing)
    assert [(line.sku, line.words, int(line.quantity or 0)) for line in lines] == wanted
