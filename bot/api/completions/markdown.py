"""Reply blocks → Markdown, with each press as something that can be said."""

import re
from collections.abc import Iterable

from bot.render import with_unit
from core.replies import Block, Button, Buttons, Chart, Citations, File, Reply, Table, Text
from core.words import Words

SPECIAL = re.compile(r"([\\`*_\[<])")


def to_markdown(reply: Reply, words: Words) -> list[str]:
    """A paragraph a block, in reading order; buttons as a numbered list of what to say."""
    shown = [part for block in reply.blocks if (part := _block(block, words))]
    return [*shown, listed] if (listed := _presses(reply.buttons, words)) else shown


def numbered(buttons: Iterable[Button]) -> list[Button]:
    """Presses in the order of their numbers: choices keep theirs; ``confirm`` has none, it takes a word."""
    others = [button for button in buttons if button.id != "confirm"]
    return sorted(others, key=_place)


def _place(button: Button) -> tuple[bool, int]:
    kind, _, number = button.id.partition(":")
    return (False, int(number)) if kind == "choose" and number.isdecimal() else (True, 0)


def _presses(buttons: tuple[Button, ...], words: Words) -> str:
    confirm = [
        words("api.say.confirm", word=words("api.word.confirm"), label=escaped(button.label))
        for button in buttons
        if button.id == "confirm"
    ]
    rest = [f"{number}. {escaped(button.label)}" for number, button in enumerate(numbered(buttons), start=1)]
    head = [words("api.say.number")] if rest else []
    return "\n".join([*confirm, *([""] if confirm and rest else []), *head, *([""] if rest else []), *rest])


def _block(block: Block, words: Words) -> str:
    match block:
        case Text():
            return "  \n".join(escaped(line) for line in block.text.split("\n"))
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case File():
            return f"📎 {escaped(block.name)}"
        case Citations():
            return "\n".join(dict.fromkeys(_source(one.source, one.page, words) for one in block.items))
        case Buttons():
            return ""


def _source(source: str, page: int | None, words: Words) -> str:
    place = f" {words('web.ui.page', page=page)}" if page else ""
    return f"> 📖 {escaped(source)}{place}"


def _table(table: Table) -> str:
    marks = ["---:" if column.align == "end" else "---" for column in table.columns]
    rows = [_row(column.label for column in table.columns), f"| {' | '.join(marks)} |", *map(_row, table.rows)]
    return "\n".join([*([f"**{escaped(table.title)}**", ""] if table.title else []), *rows])


def _row(cells: Iterable[str]) -> str:
    written = (escaped(cell).replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(written)} |"


def _chart(chart: Chart) -> str:
    """Its figures as a table: text has no better picture."""
    names = [*(series.name or chart.unit for series in chart.series), *(band.name for band in chart.bands)]
    rows = [_row([label, *_figures(chart, i)]) for i, label in enumerate(chart.labels)]
    head, marks = _row(["", *names]), f"| --- |{' ---: |' * len(names)}"
    return "\n".join([f"**{escaped(chart.title)}**", "", head, marks, *rows])


def _figures(chart: Chart, at: int) -> Iterable[str]:
    for series in chart.series:
        value = series.values[at]
        yield "–" if value is None else with_unit(f"{value:.10g}", chart.unit)
    for band in chart.bands:
        low, high = band.lower[at], band.upper[at]
        yield "" if low is None or high is None else with_unit(f"{low:.10g}–{high:.10g}", chart.unit)


def escaped(text: str) -> str:
    """Words as words, whatever Markdown makes of their marks."""
    return SPECIAL.sub(r"\\\1", text)
