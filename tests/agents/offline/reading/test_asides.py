"""What is said of the calendar in passing hides no span that is named."""

from datetime import date

import pytest

from agents.offline.reading.asides import time_meant

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "said",
    [
        "快月底了 这个月还有哪几家没下单",
        "马上月底了,本月还没下单的有谁",
        "眼看就到月末了 这个月谁没下单",
        "end of the month soon, who hasn't ordered yet this month",
        "month end is coming, who ordered nothing this month",
    ],
)
def test_the_month_that_is_named_is_meant(said: str) -> None:
    found = time_meant(said, TODAY, 1)
    assert found is not None
    assert (found.start, found.end) == (date(2026, 11, 1), date(2026, 12, 1))


def test_the_end_of_a_month_by_itself_is_a_time() -> None:
    found = time_meant("月底要付多少", TODAY, 1)
    assert found is not None
    assert found.start > date(2026, 11, 1)
