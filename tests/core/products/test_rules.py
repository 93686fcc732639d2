"""Units, price steps, tax and lots, as the price policy states them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.products.rules import (
    ListPrice,
    LotOnHand,
    available,
    line_amount,
    nearest_cases,
    pick_lots,
    price_of_unit,
    price_steps,
    step_at,
    tax_in,
    whole_cases,
)

PACKS = {"bottle": 1, "pack": 12, "case": 24, "pallet": 1440}
SHANGHAI, EAST, BRAND = 3, 2, 1
CHAIN = (SHANGHAI, EAST, BRAND)
DAY = date(2026, 11, 20)


def price(row_id: int, amount: str, *, region: int | None = None, tier: str | None = None, start: int = 1) -> ListPrice:
    return ListPrice(row_id, region, tier, start, Decimal(amount), "CNY")


@pytest.mark.parametrize(
    ("quantity", "unit", "cases"),
    [
        ("10", "case", 10),
        ("2", "pack", 1),
        ("48", "bottle", 2),
        ("1", "pallet", 60),
        ("0.5", "pallet", 30),
        ("1.5", "case", None),
        ("1", "pack", None),
        ("25", "bottle", None),
        ("0.1", "case", None),
    ],
)
def test_only_what_makes_up_whole_cases_is_sold(quantity: str, unit: str, cases: int | None) -> None:
    assert whole_cases(Decimal(quantity), unit, PACKS) == cases


def test_a_broken_case_has_whole_ones_on_both_sides() -> None:
    assert nearest_cases(Decimal("1.5"), "case", PACKS) == (1, 2)
    assert nearest_cases(Decimal(5), "bottle", PACKS) == (0, 1)


def test_the_price_of_a_unit_is_rounded_half_up_for_showing() -> None:
    assert price_of_unit(Decimal("42.00"), "bottle", {"bottle": 1, "case": 15}, "CNY") == Decimal("2.80")
    assert price_of_unit(Decimal("0.45"), "bottle", {"bottle": 1, "case": 2}, "CNY") == Decimal("0.23")


def test_a_nearer_region_beats_the_tier_and_both_beat_the_general_list() -> None:
    rows = [
        price(1, "30"),
        price(2, "29", tier="A"),
        price(3, "28", region=EAST),
        price(4, "27", region=EAST, tier="A"),
    ]
    rows += [price(5, "31", region=SHANGHAI), price(6, "1", region=99), price(7, "1", region=SHANGHAI, tier="C")]
    assert [row.id for row in price_steps(rows, CHAIN, "A")] == [5]
    assert [row.id for row in price_steps(rows, (EAST, BRAND), "A")] == [4]
    assert [row.id for row in price_steps(rows, (EAST, BRAND), "B")] == [3]
    assert [row.id for row in price_steps(rows, (BRAND,), "A")] == [2]
    assert [row.id for row in price_steps(rows, (BRAND,), "B")] == [1]
    assert price_steps([rows[5]], CHAIN, "A") == ()


def test_a_step_is_reached_at_equality_and_not_a_case_before() -> None:
    steps = price_steps([price(2, "28", start=100), price(1, "30"), price(3, "27", start=300)], CHAIN, "A")
    assert [row.from_cases for row in steps] == [1, 100, 300]
    reached = {cases: step_at(steps, cases).amount for cases in (1, 99, 100, 299, 300, 10_000)}
    assert reached == {1: 30, 99: 30, 100: 28, 299: 28, 300: 27, 10_000: 27}


def test_a_list_that_begins_above_the_quantity_leaves_it_to_the_general_one() -> None:
    rows = [price(1, "30"), price(2, "25", region=SHANGHAI, start=50)]
    assert price_steps(rows, CHAIN, "A", 49)[0].id == 1
    assert price_steps(rows, CHAIN, "A", 50)[0].id == 2


@given(
    amounts=st.lists(st.decimals("0.01", "500", places=2), min_size=1, max_size=4),
    cases=st.integers(1, 2000),
)
def test_falling_steps_never_make_a_larger_order_dearer_a_case(amounts: list[Decimal], cases: int) -> None:
    falling = sorted(amounts, reverse=True)
    steps = price_steps([price(i, str(a), start=1 + i * 100) for i, a in enumerate(falling)], CHAIN, "A")
    assert step_at(steps, cases + 1).amount <= step_at(steps, cases).amount


@given(
    amount=st.decimals("0", "1000000", places=2),
    rate=st.sampled_from([Decimal("0.13"), Decimal("0.09"), Decimal("0.06"), Decimal(0)]),
)
def test_tax_and_net_add_up_to_what_is_paid(amount: Decimal, rate: Decimal) -> None:
    tax = tax_in(amount, rate, "CNY")
    net = amount - tax
    assert tax >= 0
    assert abs(net * rate - tax) <= Decimal("0.01")
    assert tax == tax.quantize(Decimal("0.01"))


def test_tax_is_rounded_half_up_once() -> None:
    assert tax_in(Decimal("113.00"), Decimal("0.13"), "CNY") == Decimal("13.00")
    assert tax_in(Decimal("28.80"), Decimal("0.13"), "CNY") == Decimal("3.31")


def lot(number: int, days: int, bottles: int) -> LotOnHand:
    return LotOnHand(number, f"L{number}", DAY - timedelta(days=30), DAY + timedelta(days=days), bottles)


def test_the_first_to_expire_leaves_first_and_expired_ones_never() -> None:
    lots = [lot(1, 200, 50), lot(2, 100, 30), lot(3, 0, 99), lot(4, -5, 99)]
    assert [(one.id, taken) for one, taken in pick_lots(lots, 60, DAY)] == [(2, 30), (1, 30)]
    assert [(one.id, taken) for one, taken in pick_lots(lots, 10, DAY, after=35)] == [(1, 10)]
    assert pick_lots([], 10, DAY) == ()


@given(
    held=st.lists(st.integers(1, 500), max_size=6),
    wanted=st.integers(0, 2000),
    after=st.integers(0, 2000),
)
def test_lots_give_what_is_wanted_or_all_that_is_left(held: list[int], wanted: int, after: int) -> None:
    lots = [lot(i, i + 1, bottles) for i, bottles in enumerate(held)]
    picked = pick_lots(lots, wanted, DAY, after=after)
    assert sum(taken for _, taken in picked) == min(wanted, max(0, sum(held) - after))
    assert all(0 < taken <= one.bottles for one, taken in picked)


def test_more_promised_than_counted_is_nothing_available() -> None:
    assert (available(10, 4), available(10, 12)) == (6, 0)


@given(price=st.decimals("0", "999", places=4), cases=st.integers(0, 5000))
def test_a_line_is_rounded_once(price: Decimal, cases: int) -> None:
    assert abs(line_amount(price, cases, "CNY") - price * cases) <= Decimal("0.005")
