"""Tiers, what counts, and periods of account."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import round_money
from core.rebates.rules import (
    Part,
    PurchaseLine,
    Tier,
    accruals,
    count,
    earned,
    next_tier,
    parts,
    periods,
    quarter_of,
    tier_reached,
)

D = Decimal
FORM = "retroactive"
POLICY = (
    Tier(D(150_000), D("0.01")),
    Tier(D(300_000), D("0.02")),
    Tier(D(600_000), D("0.03")),
    Tier(D(1_000_000), D("0.04")),
)


@pytest.mark.parametrize(
    ("purchases", "rebate"),
    [
        ("0", "0"),
        ("149999.99", "0"),
        ("150000", "1500"),
        ("150000.01", "1500.0001"),
        ("299999.99", "2999.9999"),
        ("300000", "6000"),
        ("312000", "6240"),
        ("1000000", "40000"),
        ("-200000", "0"),
    ],
)
def test_the_best_rate_reached_is_earned_on_the_whole_amount(purchases: str, rebate: str) -> None:
    assert earned(FORM, D(purchases), POLICY) == D(rebate)


def test_the_rebate_is_rounded_half_up_once() -> None:
    assert round_money(earned(FORM, D("150000.50"), POLICY), "CNY") == D("1500.01")
    assert round_money(earned(FORM, D("150000.49"), POLICY), "CNY") == D("1500.00")


def test_without_tiers_nothing_is_earned() -> None:
    assert earned(FORM, D(10), ()) == 0
    assert next_tier(FORM, D(10), ()) is None


def test_an_unknown_form_is_refused_not_replaced() -> None:
    with pytest.raises(ValueError, match="unknown form"):
        parts("secret", D(1), POLICY)


def test_the_next_tier_names_what_is_missing_and_what_it_brings() -> None:
    ahead = next_tier(FORM, D(312_000), POLICY)
    assert ahead is not None
    assert (ahead.tier.rate, ahead.missing, ahead.would_bring) == (D("0.03"), D(288_000), D(18_000))
    assert next_tier(FORM, D(1_000_000), POLICY) is None
    at_threshold = next_tier(FORM, D(300_000), POLICY)
    assert at_threshold is not None
    assert at_threshold.missing == D(300_000)


money = st.integers(0, 150_000_000).map(lambda value: D(value).scaleb(-2))


@st.composite
def growing(draw: st.DrawFn) -> tuple[Tier, ...]:
    thresholds = sorted(draw(st.sets(st.integers(1, 100_000_000), min_size=1, max_size=5)))
    rates = sorted(draw(st.sets(st.integers(1, 200_000), min_size=len(thresholds), max_size=len(thresholds))))
    return tuple(Tier(D(t).scaleb(-2), D(r).scaleb(-6)) for t, r in zip(thresholds, rates, strict=True))


@given(money, money, growing())
def test_more_purchases_never_earn_less(one: Decimal, other: Decimal, tiers: Sequence[Tier]) -> None:
    low, high = sorted((one, other))
    assert earned(FORM, low, tiers) <= earned(FORM, high, tiers)


@given(growing())
def test_a_threshold_is_reached_at_equality_and_not_a_cent_before(tiers: Sequence[Tier]) -> None:
    for tier in tiers:
        assert tier_reached(tier.threshold, tiers) == tier
        assert earned(FORM, tier.threshold, tiers) == tier.threshold * tier.rate
        assert tier_reached(tier.threshold - D("0.01"), tiers) != tier


@given(money, growing())
def test_buying_what_is_missing_brings_what_was_promised(purchases: Decimal, tiers: Sequence[Tier]) -> None:
    ahead = next_tier(FORM, purchases, tiers)
    if ahead is None:
        assert purchases >= max(tier.threshold for tier in tiers)
    else:
        assert ahead.missing > 0
        assert earned(FORM, purchases + ahead.missing, tiers) == ahead.would_bring
        assert tier_reached(purchases + ahead.missing, tiers) == ahead.tier


@pytest.mark.parametrize("form", [FORM, "incremental"])
@given(
    months=st.lists(st.integers(-20_000_000, 90_000_000).map(lambda value: D(value).scaleb(-2)), max_size=6),
    tiers=growing(),
)
def test_monthly_accruals_add_up_to_the_final_amount(form: str, months: list[Decimal], tiers: Sequence[Tier]) -> None:
    final = round_money(earned(form, sum(months, D(0)), tiers), "CNY")
    assert sum(accruals(form, months, tiers, "CNY"), D(0)) == final


@pytest.mark.parametrize(
    ("purchases", "rebate"),
    [
        ("-200000", "0"),
        ("0", "0"),
        ("149999.99", "0"),
        ("150000", "0"),
        ("150000.01", "0.0001"),
        ("300000", "1500"),
        ("300000.01", "1500.0002"),
        ("312000", "1740"),
        ("1000000", "19500"),
        ("1000100", "19504"),
    ],
)
def test_each_rate_is_earned_on_its_own_part(purchases: str, rebate: str) -> None:
    assert earned("incremental", D(purchases), POLICY) == D(rebate)


def test_the_parts_of_the_arithmetic_say_where_each_rate_holds() -> None:
    assert parts("incremental", D(312_000), POLICY[::-1]) == [
        Part(D(150_000), D(0)),
        Part(D(150_000), D("0.01")),
        Part(D(12_000), D("0.02")),
    ]
    assert parts("incremental", D(50), [Tier(D(0), D("0.01"))]) == [Part(D(50), D("0.01"))]
    ahead = next_tier("incremental", D(312_000), POLICY)
    assert ahead is not None
    assert (ahead.tier.rate, ahead.missing, ahead.would_bring) == (D("0.03"), D(288_000), D(7_500))


@given(money, money, growing())
def test_rates_on_their_own_parts_add_up_and_never_earn_more_than_on_the_whole(
    one: Decimal, other: Decimal, tiers: Sequence[Tier]
) -> None:
    low, high = sorted((one, other))
    assert sum(part.base for part in parts("incremental", high, tiers)) == high
    assert earned("incremental", low, tiers) <= earned("incremental", high, tiers) <= earned(FORM, high, tiers)


@given(growing())
def test_a_cent_above_a_threshold_earns_its_rate_of_a_cent(tiers: Sequence[Tier]) -> None:
    cent = D("0.01")
    for tier in tiers:
        above = earned("incremental", tier.threshold + cent, tiers) - earned("incremental", tier.threshold, tiers)
        assert above == cent * tier.rate


LINE = PurchaseLine("I1", date(2026, 10, 8), "water", D(100), counts=True, bottles=10)


def test_excluded_category_promotion_and_free_goods_dont_count_and_say_why() -> None:
    lines = [
        LINE,
        replace(LINE, category="equipment", amount=D(30)),
        replace(LINE, counts=False, amount=D(20)),
        replace(LINE, counts=False, amount=D(0)),
        replace(LINE, category="equipment", counts=False, amount=D(5)),
    ]
    [invoice] = count(lines, {"equipment"})
    assert invoice.counted == D(100)
    assert invoice.left_out == {"category": D(35), "promotion": D(20), "free": D(0)}


def test_a_red_invoice_takes_purchases_back() -> None:
    counted = count([LINE, replace(LINE, number="R1", amount=D(-40))], set())
    assert [(one.number, one.counted) for one in counted] == [("I1", D(100)), ("R1", D(-40))]


lines_of_trade = st.lists(
    st.builds(
        PurchaseLine,
        number=st.sampled_from(["A", "B", "C"]),
        day=st.integers(0, 3).map(lambda days: date(2026, 10, 1) + timedelta(days)),
        category=st.sampled_from(["water", "tea"]),
        amount=money,
        counts=st.booleans(),
        bottles=st.just(1),
    ),
    max_size=12,
)


@given(lines_of_trade, st.integers())
def test_the_order_of_invoices_is_irrelevant(lines: list[PurchaseLine], seed: int) -> None:
    shuffled = list(lines)
    random.Random(seed).shuffle(shuffled)
    assert count(shuffled, {"tea"}) == count(lines, {"tea"})


@given(lines_of_trade)
def test_every_cent_either_counts_or_has_a_reason(lines: list[PurchaseLine]) -> None:
    invoices = count(lines, {"tea"})
    shown = sum((one.counted + sum(one.left_out.values(), D(0)) for one in invoices), D(0))
    assert shown == sum((line.amount for line in lines), D(0))


@pytest.mark.parametrize(
    ("rhythm", "start", "end", "fiscal", "codes"),
    [
        ("quarter", date(2026, 10, 1), date(2026, 11, 1), 1, ["2026Q4"]),
        ("quarter", date(2026, 1, 1), date(2027, 1, 1), 1, ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]),
        ("quarter", date(2026, 3, 31), date(2026, 4, 2), 1, ["2026Q1", "2026Q2"]),
        ("quarter", date(2026, 1, 1), date(2026, 2, 1), 4, ["2025Q4"]),
        ("month", date(2026, 12, 5), date(2027, 1, 2), 1, ["2026-12", "2027-01"]),
        ("month", date(2026, 12, 5), date(2026, 12, 6), 4, ["2026-12"]),
        ("year", date(2026, 2, 1), date(2026, 3, 1), 1, ["2026"]),
        ("year", date(2026, 2, 1), date(2026, 3, 1), 4, ["2025"]),
    ],
)
def test_periods_that_touch_the_days(rhythm: str, start: date, end: date, fiscal: int, codes: list[str]) -> None:
    assert [period.code for period in periods(rhythm, start, end, fiscal)] == codes


@given(
    st.sampled_from(["month", "quarter", "year"]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 800),
    st.integers(1, 12),
)
def test_periods_leave_no_gap_and_overlap_nowhere(rhythm: str, start: date, days: int, fiscal: int) -> None:
    end = start + timedelta(days)
    found = periods(rhythm, start, end, fiscal)
    assert found[0].start <= start < found[0].end
    assert found[-1].start < end <= found[-1].end
    assert [one.start for one in found[1:]] == [one.end for one in found[:-1]]


@pytest.mark.parametrize(
    ("day", "fiscal", "code"),
    [
        (date(2026, 10, 1), 1, "2026Q4"),
        (date(2026, 12, 31), 1, "2026Q4"),
        (date(2027, 1, 1), 1, "2027Q1"),
        (date(2026, 4, 1), 4, "2026Q1"),
        (date(2026, 3, 31), 4, "2025Q4"),
    ],
)
def test_a_quarter_holds_its_first_and_its_last_day(day: date, fiscal: int, code: str) -> None:
    assert quarter_of(day, fiscal).code == code
