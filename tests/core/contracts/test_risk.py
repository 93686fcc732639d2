"""What is raised in sentences that nothing was learnt from."""

import resource
import sys
import time
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from core.contracts import Kind, Review, Severity, Side, load, review
from core.contracts.parties import parties_of
from core.contracts.risk import ASKED, BY_WORDS, Risk, among, risk_model
from core.contracts.signals import Signals, signals_in
from core.contracts.text import Sentence, contract_of
from core.reading import read
from tests.core.contracts import making

HEAD = ["产品经销合同", "甲方：甲地饮品有限公司", "乙方：乙地商贸有限公司", "第一条 甲方授权乙方在乙地经销甲方的产品。"]
HARD = {
    "dealer": {
        "deposit": "第二条 凡乙方有违本约者，所缴保证金悉归甲方，乙方不得请求返还。",
        "unilateral_change": "第二条 供货价以甲方当日公布者为准，甲方改价不必知会乙方，已下订单亦按新价结算。",
        "termination": "第二条 甲方可以不附理由随时终止本合同，并且不作任何补偿。",
        "diversion": "第二条 货物在外省被发现的，不问缘由，乙方按每箱一万元受罚。",
        "resale_price": "第二条 乙方卖给门店的价格须照甲方价目表，私自便宜卖的停止供货。",
    },
    "brand": {
        "payment": "第二条 乙方在其客户付款之前没有付款义务，甲方不得因此停止供货。",
        "termination": "第二条 乙方可随时退出合作，甲方则无论何种情形均不得终止本合同。",
        "trademark": "第二条 乙方可以将甲方的商标以自己名义申请注册，合同终止后仍归乙方。",
    },
}
FAIR = (
    "第二条 任何一方提前六十日书面通知对方，可以终止本合同，已确认的订单继续履行。",
    "第二条 甲方建议的零售价仅供参考，乙方可以自行决定售价。",
    "第二条 保证金于合同终止并结清账款后三十日内退还乙方。",
    "第二条 双方均应对对方的商业秘密保密，期限为合同终止后二年。",
)
CASES = [(side, category, text) for side, texts in HARD.items() for category, text in texts.items()]


def seen(side: str, *lines: str) -> Review:
    return review(making.written([*HEAD, *lines]), side=side)


def raised(found: Review) -> set[str]:
    return {each.category for each in found.findings if each.severity is not Severity.INFO}


@pytest.mark.parametrize(("side", "category", "text"), CASES)
def test_what_is_hard_on_a_side_is_raised_for_it(side: str, category: str, text: str) -> None:
    assert category in raised(seen(side, text))


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("liquidated_damages", "第二条 因损失不易计算，乙方每违反一次即付甲方五十万元，该数不因实际损失较少而减少。"),
        ("force_majeure", "第二条 “特别事件”指地震、战争、疫情；对甲方而言，还包括原料涨价、设备检修和运力紧张。"),
        ("retention_of_title", "第二条 乙方及其关联公司欠甲方集团的一切现在与将来的款项清偿之前，全部存货归甲方所有。"),
        ("set_off", "第二条 双方可以抵销到期债务，但乙方的一切应付款不得因任何争议扣减，甲方不受此限。"),
    ],
)
def test_what_a_definition_or_a_proviso_hides_is_raised(category: str, text: str) -> None:
    assert category in raised(seen("dealer", text))


def test_a_doubtful_sentence_counts_for_more_beside_hard_ones() -> None:
    doubtful = -2.0
    fair, hard = np.full(40, -6.0, np.float32), np.array([4.0] * 8 + [-6.0] * 32, np.float32)
    beside_fair, beside_hard = (float(among(np.append(each, doubtful))[-1]) for each in (fair, hard))
    alone = float(among(np.array([doubtful], np.float32))[0])
    assert beside_fair < alone < beside_hard


def judged(odds: float, *fits: tuple[str, float], besides: str = "") -> tuple[str, ...]:
    """What a sentence is named for whose words say that it is ``besides``."""
    said, also = Sentence(0, 3, 0, "某句话"), frozenset({besides} - {""})
    signals = Signals(said, (), {}, {}, {}, frozenset(), Side.DEALER, said.text, also)
    return Risk(signals, odds, fits).categories()


def test_a_doubtful_sentence_is_named_for_what_it_says_it_is_too_where_that_is_nearly_as_likely() -> None:
    near = (("liquidated_damages", 3.0), ("audit", 2.5), ("payment", 2.4), ("confidentiality", 2.0))
    far = (("liquidated_damages", 3.0), ("audit", -2.5), ("confidentiality", -2.0))
    assert judged(BY_WORDS.sure - 1, *near, besides="confidentiality") == (
        "liquidated_damages",
        "audit",
        "confidentiality",
    )
    assert judged(BY_WORDS.sure - 1, *far, besides="confidentiality") == ("liquidated_damages",)


def test_what_a_sentence_says_it_is_comes_before_what_it_might_be_and_three_are_the_most() -> None:
    fits = (("indemnity", 3.0), ("audit", 2.5), ("payment", 2.4), ("territory", 2.3), ("liquidated_damages", 2.0))
    assert judged(BY_WORDS.sure + 1, *fits, besides="liquidated_damages") == (
        "indemnity",
        "audit",
        "liquidated_damages",
    )


def test_a_sentence_that_is_sure_to_be_hard_is_named_for_more_than_a_doubtful_one() -> None:
    fits = (("liquidated_damages", 3.0), ("confidentiality", -0.5), ("audit", -9.0))
    assert judged(BY_WORDS.sure + 1, *fits) == ("liquidated_damages", "confidentiality")
    assert judged(BY_WORDS.sure - 1, *fits) == ("liquidated_damages",)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("乙方每泄露一条，付给甲方三百万元。", "liquidated_damages"),
        ("赔偿时无须证明损失。", "liquidated_damages"),
        ("乙方的保密责任永无届满之日。", "termination"),
        ("返利办法由甲方视行情随时更易。", "unilateral_change"),
        ("甲方可将本协议连同资料移交关联方。", "assignment"),
        ("乙方以家庭财产承担连带责任。", "uncapped_liability"),
    ],
)
def test_a_sentence_says_in_so_many_words_what_it_is_besides(text: str, category: str) -> None:
    contract = contract_of(read(making.written([*HEAD, f"第二条 {text}"]), "x.docx"))
    seen_in = signals_in(contract, load(), parties_of(contract.masked), Side.DEALER, Kind.DEALER)
    assert category in seen_in[-1].besides


def test_a_trade_s_category_needs_more_in_a_secrecy_agreement() -> None:
    contract = contract_of(read(making.written([*HEAD, "第二条 乙方不得拿资料去报价、推销。"]), "x.docx"))
    signals = signals_in(contract, load(), parties_of(contract.masked), Side.DEALER, Kind.CONFIDENTIALITY)[-1:]
    odds = np.array([1.0], np.float32)
    anywhere, here = (risk_model().judge(signals, odds, None, away)[0] for away in ((), {"resale_price"}))
    assert dict(here.fits)["resale_price"] < dict(anywhere.fits)["resale_price"]
    assert dict(here.fits)["audit"] == dict(anywhere.fits)["audit"]
    away = {each.label for each in load().learnt["risk"] if Kind.CONFIDENTIALITY in each.elsewhere}
    assert {"minimum_purchase", "rebate_terms", "territory"} <= away
    assert not {"confidentiality", "non_compete", "liquidated_damages", "data_protection"} & away


def test_an_empty_contract_has_no_odds() -> None:
    assert len(among(np.empty(0, np.float32))) == 0


def test_a_clause_that_is_raised_is_not_missing_too() -> None:
    found = seen("dealer", "第二条 不合作的时候，乙方仓库剩的货甲方一概不收不换，由乙方自行销毁。")
    assert "post_termination_stock" in raised(found)
    assert "post_termination_stock" not in {each.category for each in found.missing}


@pytest.mark.parametrize("text", FAIR)
@pytest.mark.parametrize("side", ["dealer", "brand"])
def test_what_binds_both_alike_is_left_alone(side: str, text: str) -> None:
    assert raised(seen(side, text)) == set()


def test_traditional_characters_are_read_alike_and_quoted_as_they_stand() -> None:
    text = "第二條 乙方之履約保證金，於違反任一約定時全數歸甲方所有，不予退還。"
    found = seen("dealer", text)
    assert "deposit" in raised(found)
    assert all(found.text[each.start : each.end] == each.quote for each in found.findings)
    assert any("履約保證金" in each.quote for each in found.findings)


def test_a_heading_is_never_raised() -> None:
    assert raised(seen("dealer", "第二条 违约罚款", "第三条 没收保证金")) == set()


def test_without_an_embedder_words_alone_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["core.contracts.review"], "own_embedder", lambda: None)
    assert "deposit" in raised(seen("dealer", HARD["dealer"]["deposit"]))


class Meanings:
    """An embedder to which everything means the same; remembers what it was asked."""

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self, vector: NDArray[np.float32]) -> None:
        self.asked: list[str] = []
        self._vector = vector

    def query(self, text: str) -> NDArray[np.float32]:
        raise AssertionError(text)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([self._vector] * len(texts))


def noticed(*lines: str) -> list[Signals]:
    contract = contract_of(read(making.written([*HEAD, *lines]), "sentences"))
    return signals_in(contract, load(), parties_of(contract.masked), Side.DEALER, Kind.DEALER)


def test_only_what_words_do_not_clear_is_asked_what_it_means() -> None:
    signals = noticed(HARD["dealer"]["deposit"], *FAIR)
    model = risk_model()
    odds = among(model.odds(signals))
    embedder = Meanings(model.meaning.centre)
    model.judge(signals, odds, embedder)
    asked = [each.plain for each, one in zip(signals, odds, strict=True) if one > ASKED]
    assert len(embedder.asked) == len(asked) < len(signals)
    assert any("保证金悉归" in each for each in embedder.asked)


def test_what_it_means_can_speak_for_a_sentence_or_against_it() -> None:
    signals = noticed(HARD["dealer"]["deposit"])
    model = risk_model()
    odds = among(model.odds(signals))
    speaks = model.meaning.weights[:, 0]
    for_, against = (
        max(
            each.odds
            for each in model.judge(
                signals, odds, Meanings(model.meaning.seen[at] * model.meaning.size + model.meaning.centre)
            )
        )
        for at in (int(speaks.argmax()), int(speaks.argmin()))
    )
    assert for_ > against


def test_sixty_pages_are_reviewed_in_bounded_time_and_memory() -> None:
    hard = HARD["dealer"]["deposit"]
    lines = [f"第{at}条 {text[3:]}" for at in range(2, 340) for text in (*FAIR, *([hard] if at % 5 == 0 else []))]
    data = making.written([*HEAD, *lines])
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = review(data)
    assert time.process_time() - started < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 350_000
    assert len(found.text) > 60 * 700
