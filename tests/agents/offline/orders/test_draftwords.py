"""What puts a draft right without naming its goods: the kinds it was chosen from, the line changed last, two units."""

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.mind import Mind
from agents.offline.orders.backto import back_to
from agents.offline.orders.kinds import each_kind
from agents.offline.orders.lines import Line
from agents.offline.orders.unitsaid import in_two_units
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of(
    (
        Known("product", "W-480B", ("白桃气泡水", "White peach sparkling water")),
        Known("product", "W-480L", ("青柠气泡水", "Lime sparkling water")),
        Known("product", "T-500", ("绿茶", "Green tea")),
    )
)


def mind(*recent: Call, alternatives: Sequence[str] = ()) -> Mind:
    state = DialogueState(recent=recent, alternatives=tuple(alternatives))
    return cast(Mind, SimpleNamespace(briefing=BRIEFING, state=state))


def lines(*held: tuple[str, int]) -> list[Line]:
    return [Line(sku, Decimal(quantity), "case") for sku, quantity in held]


def proposed(*held: tuple[str, int]) -> Call:
    made: list[dict[str, Any]] = [{"sku": sku, "quantity": quantity, "unit": "case"} for sku, quantity in held]
    return Call("propose_order", {"lines": made})


def told(found: list[Line] | None) -> list[tuple[str | None, int, str | None]] | None:
    return None if found is None else [(one.sku, int(one.quantity or 0), one.unit) for one in found]


@pytest.mark.parametrize(
    "said",
    [
        "算了两个口味各20",
        "还是两样各来20箱",
        "两种都要，各20",
        "actually both flavours, 20 each",
        "20 of each, both kinds",
    ],
)
def test_each_kind_that_was_offered_is_ordered(said: str) -> None:
    behind = mind(alternatives=("W-480B", "W-480L"))
    found = each_kind(lines(("W-480B", 10)), read(said, BRIEFING).with_loose_numbers(), behind)
    assert told(found) == [("W-480B", 20, "case"), ("W-480L", 20, "case")]


def test_no_kind_is_made_up_where_none_was_offered() -> None:
    assert each_kind(lines(("W-480B", 10)), read("两个口味各20", BRIEFING).with_loose_numbers(), mind()) is None


@pytest.mark.parametrize("said", ["那还是50", "算了 还是50吧", "那改回50", "ok back to 50", "50吧"])
def test_a_bare_amount_is_of_the_line_changed_last(said: str) -> None:
    behind = mind(proposed(("W-480B", 60), ("T-500", 50)), proposed(("W-480B", 60), ("T-500", 40)))
    held = lines(("W-480B", 60), ("T-500", 40))
    found = back_to(held, read(said, BRIEFING).with_loose_numbers(), behind)
    assert told(found) == [("W-480B", 60, "case"), ("T-500", 50, "case")]


def test_a_bare_amount_that_stood_nowhere_is_asked_about() -> None:
    behind = mind(proposed(("W-480B", 60), ("T-500", 50)), proposed(("W-480B", 60), ("T-500", 40)))
    held = lines(("W-480B", 60), ("T-500", 40))
    assert back_to(held, read("70吧", BRIEFING).with_loose_numbers(), behind) is None


@pytest.mark.parametrize(
    "said", ["1 pallet plus 5 cases", "太多了 1板加5箱", "1 pallet and 5 cases rather", "1托5箱吧"]
)
def test_two_units_together_count_the_one_product(said: str) -> None:
    found = in_two_units(lines(("T-500", 3)), read(said, BRIEFING).with_loose_numbers())
    assert told(found) == [("T-500", 1, "pallet"), ("T-500", 5, "case")]


def test_two_amounts_in_one_unit_are_no_sum() -> None:
    assert in_two_units(lines(("T-500", 3)), read("5箱，8箱", BRIEFING).with_loose_numbers()) is None
