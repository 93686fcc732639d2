"""What reading a file gives."""

from dataclasses import dataclass
from enum import StrEnum

CELL = " | "  # between the cells of a table's row; rows are lines, the first one names the columns


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page. ``level`` is 1 for the highest heading, 0 for what is none; a list has one item a line."""

    kind: Kind
    text: str
    page: int | None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """``number`` is the physical page from 1, None for a file without pages; ``text`` is all of it, as it stands there,
    while ``blocks`` leave out running headers and footers and the table of contents."""

    number: int | None
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that a machine reads and an eye doesn't; ``how``: white, tiny, vanish, outside or invisible."""

    text: str
    page: int | None
    how: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read; ``unread`` are its pages that are pictures without text."""

    name: str
    mime: str
    sha256: str
    pages: tuple[Page, ...]
    title: str
    unread: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()
