"""Candidates that say the same in other words, together."""

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from agents.offline.model.features import Vector, ngrams
from core.language.embedder import Embedder
from core.language.normalise import fold

BY_MEANING, BY_LETTERS = 0.55, 0.5
LIKELIEST = 3
Letters = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Said:
    """A candidate: its row, words, why it was kept, and its likeliest intents with scores."""

    id: int
    text: str
    kind: str
    intents: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Candidates around the first of them; ``name`` stays the same while that one does."""

    name: str
    members: tuple[Said, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Different words, those said most often first."""
        times = Counter(fold(one.text) for one in self.members)
        first = {fold(one.text): one.text for one in reversed(self.members)}
        return tuple(first[folded] for folded, _ in times.most_common())

    @property
    def likeliest(self) -> tuple[tuple[str, float], ...]:
        """Intents with their mean score over the members."""
        scores: Counter[str] = Counter()
        for one in self.members:
            for intent, score in one.intents:
                scores[intent] += score  # type: ignore[assignment]
        return tuple((intent, round(score / len(self.members), 2)) for intent, score in scores.most_common(LIKELIEST))

    @property
    def kinds(self) -> dict[str, int]:
        """Why they were kept, with counts."""
        return dict(Counter(one.kind for one in self.members).most_common())


def clusters(said: Sequence[Said], embedder: Embedder | None) -> list[Cluster]:
    """The largest first; each candidate joins the cluster whose first member is nearest, or begins one."""
    if not said:
        return []
    texts = [one.text for one in said]
    letters = [ngrams(text) for text in texts]
    meaning = _centred(texts, embedder)
    leaders: list[int] = []
    members: dict[int, list[Said]] = {}
    for place, one in enumerate(said):
        leader = _nearest(place, leaders, letters, meaning)
        if leader is None:
            leaders.append(place)
            leader = place
        members.setdefault(leader, []).append(one)
    made = [Cluster(_name(said[leader].text), tuple(found)) for leader, found in members.items()]
    return sorted(made, key=lambda cluster: (-len(cluster.members), cluster.name))


def _nearest(place: int, leaders: Sequence[int], letters: Sequence[Letters], meaning: Vector | None) -> int | None:
    best: tuple[float, int | None] = (1.0, None)
    for leader in leaders:
        near = _alike(letters[place], letters[leader]) / BY_LETTERS
        if meaning is not None:
            near = max(near, float(meaning[place] @ meaning[leader]) / BY_MEANING)
        if near >= best[0]:
            best = (near, leader)
    return best[1]


def _alike(one: Letters, other: Letters) -> float:
    """Cosine of two texts' n-grams."""
    shared = sum(weight * other[gram] for gram, weight in one.items() if gram in other)
    return shared / max(1e-9, _length(one) * _length(other))


def _length(letters: Letters) -> float:
    return math.sqrt(sum(weight * weight for weight in letters.values()))


def _centred(texts: Sequence[str], embedder: Embedder | None) -> Vector | None:
    """e5's vectors without what all of them share; too few texts share everything."""
    if embedder is None or len(set(texts)) < 8:
        return None
    vectors = np.stack([embedder.query(fold(text)) for text in texts])
    moved = vectors - vectors.mean(axis=0)
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _name(text: str) -> str:
    return hashlib.sha256(fold(text).encode()).hexdigest()[:6]
