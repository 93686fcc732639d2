"""An English question is answered by whichever documents answer it, and by both where neither is clearly better."""

from core.documents.service import Hit
from knowledge.gate import Signals, Verdict
from knowledge.languages import Answer, Way, asked_in_english, likelier
from knowledge.quotes import Quote
from knowledge.synonyms import InChinese


def way(source: str, seen: Signals | None, verdict: Verdict = Verdict.SURE) -> Way:
    hit = Hit(1, 1, source, source, 1, "", "text")
    return Way(Answer((hit,), (Quote(0, source),), verdict) if seen else Answer((), (), Verdict.NONE), seen)


def told(answer: Answer) -> list[str]:
    return [answer.hits[quote.passage].source for quote in answer.quotes]


def test_a_guide_that_answers_well_is_quoted_alone() -> None:
    own = way("guide", Signals(0.9, 1.0, 0.88, 0.06))

    assert told(likelier(own, way("handbook", Signals(0.3, 1.0, 0.83, 0.0)))) == ["guide"]


def test_a_guide_that_says_nothing_of_it_leaves_the_answer_to_the_chinese_documents() -> None:
    own = way("guide", Signals(0.1, 0.0, 0.82, 0.0), Verdict.NEAR)

    assert told(likelier(own, way("handbook", Signals(0.9, 1.0, 0.84, 0.02)))) == ["handbook"]


def test_where_neither_is_clearly_better_both_are_told() -> None:
    own = way("guide", Signals(0.35, 1.0, 0.84, 0.012))

    assert sorted(told(likelier(own, way("handbook", Signals(0.6, 1.0, 0.84, 0.01))))) == ["guide", "handbook"]


def test_what_only_one_kind_of_documents_has_is_quoted_from_there() -> None:
    assert told(likelier(way("guide", None), way("handbook", Signals(0.2, 0.5)))) == ["handbook"]
    assert told(likelier(way("guide", Signals(0.2, 0.5)), way("handbook", None))) == ["guide"]


def test_only_latin_words_are_asked_in_english() -> None:
    assert asked_in_english("deposit for a cooler?")
    assert not asked_in_english("cooler押金多少")
    assert not asked_in_english("42?")


def test_of_the_ways_to_say_one_word_only_the_best_counts() -> None:
    asked = InChinese.of("the deposit")

    scores = asked.lexical(lambda worth: {1: 1.0} if "押金" in worth else {2: 1.0} if "保证" in worth else {})

    assert scores[1] == 1.0
    assert scores[2] <= 1.0
