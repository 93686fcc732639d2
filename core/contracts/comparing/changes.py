"""What a comparison of two versions says: each change with its words, where they stand, and whom it serves."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.contracts.comparing.tokens import Edit
from core.contracts.findings import Severity, Side


class How(StrEnum):
    """What became of words."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Effect(StrEnum):
    """What a change does to the position of the side that reads."""

    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Words:
    """``text`` stands word for word at ``start`` to ``end`` of its version; ``clause`` is its number."""

    text: str
    start: int
    end: int
    page: int | None
    clause: str
    heading: str


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` is None for what was added, ``after`` for what was removed; rewritten words may have ``moved``.

    ``title`` is the category's and ``why`` the reason of the effect, in the reader's language.
    """

    how: How
    before: Words | None
    after: Words | None
    moved: bool = False
    effect: Effect = Effect.NEUTRAL
    severity: Severity = Severity.INFO
    category: str = "other"
    title: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """``changes`` come in the order of ``after``; ``edits`` cover both texts word by word, numbers and blanks included.

    ``renumbered`` are clauses that only bear another number, each with the old and the new one.
    """

    before: str
    after: str
    side: Side
    language: str
    changes: tuple[Change, ...]
    renumbered: tuple[tuple[str, str], ...]
    edits: tuple[Edit, ...]

    @property
    def alike(self) -> float:
        """Which share of the longer text stayed as it was: near 0 these are no versions of one contract."""
        kept = sum(one.after[1] - one.after[0] for one in self.edits if one.same)
        return kept / max(len(self.before), len(self.after), 1)

    def of(self, effect: Effect | str) -> tuple[Change, ...]:
        """The changes with this effect, gravest first."""
        return tuple(
            sorted((one for one in self.changes if one.effect == effect), key=lambda one: -one.severity.weight)
        )


def applied(before: str, after: str, edits: Iterable[Edit]) -> str:
    """``before`` with the edits made; what they add is taken from ``after``."""
    return "".join(before[slice(*one.before)] if one.same else after[slice(*one.after)] for one in edits)
