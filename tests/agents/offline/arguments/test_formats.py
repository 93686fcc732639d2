"""Arguments that are listened for by their format, whatever tool brings them."""

from datetime import date
from typing import Any

import pytest

from agents.offline.arguments.slots import Schema, carry_over, fill
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Linker
from agents.offline.reading.understanding import read
from agents.offline.wording.lexicon import load_lexicon
from core.actor import system
from core.words import Catalogues

FORMATS = {
    "span": {"type": "string", "format": "months-ahead"},
    "many": {"type": "integer", "format": "count-of-months", "maximum": 6},
    "dearer": {"type": "number", "format": "price-change"},
    "dearer_by": {"type": "number", "format": "price-difference"},
    "more": {"type": "number", "format": "demand-change"},
    "deal": {"type": "string", "format": "promotion"},
    "held": {"type": "number", "format": "stock-held"},
}
SCHEMA = Schema.of("somebody_elses_tool", {"properties": FORMATS})


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return Briefing(system("test"), date(2026, 11, 20), Catalogues().words("zh"), 1, Linker(()), {})


@pytest.mark.parametrize(
    ("said", "args"),
    [
        ("12月会怎样", {"span": "2026-12"}),
        ("未来三个月", {"many": 3}),
        ("未来一年", {"span": "2026-12..2027-11"}),
        ("春节前", {"span": "2026-12..2027-01"}),
        ("要是涨价5%", {"dearer": 5.0}),
        ("要是便宜1块", {"dearer_by": -1.0}),
        ("要是需求多两成", {"more": 20.0}),
        ("要是做10搭1", {"deal": "10+1"}),
        ("我还有80箱", {"held": 80.0}),
        ("给我来80箱", {}),
        ("如果下个月10搭1", {"span": "2026-12", "deal": "10+1"}),
        ("next quarter with 5% off", {"span": "2027Q1", "dearer": -5.0}),
        ("上个月", {}),
    ],
)
def test_a_format_says_what_to_listen_for(briefing: Briefing, said: str, args: dict[str, Any]) -> None:
    assert fill(SCHEMA, read(said, briefing), briefing, load_lexicon()) == args


def test_one_way_of_saying_when_replaces_the_other() -> None:
    assert carry_over(SCHEMA, {"span": "2026-12", "deal": "10+1"}, {"many": 3}) == {"deal": "10+1", "many": 3}
    assert carry_over(SCHEMA, {"many": 3}, {"span": "2027Q1"}) == {"span": "2027Q1"}
