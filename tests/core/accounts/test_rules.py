"""Due dates, and payments that settle what is due first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.rules import Movement, Receivable, due_date, overdue_total, run_balance, settle

D = Decimal
START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("issued", "terms", "days", "due"),
    [
        (date(2026, 1, 6), "from_month_end", 30, date(2026, 3, 2)),
        (date(2026, 4, 1), "from_month_end", 30, date(2026, 5, 30)),
        (date(2026, 4, 29), "from_month_end", 30, date(2026, 5, 30)),
        (date(2026, 8, 15), "from_month_end", 30, date(2026, 9, 30)),
        (date(2026, 10, 20), "from_month_end", 30, date(2026, 11, 30)),
        (date(2028, 2, 3), "from_month_end", 0, date(2028, 2, 29)),
        (date(2026, 12, 31), "from_invoice", 1, date(2027, 1, 1)),
        (date(2026, 4, 29), "prepaid", 30, date(2026, 4, 29)),
    ],
)
def test_due_dates_follow_the_handbooks_examples(issued: date, terms: str, days: int, due: date) -> None:
    assert due_date(issued, terms, days) == due


def test_unknown_terms_are_never_guessed() -> None:
    with pytest.raises(ValueError, match="unknown terms"):
        due_date(START, "from_receipt", 30)


def test_a_payment_settles_the_invoice_due_first_even_if_issued_later() -> None:
    late_due = Receivable("A", date(2026, 1, 1), date(2026, 3, 2), D(100))
    early_due = Receivable("B", date(2026, 1, 5), date(2026, 1, 5), D(50))
    opened, left_over = settle([late_due, early_due], D(60))
    assert [(one.number, one.left) for one in opened] == [("A", D(90))]
    assert left_over == 0


def test_a_red_invoice_is_as_good_as_money() -> None:
    booked = [Receivable("A", START, START, D(100)), Receivable("R", START, START, D(-30))]
    opened, left_over = settle(booked, D(0))
    assert [(one.number, one.left) for one in opened] == [("A", D(70))]
    assert left_over == 0


def test_money_paid_in_advance_is_left_over() -> None:
    opened, left_over = settle([Receivable("A", START, START, D(100))], D("250.50"))
    assert opened == []
    assert left_over == D("150.50")


def test_an_invoice_is_in_time_on_its_due_date() -> None:
    opened, _ = settle([Receivable("A", START, START + timedelta(3), D(1))], D(0))
    assert opened[0].days_overdue(START + timedelta(3)) == 0
    assert opened[0].days_overdue(START + timedelta(4)) == 1


cents = st.integers(-500_000, 2_000_000).map(lambda value: D(value).scaleb(-2))
booked = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60), cents), max_size=12).map(
    lambda rows: [
        Receivable(f"I{index}", START + timedelta(issued), START + timedelta(issued + due), amount)
        for index, (issued, due, amount) in enumerate(rows)
    ]
)
paid = st.integers(0, 10_000_000).map(lambda value: D(value).scaleb(-2))


@given(booked, paid)
def test_no_cent_is_lost(invoices: list[Receivable], money: Decimal) -> None:
    opened, left_over = settle(invoices, money)
    owed = sum((one.left for one in opened), D(0))
    assert owed - left_over == sum((one.amount for one in invoices), D(0)) - money
    assert owed == 0 or left_over <= 0 or not opened
    assert all(0 < one.left <= one.amount for one in opened)


@given(booked, paid)
def test_what_is_open_was_due_after_all_that_is_settled(invoices: list[Receivable], money: Decimal) -> None:
    opened, _ = settle(invoices, money)
    numbers = {one.number for one in opened}
    settled = [one.due_on for one in invoices if one.amount > 0 and one.number not in numbers]
    assert not opened or not settled or max(settled) <= min(one.due_on for one in opened)
    assert sum(one.left < one.amount for one in opened) <= 1


@given(booked, paid, st.randoms())
def test_the_order_of_invoices_is_irrelevant(invoices: list[Receivable], money: Decimal, random: object) -> None:
    shuffled = list(invoices)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled, money) == settle(invoices, money)


@given(booked, paid, st.integers(0, 160))
def test_overdue_from_sums_equals_overdue_from_invoices(invoices: list[Receivable], money: Decimal, after: int) -> None:
    day = START + timedelta(after)
    issued = [one for one in invoices if one.issued_on <= day]
    opened, _ = settle(issued, money)
    due = sum((one.amount for one in issued if one.amount > 0 and one.due_on < day), D(0))
    reds = sum((one.amount for one in issued if one.amount < 0), D(0))
    assert overdue_total(due, reds, money) == sum((one.left for one in opened if one.due_on < day), D(0))


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["invoice", "payment"]), cents), max_size=10), cents)
def test_a_statement_ends_at_opening_plus_movements(rows: list[tuple[int, str, Decimal]], opening: Decimal) -> None:
    movements = [Movement(START + timedelta(day), kind, str(n), amount) for n, (day, kind, amount) in enumerate(rows)]
    lines = run_balance(opening, movements)
    assert (lines[-1].balance if lines else opening) == opening + sum((one.amount for one in movements), D(0))
    assert [line.movement.day for line in lines] == sorted(one.day for one in movements)
