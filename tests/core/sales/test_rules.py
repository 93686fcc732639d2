"""Spans compared, groups ranked, regions summed up their tree."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sales.rules import (
    Compare,
    Rank,
    Row,
    Span,
    add_months,
    by_month,
    compared,
    days_of_stock,
    growth,
    months_of,
    nested,
    ranked,
    rolled_up,
    until,
    whole_months,
)

D = Decimal


def span(start: str, end: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("asked", "compare", "against"),
    [
        (span("2026-11-01", "2026-12-01"), Compare.PREVIOUS, span("2026-10-01", "2026-11-01")),
        (span("2026-11-01", "2026-11-21"), Compare.PREVIOUS, span("2026-10-01", "2026-10-21")),
        (span("2026-07-01", "2026-10-01"), Compare.PREVIOUS, span("2026-04-01", "2026-07-01")),
        (span("2026-10-01", "2026-11-21"), Compare.PREVIOUS, span("2026-08-01", "2026-09-21")),
        (span("2026-03-01", "2026-03-31"), Compare.PREVIOUS, span("2026-02-01", "2026-03-01")),
        (span("2026-11-16", "2026-11-23"), Compare.PREVIOUS, span("2026-11-09", "2026-11-16")),
        (span("2026-11-01", "2026-11-21"), Compare.LAST_YEAR, span("2025-11-01", "2025-11-21")),
        (span("2028-02-01", "2028-03-01"), Compare.LAST_YEAR, span("2027-02-01", "2027-03-01")),
        (span("2028-02-29", "2028-03-02"), Compare.LAST_YEAR, span("2027-02-28", "2027-03-02")),
        (span("2026-01-01", "2027-01-01"), Compare.LAST_YEAR, span("2025-01-01", "2026-01-01")),
    ],
)
def test_a_span_is_held_against_the_same_days(asked: Span, compare: Compare, against: Span) -> None:
    assert compared(asked, compare) == against


spans = st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 800)).map(
    lambda pair: Span(pair[0], pair[0] + timedelta(pair[1]))
)


@given(spans, st.sampled_from(Compare))
def test_what_a_span_is_held_against_lies_before_and_has_a_day(asked: Span, compare: Compare) -> None:
    against = compared(asked, compare)
    assert against.start < asked.start
    assert against.days >= 1
    assert abs(against.days - asked.days) <= 3 * len(months_of(asked))


@given(spans)
def test_months_cover_the_span(asked: Span) -> None:
    months = months_of(asked)
    assert months[0] <= asked.start < add_months(months[0], 1)
    assert months[-1] <= asked.last < add_months(months[-1], 1)
    whole = whole_months(asked)
    assert (whole.start, whole.end) == (months[0], add_months(months[-1], 1))


def test_a_span_is_cut_off_at_the_day_of_asking() -> None:
    month = span("2026-11-01", "2026-12-01")
    assert until(month, date(2026, 11, 20)) == span("2026-11-01", "2026-11-21")
    assert until(month, date(2027, 1, 1)) == month
    assert until(month, date(2026, 10, 1)).days == 0


def test_ranks_from_the_most_leave_out_nothing_but_nothing() -> None:
    rows = ranked({"a": D(1), "b": D(3), "z": D(0), "u": None}, {"a": D(2), "gone": D(5)}, Rank.MOST, ("quiet",))
    assert [(row.key, row.value, row.before) for row in rows] == [
        ("b", D(3), D(0)),
        ("a", D(1), D(2)),
        ("gone", D(0), D(5)),
        ("u", None, D(0)),
    ]


def test_ranks_from_the_least_begin_with_those_who_had_nothing() -> None:
    rows = ranked({"a": D(1), "b": D(3)}, None, Rank.LEAST, ("a", "quiet"))
    assert [(row.key, row.value) for row in rows] == [("quiet", D(0)), ("a", D(1)), ("b", D(3))]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.decimals(-1000, 1000, places=2)))
def test_ranking_keeps_every_cent_and_breaks_ties_by_key(values: dict[str, Decimal]) -> None:
    most, least = ranked(values, None, Rank.MOST), ranked(values, None, Rank.LEAST)
    assert [row.key for row in most] == [
        k for k, v in sorted(values.items(), key=lambda pair: (-pair[1], pair[0])) if v
    ]
    assert [row.key for row in least] == sorted(values, key=lambda key: (values[key], key))
    assert all(row.value == values[row.key] for row in least)


def test_months_stand_beside_the_months_that_they_are_held_against() -> None:
    now, then = {"2026-10": D("1.10")}, {"2025-11": D(2), "2025-09": D(3)}
    rows = by_month(now, then, span("2026-09-01", "2026-11-21"), span("2025-09-01", "2025-11-21"), gaps=False)
    assert [(row.key, row.value, row.before) for row in rows] == [
        ("2026-09", D(0), D(3)),
        ("2026-10", D("1.10"), D(0)),
        ("2026-11", D(0), D(2)),
    ]
    gaps = by_month(now, None, span("2026-09-01", "2026-11-21"), None, gaps=True)
    assert [row.value for row in gaps] == [None, D("1.10"), None]


@pytest.mark.parametrize(
    ("value", "before", "share"),
    [(D(3), D(2), D("0.5")), (D(0), D(2), D(-1)), (D(3), D(0), None), (D(3), D(-2), None), (None, D(1), None)],
)
def test_growth_is_none_where_it_makes_no_sense(
    value: Decimal | None, before: Decimal | None, share: Decimal | None
) -> None:
    assert growth(value, before) == share


PATHS: Mapping[str, str] = {
    "EAST": "EAST/",
    "SH": "EAST/SH/",
    "JS": "EAST/JS/",
    "NJ": "EAST/JS/NJ/",
    "NORTH": "NORTH/",
    "EASTERN": "EASTERN/",
}
LEAVES: Mapping[str, Decimal] = {"SH": D(1), "JS": D(2), "NJ": D(4), "NORTH": D(8), "EASTERN": D(16)}


@pytest.mark.parametrize(
    ("root", "sums"),
    [
        ("", {"EAST": 7, "SH": 1, "JS": 6, "NORTH": 8, "EASTERN": 16}),
        ("EAST/", {"SH": 1, "JS": 6, "NJ": 4}),
        ("NORTH/", {"NORTH": 8}),
        ("EAST/JS/", {"JS": 6, "NJ": 4}),
    ],
)
def test_regions_are_summed_two_levels_below_the_root(root: str, sums: dict[str, int]) -> None:
    assert rolled_up(LEAVES, PATHS, root) == {key: D(value) for key, value in sums.items()}


def test_regions_stand_under_the_one_that_holds_them() -> None:
    rows = ranked(rolled_up(LEAVES, PATHS, ""), None, Rank.MOST)
    assert [(row.key, row.inside) for row in nested(rows, PATHS)] == [
        ("EASTERN", None),
        ("NORTH", None),
        ("EAST", None),
        ("JS", "EAST"),
        ("SH", "EAST"),
    ]


def test_stock_without_sales_has_no_days() -> None:
    assert days_of_stock(D(30), D("1.5")) == D(20)
    assert days_of_stock(D(30), D(0)) is None
    assert Row("a", None).change is None


def test_those_that_fell_furthest_come_first_and_what_cannot_be_compared_last() -> None:
    values = {"a": D(50), "b": D(90), "c": D(30), "new": D(7)}
    before = {"a": D(100), "b": D(60), "c": D(40)}

    fall, rise = ranked(values, before, Rank.FALL), ranked(values, before, Rank.RISE)

    assert [row.key for row in fall] == ["a", "c", "b", "new"]
    assert [row.key for row in rise] == ["b", "c", "a", "new"]
