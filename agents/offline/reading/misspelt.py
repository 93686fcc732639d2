"""Product names written by ear or by a slip of the finger, beside a quantity: 矿全水, 绿荼, "gren tea"."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from agents.offline.reading.flavours import SUGAR_AHEAD
from agents.offline.reading.named import Known, Mention
from agents.offline.wording.filler import FILLER
from core.language.normalise import fold
from core.language.pinyin import pinyin_key, spelling
from core.language.shapes import by_shape

HAN = re.compile(r"[\u3400-\u9fff]{2,10}")
LATIN = re.compile(r"[a-z][a-z'-]*(?: [a-z][a-z'-]*)*")
EDGE = re.compile(r"[,;:，；：、。!?！？+/()（）\[\]]")
NEAR, NEAR_SHORT = 0.82, 0.9  # spelling of a Latin name; a single short word must be nearer
SHORT = 5
RIVAL = 0.04  # how much better the best name must be than another product's
WORDS = 4
Span = tuple[int, int]


@dataclass(frozen=True)
class Spellings:
    """The products' names by their sound and by their letters; built once a catalogue, when first needed."""

    known: Sequence[Known]

    @cached_property
    def by_sound(self) -> Mapping[str, tuple[str, ...]]:
        """How a Chinese name sounds → the codes that are called so."""
        return self._index(lambda name: pinyin_key(name) if _is_han(name) else "")

    @cached_property
    def by_shape(self) -> Mapping[str, tuple[str, ...]]:
        """A Chinese name with characters that look alike taken together → codes."""
        return self._index(lambda name: by_shape(name) if _is_han(name) else "")

    @cached_property
    def latin(self) -> Mapping[str, tuple[str, ...]]:
        """A Latin name as it is written → codes."""
        return self._index(lambda name: name if name.isascii() and LATIN.fullmatch(name) else "")

    def _index(self, key: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for thing in self.known:
            for name in (fold(name) for name in thing.names):
                if len(name) > 1 and (made := key(name)):
                    found[made][thing.code] = None
        return {name: tuple(codes) for name, codes in found.items()}

    def chinese(self, word: str) -> tuple[str, ...]:
        """The codes of a word written by ear, or with a character that looks like the right one."""
        return self.by_shape.get(by_shape(word)) or self.by_sound.get(pinyin_key(word), ())

    def english(self, words: Sequence[str]) -> tuple[tuple[str, ...], int, int]:
        """The codes of the name that some of the words are nearest to, and which words those are."""
        best: tuple[float, int, int, tuple[str, ...]] = (0.0, 0, 0, ())
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + WORDS) + 1):
                score, codes = self._nearest(" ".join(words[first:last]))
                best = max(best, (score, last - first, -first, codes))
        score, size, first, codes = best
        return codes, -first, -first + size

    def _nearest(self, phrase: str) -> tuple[float, tuple[str, ...]]:
        enough = NEAR_SHORT if len(phrase) <= SHORT else NEAR
        scores = [
            (spelling(phrase, name), codes)
            for name, codes in self.latin.items()
            if abs(len(name) - len(phrase)) <= 2 + len(name) // 6
        ]
        best, codes = max(scores, default=(0.0, ()))
        rival = max((score for score, other in scores if not set(other) & set(codes)), default=0.0)
        return (best, codes) if best >= enough and best - rival >= RIVAL else (0.0, ())


class Spelt(Protocol):
    """Whoever knows the products' spellings; asked only where there is a number."""

    @property
    def spellings(self) -> Spellings:
        """Made once."""


def mend(text: str, mentions: Sequence[Mention], numbers: Iterable[Span], linker: Spelt) -> tuple[Mention, ...]:
    """The mentions with those that a misspelt name beside a number adds, or makes clearer."""
    spans = sorted(numbers)
    if not spans:
        return tuple(mentions)
    found = list(mentions)
    asked = [one for one in mentions if len(one.codes) > 1 and SUGAR_AHEAD.match(one.text)]
    for start, end in _pieces(text, spans, mentions):
        for mention in _in_piece(text, start, end, mentions, linker.spellings):
            if any(old.start < mention.end and mention.start < old.end for old in asked):
                continue  # spelt right, and none of ours is so sweet
            found = [old for old in found if old.end <= mention.start or old.start >= mention.end]
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _pieces(text: str, numbers: Sequence[Span], mentions: Sequence[Mention]) -> Iterable[Span]:
    """Stretches that touch a number and hold no other one; punctuation and things of other kinds end them."""
    others = [(m.start, m.end) for m in mentions if m.kind != "product"]
    ends = [match.span() for match in EDGE.finditer(text)]
    cuts = sorted([*numbers, *others, *ends])
    at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start > at and (_touches(at, numbers) or _touches(start, numbers)):
            yield at, start
        at = max(at, end)


def _touches(at: int, numbers: Sequence[Span]) -> bool:
    return any(at in span for span in numbers)


def _in_piece(text: str, start: int, end: int, mentions: Sequence[Mention], spellings: Spellings) -> Iterable[Mention]:
    blank = FILLER.sub(lambda match: " " * len(match.group()), text[start:end])
    for run in HAN.finditer(blank):
        yield from _chinese(run.group(), start + run.start(), mentions, spellings)
    for run in LATIN.finditer(re.sub(r" {2,}", lambda match: "\0" * len(match.group()), blank)):
        yield from _english(run.group(), start + run.start(), mentions, spellings)


def _chinese(word: str, at: int, mentions: Sequence[Mention], spellings: Spellings) -> Iterable[Mention]:
    inside = [m for m in mentions if m.kind == "product" and m.start < at + len(word) and m.end > at]
    if sum(m.end - m.start for m in inside) >= len(word):
        return  # spelt as it should be
    if codes := spellings.chinese(word):
        yield Mention("product", codes, at, at + len(word), word, sure=False)


def _english(run: str, at: int, mentions: Sequence[Mention], spellings: Spellings) -> Iterable[Mention]:
    named = [m for m in mentions if m.kind == "product" and m.start < at + len(run) and m.end > at]
    if any(len(m.codes) == 1 for m in named):
        return
    words = list(re.finditer(r"[^ ]+", run))
    codes, first, last = spellings.english([word.group() for word in words])
    if codes and not any(set(m.codes) == set(codes) for m in named):
        start, end = at + words[first].start(), at + words[last - 1].end()
        yield Mention("product", codes, start, end, run[words[first].start() : words[last - 1].end()], sure=False)


def _is_han(name: str) -> bool:
    return HAN.fullmatch(name) is not None
