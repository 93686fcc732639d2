"""What a reply is made of: a closed set of blocks, the figures behind them, and what they showed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words; a newline is a line."""

    type: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; numbers stand at the end."""

    label: str
    align: Literal["start", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows already in the reader's words and number format."""

    type: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None is a gap. From the label at ``dashed_from`` on a line is drawn dashed: expected."""

    name: str
    values: tuple[float | None, ...]
    dashed_from: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """An interval around a line, label by label: shaded; None on both sides where there is none."""

    name: str
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing that the channel makes from its figures: on the page live, in messengers a picture."""

    type: ClassVar[str] = "chart"
    kind: Literal["bar", "line"]
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A stored file, by its SHA-256."""

    type: ClassVar[str] = "file"
    name: str
    sha256: str
    mime: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer stands: file name, physical page from 1 (None where there is none), and the words quoted."""

    source: str
    page: int | None
    title: str = ""
    quote: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Citations:
    """The sources of the blocks before it."""

    type: ClassVar[str] = "citations"
    items: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A press. ``says`` is what pressing it says on the person's behalf; ``proposal`` is what it decides on."""

    id: str
    label: str
    says: str = ""
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Presses offered under the reply."""

    type: ClassVar[str] = "buttons"
    buttons: tuple[Button, ...]


Block = Text | Table | Chart | File | Citations | Buttons
_KINDS: Mapping[str, type[Any]] = {kind.type: kind for kind in (Text, Table, Chart, File, Citations, Buttons)}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that a model may repeat: ``kind`` is money, percent, quantity, date or code."""

    kind: Literal["money", "percent", "quantity", "date", "code"]
    value: str
    unit: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing put before the reader, for "the second one" and "it": kind (product, order, dealer, …) and code."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Blocks in reading order; ``more`` waits behind the button of that name."""

    blocks: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()
    shown: tuple[Shown, ...] = ()
    more: tuple[Block, ...] = ()

    def __add__(self, other: "Reply") -> "Reply":
        return Reply(
            self.blocks + other.blocks,
            self.figures + other.figures,
            self.shown + other.shown,
            self.more + other.more,
        )

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every press that the reply offers."""
        return tuple(button for block in self.blocks if isinstance(block, Buttons) for button in block.buttons)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every source that the reply names."""
        return tuple(item for block in self.blocks if isinstance(block, Citations) for item in block.items)

    def with_buttons(self, buttons: Iterable[Button]) -> "Reply":
        """The same with more presses at its end."""
        extra = tuple(buttons)
        return replace(self, blocks=(*self.blocks, Buttons(extra))) if extra else self

    def plain(self) -> str:
        """All words of all blocks and labels, for readers without layout and for checks."""
        return "\n".join(line for block in self.blocks for line in _lines(block) if line)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON; ``Reply.from_json`` reads it back."""
        return {
            "blocks": [block_json(block) for block in self.blocks],
            "figures": [asdict(figure) for figure in self.figures],
            "shown": [asdict(shown) for shown in self.shown],
            "more": [block_json(block) for block in self.more],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Reply":
        """The inverse of ``as_json``."""
        return cls(
            tuple(_block(item) for item in data.get("blocks", ())),
            tuple(Figure(**item) for item in data.get("figures", ())),
            tuple(Shown(**item) for item in data.get("shown", ())),
            tuple(_block(item) for item in data.get("more", ())),
        )


def say(text: str, *buttons: Button) -> Reply:
    """A reply of words, with presses where given."""
    return Reply((Text(text),)).with_buttons(buttons)


def money_figure(value: Decimal, currency: str, label: str) -> Figure:
    """An amount that the reply states."""
    return Figure("money", str(value), currency, label)


def block_json(block: Block) -> dict[str, Any]:
    """A block as plain JSON with its ``type``."""
    return {"type": block.type, **asdict(block)}


def _block(data: dict[str, Any]) -> Block:
    kind = _KINDS[data["type"]]
    fields = {name: value for name, value in data.items() if name != "type"}
    nested: dict[str, Any] = {
        "columns": lambda items: tuple(Column(**item) for item in items),
        "rows": lambda items: tuple(tuple(row) for row in items),
        "labels": tuple,
        "series": lambda items: tuple(
            Series(item["name"], tuple(item["values"]), item.get("dashed_from")) for item in items
        ),
        "bands": lambda items: tuple(Band(item["name"], tuple(item["lower"]), tuple(item["upper"])) for item in items),
        "items": lambda items: tuple(Citation(**item) for item in items),
        "buttons": lambda items: tuple(Button(**item) for item in items),
    }
    block: Block = kind(**{name: nested[name](value) if name in nested else value for name, value in fields.items()})
    return block


def _series_line(series: Series, labels: tuple[str, ...]) -> str:
    values = ("–" if value is None else f"{value:.10g}" for value in series.values)
    return f"{series.name}: " + ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))


def _band_line(band: Band, labels: tuple[str, ...]) -> str:
    known = ((label, ends) for label, *ends in zip(labels, band.lower, band.upper, strict=True) if None not in ends)
    return f"{band.name}: " + ", ".join(f"{label} {lower:.10g}–{upper:.10g}" for label, (lower, upper) in known)


def _lines(block: Block) -> list[str]:
    match block:
        case Text():
            return [block.text]
        case Table():
            head = " | ".join(column.label for column in block.columns)
            return [block.title, head, *(" | ".join(row) for row in block.rows)]
        case Chart():
            lines = [_series_line(one, block.labels) for one in block.series]
            return [block.title, *lines, *(_band_line(band, block.labels) for band in block.bands)]
        case File():
            return [block.name]
        case Citations():
            return [f"{c.title} {c.source}" + (f" p.{c.page}" if c.page else "") + f" {c.quote}" for c in block.items]
        case Buttons():
            return [" ".join(f"[{button.label}]" for button in block.buttons)]
