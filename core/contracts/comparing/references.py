"""Clauses that bear another number, and the references that follow them."""

import re
from collections.abc import Iterable, Mapping

from core.contracts.comparing.alignment import key_of
from core.reading.clauses import Clause

_CN = "一二三四五六七八九十百零〇"
_REFERENCE = re.compile(
    rf"第\s?[{_CN}\d]+(?:\.\d+)*\s?[条條章节款]|(?<![\d.])\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\d.%％‰])"
    r"|(?<=Section )\d+(?:\.\d+)*|(?<=Clause )\d+(?:\.\d+)*|(?<=Article )\d+(?:\.\d+)*"
)
_DIGITS = re.compile(rf"\d+(?:\.\d+)*|[{_CN}]+")


class Renumbering:
    """From pairs of clauses that belong together."""

    def __init__(self, together: Iterable[tuple[Clause, Clause]]) -> None:
        pairs: dict[tuple[str, str], int] = {}
        for ours, theirs in together:
            if ours.number and theirs.number:
                pair = (ours.number, theirs.number)
                pairs[pair] = pairs.get(pair, 0) + 1
        self.pairs = tuple(pair for pair in pairs if pair[0] != pair[1])
        ranked = sorted(pairs, key=lambda pair: (pairs[pair], pair))
        self._now = {_bare(old): _bare(new) for old, new in ranked}
        self._then = {_bare(new): _bare(old) for old, new in ranked}

    def explains(self, ours: str, theirs: str) -> bool:
        """Whether two sentences differ in nothing but references that follow the numbers."""
        if not self.pairs or not _REFERENCE.search(ours):
            return False
        return key_of(_followed(ours, self._now)) == key_of(theirs) or key_of(ours) == key_of(
            _followed(theirs, self._then)
        )


def _followed(text: str, numbers: Mapping[str, str]) -> str:
    def follow(found: re.Match[str]) -> str:
        number = _bare(found.group())
        return found.group().replace(number, numbers.get(number, number))

    return _REFERENCE.sub(follow, text)


def _bare(number: str) -> str:
    found = _DIGITS.search(number)
    return found.group() if found else number
