import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ranking import bm25, fuse, leaning, rarity

POSTINGS = {"返利": {1: 3, 2: 1}, "季度": {2: 1}, "的": {1: 5, 2: 5, 3: 5}}
LENGTHS = {1: 40, 2: 40, 3: 40}


def test_a_rare_term_tells_more_than_a_common_one() -> None:
    assert rarity(100, 1) > rarity(100, 50) > rarity(100, 100) > 0


def test_passages_score_by_what_they_hold() -> None:
    scores = bm25(["返利", "季度"], POSTINGS, LENGTHS, 40)
    assert set(scores) == {1, 2}
    assert scores[2] > scores[1] > 0


def test_a_term_asked_twice_counts_once() -> None:
    assert bm25(["返利", "返利"], POSTINGS, LENGTHS, 40) == bm25(["返利"], POSTINGS, LENGTHS, 40)


def test_a_shorter_passage_scores_higher() -> None:
    scores = bm25(["的"], POSTINGS, LENGTHS | {3: 10}, 30)
    assert scores[3] > scores[1]


def test_unknown_terms_find_nothing() -> None:
    assert bm25(["矿泉水"], POSTINGS, LENGTHS, 40) == {}
    assert bm25([], {}, {}, 0) == {}


def test_the_collection_may_be_larger_than_what_is_handed_in() -> None:
    small, large = (bm25(["季度"], POSTINGS, {2: 40}, 40, total=total)[2] for total in (3, 300))
    assert large > small


def test_both_sides_count() -> None:
    ranked = fuse({1: 0.90, 2: 0.86, 3: 0.80}, {2: 8.0, 3: 2.0})
    assert [passage for passage, _ in ranked] == [2, 1, 3]
    assert dict(ranked)[2] == pytest.approx(0.5 * 0.6 + 0.5)


def test_one_side_alone_decides() -> None:
    assert [passage for passage, _ in fuse({}, {4: 1.0, 5: 2.0})] == [5, 4]
    assert [passage for passage, _ in fuse({4: 0.8, 5: 0.9}, {})] == [5, 4]
    assert fuse({7: 0.8}, {}) == [(7, 1.0)]
    assert fuse({}, {}) == []


def test_words_alone_decide_about_a_passage_that_has_no_vector_yet() -> None:
    dense, lexical = {1: 0.90, 2: 0.86, 4: 0.80}, {1: 3.0, 3: 4.0}
    assert fuse(dense, lexical)[0][0] == 1
    assert fuse(dense, lexical, unread={3})[0] == (3, 1.0)


@given(
    st.dictionaries(st.integers(0, 20), st.floats(-1, 1), max_size=9),
    st.dictionaries(st.integers(0, 20), st.floats(0, 50), max_size=9),
    st.floats(0, 1),
)
def test_scores_lie_between_nought_and_one(dense: dict[int, float], lexical: dict[int, float], weight: float) -> None:
    ranked = fuse(dense, lexical, weight)
    assert {passage for passage, _ in ranked} == dense.keys() | lexical.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for _, score in ranked)
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_a_question_that_leans_finds_first_what_answered_the_one_before() -> None:
    ranked = [(1, 0.9), (2, 0.5), (3, 0.1)]
    assert [passage for passage, _ in leaning(ranked, [(2, 1.0)])] == [2, 1, 3]
    assert leaning(ranked, []) == ranked
