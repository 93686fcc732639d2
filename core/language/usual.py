"""How usual a character is behind the two before it, learnt from texts: what tells 绿茶来5箱 from 绿查来5箱."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EDGE, FIGURE, FOREIGN = "|", "0", "a"  # a mark or an end, a number, a Latin word
_FIGURE = "[0-9零〇一二三四五六七八九十百千万亿两]"
_TOKEN = re.compile(rf"{_FIGURE}+(?:[.,:/-]{_FIGURE}+)*|[\u3400-\u9fff]|[a-z]+|[^\u3400-\u9fffa-z0-9]+")
_KINDS = (
    (FIGURE, re.compile(_FIGURE)),
    ("", re.compile("[\u3400-\u9fff]")),
    (FOREIGN, re.compile("[a-z]")),
    (EDGE, None),
)
Grams = Mapping[str, int]
Span = tuple[int, int]


def symbols(folded: str) -> tuple[Sequence[str], Sequence[Span]]:
    """A text as one character each for what stands there, an edge at both ends, and where in the text each is."""
    found, spans = [EDGE], [(0, 0)]
    for match in _TOKEN.finditer(folded):
        first = match.group()[0]
        symbol = next(symbol for symbol, kind in _KINDS if kind is None or kind.match(first)) or first
        if symbol != EDGE or found[-1] != EDGE:
            found.append(symbol)
            spans.append(match.span())
    if found[-1] != EDGE:
        found.append(EDGE)
        spans.append((len(folded), len(folded)))
    return found, spans


def grams_of(texts: Iterable[str], *, whole: bool = True) -> Counter[str]:
    """How often one, two and three symbols stand side by side; without their edges where a text is part of one."""
    found: Counter[str] = Counter()
    for text in texts:
        line = EDGE + "".join(symbols(text)[0]) if whole else "".join(symbols(text)[0]).strip(EDGE)
        for size in (1, 2, 3):
            found.update(line[at : at + size] for at in range(len(line) - size + 1))
    return found


@dataclass(frozen=True)
class Usual:
    """Three symbols at a time, falling back on two and on one where three were never seen (after Witten and Bell)."""

    grams: Grams
    kinds: Grams
    total: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Usual":
        """Learnt from folded texts."""
        grams = grams_of(texts)
        kinds = Counter(gram[:-1] for gram in grams)
        return cls(grams, kinds, sum(times for gram, times in grams.items() if len(gram) == 1))

    def surprise(self, line: str, also: Grams, weight: int) -> float:
        """The sum of the negative logarithms, from the third symbol on; ``also`` are grams of names, counted often."""
        return -sum(math.log(self._chance(line[at - 2 : at + 1], also, weight)) for at in range(2, len(line)))

    def _chance(self, gram: str, also: Grams, weight: int) -> float:
        chance = 1.0 / (len(self.kinds) + 1)
        for size in (1, 2, 3):
            part = gram[-size:]
            before = part[:-1]
            kinds = self.kinds.get(before, 0) + 1
            seen = (self.grams.get(before, 0) + weight * also.get(before, 0)) if before else self.total
            chance = (self.grams.get(part, 0) + weight * also.get(part, 0) + kinds * chance) / (seen + kinds)
        return chance
