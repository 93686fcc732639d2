"""How far a reader of the outbox has come, as the id of a Server-Sent Event."""

from collections.abc import Iterable
from dataclasses import dataclass

KEPT = 20
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to ``floor`` was seen, and of what is above it, ``seen``.

    On a server, a row of a higher id may be committed before one of a lower; a plain "after this id" would miss the
    late one, so the last ids are carried along. Written as numbers joined by dots; a plain number is a floor.
    """

    floor: int = 0
    seen: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """From an event's id; what is none starts at the beginning."""
        parts = text.split(".") if len(text) <= LONGEST else []
        if not parts or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
            return cls()
        first, *rest = (int(part) for part in parts)
        return cls(first, frozenset(rest))

    @classmethod
    def after(cls, ids: Iterable[int]) -> "Cursor":
        """Past these ids, the newest of a chat."""
        return cls().past(ids)

    def past(self, ids: Iterable[int]) -> "Cursor":
        """The same with these seen too; the newest are kept one by one, the others sink below the floor."""
        known = sorted(self.seen | {one for one in ids if one > self.floor})
        sunk, kept = known[:-KEPT], known[-KEPT:]
        return Cursor(sunk[-1] if sunk else self.floor, frozenset(kept))

    def __contains__(self, one: int) -> bool:
        return one <= self.floor or one in self.seen

    @property
    def last(self) -> int:
        """The newest id seen."""
        return max(self.seen, default=self.floor)

    def __str__(self) -> str:
        return ".".join(str(one) for one in (self.floor, *sorted(self.seen)))
