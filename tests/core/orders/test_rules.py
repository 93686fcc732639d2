"""How an order moves, what credit allows, numbers and shares."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.orders.rules import (
    CHANGEABLE,
    ENDED,
    HOLDS_STOCK,
    MOVES,
    Credit,
    OrderState,
    count_of,
    first_state,
    may_move,
    most_cases,
    not_invoiced,
    number_in,
    on_hold,
    part_of,
    series_of,
)

S = OrderState


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (S.SUBMITTED, S.ACCEPTED),
        (S.AWAITING_PAYMENT, S.ACCEPTED),
        (S.SUBMITTED, S.REJECTED),
        (S.ACCEPTED, S.PART_SHIPPED),
        (S.ACCEPTED, S.SHIPPED),
        (S.PART_SHIPPED, S.SHIPPED),
        (S.SHIPPED, S.RECEIVED),
        (S.RECEIVED, S.CLOSED),
        (S.ACCEPTED, S.CANCELLED),
    ],
)
def test_an_order_moves_on(before: S, after: S) -> None:
    assert may_move(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (S.SUBMITTED, S.SHIPPED),
        (S.SHIPPED, S.CANCELLED),
        (S.PART_SHIPPED, S.CANCELLED),
        (S.SHIPPED, S.ACCEPTED),
        (S.CANCELLED, S.SUBMITTED),
        (S.CLOSED, S.RECEIVED),
        (S.ACCEPTED, S.ACCEPTED),
        (S.ACCEPTED, S.REJECTED),
    ],
)
def test_an_order_never_skips_goes_back_or_ends_twice(before: S, after: S) -> None:
    assert not may_move(before, after)


def test_every_state_is_placed_and_only_what_has_not_shipped_changes() -> None:
    assert set(MOVES) == set(OrderState)
    assert all(not MOVES[state] for state in ENDED)
    assert CHANGEABLE < HOLDS_STOCK
    assert all(S.CANCELLED in MOVES[state] for state in CHANGEABLE)
    assert (first_state(prepaid=True), first_state(prepaid=False)) == (S.AWAITING_PAYMENT, S.SUBMITTED)


def test_credit_is_the_limit_less_open_invoices_and_open_orders() -> None:
    credit = Credit(Decimal(200_000), Decimal(120_000), Decimal(30_000))
    assert credit.left == 50_000
    assert credit.short(Decimal(50_000)) == 0
    assert credit.short(Decimal("50000.01")) == Decimal("0.01")


def test_money_paid_in_advance_widens_credit_and_prepaid_has_none_to_keep() -> None:
    assert Credit(Decimal(0), Decimal(-500), Decimal(0)).short(Decimal(500)) == 0
    assert Credit(Decimal(0), Decimal(0), Decimal(0), prepaid=True).short(Decimal(9_999)) == 0


@given(st.decimals(0, 10**6, places=2), st.decimals(-(10**5), 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_a_larger_order_is_never_less_short(limit: Decimal, owed: Decimal, amount: Decimal) -> None:
    credit = Credit(limit, owed, Decimal(0))
    assert 0 <= credit.short(amount) <= credit.short(amount + 1)
    assert credit.short(max(credit.left, Decimal(0))) == max(Decimal(0), -credit.left)


def test_the_hold_begins_the_day_after_the_last_day_of_grace() -> None:
    assert [on_hold(days, 15) for days in (0, 15, 16)] == [False, False, True]


def test_an_invoice_above_the_order_leaves_nothing_open() -> None:
    assert not_invoiced(Decimal(100), Decimal(40)) == 60
    assert not_invoiced(Decimal(100), Decimal(140)) == 0


def test_numbers_count_up_within_a_day_and_past_999() -> None:
    series = series_of(date(2026, 11, 20))
    assert [number_in(series, n) for n in (1, 999, 1000)] == [
        "SO-20261120-001", "SO-20261120-999", "SO-20261120-1000",
    ]  # fmt: skip
    assert count_of("SO-20261120-1000") == 1000


def test_free_cases_come_out_of_the_same_stock() -> None:
    free_for = lambda cases: cases // 10  # noqa: E731
    assert most_cases(33, 30, free_for) == 30
    assert most_cases(32, 30, free_for) == 29
    assert most_cases(0, 30, free_for) == 0
    assert most_cases(500, 30, free_for) == 30


@given(st.integers(0, 300), st.integers(1, 300), st.integers(1, 20), st.integers(0, 5))
def test_what_can_be_had_fits_and_one_more_would_not(able: int, wanted: int, buy: int, gives: int) -> None:
    cases = most_cases(able, wanted, lambda paid: paid // buy * gives)
    assert cases + cases // buy * gives <= able or cases == 0
    assert cases == wanted or (cases + 1) + (cases + 1) // buy * gives > able


@given(
    amount=st.decimals(0, 10**6, places=2),
    parts=st.lists(st.integers(1, 500), min_size=1, max_size=6),
)
def test_the_parts_of_a_line_add_up_to_it(amount: Decimal, parts: list[int]) -> None:
    whole, before, total = sum(parts), 0, Decimal(0)
    for bottles in parts:
        share = part_of(amount, before, bottles, whole, "CNY")
        assert share >= 0
        total += share
        before += bottles
    assert total == amount
