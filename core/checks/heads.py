"""What rows of results may be called for short: 申嘉 of 上海申嘉饮品贸易, Shenjia of Shanghai Shenjia."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WORD = re.compile(r"[a-z]{4,}")
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
DRINKS = frozenset("茶水奶汁")
KINDS = ("dealer", "product", "region")


@dataclass(frozen=True)
class Heads:
    """Parts of names that only one row's head has."""

    parts: dict[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    rows: tuple[tuple[str, str], ...] = ()
    order: tuple[frozenset[str], ...] = ()
    main: frozenset[str] = frozenset()

    def meant(self, periods: frozenset[str]) -> frozenset[str]:
        """Of the readings of a time without a year, those that results are about, if any are."""
        return periods & self.main or periods

    def alike(self, words: str) -> frozenset[str]:
        """All whose rows have the words in their heads: 绿茶 of 绿茶1L and 盒装绿茶."""
        return frozenset(name for head, name in self.rows if words in head)

    def find(self, text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
        """Where folded text calls a row so."""
        if self.pattern is None:
            return
        for found in self.pattern.finditer(text):
            kind, _, code = self.parts[found.group()].partition(":")
            yield kind, (code,), *found.span()


def heads_of(
    rows: Iterable[tuple[str, frozenset[str]]], order: Iterable[frozenset[str]] = (), main: frozenset[str] = frozenset()
) -> Heads:
    """From the first cells of rows, each with the things that it names, and the order of a table from the most down."""
    owners: dict[str, set[str]] = defaultdict(set)
    named: list[tuple[str, str]] = []
    for head, things in rows:
        own = [name for name in things if name.split(":")[0] in KINDS]
        named += [(head, own[0])] if len(own) == 1 else []
        for part in _parts(head):
            owners[part] |= {own[0]} if len(own) == 1 else {head, ""}
    parts = {part: next(iter(names)) for part, names in owners.items() if len(names) == 1}
    longest = sorted(parts, key=len, reverse=True)
    words = "|".join(re.escape(part) for part in longest if part.isascii())
    signs = "|".join(re.escape(part) for part in longest if not part.isascii())
    either = [one for one in (rf"(?<![a-z])(?:{words})(?![a-z])" if words else "", signs) if one]
    return Heads(parts, re.compile("|".join(either)) if either else None, tuple(named), tuple(order), main)


def _parts(head: str) -> set[str]:
    """Words of four letters; two to four characters in a row, and what a drink is called for short."""
    found = set(WORD.findall(head))
    found |= DRINKS.intersection(head)
    for run in HAN.findall(head):
        found |= {run[at : at + size] for size in (2, 3, 4) for at in range(len(run) - size + 1)}
    return found
