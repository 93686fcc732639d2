"""When an invoice is due, what payments have settled, and how an account moves."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Receivable:
    """An invoice as the books show it, tax included; a negative amount is a red one."""

    number: str
    issued_on: date
    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """What is still to be paid of an invoice; ``left`` is above zero and at most ``amount``."""

    number: str
    issued_on: date
    due_on: date
    amount: Decimal
    left: Decimal

    def days_overdue(self, day: date) -> int:
        """Days past the due date; the due date itself is in time."""
        return max(0, (day - self.due_on).days)


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of a statement: an invoice raises what is owed, a payment or a red invoice lowers it."""

    day: date
    kind: str
    number: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A movement with what was owed after it."""

    movement: Movement
    balance: Decimal


def due_date(issued_on: date, terms: str, days: int) -> date:
    """The last day to pay in time.

    prepaid: the day of issue. from_invoice: ``days`` after it. from_month_end: ``days`` after the last day of its
    month (月结). Weekends and holidays don't move it.
    """
    if terms == "prepaid":
        return issued_on
    if terms == "from_invoice":
        return issued_on + timedelta(days=days)
    if terms == "from_month_end":
        month_end = issued_on.replace(day=monthrange(issued_on.year, issued_on.month)[1])
        return month_end + timedelta(days=days)
    raise ValueError(f"unknown terms {terms}")


def settle(invoices: Iterable[Receivable], paid: Decimal) -> tuple[list[OpenInvoice], Decimal]:
    """What is open once payments and red invoices settled the invoices due first, and the money left over (预存).

    Ties go to the invoice issued first, then to the lower number. Open amounts less the money left over equal
    all invoices less all payments.
    """
    known = list(invoices)
    money = paid - sum((invoice.amount for invoice in known if invoice.amount < 0), ZERO)
    opened = []
    for invoice in sorted(known, key=lambda one: (one.due_on, one.issued_on, one.number)):
        if invoice.amount <= 0:
            continue
        settled = min(invoice.amount, max(money, ZERO))
        money -= settled
        if invoice.amount > settled:
            left = invoice.amount - settled
            opened.append(OpenInvoice(invoice.number, invoice.issued_on, invoice.due_on, invoice.amount, left))
    return opened, money


def overdue_total(due_before: Decimal, reds: Decimal, paid: Decimal) -> Decimal:
    """What ``settle`` leaves overdue, from sums alone: invoices already due, red ones (negative), payments."""
    return max(ZERO, due_before + reds - paid)


def run_balance(opening: Decimal, movements: Sequence[Movement]) -> list[StatementLine]:
    """Movements by day (invoices before payments, then by number) with the running balance."""
    balance = opening
    lines = []
    for movement in sorted(movements, key=lambda one: (one.day, one.kind, one.number)):
        balance += movement.amount
        lines.append(StatementLine(movement, balance))
    return lines
