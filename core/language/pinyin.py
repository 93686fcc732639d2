"""Words that sound alike: 矿泉税 for 矿泉水, lvcha for 绿茶."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from core.language.normalise import fold

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[^a-z0-9]+")
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("ü", "u"), ("v", "u"), ("n", "l"))
_F_OR_H = re.compile(r"hu(?=[aeio])|h(?=u)")
_ALSO: Mapping[str, Sequence[str]] = {  # characters with a second reading that is as usual
    pair[0]: (pair[1:],)
    for pair in """
        还huan 得dei 都du 的di 行hang 重chong 长zhang 乐yue 调tiao 了liao 会kuai 差chai 单shan 种chong 降xiang 便pian
        率shuai 省xing 大dai 勒le
    """.split()
}
SAME_SOUND, SIMILAR_SOUND = 0.96, 0.92  # of words written differently
LONGEST = 64  # characters of a product word


def pinyin_key(text: str, *, fuzzy: bool = True) -> str:
    """How a word sounds, without tones and spaces; Latin letters stay, so that lvcha equals 绿茶.

    ``fuzzy`` takes together what many speakers mix up: zh/z, ch/c, sh/s, n/l, f/h before u, ng/n at the end.
    """
    return "".join(_syllables(fold(text)[:LONGEST], fuzzy=fuzzy))


def similarity(a: str, b: str) -> float:
    """0 to 1 for two short product words: by their characters or their sound, whichever is nearer."""
    left, right = fold(a)[:LONGEST], fold(b)[:LONGEST]
    if not left or not right:
        return 0.0
    if left.replace(" ", "") == right.replace(" ", ""):
        return 1.0
    return max(spelling(left, right), _sound_alike(left, right))


def spelling(left: str, right: str) -> float:
    """0 to 1 for two folded words, by their characters alone."""
    from rapidfuzz.distance import OSA, Indel

    return (Indel.normalized_similarity(left, right) + OSA.normalized_similarity(left, right)) / 2


def _sound_alike(left: str, right: str) -> float:
    """Syllable by syllable where both are Chinese; letter by letter where one is typed in pinyin."""
    from rapidfuzz.distance import OSA

    chinese = bool(_HAN.search(left)), bool(_HAN.search(right))
    if not any(chinese):
        return 0.0
    exact, near = ((_syllables(left, fuzzy=fuzzy), _syllables(right, fuzzy=fuzzy)) for fuzzy in (False, True))
    if "".join(exact[0]) == "".join(exact[1]):
        return SAME_SOUND
    if "".join(near[0]) == "".join(near[1]):
        return SIMILAR_SOUND
    if all(chinese):
        return SIMILAR_SOUND * OSA.normalized_similarity(near[0], near[1])
    return SIMILAR_SOUND * OSA.normalized_similarity("".join(near[0]), "".join(near[1]))


@lru_cache(maxsize=1 << 13)
def sounds_of(char: str) -> frozenset[str]:
    """The usual readings of a character, without tones; ü is written u, since input methods take 绿 for 录."""
    readings = (*_pinyin(char), *_ALSO.get(char, ()))
    return frozenset(reading.replace("v", "u").replace("ü", "u") for reading in readings)


def alike(sound: str) -> str:
    """A reading with what many speakers mix up taken together."""
    return _merge(sound)


def _syllables(folded: str, *, fuzzy: bool) -> Sequence[str]:
    syllables = _pinyin(folded)
    return [_merge(syllable) for syllable in syllables] if fuzzy else syllables


@lru_cache(maxsize=1 << 13)
def _pinyin(folded: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    found: list[str] = []
    at = 0
    for match in _HAN.finditer(folded):
        found += _LETTERS.sub(" ", folded[at : match.start()]).split()
        found += lazy_pinyin(match.group(), style=Style.NORMAL, errors="ignore")
        at = match.end()
    found += _LETTERS.sub(" ", folded[at:].replace("ü", "v")).split()
    return tuple(found)


def _merge(syllable: str) -> str:
    for one, other in _MERGED:
        syllable = syllable.replace(one, other)
    return _F_OR_H.sub("f", syllable)
