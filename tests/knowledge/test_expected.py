import pytest

from knowledge.expected import Kind, kinds_asked, share_held


@pytest.mark.parametrize(
    ("question", "kind", "answer", "no_answer"),
    [
        ("押一个桶要多少钱", Kind.MONEY, "押金每只 30 元。", "押金全额退还。"),
        ("几天内要报", Kind.DURATION, "24 小时内拍照上报。", "请及时上报。"),
        ("下单到几点为止", Kind.MOMENT, "工作日 16:00 截单。", "请尽早下单。"),
        ("最多堆几层", Kind.COUNT, "≤ 5 层", "不得倒置"),
        ("打哪个电话报修", Kind.PHONE, "报修 400-000-2027", "报修请找客服"),
        ("financial questions, which e-mail", Kind.EMAIL, "caiwu@qingyuan.example", "Ask Finance."),
        ("要填什么表", Kind.FORM, "填写《特价申请表》（QY-P03）", "请提前申请"),
        ("how soon do I have to tell you", Kind.DURATION, "within three days", "at once"),
    ],
)
def test_a_sentence_of_the_kind_asked_for_is_told_from_another(
    question: str, kind: Kind, answer: str, no_answer: str
) -> None:
    kinds = kinds_asked(question)
    assert kind in kinds
    assert share_held(kinds, answer) == 1
    assert share_held(kinds, no_answer) == 0


def test_where_nothing_particular_is_wanted_anything_will_do() -> None:
    assert share_held(kinds_asked("介绍一下陈列标准"), "堆头四面围挡") == 1


def test_a_leave_counts_only_where_nothing_else_is_asked() -> None:
    assert share_held(frozenset({Kind.LEAVE}), "不得转让") == 1
    assert share_held(frozenset({Kind.LEAVE, Kind.MONEY}), "不得转让") == 0
