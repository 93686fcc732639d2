"""Arithmetic that is written out proves itself, sums close to the cent, and neither lends its result a false name."""

import pytest

from core.checks.checking import Checker
from core.checks.view import Reader, view_of
from tests.core.checks.conftest import REPLIES, Why

HONEST = [
    ("account", "可用授信＝300,000.00−118,765.50＝181,234.50元。"),
    ("account", "可用授信181,234.50元（300,000.00−118,765.50）。"),
    ("account", "30万-11.88万=18.12万。"),
    ("account_en", "You can still order for 181,234.50 (300,000.00 minus 118,765.50)."),
    ("rebate", "61.73万 × 2% ≈ 12,346元，就是现在的返利。"),
    ("order", "10 × 28.51 + 5 × 41.57 = 492.95元。"),
    ("order", "10+5=15箱。"),
    ("order", "平均每箱约32.86元。"),
    ("order", "授信从211,414.55元减到210,921.60元。"),
    ("account", "¥41,200.00付清以后，可用授信会到222,434.50元。"),
    ("account", "应付92,000元，其中下次到期41,200元，其余50,800.00元以后到期。"),
    ("silent", "28家里1家，不到4%。"),
    ("dealers", "10月1日至20日是1,899,961.33元。"),
    ("silent", "建议这周联系D026。"),
    ("silent", "建议到期前几天联系D026。"),
]
LIES = [
    ("account", "已用授信＝300,000.00−118,765.50＝181,234.50元。"),
    ("account", "可用授信＝300,000.00−118,765.50＝191,234.50元。"),
    ("account", "可用授信300,000元（181,234.50+118,765.50）。"),
    ("rebate", "600,000 × 2% = 12,000元返利。"),
    ("order", "10 × 28.51 + 5 × 41.57 = 482.95元。"),
    ("order", "平均每箱约42.86元。"),
    ("account", "¥41,200.00付清以后，可用授信会到232,434.50元。"),
    ("account", "下次到期50,800.00元。"),
    ("silent", "28家里1家，不到3%。"),
    ("dealers", "10月全月是1,899,961.33元。"),
    ("orders", "10月合计¥197,706.45，包括被拒绝的那张¥14,155.20。"),
    ("account", "建议12月15日前付41,200元。"),
]


@pytest.mark.parametrize(("about", "sentence"), HONEST)
def test_what_comes_out_may_be_said(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is None


@pytest.mark.parametrize(("about", "sentence"), LIES)
def test_what_does_not_come_out_or_goes_by_a_false_name_may_not(why: Why, about: str, sentence: str) -> None:
    assert why(sentence, about) is not None


def test_a_sentence_may_lean_on_the_one_before_it(reader: Reader) -> None:
    view = view_of([REPLIES["sales"]], [], reader)
    checker = Checker(reader, "zh")
    assert checker.check("进货额¥600,000.00，第一。", view) is not None
    assert checker.check("进货额¥600,000.00，第一。", view, "先说D001。") is None
    assert checker.check("进货额¥600,000.00，第一。", view, "先说D002。") is not None


def test_no_claim_leans_on_the_sentence_before_it(reader: Reader) -> None:
    checker, view = Checker(reader, "en"), view_of([REPLIES["sales"]], [], reader)
    assert checker.check("The order is placed.", view, "Nothing is overdue and no one waits.") is not None
