"""Lengths of time, in days."""

import pytest

from core.language.durations import find_days


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("超过15天的", 15),
        ("两周没下单", 14),
        ("2个星期没动静", 14),
        ("半个月没拿货", 15),
        ("一个半月没拿货", 45),
        ("三个月没开张", 90),
        ("二十天", 20),
        ("no order for 10 days", 10),
        ("haven't ordered in two weeks", 14),
        ("not in a month", 30),
        ("a fortnight", 14),
        ("3月没下单", None),
        ("上一周没下单", None),
        ("11月15日没下单", None),
        ("this week", None),
        ("第三季度", None),
    ],
)
def test_a_length_of_time_is_read_in_days(said: str, days: int | None) -> None:
    assert find_days(said) == days
