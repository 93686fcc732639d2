"""Which sentence of one text became which of another: in order where they can, moved where they can't."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from core.contracts.comparing.tokens import words
from core.reading.clauses import Clause, heading_of
from core.reading.numbering import STRONG, Style, number_of

_NUMBER = re.compile(r"[\d.,]+|[一二三四五六七八九十百千万两零壹贰叁肆伍陆柒捌玖拾]+")
_SAID = re.compile(r"[^\w%‰‱$€£¥./]+|(?<!\d)[./]|[./](?!\d)|_")
_SPACED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[ 　]+")  # 5.3 年度: what follows makes it look like a quantity
_ALIKE = 0.45  # of the words of two sentences, where they stand in the same place
_ALIKE_ELSEWHERE = 0.75  # where one of them went elsewhere
_FRAMED = 0.4  # of a sentence that begins and ends as another in the same place
_SHORTEST_MOVED = 8  # characters of what was rewritten as well
_REPEATED = 12  # lines that come more often tell nothing about the order
_WIDEST = 4_000_000  # pairs whose words are compared
_FRAMES = 40_000  # pairs whose ends are

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with the blanks that follow it; ``key`` is what it says, whatever its number.

    ``clause`` is a place, and ``begins`` says whether the clause begins here.
    """

    start: int
    end: int
    clause: int
    begins: bool
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """``kept`` pairs run in order on both sides, ``moved`` ones don't; the rest was removed or added."""

    kept: tuple[Pair, ...]
    moved: tuple[Pair, ...]


def units(text: str, starts: Sequence[int], tree: Sequence[Clause], clause_of: Sequence[int]) -> tuple[Unit, ...]:
    """Sentences that begin at ``starts``, tiled over the whole text."""
    bounds = [0, *starts[1:], len(text)] if starts else []
    found = []
    for at, (start, end) in enumerate(pairwise(bounds)):
        piece = text[start:end].strip()
        begins = bool(tree) and starts[at] == tree[clause_of[at]].start
        said = piece[_number_ends(piece, begins=begins, at_line=start == 0 or text[start - 1] == "\n") :]
        found.append(Unit(start, end, clause_of[at], begins, key_of(said), said))
    return tuple(found)


def _number_ends(text: str, *, begins: bool, at_line: bool) -> int:
    """Where the number before a sentence ends, also one with which no clause was seen to begin; 0 without."""
    number, spaced = number_of(text), _SPACED.match(text)
    ends = number.end if number else spaced.end() if spaced else 0
    if begins or not ends:
        return ends if number else 0
    style = number.style if number else Style.NUMBER if "." in text[:ends] else Style.BARE
    heading = heading_of(text[ends:]) == text[ends:].strip()
    return ends if style in STRONG or heading or (at_line and style is not Style.BARE) else 0


def key_of(text: str) -> str:
    """Letters, digits and what belongs to a figure: two sentences with the same key say the same."""
    return _SAID.sub("", unicodedata.normalize("NFKC", text).casefold())


def align(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Alignment:
    """Equal sentences first, then those that are alike between them, then what moved."""
    kept = _in_order(_equal(ours, theirs))
    kept = sorted(
        {*kept, *(pair for gap in _gaps(kept, len(ours), len(theirs)) for pair in _alike(ours, theirs, *gap))}
    )
    left = [at for at in range(len(ours)) if at not in {pair[0] for pair in kept}]
    free = [at for at in range(len(theirs)) if at not in {pair[1] for pair in kept}]
    return Alignment(tuple(kept), tuple(_moved(ours, theirs, left, free)))


def _equal(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[tuple[int, int, float]]:
    where: Mapping[str, list[int]] = _places(theirs)
    often = _places(ours)
    for at, unit in enumerate(ours):
        places = where.get(unit.key, [])
        if unit.key and max(len(places), len(often[unit.key])) <= _REPEATED:
            for place in places:
                yield at, place, len(unit.key)


def _places(of: Sequence[Unit]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(of):
        found[unit.key].append(at)
    return found


def _in_order(weighted: Iterable[tuple[int, int, float]]) -> list[Pair]:
    """The heaviest pairs that run upwards on both sides; of pairs with the same first only one is taken."""
    ends: list[int] = []  # seconds of the best chains, rising with their weights
    best: list[tuple[float, int]] = []
    pairs: list[Pair] = []
    before: list[int] = []
    for first, second, weight in sorted(weighted, key=lambda each: (each[0], -each[1])):
        at = bisect_left(ends, second)
        total = weight + (best[at - 1][0] if at else 0.0)
        pairs.append((first, second))
        before.append(best[at - 1][1] if at else -1)
        if at < len(ends) and ends[at] == second and best[at][0] >= total:
            continue
        last = at
        while last < len(ends) and best[last][0] <= total:
            last += 1
        ends[at:last], best[at:last] = [second], [(total, len(pairs) - 1)]
    chain, at = [], best[-1][1] if best else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _gaps(kept: Sequence[Pair], ours: int, theirs: int) -> Iterator[tuple[range, range]]:
    for (first, second), (next_first, next_second) in pairwise([(-1, -1), *kept, (ours, theirs)]):
        left, free = range(first + 1, next_first), range(second + 1, next_second)
        if left and free:
            yield left, free


def _alike(ours: Sequence[Unit], theirs: Sequence[Unit], left: range, free: range) -> list[Pair]:
    scores = _likeness(ours, theirs, left, free, _ALIKE)
    found = _in_order((left[a], free[b], float(scores[a, b]) - _ALIKE + 0.01) for a, b in np.argwhere(scores > 0))
    return [*found, *_extended(ours, theirs, left, free, found)]


def _likeness(
    ours: Sequence[Unit], theirs: Sequence[Unit], left: Sequence[int], free: Sequence[int], least: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """How much of their words two sentences share, numbers counting little; 0 below ``least``."""
    if len(left) * len(free) > _WIDEST:
        return np.zeros((len(left), len(free)), dtype=np.float32)
    letters: dict[str, str] = {}
    a = [_lettered(_NUMBER.sub("#", ours[at].text), letters) for at in left]
    b = [_lettered(_NUMBER.sub("#", theirs[at].text), letters) for at in free]
    masked = cdist(a, b, scorer=Indel.normalized_similarity, score_cutoff=least, dtype=np.float32)
    places = np.argwhere(masked > 0)
    for one, other in places:
        plain = Indel.normalized_similarity(ours[left[one]].key, theirs[free[other]].key)
        masked[one, other] = 0.9 * masked[one, other] + 0.1 * plain
    return np.asarray(masked)


def _lettered(text: str, letters: dict[str, str]) -> str:
    """A word a letter, so that sentences are compared by words at the speed of letters."""
    said = [word for word in words(text.casefold()) if word.isalnum() or word == "#"]
    return "".join(letters.setdefault(word, chr(0x10000 + len(letters))) for word in said)


def _extended(
    ours: Sequence[Unit], theirs: Sequence[Unit], left: range, free: range, found: Sequence[Pair]
) -> Iterator[Pair]:
    """Of what stands between the same neighbours: a sentence that begins and ends as another, with more in between."""
    inner = [(a - left.start, b - free.start) for a, b in found]
    for ones, others in _gaps(inner, len(left), len(free)):
        for one, other in zip(ones, others, strict=False):
            first, second = left[one], free[other]
            if _frame(ours[first].key, theirs[second].key) >= _FRAMED:
                yield first, second


def _frame(one: str, other: str) -> float:
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), shorter - head)
    return (head + tail) / shorter if shorter else 0.0


def _moved(ours: Sequence[Unit], theirs: Sequence[Unit], left: Sequence[int], free: Sequence[int]) -> Iterator[Pair]:
    """The same words first, however few; then what was rewritten on the way, and what lost or got a part of it."""
    found = _the_same(ours, theirs, left, free)
    for match in (_rewritten, _cut):
        gone, come = ({pair[at] for pair in found} for at in (0, 1))
        still = [at for at in left if at not in gone and len(ours[at].key) >= _SHORTEST_MOVED]
        new = [at for at in free if at not in come and len(theirs[at].key) >= _SHORTEST_MOVED]
        found += _best_first(match(ours, theirs, still, new))
    yield from found


def _the_same(ours: Sequence[Unit], theirs: Sequence[Unit], left: Sequence[int], free: Sequence[int]) -> list[Pair]:
    ones, others = Counter(ours[at].key for at in left), Counter(theirs[at].key for at in free)
    where = {theirs[at].key: at for at in free}
    return [(at, where[key]) for at in left if (key := ours[at].key) and ones[key] == others[key] == 1]


def _rewritten(
    ours: Sequence[Unit], theirs: Sequence[Unit], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    if left and free:
        scores = _likeness(ours, theirs, left, free, _ALIKE_ELSEWHERE)
        yield from ((float(scores[a, b]), left[a], free[b]) for a, b in np.argwhere(scores > 0))


def _cut(
    ours: Sequence[Unit], theirs: Sequence[Unit], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """The beginning or the end of a sentence that stands alone elsewhere."""
    if len(left) * len(free) > _FRAMES:
        return
    for a in left:
        for b in free:
            one, other = sorted((ours[a].key, theirs[b].key), key=len)
            if other.startswith(one) or other.endswith(one):
                yield len(one), a, b


def _best_first(scored: Iterable[tuple[float, int, int]]) -> Iterator[Pair]:
    taken: tuple[set[int], set[int]] = set(), set()
    for _, one, other in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            yield one, other
