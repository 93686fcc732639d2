"""Ranking passages: by words, by meaning, and both."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from math import log

K1 = 0.9
B = 0.4


def rarity(passages: int, found_in: int) -> float:
    """How much a term tells (BM25's idf, never negative): the fewer passages hold it, the more."""
    return log(1 + (passages - found_in + 0.5) / (found_in + 0.5))


def bm25(
    query_terms: Iterable[str],
    postings: Mapping[str, Mapping[int, int]],
    lengths: Mapping[int, int],
    average: float,
    *,
    total: int | None = None,
    worth: Mapping[str, float] | None = None,
) -> dict[int, float]:
    """Scores of the passages that hold a term of the query.

    ``postings``: term → passage → count; ``lengths``: passage → number of terms, at least of those in the postings;
    ``average``: mean length over the collection; ``total``: passages in it, where ``lengths`` is only a part;
    ``worth``: of terms that count for less than one.
    """
    passages = len(lengths) if total is None else total
    scores: dict[int, float] = {}
    for term in dict.fromkeys(query_terms):
        holders = postings.get(term)
        if not holders:
            continue
        weight = (worth or {}).get(term, 1.0) * rarity(passages, len(holders)) * (K1 + 1)
        for passage, count in holders.items():
            damping = K1 * (1 - B + B * lengths[passage] / (average or 1))
            scores[passage] = scores.get(passage, 0.0) + weight * count / (count + damping)
    return scores


def self_score(query_terms: Iterable[str], postings: Mapping[str, Mapping[int, int]], total: int) -> float:
    """About what a passage of average length would score that holds each term of the query once."""
    return sum(rarity(total, len(postings.get(term, ()))) for term in dict.fromkeys(query_terms))


def fuse(
    dense: Mapping[int, float],
    lexical: Mapping[int, float],
    weight: float = 0.5,
    unread: AbstractSet[int] = frozenset(),
) -> list[tuple[int, float]]:
    """Best first: ``weight`` × cosine stretched to 0…1, and the rest × BM25 over its best.

    A passage that one side didn't find gets nothing from it. With one side empty the other decides alone, and so do
    the words about passages that are ``unread``: those that have no vector yet.
    """
    if not dense or not lexical:
        weight = 1.0 if dense else 0.0
    near = _stretched(dense)
    best = max(lexical.values(), default=0.0) or 1.0
    said = {passage: score / best for passage, score in lexical.items()}
    scores = {
        passage: said.get(passage, 0.0)
        if passage in unread
        else weight * near.get(passage, 0.0) + (1 - weight) * said.get(passage, 0.0)
        for passage in {**dense, **lexical}
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


LEANS = 0.8


def leaning(ranked: Iterable[tuple[int, float]], before: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
    """A question that leans on the one before: what answered that one comes first, as long as it fits this one too."""
    bonus = {passage: LEANS * score for passage, score in before}
    scores = {passage: score + bonus.get(passage, 0.0) for passage, score in ranked}
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _stretched(cosines: Mapping[int, float]) -> dict[int, float]:
    low, high = min(cosines.values(), default=0.0), max(cosines.values(), default=0.0)
    return {passage: (cosine - low) / (high - low) if high > low else 1.0 for passage, cosine in cosines.items()}
