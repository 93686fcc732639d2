"""What only judges a price or an amount."""

from decimal import Decimal

import pytest

from agents.offline.orders.lines import read_lines
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.wording.remarks import remarks_in
from tests.agents.offline.briefings import briefing_of


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of((Known("product", "T-500", ("绿茶", "Green tea")),))


@pytest.mark.parametrize(
    "said",
    [
        "太多了,我们小店要不了,先来12箱",
        "有点贵啊,就12箱吧",
        "贵是贵了点,那就12箱吧",
        "价格还行,先拿12箱",
        "bit steep but ok, 12 cases please",
        "额度不够啊……那先12箱",
        "钱不够呀,先12箱",
        "nah 12 cases is enough, order that",
        "12 cases will do",
        "不用那么多 12箱就够",
        "thats too much for us, lets do 12 cases",
    ],
)
def test_a_remark_names_no_goods(said: str, briefing: Briefing) -> None:
    (line,) = read_lines(read(said, briefing), briefing)
    assert (line.sku, line.words, line.quantity) == (None, "", Decimal(12))


@pytest.mark.parametrize(("said", "words"), [("雪碧,来20箱", "雪碧"), ("20 cases of sprite please", "sprite")])
def test_what_is_no_remark_is_still_asked_about(said: str, words: str, briefing: Briefing) -> None:
    (line,) = read_lines(read(said, briefing), briefing)
    assert line.words == words


def test_a_part_that_counts_goods_is_no_remark() -> None:
    assert remarks_in("太贵了来5箱") == []
    assert remarks_in("太贵了,来5箱") == [(0, 3)]
