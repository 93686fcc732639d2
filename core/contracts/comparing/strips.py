"""A comparison as lines of text, each cut into stretches that stayed, came, went or moved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from core.contracts.comparing.changes import Change, Deviation

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Mark(StrEnum):
    """What became of a stretch."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Strip:
    """Words without a line break; ``moved``: they stand elsewhere in the other version."""

    text: str
    mark: Mark
    moved: bool = False


@dataclass(slots=True)
class Line:
    """``end`` says what became of the line's own break; ``changes`` are those whose words begin here."""

    strips: list[Strip] = field(default_factory=list)
    end: Mark = Mark.SAME
    changes: list[Change] = field(default_factory=list)


def lines(deviation: Deviation) -> Iterator[Line]:
    """In the order of the newer version, with what went where it stood."""
    begun = {(False, one.after.start): one for one in deviation.changes if one.after is not None}
    begun |= {
        (True, one.before.start): one for one in deviation.changes if one.after is None and one.before is not None
    }
    line = Line()
    for text, mark, moved, offset in _stretches(deviation):
        old = mark is Mark.DELETED
        for piece, start in _pieces(text, offset):
            line.changes += [begun[old, at] for at in range(start, start + len(piece)) if (old, at) in begun]
            words = _UNPRINTABLE.sub("", piece.removesuffix("\n"))
            if words:
                line.strips.append(Strip(words, mark, moved))
            if piece.endswith("\n"):
                line.end = mark
                yield line
                line = Line()
    yield line


def _stretches(deviation: Deviation) -> Iterator[tuple[str, Mark, bool, int]]:
    for edit in deviation.edits:
        if edit.same:
            yield deviation.after[slice(*edit.after)], Mark.SAME, False, edit.after[0]
            continue
        if edit.before[0] < edit.before[1]:
            yield deviation.before[slice(*edit.before)], Mark.DELETED, edit.moved, edit.before[0]
        if edit.after[0] < edit.after[1]:
            yield deviation.after[slice(*edit.after)], Mark.INSERTED, edit.moved, edit.after[0]


def _pieces(text: str, offset: int) -> Iterator[tuple[str, int]]:
    for piece in text.splitlines(keepends=True) if "\r" not in text else [text]:
        yield piece, offset
        offset += len(piece)
