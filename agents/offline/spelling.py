"""Slips of the finger and of the ear, mended before a message is read: "csaes", 绿绿茶, 定单, 矿 泉水.

What is known are the words and pairs of characters of the examples, the lexicon and the names at hand. A word that is
none of them becomes the one known word that it nearly is; a character that goes with neither neighbour becomes the one
of its sound that does. Numbers and units are never made nor changed: a quantity isn't guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from core.language.normalise import fold

HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"(?<![a-z0-9-])[a-z]{4,}(?![a-z0-9-])")
DOUBLED = re.compile(r"(?<![\d一二三四五六七八九十百千])([\u3400-\u9fff])\1+")
GAP = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
AMOUNT_ENDS = frozenset("箱件瓶提托包排吨")  # 「水减20箱 可乐不要」
QUESTION_ENDS = frozenset("么吗呢价少几谁没样哪了")
NUMBERS = frozenset("零〇一二三四五六七八九十百千万亿两半双几多")
COUNTS = NUMBERS | frozenset("箱件提包排托板瓶支罐听桶盒袋杯打吨斤个块元角分毛号月日年点周天季")
PLAIN = frozenset(
    "买卖欠付退赔呢了吗吧啊呀么砍划删搞弄补留拿谁也起久实写去但又还都就才把让被和跟在再有没不好行能会想用"
)  # stand beside anything
ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "'s")
MANY_GAPS = 3
SELDOM = 2  # times that a pair may have been seen and still be a slip: examples hold slips too
CLEARLY = 4  # how much oftener another character must have been seen there
A_NAME = 20  # times that a pair of a name counts for
COMMON = 40  # times from which on a character stands where it likes, unless another fits on both sides
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
        return Counter(word for text in self._folded for word in re.findall(r"[a-z]{3,}", text))

    @cached_property
    def pairs(self) -> Pairs:
        """Neighbouring Chinese characters."""
        return Counter(pair for text in self._folded for pair in pairs_of(text))

    @cached_property
    def _chars(self) -> Mapping[str, int]:
        return Counter(char for text in self._folded for run in HAN.findall(text) for char in run)

    @cached_property
    def _folded(self) -> Sequence[str]:
        return [fold(text) for text in self.texts]

    @cached_property
    def _alike(self) -> Mapping[str, Sequence[str]]:
        """Each sound's characters."""
        found: dict[str, list[str]] = defaultdict(list)
        for char in sorted({char for pair in self.pairs for char in pair}):
            found[_sound(char)].append(char)
        return found

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for word, times in self.words.items():
            if len(word) >= SHORT and times >= LEAST:
                found[len(word)].append(word)
        return found

    def mended(self, text: str, names: "Names") -> str:
        """A folded message without slips; what is part of a name stays."""
        if not text.isascii():
            text = self._heard(self._said_once(self._closed_up(text, names), names), names)
        return WORD.sub(lambda match: self._word(match.group(), names), text)

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

    def _said_once(self, text: str, names: "Names") -> str:
        """「绿绿茶」: a character twice, where nobody doubles it."""

        def once(match: re.Match[str]) -> str:
            char = match[1]
            return match.group()[:2] if char in NUMBERS or self._knows(char * 2, names) else char

        return DOUBLED.sub(once, text)

    def _heard(self, text: str, names: "Names") -> str:
        """Characters that go with no neighbour, as the ones of their sound that do."""
        chars = list(text)
        for run in HAN.finditer(text):
            for at in range(run.start(), run.end()):
                left = chars[at - 1] if at > run.start() else ""
                right = chars[at + 1] if at + 1 < run.end() else ""
                if chars[at] not in COUNTS | PLAIN and (left or right):
                    chars[at] = self._of_its_sound(chars[at], left, right, names)
        return "".join(chars)

    def _seen(self, char: str, left: str, right: str, names: "Names") -> list[int]:
        """How often it stood beside its neighbours."""
        return [self.pairs.get(pair, 0) + A_NAME * (pair in names.pairs) for pair in _around(char, left, right)]

    def _of_its_sound(self, char: str, left: str, right: str, names: "Names") -> str:
        own = self._seen(char, left, right, names)
        if max(own) > SELDOM:
            return char
        best: tuple[int, int, str] = (0, 0, char)
        for other in self._alike.get(_sound(char), ()):
            if other != char and other not in COUNTS:
                seen = self._seen(other, left, right, names)
                best = max(best, (sum(times > SELDOM for times in seen), sum(seen), other))
        sides, times, other = best
        wanted = 2 if self._chars.get(char, 0) >= COMMON else 1
        return other if sides >= wanted and times >= CLEARLY * max(1, sum(own)) else char

    def _word(self, word: str, names: "Names") -> str:
        """The one known word that an unknown one nearly is; the letter it begins with is seldom wrong."""
        if word in self.words or word in names.words or any(self._stem(word, end, names) for end in ENDINGS):
            return word
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= LONG else 1
        near = [
            (OSA.distance(word, known, score_cutoff=slips), -self.words.get(known, LEAST), known)
            for length in range(len(word) - slips, len(word) + slips + 1)
            for known in (*self._by_length.get(length, ()), *names.by_length.get(length, ()))
            if known[0] == word[0]
        ]
        if len(word) <= SHORT:
            near = [one for one in near if sorted(one[2]) == sorted(word)]
        best = min(near, default=(slips + 1, 0, word))
        return best[2] if best[0] <= slips else word

    def _stem(self, word: str, ending: str, names: "Names") -> bool:
        stem = word.removesuffix(ending)
        if word.endswith("ies") and f"{word[:-3]}y" in self.words:
            return True
        return stem != word and (stem in self.words or stem in names.words or f"{stem}e" in self.words)


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
    def pairs(self) -> frozenset[str]:
        """Neighbouring Chinese characters in them."""
        return frozenset(pair for name in self.called for pair in pairs_of(name))


def pairs_of(text: str) -> Iterable[str]:
    """Each two Chinese characters that stand side by side."""
    return (a + b for run in HAN.findall(text) for a, b in pairwise(run))


def _around(char: str, left: str, right: str) -> list[str]:
    return [pair for pair in (left + char if left else "", char + right if right else "") if pair]


def _sound(char: str) -> str:
    from core.language.pinyin import pinyin_key

    return pinyin_key(char, fuzzy=False).replace("v", "u").replace("ü", "u")  # 绿 is taken for 录
