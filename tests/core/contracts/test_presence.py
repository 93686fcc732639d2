"""Whether a clause is there is decided by what the contract says, wherever it says it."""

from pathlib import Path
from typing import Any

import pytest

import benchmarks
from core import plainyaml
from core.contracts import Review, Side, load, review
from core.contracts.findings import Kind
from core.contracts.kinds import kind_of
from core.contracts.missing import present_in
from core.contracts.parties import parties_of
from core.contracts.playbook import Expected
from core.contracts.text import contract_of
from core.reading.document import Block, Document, Page
from core.reading.document import Kind as Is
from tests.core.contracts import making

SUBJECTS: dict[str, dict[str, list[str]]] = plainyaml.load(
    (Path(benchmarks.__file__).parent / "contracts_presence.yaml").read_text(encoding="utf-8")
)


def expected(subject: str) -> Expected:
    category = "termination" if subject == "secrecy_term" else subject
    secret = subject in {"secrecy_term", "data_protection"}
    return next(
        each
        for each in load().expected
        if each.category == category and (Kind.CONFIDENTIALITY in each.kinds or not secret)
    )


def places(subject: str, sentences: list[str]) -> int:
    """How many of these, each a clause of its own, count as the subject's clause."""
    text = "\n".join(
        ["甲方授权乙方经销甲方的产品，乙方向甲方订货。", *(f"第{at}条 {each}" for at, each in enumerate(sentences, 1))]
    )
    contract = contract_of(Document("x", "", "", (Page(None, text, (Block(Is.PARAGRAPH, text, None),)),), ""))
    return len(present_in(contract, expected(subject), load(), parties_of(text), Side.DEALER))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_clause_is_known_by_what_it_says(subject: str) -> None:
    assert places(subject, SUBJECTS[subject]["has"]) == len(SUBJECTS[subject]["has"])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_word_in_passing_is_no_clause(subject: str) -> None:
    assert places(subject, SUBJECTS[subject]["not"]) == 0


def reviewed(**changed: str) -> Review:
    """The fair sample with other words under some of its headings."""
    clauses: list[dict[str, Any]] = making.sample("fair")["clauses"]
    lines = [f"{each['number']}{each['heading']} {changed.get(each['heading'], each['text'])}" for each in clauses]
    return review(making.written(["日化产品经销合同", *lines]))


@pytest.mark.parametrize("nothing", ["", "无。", "另行约定。", "（本条空白）", "/"])
def test_a_heading_with_nothing_under_it_is_no_clause(nothing: str) -> None:
    assert "force_majeure" in {each.category for each in reviewed(不可抗力=nothing).missing}


def test_a_clause_that_stands_in_another_article_counts() -> None:
    moved = reviewed(不可抗力="无。", 付款="乙方收货后三十日内付款；因地震、洪水等不可抗力迟延的，双方互不追究责任。")
    assert "force_majeure" not in {each.category for each in moved.missing}


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("复合肥销售协议", "乙方（经销户）在两个乡镇卖甲方的肥料。", Kind.DEALER),
        ("种子销售合作协议", "甲方授权乙方在本县经销。", Kind.DEALER),
        ("二手叉车销售协议", "甲方把叉车卖给乙方自用。", Kind.OTHER),
        (
            "瓷砖卖货说定",
            "门市从厂家进货，在县城的终端铺货，门市不往别的区域窜货，年底厂家算返利，门店的陈列归门市。",
            Kind.DEALER,
        ),
        (
            "资料交流备忘",
            "提供方交来的资料，接收方不得外传，不得披露，泄露一次按一次算，机密资料看完退还提供方。",
            Kind.CONFIDENTIALITY,
        ),
        (
            "仓库租赁合同",
            "甲方把门店后面的仓库租给乙方，乙方进货、提货、铺货都从门店的渠道走，区域内的网点由乙方管。",
            Kind.OTHER,
        ),
    ],
)
def test_a_sales_agreement_with_a_dealer_is_a_dealers_contract(title: str, body: str, kind: Kind) -> None:
    blocks = (Block(Is.PARAGRAPH, title, None), Block(Is.PARAGRAPH, body, None))
    assert kind_of(contract_of(Document("x", "", "", (Page(None, f"{title}\n{body}", blocks),), ""))) is kind
