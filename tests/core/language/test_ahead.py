"""Time that lies ahead: what is named is found, and what was is never taken for it."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.language.timeranges import find_time_ahead

GROUPS = yaml.safe_load((Path(__file__).parent / "ahead.yaml").read_text("utf-8"))
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
