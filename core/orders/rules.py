"""How an order moves, what it may cost a dealer, and how it is numbered. Amounts include tax, in one currency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO, round_money


class OrderState(StrEnum):
    """Where an order stands; a draft is a proposal and no order yet."""

    SUBMITTED = "submitted"
    AWAITING_PAYMENT = "awaiting_payment"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = OrderState

MOVES: Mapping[OrderState, frozenset[OrderState]] = {
    S.SUBMITTED: frozenset({S.ACCEPTED, S.REJECTED, S.CANCELLED}),
    S.AWAITING_PAYMENT: frozenset({S.ACCEPTED, S.REJECTED, S.CANCELLED}),
    S.ACCEPTED: frozenset({S.PART_SHIPPED, S.SHIPPED, S.CANCELLED}),
    S.PART_SHIPPED: frozenset({S.SHIPPED}),
    S.SHIPPED: frozenset({S.RECEIVED}),
    S.RECEIVED: frozenset({S.CLOSED}),
    S.REJECTED: frozenset(),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}
"""From each state, those that may follow. Before anything ships an order may be cancelled; after that only received."""

CHANGEABLE: frozenset[OrderState] = frozenset({S.SUBMITTED, S.AWAITING_PAYMENT, S.ACCEPTED})
"""Nothing has left the warehouse: the dealer may change or cancel."""

HOLDS_STOCK: frozenset[OrderState] = CHANGEABLE | {S.PART_SHIPPED}
"""Stock is reserved for what has not shipped yet."""

ENDED: frozenset[OrderState] = frozenset({S.REJECTED, S.CLOSED, S.CANCELLED})


def may_move(before: str, after: str) -> bool:
    """Whether an order may go straight from one state to the other."""
    return OrderState(after) in MOVES[OrderState(before)]


def first_state(*, prepaid: bool) -> OrderState:
    """Where a confirmed order begins: who pays first waits for the money (款到发货)."""
    return S.AWAITING_PAYMENT if prepaid else S.SUBMITTED


def state_after_change(state: str, before: Decimal, after: Decimal, *, prepaid: bool) -> OrderState:
    """Where an order stands once it was changed: one that was paid for and has become dearer waits for the rest."""
    unpaid = prepaid and OrderState(state) is S.ACCEPTED and after > before
    return S.AWAITING_PAYMENT if unpaid else OrderState(state)


@dataclass(frozen=True, slots=True)
class Credit:
    """A dealer's credit: ``limit`` with any temporary line, ``owed`` open invoices, ``ordered`` not yet invoiced.

    ``owed`` below zero is money paid in advance, which widens what may be ordered. A prepaid dealer has no limit to
    keep to: each order waits for its money.
    """

    limit: Decimal
    owed: Decimal
    ordered: Decimal
    prepaid: bool = False

    @property
    def left(self) -> Decimal:
        """What may still be ordered; negative where the limit is overdrawn already."""
        return self.limit - self.owed - self.ordered

    def short(self, amount: Decimal) -> Decimal:
        """How much is missing for an order of ``amount``; an order that uses up the limit exactly fits."""
        return ZERO if self.prepaid else max(ZERO, amount - self.left)


def not_invoiced(amount: Decimal, invoiced: Decimal) -> Decimal:
    """The part of a confirmed order that no invoice covers yet; never below zero."""
    return max(ZERO, amount - invoiced)


def on_hold(overdue_days: int, hold_after: int) -> bool:
    """Whether deliveries stop (停货): the oldest unpaid invoice is overdue by more than ``hold_after`` days."""
    return overdue_days > hold_after


def series_of(day: date, prefix: str = "SO") -> str:
    """The series that a day's order numbers belong to: ``SO-20261120``."""
    return f"{prefix}-{day:%Y%m%d}"


def number_in(series: str, count: int) -> str:
    """The ``count``-th number of a series, from 001; past 999 it grows a digit."""
    return f"{series}-{count:03d}"


def count_of(number: str) -> int:
    """What ``number_in`` counted."""
    return int(number.rpartition("-")[2])


def most_cases(able: int, wanted: int, free_for: Callable[[int], int]) -> int:
    """The most paid cases, at most ``wanted``, that ``able`` cases suffice for with the free ones of the same product
    that they earn; ``free_for`` never falls as cases rise.
    """
    low, high = 0, max(0, min(wanted, able))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle + free_for(middle) <= able else (low, middle - 1)
    return low


def part_of(amount: Decimal, before: int, now: int, whole: int, currency: str) -> Decimal:
    """What ``now`` of ``whole`` bottles cost when ``before`` were invoiced already; parts add up to ``amount``."""
    upto = round_money(amount * (before + now) / whole, currency)
    return upto - round_money(amount * before / whole, currency)
