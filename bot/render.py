"""Reply blocks → what a channel can show."""

from unicodedata import east_asian_width

from core.replies import Block, Buttons, Chart, Citations, File, Reply, Series, Table, Text

BARS = 30
KNOWN, EXPECTED = "▇", "░"


def to_terminal(reply: Reply) -> str:
    """Plain text for a terminal with a fixed-width font: tables aligned, charts as bars, presses by number or id."""
    return "\n".join(part for block in reply.blocks if (part := _block(block)))


def _block(block: Block) -> str:
    match block:
        case Text():
            return block.text
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case File():
            return f"📎 {block.name}"
        case Citations():
            places = [f"{one.source}" + (f" p.{one.page}" if one.page else "") for one in block.items]
            return "📖 " + "; ".join(dict.fromkeys(places))
        case Buttons():
            return "  ".join(f"[{button.id}] {button.label}" for button in block.buttons)


def _table(table: Table) -> str:
    rows = [tuple(column.label for column in table.columns), *table.rows]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(table.columns))]
    lines = [
        "  ".join(_pad(cell, widths[i], table.columns[i].align == "end") for i, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    rule = "  ".join("─" * width for width in widths)
    return "\n".join([*([table.title] if table.title else []), lines[0], rule, *lines[1:]])


def _chart(chart: Chart) -> str:
    values = [value or 0.0 for series in chart.series for value in series.values]
    top = max((abs(value) for value in values), default=0.0) or 1.0
    width = max((_width(label) for label in chart.labels), default=0)
    lines = [chart.title]
    for series in chart.series:
        if len(chart.series) > 1:
            lines.append(series.name)
        for at in _spanned(series):
            value, bar = series.values[at], EXPECTED if _is_expected(series, at) else KNOWN
            figure = "–" if value is None else f"{value:,.0f}"
            around = _around(chart, at) if _is_expected(series, at) else ""
            drawn = bar * round(BARS * abs(value or 0.0) / top)
            lines.append(f"{_pad(chart.labels[at], width, False)} {drawn} {with_unit(figure, chart.unit)}{around}")
    return "\n".join(line for line in lines if line)


def with_unit(figure: str, unit: str) -> str:
    """300箱, 300 cases: a word stands apart from its figure, a character doesn't."""
    return f"{figure} {unit}" if unit[:1].isascii() and unit[:1].isalpha() else f"{figure}{unit}"


def _spanned(series: Series) -> range:
    """From the first known value to the last."""
    known = [at for at, value in enumerate(series.values) if value is not None]
    return range(known[0], known[-1] + 1) if known else range(len(series.values))


def _is_expected(series: Series, at: int) -> bool:
    return series.dashed_from is not None and at >= series.dashed_from


def _around(chart: Chart, at: int) -> str:
    """The bands at a label: ``  80%区间 260–340``."""
    ends = [(band.name, band.lower[at], band.upper[at]) for band in chart.bands]
    known = [f"  {name} {low:,.0f}–{high:,.0f}" for name, low, high in ends if low is not None and high is not None]
    return "".join(known)


def _width(text: str) -> int:
    """Columns that a terminal gives it: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
