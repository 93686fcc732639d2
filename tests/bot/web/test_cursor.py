"""How far a reader has come: nothing skipped, nothing twice, whatever order rows become visible in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.cursor import KEPT, Cursor

ids = st.lists(st.integers(min_value=1, max_value=10**12), unique=True, max_size=60)


@given(ids)
def test_what_was_seen_stays_seen_over_a_reconnection(seen: list[int]) -> None:
    cursor = Cursor.read(str(Cursor().past(seen)))
    assert all(one in cursor for one in seen)


@given(st.lists(st.integers(min_value=1, max_value=1000), unique=True, min_size=1, max_size=KEPT))
def test_a_row_that_appears_late_under_a_lower_id_is_still_shown(seen: list[int]) -> None:
    cursor = Cursor.read(str(Cursor().past(seen)))
    late = set(range(1, max(seen))) - set(seen)
    assert not any(one in cursor for one in late)


def test_a_plain_number_is_where_to_begin() -> None:
    assert Cursor.read("105") == Cursor(105)
    assert 105 in Cursor.read("105")
    assert 106 not in Cursor.read("105")


@pytest.mark.parametrize("text", ["", "x", "1.x", "-1", "1..2", "٣", "9" * 30, "1." * 1000])
def test_what_is_no_cursor_starts_at_the_beginning(text: str) -> None:
    assert Cursor.read(text) == Cursor()


def test_a_cursor_stays_short() -> None:
    cursor = Cursor()
    for one in range(1, 1000):
        cursor = cursor.past([one])
    assert len(cursor.seen) == KEPT
    assert cursor.last == 999
