"""What is kept of a message, and when an answer missed."""

from datetime import timedelta

import pytest

from core.learning.rules import as_example, is_rephrased, is_worth_keeping, masked, says_it_missed


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我的电话13812345678，单子到哪了", "我的电话⟦phone⟧，单子到哪了"),
        ("call me at +44 20 7946 0958 please", "call me at ⟦phone⟧ please"),
        ("mail chen.wei@example.com the invoice", "mail ⟦phone⟧ the invoice"),
        ("SO-20261118-003到哪了", "⟦order⟧到哪了"),
        ("so 20261118 003 where is it", "⟦order⟧ where is it"),
        ("张经理让我问下返利", "⟦name⟧让我问下返利"),
        ("我叫王小明，查下授信", "⟦name⟧，查下授信"),
        ("老李的货发了没", "⟦name⟧的货发了没"),
        ("Mr. Chen asked about the rebate", "⟦name⟧ asked about the rebate"),
        ("D001的返利", "⟦dealer⟧的返利"),
        ("税号91310115MA1K4BCD2X开票", "税号⟦number⟧开票"),
        ("送到浦东大道1200号", "⟦address⟧"),
        ("绿茶  现在\n啥价", "绿茶 现在 啥价"),
        ("总价多少", "总价多少"),
        ("水减20件", "水减20件"),
    ],
)
def test_personal_data_is_masked_and_general_words_stay(said: str, kept: str) -> None:
    assert masked(said) == kept


def test_known_names_are_masked_longest_first() -> None:
    names = ["Li", "Li Ming", "浦江源", "上海浦江源商贸"]
    assert masked("上海浦江源商贸和浦江源，Li Ming, limited", names) == "⟦name⟧和⟦name⟧，⟦name⟧, limited"


@pytest.mark.parametrize(
    ("text", "worth"), [("⟦phone⟧", False), ("⟦name⟧ 12", False), ("返利", True), ("货" * 200, False)]
)
def test_what_holds_nothing_general_is_not_kept(text: str, worth: bool) -> None:
    assert is_worth_keeping(text) is worth


def test_an_example_looks_like_what_people_write() -> None:
    assert as_example("⟦order⟧到哪了 ⟦name⟧") == "SO-20260101-001到哪了"


@pytest.mark.parametrize(
    "text",
    [
        "不对，我问的是返利",
        "答非所问",
        "我问的不是这个",
        "That's not what I asked",
        "No, that's wrong",
        "i meant the rebate",
    ],
)
def test_a_complaint_about_the_answer_is_one(text: str) -> None:
    assert says_it_missed(text)


@pytest.mark.parametrize("text", ["要10箱水", "绿茶不对版怎么退", "what is wrong with my order", "好的"])
def test_other_words_are_none(text: str) -> None:
    assert not says_it_missed(text)


def test_the_same_asked_again_at_once_is_a_rephrasing() -> None:
    soon, later = timedelta(seconds=20), timedelta(minutes=5)
    assert is_rephrased("返利咋又少了", "我的返利怎么又少了", soon)
    assert not is_rephrased("返利咋又少了", "我的返利怎么又少了", later)
    assert not is_rephrased("返利咋又少了", "返利咋又少了", soon)
    assert not is_rephrased("返利咋又少了", "要10箱矿泉水", soon)
