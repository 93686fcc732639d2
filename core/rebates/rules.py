"""Tiered rebates: what counts, which tier is reached, what it brings, and how far the next one is."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.money import ZERO, round_money

MONTHS_IN: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Tier:
    """From ``threshold`` of purchases on, reached at equality, ``rate`` (a share of one) is earned."""

    threshold: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the arithmetic: ``base × rate``."""

    base: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """Exact; rounded only in the total."""
        return self.base * self.rate


@dataclass(frozen=True, slots=True)
class NextTier:
    """The nearest tier not yet reached: what is missing, and the whole rebate on reaching it exactly."""

    tier: Tier
    missing: Decimal
    would_bring: Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """A period of account over half-open days."""

    code: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """A product's part of an invoice, tax included; a red one is negative. ``counts``: as its promotion said."""

    number: str
    day: date
    category: str
    amount: Decimal
    counts: bool
    bottles: int = 0


@dataclass(frozen=True, slots=True)
class CountedInvoice:
    """How much of an invoice counts, and how much doesn't, by reason: ``category``, ``promotion`` or ``free``."""

    number: str
    day: date
    counted: Decimal
    left_out: Mapping[str, Decimal]


def retroactive(purchases: Decimal, tiers: Sequence[Tier]) -> list[Part]:
    """The best rate reached, on the whole amount (全量), from its first cent; a threshold is reached at equality."""
    reached = tier_reached(purchases, tiers)
    return [Part(purchases, reached.rate if reached else ZERO)]


def incremental(purchases: Decimal, tiers: Sequence[Tier]) -> list[Part]:
    """Each rate on its own part (超额累进), from its threshold to the next; what lies below the first earns nothing.

    The parts add up to the purchases. A threshold reached exactly has nothing above it yet.
    """
    steps = [Tier(ZERO, ZERO), *sorted(tiers, key=lambda tier: tier.threshold)]
    ends = [*(tier.threshold for tier in steps[1:]), purchases]
    bases = [min(end, purchases) - tier.threshold for tier, end in zip(steps, ends, strict=True)]
    parts = [Part(base, tier.rate) for tier, base in zip(steps, bases, strict=True) if base > 0]
    return parts or [Part(purchases, ZERO)]


FORMS: Mapping[str, Callable[[Decimal, Sequence[Tier]], list[Part]]] = {
    "retroactive": retroactive,
    "incremental": incremental,
}


def parts(form: str, purchases: Decimal, tiers: Sequence[Tier]) -> list[Part]:
    """The arithmetic of a form; a form that nobody wrote is an error, never another form."""
    if form not in FORMS:
        raise ValueError(f"unknown form of rebate {form}")
    return FORMS[form](purchases, tiers)


def earned(form: str, purchases: Decimal, tiers: Sequence[Tier]) -> Decimal:
    """The rebate on the purchases of a whole period, exact: rounding is left to whoever posts or shows it."""
    return sum((part.amount for part in parts(form, purchases, tiers)), ZERO)


def tier_reached(purchases: Decimal, tiers: Sequence[Tier]) -> Tier | None:
    """The highest threshold that purchases are not below."""
    return max((tier for tier in tiers if purchases >= tier.threshold), key=lambda tier: tier.threshold, default=None)


def next_tier(form: str, purchases: Decimal, tiers: Sequence[Tier]) -> NextTier | None:
    """The nearest threshold above purchases; None at the top."""
    above = [tier for tier in tiers if tier.threshold > purchases]
    if not above:
        return None
    nearest = min(above, key=lambda tier: tier.threshold)
    return NextTier(nearest, nearest.threshold - purchases, earned(form, nearest.threshold, tiers))


def accruals(form: str, purchases: Sequence[Decimal], tiers: Sequence[Tier], currency: str) -> list[Decimal]:
    """What each month's purchases add to the rebate of their period, rounded half up; together the final amount.

    On the whole amount (全量), a month that reaches a tier brings the earlier months' share with it.
    """
    posted, total, added = ZERO, ZERO, []
    for amount in purchases:
        total += amount
        due = round_money(earned(form, total, tiers), currency)
        added.append(due - posted)
        posted = due
    return added


def count(lines: Iterable[PurchaseLine], excluded: Collection[str]) -> list[CountedInvoice]:
    """Each invoice's counting amount, by day and number; an excluded category doesn't count, whatever its promotion."""
    counted: dict[tuple[date, str], Decimal] = {}
    left_out: dict[tuple[date, str], dict[str, Decimal]] = {}
    for line in lines:
        key = (line.day, line.number)
        counted.setdefault(key, ZERO)
        reasons = left_out.setdefault(key, {})
        reason = _reason(line, excluded)
        if reason is None:
            counted[key] += line.amount
        else:
            reasons[reason] = reasons.get(reason, ZERO) + line.amount
    return [CountedInvoice(key[1], key[0], counted[key], left_out[key]) for key in sorted(counted)]


def _reason(line: PurchaseLine, excluded: Collection[str]) -> str | None:
    if not line.amount and line.bottles:
        return "free"
    if line.category in excluded:
        return "category"
    return None if line.counts else "promotion"


def periods(rhythm: str, start: date, end: date, fiscal_year_start: int = 1) -> list[Period]:
    """The months, quarters or years of account that touch ``start <= day < end``, in order.

    Quarters and years are counted from the month ``fiscal_year_start`` and named after the year in which they begin.
    """
    months = MONTHS_IN[rhythm]
    shift = fiscal_year_start - 1
    index = (start.year * 12 + start.month - 1 - shift) // months
    found = []
    while (first := _month(index * months + shift)) < end:
        found.append(Period(_code(rhythm, index), first, _month((index + 1) * months + shift)))
        index += 1
    if rhythm == "month":
        return [Period(f"{one.start:%Y-%m}", one.start, one.end) for one in found]
    return found


def quarter_of(day: date, fiscal_year_start: int = 1) -> Period:
    """The quarter of account that a day lies in, its first day included."""
    return periods("quarter", day, day + timedelta(days=1), fiscal_year_start)[0]


def _code(rhythm: str, index: int) -> str:
    if rhythm == "quarter":
        return f"{index // 4}Q{index % 4 + 1}"
    return str(index)


def _month(count_from_zero: int) -> date:
    return date(count_from_zero // 12, count_from_zero % 12 + 1, 1)
