"""Slips of the finger and of the ear, mended before a message is read: "csaes", 绿绿茶, 定单, 矿 泉水.

What is known are the words and pairs of characters of the examples, the lexicon and the names at hand. A word that is
none of them becomes the one known word that it nearly is; Chinese characters are mended by their sound. Numbers and
units are never made nor changed: a quantity isn't guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from agents.offline.wording.misheard import Ear
from core.language.days import CALENDAR
from core.language.english_numbers import NUMBER_WORDS
from core.language.normalise import fold
from core.language.usual import Grams, Usual, grams_of
from core.proposals.rules import confirms

HAN = re.compile(r"[\u3400-\u9fff]+")
KANA = re.compile(r"[\u3040-\u30ff]")  # the Chinese characters of Japanese sound otherwise
WORD = re.compile(r"(?<![a-z0-9-])[a-z]{4,}(?![a-z0-9-])")
LATIN = re.compile(r"(?<![a-z\u00df-\u024f])[a-z]{3,}(?![a-z\u00df-\u024f])")
GAP = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
AMOUNT_ENDS = frozenset("箱件瓶提托包排吨")  # 「水减20箱 可乐不要」
QUESTION_ENDS = frozenset("么吗呢价少几谁没样哪了")
ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "'s")
MANY_GAPS = 3
CLEARLY = 10  # how much oftener than a word that was seen too, which may be a slip in the examples
LEAST = 3  # times that a word must have been seen to draw another to it
SHORT = 4  # letters of a word in which only two letters that changed places are mended
LONG = 8  # letters of a word in which two slips are forgiven
Pairs = Mapping[str, int]


@dataclass(frozen=True)
class Spelling:
    """What is spelt right, from texts that are."""

    texts: Sequence[str]

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Latin words with how often they stand there."""
        seen = Counter(word for text in self._folded for word in LATIN.findall(text))
        return seen | Counter(dict.fromkeys(CALENDAR, LEAST))

    @cached_property
    def pairs(self) -> Pairs:
        """Neighbouring Chinese characters."""
        return Counter(pair for text in self._folded for pair in pairs_of(text))

    @cached_property
    def _folded(self) -> Sequence[str]:
        return [fold(text) for text in self.texts]

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for word, times in self.words.items():
            if len(word) >= SHORT and times >= LEAST and word not in NUMBER_WORDS:
                found[len(word)].append(word)
        return found

    def mended(self, text: str, names: "Names") -> str:
        """A folded message without slips; what is part of a name stays, and no slip becomes a yes."""
        chinese = not text.isascii() and KANA.search(text) is None
        mended = self._ear.mended(self._closed_up(text, names), names.grams) if chinese else text
        mended = WORD.sub(lambda match: self._word(match.group(), names), mended)
        return text if confirms(mended) and not confirms(text) else mended

    @cached_property
    def _ear(self) -> Ear:
        return Ear(Usual.of(self._folded))

    def _knows(self, pair: str, names: "Names") -> bool:
        return pair in self.pairs or pair in names.pairs

    def _closed_up(self, text: str, names: "Names") -> str:
        """Without the spaces inside of what belongs together; between sentences they stay."""
        gaps = len(GAP.findall(text))

        def close(match: re.Match[str]) -> str:
            before, behind = text[match.start() - 1], text[match.end()]
            if gaps < MANY_GAPS and (before in QUESTION_ENDS or before in AMOUNT_ENDS):
                return " "
            return "" if gaps >= MANY_GAPS or self._knows(before + behind, names) else " "

        return GAP.sub(close, text) if gaps else text

    def _word(self, word: str, names: "Names") -> str:
        """The one known word that an unknown one nearly is; the letter it begins with is seldom wrong."""
        seen = self.words.get(word, 0)
        if word in NUMBER_WORDS or word in names.words or seen >= LEAST or (seen and len(word) == SHORT):
            return word
        form = max((self._stem(word, end, names) for end in ENDINGS), default=0)
        swapped = self._swapped(word, max(seen, form), names)
        if swapped != word or seen or form:
            return swapped
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= LONG else 1
        near = [
            (OSA.distance(word, known, score_cutoff=slips), -self.words.get(known, LEAST), known)
            for length in range(len(word) - slips, len(word) + slips + 1)
            for known in (*self._by_length.get(length, ()), *names.by_length.get(length, ()))
            if known[0] == word[0] and _letters_apart(word, known) <= 1
        ]
        best = min(near, default=(slips + 1, 0, word))
        return best[2] if best[0] <= slips and len(word) > SHORT else word

    def _swapped(self, word: str, seen: int, names: "Names") -> str:
        """The word that two letters make which changed places, where it was seen clearly oftener."""
        found = [
            (times, other)
            for at in range(1, len(word) - 1)
            if (other := word[:at] + word[at + 1] + word[at] + word[at + 2 :]) != word
            if (times := max(self.words.get(other, 0), LEAST * (other in names.words))) > max(1, CLEARLY * seen)
            if other not in NUMBER_WORDS
        ]
        return max(found, default=(0, word))[1]

    def _stem(self, word: str, ending: str, names: "Names") -> int:
        """How often the word that this is a form of was seen."""
        stem = word.removesuffix(ending)
        forms = {f"{word[:-3]}y"} if word.endswith("ies") else set()
        if stem != word:
            forms |= {stem, f"{stem}e"}
        return max((max(self.words.get(form, 0), LEAST * (form in names.words)) for form in forms), default=0)


@dataclass(frozen=True)
class Names:
    """The names that this actor may use, which are spelt as they are."""

    called: Collection[str]

    @cached_property
    def words(self) -> frozenset[str]:
        """Their Latin words."""
        return frozenset(word for name in self.called for word in re.findall(r"[a-z]{3,}", name))

    @cached_property
    def by_length(self) -> Mapping[int, Sequence[str]]:
        """The same by how long they are."""
        found: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            found[len(word)].append(word)
        return found

    @cached_property
    def grams(self) -> Grams:
        """Their characters, two and three of them together too."""
        return dict.fromkeys(grams_of((name for name in self.called if not name.isascii()), whole=False), 1)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Neighbouring Chinese characters in them."""
        return frozenset(pair for name in self.called for pair in pairs_of(name))


def _letters_apart(one: str, other: str) -> int:
    """How many letters of one have no counterpart in the other: 0 where they only stand in another order."""
    return max((Counter(one) - Counter(other)).total(), (Counter(other) - Counter(one)).total())


def pairs_of(text: str) -> Iterable[str]:
    """Each two Chinese characters that stand side by side."""
    return (a + b for run in HAN.findall(text) for a, b in pairwise(run))
