"""From draft to end: which state may follow which, and what days a contract's terms bring."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.contracts.facts import Facts
from core.contracts.models import DateKind, State
from core.contracts.reckoning import NUMBER, number
from core.contracts.stated import minimum_in

FOLLOWS: Mapping[State | None, frozenset[State]] = {
    None: frozenset({State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SIGNED}),
    State.DRAFT: frozenset({State.IN_REVIEW, State.APPROVED, State.ENDED}),
    State.IN_REVIEW: frozenset({State.DRAFT, State.APPROVED, State.ENDED}),
    State.APPROVED: frozenset({State.IN_REVIEW, State.SIGNED, State.ENDED}),
    State.SIGNED: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
}
TO_DECIDE = timedelta(days=30)  # before the last day of notice
BEFORE_NOTICE, BEFORE_END, BEFORE_MINIMUM = timedelta(days=14), timedelta(days=30), timedelta(days=90)
A_MONTH = 30

_RENEWS = re.compile(
    r"自动(?:续|延|顺延|展)|(?:视为|则|即)(?:同意)?(?:续(?:约|期|展|签)|顺延|延续)|"
    r"automatic\w*\s+(?:be\s+)?(?:renew|extend)|renew\w*\s+automatic|successive",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    rf"(?:期满|届满|到期|终止)(?:之日)?前?(?:至少)?(?:提前)?\s*(?P<n>{NUMBER})\s*(?:[（(]\d+[）)])?\s*(?P<u>个?(?:工作)?日|天|个月|月)"
)
_NOTICE_ENGLISH = re.compile(
    r"(?P<n>\d+)\s*[)]?\s*(?P<u>days?|months?)[’']?(?:\s+written)?(?:\s+notice)?\s*(?:prior to|before)\s+(?:the\s+)?"
    r"(?:end|expir\w*|renewal|then|current)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the register keeps of a contract's text; None where it doesn't say."""

    starts_on: date | None = None
    ends_on: date | None = None
    renews: bool = False
    notice_days: int | None = None
    minimum_purchase: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day to think of, and from when on to be reminded of it."""

    kind: DateKind
    day: date
    remind_on: date


def terms_of(text: str, facts: Facts) -> Terms:
    """The terms of a text whose facts are known; the notice is that against a renewal, where it renews itself."""
    renews = bool(_RENEWS.search(text))
    notice = (_notice_before_the_end(text) or facts.notice_days) if renews else facts.notice_days
    return Terms(facts.start, facts.end, renews, notice, minimum_in(text), facts.currency or None)


def _notice_before_the_end(text: str) -> int | None:
    found = _NOTICE.search(text) or _NOTICE_ENGLISH.search(text)
    value = number(found["n"]) if found else None
    if found is None or value is None:
        return None
    return int(value) * (A_MONTH if "月" in found["u"] or "month" in found["u"].lower() else 1)


def days_of(terms: Terms) -> Iterator[Day]:
    """The days of a contract's running term, in order of time for each kind."""
    end = terms.ends_on
    if end is None:
        return
    if terms.renews:
        last = end - timedelta(days=terms.notice_days or 0)
        yield Day(DateKind.RENEWAL_OPENS, last - TO_DECIDE, last - TO_DECIDE)
        yield Day(DateKind.NOTICE_DUE, last, last - BEFORE_NOTICE)
    if terms.minimum_purchase:
        yield Day(DateKind.MINIMUM_PURCHASE, end, end - BEFORE_MINIMUM)
    yield Day(DateKind.ENDS, end, end - BEFORE_END)


def may_follow(before: State | None, after: State) -> bool:
    """Whether a contract in one state (None: not registered yet) may come into another."""
    return after in FOLLOWS[before]
