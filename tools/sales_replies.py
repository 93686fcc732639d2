"""How sales read: the total, then groups as a table and a chart, the rest behind ``more``."""

from collections.abc import Iterable
from decimal import Decimal

from core.money import HUNDRED
from core.replies import Block, Column, Figure, Reply, Shown, Table, Text
from core.sales.groups import SilentDealer
from core.sales.rules import AS_OF_A_DAY, IN_MONEY, By, Measure, Row, Span
from core.sales.service import SalesSummary
from core.words import Words
from tools.sales_tables import chart, compare_key, shared, signed, tables, tenths, value_words
from tools.spans import span_words

SILENT_FIRST = 10


def summed_up(found: SalesSummary, words: Words) -> Reply:
    """The reply to any question about sales."""
    if found.query.filter == "no_orders":
        return _silent(found, words)
    if not found.total and not found.before and not any(row.value for row in found.rows):
        return Reply((Text(words(f"sales.none.{found.query.measure.value}", **_frame(found, words))),))
    heading = Text("\n".join([_total(found, words), _about(found, words), words(f"sales.note.{found.query.measure}")]))
    figures = (*_total_figures(found), *(figure for row in found.rows for figure in _row_figures(row, found)))
    shown = tuple(Shown(found.query.by, row.key) for row in found.rows) if found.query.by else ()
    if not found.rows:
        return Reply((heading,), figures, shown)
    table, rest = tables(found, words)
    if len(found.rows) == 1:
        return Reply((heading, *table), figures, shown)
    return Reply((heading, *table, chart(found, _when(found, found.span, words), words)), figures, shown, rest)


def _total(found: SalesSummary, words: Words) -> str:
    line = words(f"sales.total.{found.query.measure}", value=value_words(found, found.total, words))
    if found.cases is not None:
        line += words("sales.cases", cases=words.quantity(Decimal(tenths(found.cases)), "case"))
    if found.change is None:
        return line
    return line + words("sales.changed", compare=words(compare_key(found)), change=signed(found.change, words))


def _about(found: SalesSummary, words: Words) -> str:
    frame = _frame(found, words)
    if found.against is None:
        return words("sales.about", **frame)
    before = value_words(found, found.before, words)
    return words("sales.about_against", **frame, against=_when(found, found.against, words), before=before)


def _frame(found: SalesSummary, words: Words) -> dict[str, str]:
    """Whom and when the figures are about."""
    names = [name.get(words.language) or next(iter(name.values())) for name in found.about]
    if found.query.category:
        names.append(words(f"category.{found.query.category}"))
    about = words("list.comma").join(names) if names else words("sales.everyone")
    return {"about": about, "span": _when(found, found.span, words)}


def _when(found: SalesSummary, span: Span, words: Words) -> str:
    if found.query.measure in AS_OF_A_DAY and found.query.filter is None:
        return words("sales.as_of", day=span.last)
    return span_words(span.start, span.end, words)


def _silent(found: SalesSummary, words: Words) -> Reply:
    """Who hasn't ordered, the longest silent first."""
    frame: dict[str, object] = {**_frame(found, words), "dealers": found.dealers}
    count = Figure("quantity", str(found.dealers), "", "dealers")
    for_days = "_for_days" if found.query.quiet_days else ""
    if for_days:
        frame |= {"days": found.query.quiet_days, "day": found.span.last, "since": found.span.start}
    if not found.silent:
        return Reply((Text(words(f"sales.all_ordered{for_days}", **frame)),), (count,))
    first = words(f"sales.silent{for_days}", **frame, count=len(found.silent))
    columns = (Column(words("sales.by.dealer")), Column(words("sales.last_order")), Column(words("sales.quiet"), "end"))
    rows = tuple(_silent_row(one, found, words) for one in found.silent)
    rest: tuple[Block, ...] = (Table(columns, rows[SILENT_FIRST:]),) if rows[SILENT_FIRST:] else ()
    figures = [count, Figure("quantity", str(len(found.silent)), "", "dealers without an order")]
    for one in found.silent:
        figures.append(Figure("code", one.code))
        if one.last_ordered_on:
            days = (found.span.last - one.last_ordered_on).days
            figures += [Figure("date", one.last_ordered_on.isoformat()), Figure("quantity", str(days), "day", one.code)]
    shown = tuple(Shown("dealer", one.code) for one in found.silent)
    return Reply((Text(first), Table(columns, rows[:SILENT_FIRST])), tuple(figures), shown, rest)


def _silent_row(one: SilentDealer, found: SalesSummary, words: Words) -> tuple[str, str, str]:
    name = f"{one.code} {one.name.get(words.language, '')}"
    if one.last_ordered_on is None:
        return name, words("sales.never"), words("sales.unknown")
    days = (found.span.last - one.last_ordered_on).days
    return name, words.day(one.last_ordered_on), words("sales.days", days=days)


def _total_figures(found: SalesSummary) -> Iterable[Figure]:
    for label, value in (("total", found.total), (f"compared total{_compared(found)}", found.before)):
        if value is not None:
            yield _figure(found, value, label)
    if found.cases is not None:
        yield Figure("quantity", tenths(found.cases), "case", "ordered")
    if found.change is not None:
        yield Figure("percent", tenths(found.change * HUNDRED), "%", "change")
    yield Figure("date", found.span.start.isoformat(), "", "from")
    yield Figure("date", found.span.last.isoformat(), "", "to")


def _row_figures(row: Row, found: SalesSummary) -> Iterable[Figure]:
    if found.query.by in {By.DEALER, By.PRODUCT, By.REGION}:
        yield Figure("code", row.key)
    if row.value is not None:
        yield _figure(found, row.value, row.key)
        if (share := shared(row, found)) is not None:
            yield Figure("percent", tenths(share * HUNDRED), "%", f"{row.key} share")
    if row.before is not None:
        yield _figure(found, row.before, f"{row.key} before{_compared(found)}")
    if row.change is not None:
        yield Figure("percent", tenths(row.change * HUNDRED), "%", f"{row.key} change")
    if row.days is not None:
        yield Figure("quantity", str(row.days), "day", f"{row.key} overdue")


def _compared(found: SalesSummary) -> str:
    """The first and the last day of what is compared with, for a label."""
    return f" {found.against.start}/{found.against.last}" if found.against else ""


def _figure(found: SalesSummary, value: Decimal, label: str) -> Figure:
    if found.query.measure in IN_MONEY:
        return Figure("money", str(value), found.currency, label)
    if found.query.measure is Measure.CREDIT_USED:
        return Figure("percent", tenths(value * HUNDRED), "%", label)
    unit = "case" if found.query.measure is Measure.SELL_THROUGH else "day"
    return Figure("quantity", tenths(value), unit, label)
