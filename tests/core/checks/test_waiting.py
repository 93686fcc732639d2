"""What waits for a press is never told as done; that it waits may be told in any words."""

import pytest

from core.checks.checking import Checker
from core.checks.view import Reader, view_of
from core.replies import Button, Buttons, Reply
from tests.core.checks.conftest import ORDER

WAITING = Reply((*ORDER.blocks, Buttons((Button("confirm", "确认下单", proposal="1"),))), ORDER.figures, ORDER.shown)
DONE = [
    "Done!", "Your 10 cases of W-550 have been ordered for South City warehouse.", "The order is placed.",
    "All set, it's booked.", "It's in.", "10 cases ordered.", "10 cases of mineral water are on their way.",
    "The order went through.", "You're all set.", "I put the order through for you.", "Booked.",
    "The order's been placed without any delay.", "I've gone ahead and ordered it.", "It has been submitted.",
    "The 10 cases were purchased for you.", "We have your order.", "That's confirmed, 10 cases.",
    "已经帮您下好了。", "搞定！", "下单成功。", "好了，已下单。", "已经给您订上了。", "订单已提交。",
    "单子下了，等着收货吧。",
    "给您下了10箱矿泉水和5箱绿茶。", "10箱矿泉水已经安排上了。", "成功下单15箱。",
    "订单生效了。", "都办好了。", "订好了。",
]  # fmt: skip
TO_CONFIRM = [
    "Ready for you to confirm.", "Once you confirm it will be placed.", "If you confirm, it goes through right away.",
    "Nothing has been ordered yet.", "It's ready to be placed.", "The order isn't placed until you confirm.",
    "Press confirm to place the order.", "You're all set to confirm.", "It has not been submitted yet.",
    "您确认后才会下单。", "订单草稿好了。", "单子拟好了，等您确认。", "您确认了就给您下。",
    "还没下单，您点确认才算数。",
    "订单已准备好，请确认。", "没提交之前都可以修改。", "需要的话我可以帮您生成订单。",
]  # fmt: skip


def _why(sentence: str, reader: Reader, reply: Reply, done: frozenset[str] = frozenset()) -> str | None:
    language = "en" if sentence.isascii() else "zh"
    wrong = Checker(reader, language, done).check(sentence, view_of([reply], ["10 cases"], reader))
    return wrong.why if wrong else None


@pytest.mark.parametrize("sentence", DONE)
def test_what_waits_is_not_told_as_done(reader: Reader, sentence: str) -> None:
    assert _why(sentence, reader, WAITING) is not None


@pytest.mark.parametrize("sentence", TO_CONFIRM)
def test_that_it_waits_may_be_told(reader: Reader, sentence: str) -> None:
    assert _why(sentence, reader, WAITING) is None


def test_an_earlier_outcome_covers_nothing_that_waits_now(reader: Reader) -> None:
    assert _why("The order has been placed.", reader, WAITING, frozenset({"ordered"})) is not None
    assert _why("The order has been placed.", reader, ORDER, frozenset({"ordered"})) is None
