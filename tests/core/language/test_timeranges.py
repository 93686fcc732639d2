from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import plainyaml
from core.language.timeranges import (
    Grain,
    TimeRange,
    find_time_range,
    find_time_ranges,
    parse_period,
    period,
    previous_period,
    same_period_last_year,
)

GROUPS: list[dict[str, Any]] = plainyaml.load(Path(__file__).with_name("timeranges.yaml").read_text("utf-8"))
CASES = [
    pytest.param(text, group, expected, id=f"{group['today']}-{number}-{text}")
    for number, group in enumerate(GROUPS)
    for text, expected in group["expect"].items()
]
TODAY = date(2026, 11, 20)
DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(("text", "group", "expected"), CASES)
def test_expressions_of_the_table(text: str, group: dict[str, Any], expected: list[Any]) -> None:
    found = find_time_range(text, group["today"], group.get("fiscal_year_start", 1), past=group.get("past", True))
    assert ([found.start, found.end, found.grain.value] if found else []) == expected


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("查一下 去年三季度 华东的销量", "去年三季度"),
        ("９月到１１月的返利", "９月到１１月"),
        ("近 30 天👌卖了多少", "近 30 天"),
        ("orders since  September please", "since  September"),
        ("from Sep 1 to Sep 15, by dealer", "from Sep 1 to Sep 15"),
        ("自去年10月以来", "自去年10月以来"),
    ],
)
def test_the_span_covers_what_was_said(text: str, said: str) -> None:
    found = find_time_range(text, TODAY)
    assert found is not None
    assert found.text == said == text[slice(*found.span)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Q3同比", True),
        ("这个月比上个月", True),
        ("10月环比", True),
        ("和去年同期比Q3怎么样", True),
        ("Q3 vs Q2", True),
        ("this month compared with last month", True),
        ("Q3的销量", False),
        ("上个月返利", False),
    ],
)
def test_a_comparison_is_noticed(text: str, wanted: bool) -> None:
    found = find_time_range(text, TODAY)
    assert found is not None
    assert found.comparison is wanted


def test_the_same_period_is_that_of_the_range_beside_it() -> None:
    asked, compared = find_time_ranges("和去年同期比Q3怎么样", TODAY)
    assert (period(asked), period(compared)) == ("2026Q3", "2025Q3")


def test_the_same_period_alone_is_that_of_the_range_before() -> None:
    before = parse_period("2026-10")
    found = find_time_range("那去年同期呢", TODAY, relative_to=before)
    assert found is not None
    assert (period(found), found.comparison) == ("2025-10", True)
    last_month = find_time_range("上月同期呢", TODAY, relative_to=parse_period("2026-11-01..2026-11-20"))
    assert last_month is not None
    assert period(last_month) == "2026-10-01..2026-10-20"


@pytest.mark.parametrize(
    ("code", "fiscal_year_start", "start", "end", "grain"),
    [
        ("2026-10", 1, "2026-10-01", "2026-11-01", "month"),
        ("2026Q3", 1, "2026-07-01", "2026-10-01", "quarter"),
        ("2026Q3", 4, "2026-10-01", "2027-01-01", "quarter"),
        ("2026Q4", 4, "2027-01-01", "2027-04-01", "quarter"),
        ("2026H1", 1, "2026-01-01", "2026-07-01", "half"),
        ("2026H2", 10, "2027-04-01", "2027-10-01", "half"),
        ("2026", 1, "2026-01-01", "2027-01-01", "year"),
        ("2026", 7, "2026-07-01", "2027-07-01", "year"),
        ("2026-10-15", 1, "2026-10-15", "2026-10-16", "day"),
        ("2026-10-01..2026-10-15", 1, "2026-10-01", "2026-10-16", "range"),
    ],
)
def test_codes_and_what_they_stand_for(code: str, fiscal_year_start: int, start: str, end: str, grain: str) -> None:
    found = parse_period(code, fiscal_year_start)
    assert (found.start.isoformat(), found.end.isoformat(), found.grain) == (start, end, grain)
    assert period(found, fiscal_year_start) == code


@pytest.mark.parametrize("code", ["2026-q3", " 2026Q3 ", "2026q3"])
def test_codes_are_read_leniently(code: str) -> None:
    assert period(parse_period(code)) == "2026Q3"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "上个月",
        "2026-13",
        "2026-02-30",
        "2026Q5",
        "2026H3",
        "0000",
        "9999",
        "2026-10-15..2026-10-01",
        "..",
        "2026Q3..x",
    ],
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        parse_period(code)


def test_a_quarter_of_another_fiscal_year_is_spelled_from_day_to_day() -> None:
    assert period(parse_period("2026Q1", 2), 1) == "2026-02-01..2026-04-30"


@pytest.mark.parametrize(
    ("code", "last_year", "before"),
    [
        ("2026Q3", "2025Q3", "2026Q2"),
        ("2024-02", "2023-02", "2024-01"),
        ("2025-02", "2024-02", "2025-01"),
        ("2026", "2025", "2025"),
        ("2026H1", "2025H1", "2025H2"),
        ("2024-02-29", "2023-02-28", "2024-02-28"),
        ("2026-10-01..2026-10-15", "2025-10-01..2025-10-15", "2026-09-16..2026-09-30"),
    ],
)
def test_the_period_a_year_earlier_and_the_one_before(code: str, last_year: str, before: str) -> None:
    found = parse_period(code)
    assert (period(same_period_last_year(found)), period(previous_period(found))) == (last_year, before)


def test_the_same_week_last_year_has_the_same_weekdays() -> None:
    week = TimeRange(date(2026, 11, 16), date(2026, 11, 23), Grain.WEEK)
    assert same_period_last_year(week).start == date(2025, 11, 17)


@given(DAYS, st.integers(1, 12), st.sampled_from(["year", "half", "quarter", "month"]))
def test_every_code_leads_back_to_its_range(day: date, fiscal_year_start: int, unit: str) -> None:
    words = {"year": "今年", "half": "上个半年", "quarter": "本季度", "month": "本月"}
    found = find_time_range(words[unit], day, fiscal_year_start)
    assert found is not None
    again = parse_period(period(found, fiscal_year_start), fiscal_year_start)
    assert (again.start, again.end, again.grain) == (found.start, found.end, found.grain)


@given(
    DAYS,
    st.integers(1, 12),
    st.sampled_from([str(text) for group in GROUPS for text in group["expect"]]),
    st.booleans(),
)
def test_on_any_day_a_range_holds_a_day_at_least(day: date, fiscal_year_start: int, text: str, past: bool) -> None:
    for found in find_time_ranges(text, day, fiscal_year_start, past=past):
        assert found.start < found.end
        assert text[slice(*found.span)] == found.text


@given(
    DAYS,
    st.sampled_from(
        ["10月", "12月", "Q4", "25号", "31号", "周五", "下半年", "November", "双十一", "9月到11月", "11月到1月"]
    ),
)
def test_a_bare_expression_never_begins_after_today_in_a_question_about_the_past(day: date, text: str) -> None:
    found = find_time_range(text, day)
    assert found is not None
    assert day - timedelta(days=800) < found.start <= day


@given(st.text(max_size=200), DAYS)
def test_no_text_raises(text: str, day: date) -> None:
    for found in find_time_ranges(text, day):
        start, end = found.span
        assert 0 <= start < end <= len(text)


WORDS = (
    "去年 今年 上 本 个 月 季度 周 星期 年 半年 天 号 日 初 底 到 至 - ~ 近 前 以来 同期 比 内 第 和 10 3 2026 "
    "31 0 99 十 三 Q 3 H1 / . last next this month week quarter year of October may 1st to from since ago days "
    "past half first the end and vs"
)
MESSY = st.lists(st.sampled_from(WORDS.split()), max_size=12)


@given(MESSY, st.sampled_from(["", " "]), DAYS)
def test_no_mess_of_time_words_raises(words: list[str], joint: str, day: date) -> None:
    for found in find_time_ranges(joint.join(words), day, 4):
        assert found.start < found.end
