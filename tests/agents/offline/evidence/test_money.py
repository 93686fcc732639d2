"""Words about money between a dealer and the brand."""

import re

import pytest

from agents.offline.evidence.money import CANT_ORDER, HEADROOM, TERMS_WANTED, TO_A_PERSON, UNPAID_ONE


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        (TERMS_WANTED, "我们能不能也月结啊"),
        (TERMS_WANTED, "怎么才能办月结"),
        (TERMS_WANTED, "可以赊账吗"),
        (TERMS_WANTED, "can we get credit terms too"),
        (TERMS_WANTED, "could we pay monthly"),
        (HEADROOM, "额度放出来没"),
        (HEADROOM, "额度释放了吗"),
        (HEADROOM, "is the credit back"),
        (HEADROOM, "授信现在还剩多少"),
        (CANT_ORDER, "他说下不了单"),
        (CANT_ORDER, "he says he cant order"),
        (CANT_ORDER, "why are they on hold"),
        (UNPAID_ONE, "廊坊那个还没打款吧"),
        (UNPAID_ONE, "have they paid for that order"),
    ],
)
def test_a_cue_is_heard(cue: re.Pattern[str], said: str) -> None:
    assert cue.search(said)


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        (TERMS_WANTED, "我们授信额度多少"),
        (TERMS_WANTED, "月结的发票什么时候到期"),
        (TERMS_WANTED, "what are our terms"),
        (TERMS_WANTED, "我想看看我们的授信"),
        (TERMS_WANTED, "这单能用授信吗"),
        (CANT_ORDER, "他说拿不了那么多"),
        (HEADROOM, "额度什么时候到期"),
        (CANT_ORDER, "what did they order"),
        (UNPAID_ONE, "哪些客户还没付款"),
    ],
)
def test_a_cue_is_not_heard_in_what_asks_something_else(cue: re.Pattern[str], said: str) -> None:
    assert not cue.search(said)


@pytest.mark.parametrize(
    "words",
    [
        "打到业务员个人卡上行不行",
        "微信转给你们经理可以吗",
        "货款能不能打到私人账户",
        "can i just wechat transfer the money to our sales rep?",
        "can i pay into the rep's own account",
        "can we wire it to him directly",
    ],
)
def test_money_for_a_person_is_told_of_by_the_rules(words: str) -> None:
    assert TO_A_PERSON.search(words)


@pytest.mark.parametrize(
    "words", ["可以打给小赵个人吗", "能打到你们业务私人那里吗", "钱能不能直接给小张", "可以打给王经理个人账上不"]
)
def test_money_to_somebody_by_name_is_for_a_person(words: str) -> None:
    assert TO_A_PERSON.search(words)


@pytest.mark.parametrize(
    "words", ["让业务给我打电话", "月底要打多少款给你们", "send 20 cases to the driver", "什么时候付"]
)
def test_no_money_for_a_person(words: str) -> None:
    assert not TO_A_PERSON.search(words)
