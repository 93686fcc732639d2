"""Reply blocks → the messages that a phone shows: text with Telegram's HTML, pictures, files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote

from bot.channels.telegram.splitting import Line, cut, packed
from core.replies import Button, Buttons, Chart, Citation, Citations, File, Reply, Table, Text

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CAPTION_LINE = 120
CARD_COLUMNS = 3
"""A table of more columns than this becomes a card a row: a phone shows no more side by side."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text message in Telegram's HTML."""

    html: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, drawn when it is sent."""

    chart: Chart
    caption: str


@dataclass(frozen=True, slots=True)
class Document:
    """A stored file."""

    file: File


Part = Words | Picture | Document


@dataclass(frozen=True, slots=True)
class Laid:
    """A reply as messages in their order; the buttons and documents go under the last one."""

    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    documents: tuple[Citation, ...] = ()


def lay_out(reply: Reply, public_url: str = "") -> Laid:
    """The same reply gives the same messages: a later try goes on behind those that are there."""
    parts: list[Part] = []
    lines: list[list[Line]] = []

    def flush() -> None:
        parts.extend(Words(html) for html in packed(lines, TEXT_LIMIT))
        lines.clear()

    for block in reply.blocks:
        match block:
            case Text():
                lines.append(_text(block.text))
            case Table():
                lines.append(_table(block))
            case Citations():
                lines.append(_citations(block, public_url))
            case Chart():
                flush()
                parts.append(Picture(block, _caption(block)))
            case File():
                flush()
                parts.append(Document(block))
            case Buttons():
                pass
    flush()
    if not parts and reply.buttons:
        parts.append(Words("…"))
    return Laid(tuple(parts), reply.buttons, reply.citations)


def plain(html: str) -> str:
    """The same without marks, for a server that couldn't read them."""
    from bot.channels.telegram.splitting import without_marks

    return without_marks(html)


def _text(text: str) -> list[Line]:
    return [line for one in text.split("\n") for line in _plain_line(one)]


def _plain_line(text: str, before: str = "", after: str = "", limit: int = TEXT_LIMIT) -> Iterator[Line]:
    for piece in cut(text, limit):
        yield Line(f"{before}{escape(piece, quote=False)}{after}")


def _table(table: Table) -> list[Line]:
    """Up to three columns: a line a row under the column names; more: a card a row, each figure with its name."""
    labels = [column.label for column in table.columns]
    head = [*_plain_line(table.title, "<b>", "</b>")] if table.title else []
    if len(labels) <= CARD_COLUMNS:
        names = " · ".join(label for label in labels if label)
        head += [*_plain_line(names, "<i>", "</i>")] if names else []
        body = [line for row in table.rows for line in _row(row)]
    else:
        body = [line for row in table.rows for line in _card(labels, row)]
    return [replace(line, keep_with_next=True) for line in head] + body


def _row(row: Sequence[str]) -> Iterator[Line]:
    first, *rest = row
    html = f"<b>{escape(first, quote=False)}</b>" + "".join(f" · {escape(cell, quote=False)}" for cell in rest)
    line = Line(html)
    if line.length <= TEXT_LIMIT:
        yield line
    else:
        yield from _plain_line(" · ".join(row))


def _card(labels: Sequence[str], row: Sequence[str]) -> Iterator[Line]:
    pairs = [f"{label} {cell}".strip() for label, cell in zip(labels[1:], row[1:], strict=True) if cell]
    first = [*_plain_line(row[0], "<b>", "</b>")]
    yield from (replace(line, keep_with_next=True) for line in first)
    yield from _plain_line(" · ".join(pairs))


def _citations(block: Citations, public_url: str) -> list[Line]:
    places: dict[str, str] = {}
    for one in block.items:
        words = f"{one.source} p.{one.page}" if one.page else one.source
        places.setdefault(words, _linked(one, words, public_url))
    lines: list[Line] = []
    for number, html in enumerate(places.values()):
        lines.append(Line(f"📖 {html}" if number == 0 else f"　 {html}"))
    return lines


def _linked(one: Citation, words: str, public_url: str) -> str:
    shown = escape(words, quote=False)
    if not public_url.startswith("https://") or one.version is None:
        return shown
    page = f"#page={one.page}" if one.page else ""
    link = f"{public_url.rstrip('/')}/documents/{one.version}/{quote(one.source, safe='')}{page}"
    return f'<a href="{escape(link)}">{shown}</a>'


def _caption(chart: Chart) -> str:
    """The title, and as many figures as fit, for those who can't see the picture; of a forecast, what is ahead."""
    unit = f" {chart.unit}" if chart.unit else ""
    lines = [Line(f"<b>{escape(chart.title, quote=False)}</b>", keep_with_next=True)]
    for series in chart.series:
        values = list(zip(chart.labels, series.values, strict=True))[series.dashed_from or 0 :]
        shown = "; ".join(f"{label} {'–' if value is None else f'{value:.10g}'}{unit}" for label, value in values)
        words = f"{series.name}: {shown}" if len(chart.series) > 1 else shown
        lines += _plain_line(words, limit=CAPTION_LINE)
    for band in chart.bands:
        ends = zip(chart.labels, band.lower, band.upper, strict=True)
        known = [f"{label} {low:.10g}–{high:.10g}{unit}" for label, low, high in ends if None not in {low, high}]
        lines += _plain_line(f"{band.name}: {'; '.join(known)}", limit=CAPTION_LINE)
    return next(iter(packed([lines], CAPTION_LIMIT)), "")
