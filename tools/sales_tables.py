"""Groups of sales as a table and as a chart."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.money import HUNDRED
from core.replies import Block, Chart, Column, Series, Table
from core.sales.rules import AS_OF_A_DAY, IN_MONEY, By, Compare, Measure, Row, compared
from core.sales.service import SalesSummary
from core.words import Words
from tools.spans import month_words

FIRST = 5
FIRST_REGIONS = 10
TENTH = Decimal("0.1")
LEGAL_FORMS = ("集团有限公司", "有限责任公司", "股份有限公司", "有限公司")


def tables(found: SalesSummary, words: Words) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The first rows, and what waits behind ``more``; a long run of months is left to the chart."""
    columns = _columns(found, words)
    rows = [_cells(row, found, words, len(columns)) for row in found.rows]
    first = _first(found)
    shown: tuple[Block, ...] = (Table(columns, tuple(rows[:first])),) if first else ()
    rest: tuple[Block, ...] = (Table(columns, tuple(rows[first:])),) if rows[first:] else ()
    return shown, rest


def _first(found: SalesSummary) -> int:
    if found.query.by is By.MONTH:
        return len(found.rows) if len(found.rows) <= FIRST else 0
    return FIRST_REGIONS if found.query.by is By.REGION else min(FIRST, found.query.limit)


def _columns(found: SalesSummary, words: Words) -> tuple[Column, ...]:
    columns = [
        Column(words(f"sales.by.{found.query.by}")),
        Column(words(f"sales.measure.{found.query.measure}"), "end"),
    ]
    if found.query.compare:
        columns.append(Column(words(compare_key(found)), "end"))
    elif any(row.days is not None for row in found.rows):
        columns.append(Column(words("sales.days_overdue"), "end"))
    elif any(shared(row, found) is not None for row in found.rows):
        columns.append(Column(words("sales.share"), "end"))
    return tuple(columns)


def _cells(row: Row, found: SalesSummary, words: Words, width: int) -> tuple[str, ...]:
    name = ("· " if row.inside else "") + full_name(row.key, found, words)
    cells = (name, value_words(found, row.value, words), _third(row, found, words))
    return cells[:width]


def _third(row: Row, found: SalesSummary, words: Words) -> str:
    if found.query.compare:
        return words("sales.unknown") if row.change is None else signed(row.change, words)
    if row.days is not None:
        return words("sales.days", days=row.days)
    share = shared(row, found)
    return words("sales.unknown") if share is None else words.percent(share)


def chart(found: SalesSummary, span: str, words: Words) -> Chart:
    """Bars of the groups that were asked for, or a line through the months."""
    by_month = found.query.by is By.MONTH
    rows = found.rows if by_month else [row for row in found.rows if row.inside is None][: found.query.limit]
    scale = HUNDRED if found.query.measure is Measure.CREDIT_USED else 1
    values = [None if row.value is None else row.value * scale for row in rows]
    series = [Series(words("sales.this_span"), _values(values))]
    if found.query.compare:
        series.append(Series(words(f"sales.before.{found.query.compare}"), _values([row.before for row in rows])))
    measure = words(f"sales.measure.{found.query.measure}")
    title = words(
        "sales.chart.month" if by_month else "sales.chart",
        measure=measure,
        by=words(f"sales.by.{found.query.by}"),
        span=span,
    )
    labels = tuple(_short(row.key, found, words) for row in rows)
    return Chart("line" if by_month else "bar", title, labels, tuple(series), _unit(found, words))


def _values(values: Sequence[Decimal | None]) -> tuple[float | None, ...]:
    return tuple(None if value is None else float(round(value, 2)) for value in values)


def _unit(found: SalesSummary, words: Words) -> str:
    if found.query.measure in IN_MONEY:
        return words("sales.unit.yuan") if found.currency == "CNY" else found.currency
    if found.query.measure is Measure.CREDIT_USED:
        return "%"
    return words(f"sales.unit.{'case' if found.query.measure is Measure.SELL_THROUGH else 'day'}")


def full_name(key: str, found: SalesSummary, words: Words) -> str:
    """A group as tables name it: a code is never shown without its name."""
    match found.query.by:
        case By.CATEGORY:
            return words(f"category.{key}")
        case By.MONTH:
            return month_words(_month(key), words, year=True)
        case By.REGION:
            return _called(key, found, words)
    return f"{key} {_called(key, found, words)}"


def _short(key: str, found: SalesSummary, words: Words) -> str:
    """A group as a chart labels it."""
    if found.query.by is By.MONTH:
        return month_words(_month(key), words)
    if found.query.by is not By.DEALER:
        return full_name(key, found, words) if found.query.by is not By.PRODUCT else _called(key, found, words)
    name = _called(key, found, words)
    return next((name.removesuffix(form) for form in LEGAL_FORMS if name.endswith(form)), name)


def _called(key: str, found: SalesSummary, words: Words) -> str:
    names = found.names.get(key, {})
    return names.get(words.language) or names.get("en") or key


def _month(key: str) -> date:
    return date(int(key[:4]), int(key[5:7]), 1)


def compare_key(found: SalesSummary) -> str:
    """同比 or 环比."""
    if found.query.compare:
        return f"sales.compare.{found.query.compare}"
    last_year = found.against == compared(found.span, Compare.LAST_YEAR)
    return f"sales.compare.{Compare.LAST_YEAR if last_year else Compare.PREVIOUS}"


def shared(row: Row, found: SalesSummary) -> Decimal | None:
    """A group's share of the total, where the groups add up to it."""
    additive = found.query.measure not in AS_OF_A_DAY and found.query.by is not By.MONTH and not found.query.compare
    if not additive or not found.total or row.value is None or found.total < 0:
        return None
    return row.value / found.total


def value_words(found: SalesSummary, value: Decimal | None, words: Words) -> str:
    """Money, cases or days; a dash where unknown."""
    if value is None:
        return words("sales.unknown")
    if found.query.measure in IN_MONEY:
        return words.money(value, found.currency)
    if found.query.measure is Measure.CREDIT_USED:
        return words.percent(value)
    rounded = Decimal(tenths(value))
    if found.query.measure is Measure.SELL_THROUGH:
        return words.quantity(rounded, "case")
    return words("sales.days", days=rounded)


def signed(change: Decimal, words: Words) -> str:
    """``+12.3%``, ``-4%``, ``0%``."""
    shown = words.percent(change)
    return f"+{shown}" if change > 0 and not shown.startswith("0%") else shown


def tenths(value: Decimal) -> str:
    """Half up to one decimal, as plain digits."""
    return f"{value.quantize(TENTH, rounding=ROUND_HALF_UP):f}"
