"""Whether a clause is there is decided by what the contract says, wherever it says it."""

from pathlib import Path
from typing import Any

import pytest

import benchmarks
from benchmarks.contracts_risk import alone
from core import plainyaml
from core.contracts import Review, Side, load, review
from core.contracts.findings import Kind
from core.contracts.kinds import kind_of
from core.contracts.presence import Presence, presence_model
from core.contracts.text import contract_of
from core.reading.document import Block, Document, Page
from core.reading.document import Kind as Is
from tests.core.contracts import making

FOLDER = Path(benchmarks.__file__).parent / "contracts_presence"
SUBJECTS: dict[str, dict[str, list[str]]] = plainyaml.load((FOLDER / "own.yaml").read_text(encoding="utf-8"))


def places(subject: str, sentences: list[str]) -> int:
    """How many of these, each alone in a contract, count as the subject's clause."""
    return sum(bool(Presence(alone(each, Side.DEALER), None).places(subject, (), raised=False)) for each in sentences)


def test_every_clause_that_is_looked_for_has_been_learnt() -> None:
    assert {each.subject for each in load().expected} == set(presence_model().labels)


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


@pytest.mark.parametrize(
    ("heading", "passing", "plain", "category"),
    [
        (
            "保密",
            "价目表封面盖有“保密”章，乙方妥善存放。",
            "进价和客户名册谁也别往外说，散伙后再守两年。",
            "confidentiality",
        ),
        ("争议", "律师费、诉讼费由败诉的一方负担。", "扯皮了先坐下谈，谈不拢到湖州的法院去告。", "forum"),
        (
            "不可抗力",
            "遇洪水等灾害的年份，全年任务另行核减。",
            "涨大水、封路这类谁也挡不住的事，哪边都不怪，往后顺延。",
            "force_majeure",
        ),
    ],
)
def test_words_in_passing_are_no_clause_and_a_clerks_own_words_are_one(
    heading: str, passing: str, plain: str, category: str
) -> None:
    assert category in {
        each.category for each in reviewed(**{heading: "无。", "付款": f"月结三十天付款。{passing}"}).missing
    }
    assert category not in {
        each.category for each in reviewed(**{heading: "无。", "付款": f"月结三十天付款。{plain}"}).missing
    }


def test_rebates_that_are_named_but_never_reckoned_are_missing() -> None:
    named = reviewed(付款="乙方收货后三十日内付款，返利另从货款中抵。")
    reckoned = reviewed(付款="乙方收货后三十日内付款。季度销售满三十万元的返利百分之三，季后二十日内以转账付清。")
    assert "rebate_terms" in {each.category for each in named.missing}
    assert "rebate_terms" not in {each.category for each in reckoned.missing}


def test_a_clause_that_stands_in_another_article_counts() -> None:
    moved = reviewed(不可抗力="无。", 付款="乙方收货后三十日内付款；因地震、洪水等不可抗力迟延的，双方互不追究责任。")
    assert "force_majeure" not in {each.category for each in moved.missing}


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("复合肥销售协议", "乙方（经销户）在两个乡镇卖甲方的肥料。", Kind.DEALER),
        ("菜籽油經銷合約", "甲方有油，乙方有店，雙方自願合作。", Kind.DEALER),
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
