"""One span held against another."""

from datetime import date

import pytest

from agents.offline.arguments.comparing import beside_it

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("which region grew most vs last year in q3", {"period": "2026Q3"}),
        ("三季度跟去年比谁涨得多", {"period": "2026Q3"}),
        ("this month vs last year", {"period": "2026-11"}),
        ("跟去年比", {}),
    ],
)
def test_the_span_that_is_held_against_another_is_the_reports(words: str, found: dict[str, str]) -> None:
    assert beside_it(words, TODAY, 1) == found
