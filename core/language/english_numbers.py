"""Reading English number words: twenty-five, a hundred, two and a half, half a, a couple of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MAGNITUDES: Mapping[str, int] = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_VAGUE: Mapping[str, int] = {"couple": 2, "few": 3, "several": 3}
NUMBER_WORDS = frozenset((*_SMALL.split(), *_TENS.split(), *_MAGNITUDES, *_VAGUE, "half"))
_ARTICLES = frozenset({"a", "an"})
_HALF = Decimal("0.5")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Words:
    """Number words with their place in folded text; vague ones (a couple of, a few) are approximate."""

    value: Decimal
    start: int
    end: int
    approximate: bool = False


def find_words(text: str) -> Iterator[Words]:
    """Every number spelled in English in folded text."""
    for stretch in _stretches().finditer(text):
        tokens = list(re.finditer(r"[a-z]+", stretch.group()))
        words = [token.group().removesuffix("s") if len(token.group()) > 5 else token.group() for token in tokens]
        at = 0
        while at < len(words):
            read = _read(words, at)
            if read is None:
                at += 1
                continue
            value, end = read
            start = stretch.start() + tokens[at].start()
            vague = bool(_VAGUE.keys() & words[at:end]) or tokens[at].group().endswith("s")
            yield Words(value, start, stretch.start() + tokens[end - 1].end(), vague)
            at = end


@cache
def _stretches() -> re.Pattern[str]:
    numbers = [*_SMALL.split(), *_TENS.split(), *_VAGUE, *(f"{word}s?" for word in _MAGNITUDES), "half", "an?", "of"]
    words = "|".join([*numbers, "and"])
    return re.compile(rf"(?<![a-z0-9'-])(?:{'|'.join(numbers)})(?:(?: - | |-)(?:{words}))*(?![a-z0-9])")


def _read(words: list[str], at: int) -> tuple[Decimal, int] | None:
    """The longest number that begins at ``at``, and where it ends."""
    if words[at] in _ARTICLES and at + 1 < len(words) and (words[at + 1] in _MAGNITUDES or words[at + 1] in _VAGUE):
        at += 1
    if words[at] == "half":
        end = at + 2 if words[at + 1 : at + 2] in (["a"], ["an"], ["of"]) else at + 1
        return _scaled(words, _HALF, end)
    if words[at] in _VAGUE:
        end = at + 2 if words[at + 1 : at + 2] == ["of"] else at + 1
        return _scaled(words, Decimal(_VAGUE[words[at]]), end)
    total, end = _sum(words, at)
    if end == at:
        return None
    if words[end : end + 3] in (["and", "a", "half"], ["and", "an", "half"]):
        return _scaled(words, total + _HALF, end + 3)
    return total, end


def _scaled(words: list[str], value: Decimal, at: int) -> tuple[Decimal, int]:
    if at < len(words) and words[at] in _MAGNITUDES:
        return value * _MAGNITUDES[words[at]], at + 1
    return value, at


def _sum(words: list[str], at: int) -> tuple[Decimal, int]:
    """Adds up as long as each word fits: twenty takes a five, a hundred takes both, five takes nothing."""
    total = Decimal(0)
    current: Decimal | None = None
    end = at
    while at < len(words):
        word = words[at]
        if word == "and" and end > at - 1 >= 0 and words[at - 1] in _MAGNITUDES:
            at += 1
            continue
        if word in _MAGNITUDES and (current is not None or not total):
            current = (current or _ONE) * _MAGNITUDES[word]
            if word not in {"hundred", "dozen"}:
                total, current = total + current, None
        elif word in _values() and _fits(current, _values()[word]):
            current = (current or 0) + _values()[word]
        else:
            break
        at = end = at + 1
    return total + (current or 0), end


def _fits(current: Decimal | None, value: Decimal) -> bool:
    if current is None:
        return True
    room = 100 if current and current % 100 == 0 else 10 if current > 10 and current % 10 == 0 else 0
    return 0 < value < room


@cache
def _values() -> Mapping[str, Decimal]:
    small = {word: Decimal(at) for at, word in enumerate(_SMALL.split())}
    return small | {word: Decimal(10 * at) for at, word in enumerate(_TENS.split(), 2)}
