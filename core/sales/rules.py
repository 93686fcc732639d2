"""What may be asked of sales, the days it is compared with, and how groups are ranked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.money import ZERO

if TYPE_CHECKING:
    import pandas as pd


class Measure(StrEnum):
    """进货额, 开票, 回款, 逾期, 动销, 库存天数, 授信使用率."""

    SELL_IN = "sell_in"
    INVOICED = "invoiced"
    COLLECTIONS = "collections"
    OVERDUE = "overdue"
    SELL_THROUGH = "sell_through"
    STOCK_DAYS = "stock_days"
    CREDIT_USED = "credit_used"


class By(StrEnum):
    """What a measure is broken down by."""

    DEALER = "dealer"
    REGION = "region"
    PRODUCT = "product"
    CATEGORY = "category"
    MONTH = "month"


class Compare(StrEnum):
    """环比: the span just before; 同比: the same span a year earlier."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


class Rank(StrEnum):
    """Which end of the ranking comes first: by value, or by growth against what it is compared with."""

    MOST = "most"
    LEAST = "least"
    RISE = "rise"
    FALL = "fall"


BY_GROWTH = frozenset({Rank.RISE, Rank.FALL})


AS_OF_A_DAY = frozenset({Measure.OVERDUE, Measure.STOCK_DAYS, Measure.CREDIT_USED})
IN_MONEY = frozenset({Measure.SELL_IN, Measure.INVOICED, Measure.COLLECTIONS, Measure.OVERDUE})
NOT_BY_PRODUCT = frozenset({Measure.INVOICED, Measure.COLLECTIONS, Measure.OVERDUE, Measure.CREDIT_USED})


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open days."""

    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Row:
    """A group: its value, the same in the compared span, and (for overdue dealers) days since the oldest was due.

    None is unknown: nothing was reported, or nothing sold to divide by. ``inside`` is the group that holds this one.
    """

    key: str
    value: Decimal | None
    before: Decimal | None = None
    days: int | None = None
    inside: str | None = None

    @property
    def change(self) -> Decimal | None:
        """Growth against the compared span, as a share of one; None where that makes no sense."""
        return growth(self.value, self.before)


def growth(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    """``value / before − 1``; None where either is unknown or ``before`` is not above zero."""
    if value is None or before is None or before <= 0:
        return None
    return value / before - 1


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - timedelta(days=1)).day))


def until(span: Span, day: date) -> Span:
    """The part of the span that has passed by the end of ``day``; empty where it hasn't begun."""
    return Span(span.start, max(span.start, min(span.end, day + timedelta(days=1))))


def months_of(span: Span) -> list[date]:
    """The first day of every month that the span touches."""
    first = span.start.replace(day=1)
    months = [first]
    while (following := add_months(months[-1], 1)) < span.end:
        months.append(following)
    return months


def month_key(day: date) -> str:
    """``2026-10``."""
    return f"{day:%Y-%m}"


def whole_months(span: Span) -> Span:
    """The months that the span touches, whole: reports come by the month."""
    months = months_of(span)
    return Span(months[0], add_months(months[-1], 1))


def compared(span: Span, compare: Compare) -> Span:
    """What the span is held against, day for day.

    Last year: both ends twelve months earlier. Previous: as many months earlier as it touches where it begins on the
    first of a month (1–20 November against 1–20 October), else as many days earlier as it has.
    """
    if compare is Compare.LAST_YEAR:
        return _shifted(span, 12)
    if span.start.day == 1:
        return _shifted(span, len(months_of(span)))
    return Span(span.start - timedelta(days=span.days), span.start)


def _shifted(span: Span, months: int) -> Span:
    """Earlier by whole months: whole months stay whole, else the last day moves to the same day of its month."""
    end = span.end if span.end.day == 1 else span.last
    moved = add_months(end, -months)
    return Span(add_months(span.start, -months), moved if end == span.end else moved + timedelta(days=1))


def ranked(
    current: Mapping[str, Decimal | None],
    before: Mapping[str, Decimal | None] | None,
    order: Rank,
    everyone: Collection[str] = (),
) -> list[Row]:
    """Groups by value, then by key; unknown last. ``everyone`` names groups that count as zero where they had nothing.

    From the most down, groups of zero are left out, unless they had something before; by growth it is the same groups.
    """
    import pandas as pd

    keys = sorted({*current, *(before or {}), *everyone})
    frame = pd.DataFrame({"value": _column(current, keys)}, index=keys)
    if before is not None:
        frame["before"] = _column(before, keys)
    known = frame[frame["value"].notna()].sort_values("value", ascending=order is Rank.LEAST, kind="stable")
    rows = _rows(known)
    if order is not Rank.LEAST:
        rows = [row for row in rows if row.value or row.before]
    rows += _rows(frame[frame["value"].isna()])
    return by_growth(rows, order) if order in BY_GROWTH else rows


def by_growth(rows: Sequence[Row], order: Rank) -> list[Row]:
    """The fastest growing first, or those that fell furthest; what can't be compared comes last."""
    compared = [(row.change, row) for row in rows if row.change is not None]
    ordered = sorted(compared, key=lambda pair: pair[0], reverse=order is Rank.RISE)
    return [row for _, row in ordered] + [row for row in rows if row.change is None]


def _column(values: Mapping[str, Decimal | None], keys: Sequence[str]) -> "pd.Series[Any]":
    import pandas as pd

    column: list[Any] = [values.get(key, ZERO) for key in keys]
    return pd.Series(column, index=list(keys), dtype=object)


def by_month(
    current: Mapping[str, Decimal | None],
    before: Mapping[str, Decimal | None] | None,
    span: Span,
    against: Span | None,
    *,
    gaps: bool,
) -> list[Row]:
    """A row for each month of the span, in order, beside the month of ``against`` that stands in its place.

    A month without an entry is zero, or unknown where ``gaps``: nothing was reported.
    """
    import pandas as pd

    months = pd.PeriodIndex([month_key(month) for month in months_of(span)], freq="M")
    frame = pd.DataFrame({"value": _monthly(current, 0).reindex(months)}, index=months)
    if before is not None and against is not None:
        frame["before"] = _monthly(before, _month_number(span.start) - _month_number(against.start)).reindex(months)
    zero: Any = ZERO
    return _rows(frame if gaps else frame.fillna(zero))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month


def _monthly(values: Mapping[str, Decimal | None], shift: int) -> "pd.Series[Any]":
    import pandas as pd

    index = pd.PeriodIndex(list(values), freq="M").shift(shift)
    column: list[Any] = list(values.values())
    return pd.Series(column, index=index, dtype=object)


def _rows(frame: "pd.DataFrame") -> list[Row]:
    """Exact again: pandas marks what is unknown in ways of its own."""
    columns = {name: [None if _unknown(value) else value for value in frame[name]] for name in frame.columns}
    values, before = columns["value"], columns.get("before", [None] * len(frame))
    return [Row(str(key), *pair) for key, *pair in zip(frame.index, values, before, strict=True)]


def _unknown(value: object) -> bool:
    return not isinstance(value, Decimal)


def rolled_up(values: Mapping[str, Decimal], paths: Mapping[str, str], root: str) -> dict[str, Decimal]:
    """Sums of the regions one and two levels below ``root`` (a path; empty for all), each with all below it.

    ``paths`` maps a region's code to its path. The root's own region is among them where it has no region below it, or
    dealers of its own.
    """
    depth = root.count("/")
    inside = {code: path for code, path in paths.items() if path.startswith(root)}
    near = {code: path for code, path in inside.items() if 1 <= path.count("/") - depth <= 2}
    own = {code: path for code, path in inside.items() if path == root and (not near or values.get(code))}
    return {
        code: sum((values.get(other, ZERO) for other, below in paths.items() if below.startswith(path)), ZERO)
        for code, path in (own | near).items()
    }


def nested(rows: Sequence[Row], paths: Mapping[str, str]) -> list[Row]:
    """Ranked regions, each followed by those inside it."""
    known = {row.key for row in rows}
    holders = {row.key: _holder(paths[row.key]) for row in rows}
    inner = [replace(row, inside=holders[row.key]) for row in rows if holders[row.key] in known]
    outer = [row for row in rows if holders[row.key] not in known]
    return [one for row in outer for one in (row, *(each for each in inner if each.inside == row.key))]


def _holder(path: str) -> str | None:
    """The code of the region around the one with this path."""
    codes = path.rstrip("/").split("/")
    return codes[-2] if len(codes) > 1 else None


def days_of_stock(stock: Decimal, daily: Decimal) -> Decimal | None:
    """How long the stock lasts at an average daily sale; None where nothing sold."""
    return stock / daily if daily > 0 else None
