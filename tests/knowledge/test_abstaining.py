from collections import Counter

import pytest

from core.language.embedder import E5Embedder
from core.language.tokens import search_tokens
from knowledge.abstaining import ANSWERABLE, Found, confidence, meaning_signals, word_signals
from knowledge.coefficients import MODELS, WORDS
from knowledge.ranking import bm25, fuse

PASSAGES = [
    "返利按季度结算，季度结束后 25 个工作日内兑付，由经销商选择货补或者票折。",
    "每张订单不少于 30 箱，不同产品可以混装合计。",
    "货物出库以前，订单可以在助手中修改或取消，不收费用。",
    "冰柜押金每台 1,500 元，由经销商在投放前缴纳。",
    "每台冰柜每月拍照一次，照片上传到助手。",
    "经销商每周上报进销存，逾期不报的停发返利。",
]


def found(question: str, passages: list[str] = PASSAGES, dense: dict[int, float] | None = None) -> Found:
    terms = [Counter(search_tokens(passage)) for passage in passages]
    postings = {
        term: {at: each[term] for at, each in enumerate(terms) if term in each} for term in search_tokens(question)
    }
    lengths = {at: each.total() for at, each in enumerate(terms)}
    lexical = bm25(postings, postings, lengths, sum(lengths.values()) / len(lengths))
    top = (fuse(dense or {}, lexical) or [(0, 0.0)])[0][0]
    return Found(top, passages[top], postings, len(passages), lexical, dense)


@pytest.mark.parametrize("question", ["返利多久兑付", "订单不少于多少箱", "冰柜押金每台多少元"])
def test_what_the_documents_say_is_answered(question: str) -> None:
    assert confidence(question, found(question)) > ANSWERABLE


@pytest.mark.parametrize(
    "question", ["世界杯谁赢了", "附近有好吃的餐厅吗", "怎么做红烧肉", "2019 年的返利政策", "tell me a joke"]
)
def test_what_they_don_t_say_is_not(question: str) -> None:
    assert confidence(question, found(question)) < ANSWERABLE


def test_the_same_words_in_a_second_document_make_no_doubt() -> None:
    question = "冰柜押金每台多少元"
    once = confidence(question, found(question))
    twice = confidence(question, found(question, [*PASSAGES, PASSAGES[3]]))
    assert twice > ANSWERABLE
    assert twice == pytest.approx(once, abs=0.1)


def test_a_number_that_is_not_there_is_a_sign() -> None:
    assert word_signals("2019 返利", found("2019 返利"))["numbers_missing"] == 1
    assert word_signals("25 返利", found("25 返利"))["numbers_missing"] == 0


def test_signals_are_bounded() -> None:
    for question in ("返利 " * 200, "", "？", "𝟙" * 50):
        signals = word_signals(question, found(question))
        assert all(0 <= signals[name] <= 1 for name in ("coverage", "together", "alone", "numbers_missing"))
        assert 0 <= confidence(question, found(question)) <= 1


def test_a_heading_counts_for_its_sentences() -> None:
    question = "多付的货款能退吗"
    bare = found(question, ["可以留作预存款。", "货款按月结算。"])
    under = Found(bare.top, "可以留作预存款。", bare.postings, 2, bare.lexical, None, "多付的货款能退吗？")
    assert word_signals(question, under)["together"] == pytest.approx(1)


def test_standing_out_in_meaning_adds_confidence() -> None:
    question = "返利多久兑付"
    near = dict.fromkeys(range(6), 0.80) | {0: 0.90}
    level = dict.fromkeys(range(6), 0.88) | {0: 0.885}
    assert meaning_signals(0, near)["gap"] == pytest.approx(0.10)
    sure, unsure = (
        confidence(question, found(question, dense=dense), embedder=E5Embedder.name) for dense in (near, level)
    )
    assert sure > unsure


@pytest.mark.parametrize(
    ("embedder", "dense"), [("hashing-256", {0: 0.9, 1: 0.2, 2: 0.1}), (E5Embedder.name, {0: 0.9, 1: 0.8})]
)
def test_words_decide_where_meaning_was_not_measured(embedder: str, dense: dict[int, float]) -> None:
    question = "返利多久兑付"
    by_words = confidence(question, found(question))
    assert confidence(question, found(question, dense=dense), embedder=embedder) == pytest.approx(by_words, abs=0.02)


def test_there_is_a_model_for_each_case() -> None:
    assert MODELS.keys() == {WORDS, E5Embedder.name}
