"""What was thought of first counts nothing, and what comes instead of it does."""

import pytest

from agents.offline.orders.lines import read_lines
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import GOODS, briefing_of


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("绿茶本来想要100的 后来一想仓库放不下 就80吧", [("T-500", 80)]),
        ("绿茶原来打算拿100 想想还是80吧", [("T-500", 80)]),
        ("绿茶本来要100箱 现在80箱就行 可乐20", [("T-500", 80), ("S-500C", 20)]),
        ("was going to take 100 green tea but no room, so 80", [("T-500", 80)]),
        ("i wanted 100 green tea first, but make that 80", [("T-500", 80)]),
        ("绿茶原来打算拿100箱", [("T-500", 100)]),
    ],
)
def test_the_amount_that_was_settled_on_is_ordered(said: str, wanted: list[tuple[str, int]]) -> None:
    briefing = briefing_of(GOODS)
    lines = read_lines(read(said, briefing), briefing)
    assert [(line.sku, int(line.quantity or 0)) for line in lines if line.quantity is not None] == wanted
