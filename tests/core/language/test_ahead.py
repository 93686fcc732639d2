"""Time that lies ahead: what is named is found, and what was is never taken for it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import plainyaml
from core.language.timeranges import MonthsAhead, find_months_ahead, find_time_ahead

GROUPS = plainyaml.load((Path(__file__).parent / "ahead.yaml").read_text("utf-8"))
CASES = [(group["today"], text, said) for group in GROUPS for text, said in group["expect"].items()]


@pytest.mark.parametrize(("today", "text", "said"), CASES, ids=[f"{today} {text}" for today, text, _ in CASES])
def test_what_lies_ahead_is_found(today: date, text: str, said: list[date]) -> None:
    found = find_time_ahead(text, today)
    assert ([found.start, found.end] if found else []) == said


@given(
    st.dates(date(2020, 1, 1), date(2090, 12, 31)),
    st.sampled_from([text for _, text, _ in CASES]),
    st.integers(1, 12),
)
def test_nothing_that_is_over_is_taken_for_the_future(today: date, text: str, fiscal_year_start: int) -> None:
    found = find_time_ahead(text, today, fiscal_year_start)
    assert found is None or (found.start < found.end and found.end > today)


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("下个月", "2026-12", None),
        ("12月到2月", "2026-12..2027-02", None),
        ("未来三个月", "2026-12..2027-02", 3),
        ("三个月呢", "2026-12..2027-02", 3),
        ("半年", "2026-12..2027-05", 6),
        ("未来90天", "2026-12..2027-02", 3),
        ("接下来一个月", "2026-12", 1),
        ("over the next 90 days", "2026-12..2027-02", 3),
        ("next quarter", "2027Q1", None),
        ("明年", "2027", None),
        ("春节前", "2026-12..2027-01", None),
        ("年底前", "2026-12", None),
        ("by the end of January", "2026-12..2027-01", None),
        ("下周", "2026-11", None),
        ("本月剩下的", "2026-11", None),
        ("春节期间", "2027-02", None),
        ("next summer", "2027-06..2027-08", None),
    ],
)
def test_months_are_whole(text: str, code: str, count: int | None) -> None:
    assert find_months_ahead(text, date(2026, 11, 20)) == MonthsAhead(code, count)
