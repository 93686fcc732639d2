from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import plainyaml
from core.language.dates import WantedDate, find_wanted_date

TABLE: dict[Any, list[Any]] = plainyaml.load(Path(__file__).with_name("dates.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 20)
DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(("text", "expected"), TABLE.items(), ids=str)
def test_wanted_dates_of_the_table(text: object, expected: list[Any]) -> None:
    found = find_wanted_date(str(text), TODAY)
    assert (_as_row(found) if found else []) == expected


def _as_row(found: WantedDate) -> list[Any]:
    marks = [found.time_of_day, "by" if found.by else None, found.until]
    return [found.day, *(mark for mark in marks if mark is not None)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("绿茶50件明早送城南仓", "明早"),
        ("最好是最晚下周三前到", "最晚下周三前"),
        ("明天下午３点前送到", "明天下午３点前"),
        ("send it by the 25th please", "by the 25th"),
        ("tomorrow morning if you can", "tomorrow morning"),
    ],
)
def test_the_span_covers_what_was_said(text: str, said: str) -> None:
    found = find_wanted_date(text, TODAY)
    assert found is not None
    assert text[slice(*found.span)] == said


@given(DAYS, st.sampled_from([str(text) for text in TABLE]))
def test_no_wanted_date_has_passed(day: date, text: str) -> None:
    found = find_wanted_date(text, day)
    assert found is None or found.day >= day
    assert found is None or found.until is None or found.until > found.day


@given(st.text(max_size=200), DAYS)
def test_no_text_raises(text: str, day: date) -> None:
    found = find_wanted_date(text, day)
    assert found is None or 0 <= found.span[0] < found.span[1] <= len(text)
