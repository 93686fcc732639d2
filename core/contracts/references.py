"""Clauses that bear another number, and the references that follow them."""

import re
from collections.abc import Iterable

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
        self._numbers = {_bare(old): _bare(new) for old, new in sorted(pairs, key=lambda pair: pairs[pair])}

    def applied(self, text: str) -> str:
        """The text with references to clauses as they are numbered now."""
        return _REFERENCE.sub(lambda found: self._followed(found.group()), text) if self.pairs else text

    def _followed(self, reference: str) -> str:
        number = _bare(reference)
        return reference.replace(number, self._numbers.get(number, number))


def _bare(number: str) -> str:
    found = _DIGITS.search(number)
    return found.group() if found else number
