"""Texts cut into words, and the difference between two of them in stretches that a person would mark."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_WORD = re.compile(
    r"[一二三四五六七八九十百千万亿零〇]{2,}|\d+(?:[.,]\d+)*|[^\W\d_\u2e80-\u9fff]+(?:['’-][^\W\d_\u2e80-\u9fff]+)*|\s|.",
    re.DOTALL,
)
_LEAST = 2  # words that two marked stretches have to share between them to be told apart


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of ``before`` and the one of ``after`` that stands for it; either may be empty.

    ``moved`` marks words that went elsewhere or came from there.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    same: bool
    moved: bool = False


def words(text: str) -> list[str]:
    """Latin words and numbers whole, other Chinese by characters, blanks and marks alone; joined they are the text."""
    return _WORD.findall(text)


def difference(before: str, after: str, at: tuple[int, int] = (0, 0)) -> Iterator[Edit]:
    """Edits that cover both texts in order; offsets count from ``at``."""
    ours, theirs = words(before), words(after)
    starts = [0, *accumulate(map(len, ours))], [0, *accumulate(map(len, theirs))]
    for same, (first, last), (begin, end) in _joined(ours, _operations(ours, theirs)):
        yield Edit(
            (at[0] + starts[0][first], at[0] + starts[0][last]),
            (at[1] + starts[1][begin], at[1] + starts[1][end]),
            same,
        )


_Operation = tuple[bool, tuple[int, int], tuple[int, int]]


def _operations(ours: Sequence[str], theirs: Sequence[str]) -> list[_Operation]:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [(tag == "equal", (a, b), (c, d)) for tag, a, b, c, d in matcher.get_opcodes()]


def _joined(ours: Sequence[str], operations: Sequence[_Operation]) -> Iterator[_Operation]:
    """What two neighbours that differ share by chance is marked with them: no soup of single letters."""
    waiting: _Operation | None = None
    for at, operation in enumerate(operations):
        same, (first, last), (_, end) = operation
        if same and not (waiting and at + 1 < len(operations) and _is_chance(ours[first:last])):
            if waiting:
                yield waiting
            waiting = None
            yield operation
        elif waiting is None:
            waiting = operation
        else:
            waiting = (False, (waiting[1][0], last), (waiting[2][0], end))
    if waiting:
        yield waiting


def _is_chance(shared: Sequence[str]) -> bool:
    return sum(word.isalnum() for word in shared) < _LEAST and sum(map(len, shared)) <= 2 * _LEAST
