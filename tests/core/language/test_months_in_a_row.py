"""Months that are named one after the other."""

from datetime import date

import pytest

from core.language.timeranges import find_time_range, period

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("七八九三个月那次呢", "2026Q3"),
        ("七八九月", "2026Q3"),
        ("7、8、9月", "2026Q3"),
        ("去年七、八、九这三个月", "2025Q3"),
        ("八九月卖了多少", "2026-08-01..2026-09-30"),
        ("头三季返了多少", "2026-01-01..2026-09-30"),
        ("十一月", "2026-11"),
    ],
)
def test_they_are_one_span(words: str, code: str) -> None:
    found = find_time_range(words, TODAY, 1)
    assert found is not None
    assert period(found) == code


@pytest.mark.parametrize("words", ["七八个月", "两三个月", "三四天", "二三十箱"])
def test_about_so_many_is_no_span_of_months(words: str) -> None:
    assert find_time_range(words, TODAY, 1) is None
