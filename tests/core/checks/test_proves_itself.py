"""What stands beside a number proves it: its place, its rate, the next cell, its day, what a draft takes."""

import pytest

from agents.llm.sentences import heading_of
from core.checks.checking import Checker
from core.checks.drafts import without_drafts
from core.checks.view import Reader, view_of
from core.checks.wordings import reworded
from core.checks.written import written_out
from core.replies import Button, Buttons, Reply
from tests.core.checks.conftest import ORDER

WAITING = Reply((*ORDER.blocks, Buttons((Button("confirm", "确认下单", proposal="1"),))), ORDER.figures, ORDER.shown)


def _why(sentence: str, reader: Reader, before: str = "") -> str | None:
    language = "en" if sentence.isascii() else "zh"
    wrong = Checker(reader, language, frozenset()).check(sentence, view_of([WAITING], ["10 cases"], reader), before)
    return wrong.why if wrong else None


@pytest.mark.parametrize(
    "sentence", ["待确认订单已生成。", "已为您生成待确认订单：", "A pending order has been created."]
)
def test_a_draft_may_be_told_as_made(reader: Reader, sentence: str) -> None:
    assert _why(sentence, reader) is None


@pytest.mark.parametrize("sentence", ["待确认订单已提交成功。", "Your draft order has been placed.", "订单已生成。"])
def test_a_draft_is_never_told_as_placed(reader: Reader, sentence: str) -> None:
    assert _why(sentence, reader) is not None


def test_an_offer_behind_an_open_question_waits_for_its_answer(reader: Reader) -> None:
    assert _why("我帮您下单。", reader, "要订多少？") is None
    assert _why("我帮您下单。", reader, "合计在上面。") is not None
    assert _why("我已经帮您下单了。", reader, "要订多少？") is not None


def test_an_item_is_read_with_the_line_that_leads_its_list() -> None:
    assert heading_of(["各季度返利率：", "- 一季度 2%"]) == "各季度返利率："
    assert heading_of(["各季度返利率：", "一季度是2%。"]) == ""
    assert heading_of(["- 一季度 2%"]) == ""


def test_wordings_of_sums_shares_and_provinces() -> None:
    assert written_out("10+5箱") == "10箱+5箱"
    assert reworded("每100元逾期里大约63元在华南") == "逾期里大约63%在华南"
    assert reworded("集中在两个省:广东") == "集中在两个地区:广东"
    assert without_drafts("已生成待确认的订单") == "已生成草稿"
