import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.contracts_synthetic import paragraphs
from core.contracts import Review, Severity, Side, Source, load, review
from core.contracts.findings import places
from core.reading import read
from tests.core.contracts import making

FILES: dict[str, Callable[[], bytes]] = {
    "hard as PDF": lambda: making.pdf("hard"),
    "hard as Word": lambda: making.word("hard"),
    "fair as PDF": lambda: making.pdf("fair"),
    "fair as Word": lambda: making.word("fair"),
    "English as Word": lambda: making.word("english"),
}

TWO_THINGS = [
    "产品经销合同",
    "甲方：甲地饮品有限公司",
    "乙方：乙地商贸有限公司",
    "第一条 甲方授权乙方在乙地经销甲方的产品。",
    "第二条 乙方人员泄露一次商业秘密，不论有无后果，每次须付甲方违约金五百万元，甲方损失更大的照数另赔。",
]


def categories(found: Review) -> set[str]:
    return {each.category for each in found.findings if each.severity is not Severity.INFO}


@pytest.mark.parametrize("file", FILES)
def test_every_quote_stands_word_for_word_at_its_span(file: str) -> None:
    for side in Side:
        found = review(FILES[file](), side=side)
        assert all(found.text[each.start : each.end] == each.quote and each.quote for each in found.findings)


@settings(max_examples=25, deadline=None)
@given(st.permutations(making.sample("hard")["clauses"]), st.integers(1, 7))
def test_quotes_are_word_for_word_in_whatever_order_clauses_come(clauses: list[dict[str, object]], count: int) -> None:
    lines = list(paragraphs({"clauses": clauses[:count]}))
    found = review(making.written(["经销合同", *lines]))
    assert all(found.text[each.start : each.end] == each.quote for each in found.findings)


@pytest.mark.parametrize("file", ["hard as PDF", "hard as Word"])
def test_a_hard_contract_is_seen_through(file: str) -> None:
    found = review(FILES[file](), side="dealer")
    assert {"resale_price", "unilateral_change", "deposit", "termination", "forum"} <= categories(found)
    price = next(each for each in found.findings if each.category == "resale_price")
    assert price.severity is Severity.HIGH
    assert any("反垄断法" in each for each in price.basis)
    assert any("2022/720" in each for each in price.basis)
    assert price.clause == "2.1"
    assert {"recall", "force_majeure", "anti_bribery", "post_termination_stock"} <= {
        one.category for one in found.missing
    }


@pytest.mark.parametrize("file", ["fair as PDF", "fair as Word"])
def test_a_fair_contract_is_left_alone(file: str) -> None:
    found = review(FILES[file](), side="dealer")
    assert len(categories(found)) <= 1
    assert found.missing == ()


def test_an_english_contract_is_read_too() -> None:
    found = review(FILES["English as Word"]())
    assert found.language == "en"
    assert {"resale_price", "unilateral_change"} <= categories(found)
    assert found.facts.governing_law == "State of New York"
    assert found.facts.notice_days == 60


def test_the_key_facts_are_those_of_the_text() -> None:
    facts = review(FILES["hard as PDF"]()).facts.as_plain()
    assert facts["start"] == "2026-01-01"
    assert facts["end"] == "2026-12-31"
    assert facts["term_months"] == "12"
    assert facts["deposit"] == "50000"
    assert facts["payment_days"] == "30"
    assert facts["late_rate_daily"] == "0.03%"
    assert facts["currency"] == "CNY"


def test_severities_are_those_of_the_playbook() -> None:
    playbook = load()
    for file in FILES.values():
        for each in review(file()).findings:
            if each.source in {Source.RULE, Source.LEARNT}:
                assert each.severity is playbook.severity_of(each.rule)


def test_the_page_for_who_signs_says_what_matters_and_that_it_is_no_advice() -> None:
    summary = review(FILES["hard as PDF"]()).summary
    assert "转售价格" in summary
    assert "不是法律意见" in summary
    assert len(summary) < 2_500


def test_a_sentence_that_is_two_things_is_one_place_and_quoted_once_in_the_summary() -> None:
    found = review(making.written(TWO_THINGS), side="dealer")
    both = [each for each in found.findings if "每次" in each.quote]
    assert {"liquidated_damages", "confidentiality"} <= {each.category for each in both}
    lines = [line for line in found.summary.splitlines() if "每次" in line]
    assert len(lines) == 1
    assert "违约金" in lines[0].partition("“")[0]
    assert "保密" in lines[0].partition("“")[0]
    assert sum(places(found.findings).values()) == len({each.start for each in found.findings})


def test_an_english_clause_in_a_chinese_contract_is_raised_for_what_is_refused() -> None:
    english = "The Dealer shall not resell the products below the minimum resale price fixed by the Supplier."
    found = review(making.written([*TWO_THINGS[:-1], f"第二条 {english}"]), side="dealer")
    assert [each.category for each in found.findings if english in each.quote] == ["resale_price"]


def test_reasons_come_in_the_reader_s_language() -> None:
    data = FILES["hard as PDF"]()
    english, traditional = review(data, language="en"), review(data, language="zh_TW")
    assert all(each.reason.isascii() or "§" in each.reason or "’" in each.reason for each in english.findings)
    assert "轉售價格" in traditional.summary


def test_what_was_read_before_is_reviewed_alike() -> None:
    data = FILES["hard as PDF"]()
    assert review(read(data, "x.pdf")).findings == review(data).findings


def test_progress_is_told_step_by_step() -> None:
    heard: list[tuple[str, int, int]] = []
    review(FILES["hard as PDF"](), progress=lambda *told: heard.append(told))
    assert {"reading", "weighing"} <= {step for step, _, _ in heard}
    assert all(0 <= done <= total for _, done, total in heard)


def answering(*elements: dict[str, str]) -> Callable[[str], str]:
    return lambda _: f"Here you are: {json.dumps(elements, ensure_ascii=False)}"


def test_a_model_is_believed_where_it_quotes_word_for_word() -> None:
    quote = "乙方收到货物和发票后三十日内付款"
    answer = {"category": "payment", "quote": quote, "reason": "x", "suggestion": "y"}
    found = review(FILES["hard as Word"](), ask=answering(answer))
    raised = [each for each in found.findings if each.source is Source.MODEL]
    assert [each.quote for each in raised] == [quote]


@pytest.mark.parametrize(
    "answer",
    [
        {"category": "payment", "quote": "乙方收到货物后九十日内付款"},
        {"category": "payment", "quote": ""},
        {"category": "no such thing", "quote": "乙方收到货物和发票后三十日内付款"},
        {"category": "payment"},
    ],
)
def test_what_a_model_makes_up_is_dropped(answer: dict[str, str]) -> None:
    data = FILES["hard as Word"]()
    assert review(data, ask=answering(answer)) == review(data)


@pytest.mark.parametrize("answer", ["", "no JSON", "[", "[1, 2]", '{"a": 1}', "[" * 5_000 + "]" * 5_000])
def test_a_broken_answer_leaves_the_review_whole(answer: str) -> None:
    data = FILES["hard as Word"]()
    assert review(data, ask=lambda _: answer) == review(data)


def test_a_model_that_fails_leaves_the_review_whole() -> None:
    def fail(_: str) -> str:
        raise TimeoutError

    data = FILES["hard as Word"]()
    assert review(data, ask=fail) == review(data)
