"""Characters written by ear are mended; figures, units and words stay, and no slip is a yes."""

import pytest

from agents.offline.wording.spelling import Names, Spelling

SAID = [
    *["绿茶来五箱", "再来20箱矿泉水", "再加10箱橙汁", "这个月返利有多少", "下个月送货", "各区域销售额", "看看库存"] * 6,
    *["取消订单", "取消这张订单", "确认", "订单到哪了", "还有多少授信", "上个季度返利", "补货", "这批货什么时候到"] * 6,
]
SPELLING = Spelling(SAID)
NAMES = Names(("绿茶", "矿泉水", "橙汁", "茉莉花茶", "桶装水", "海河源"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("绿查来50箱", "绿茶来50箱"),
        ("录查来50箱", "绿茶来50箱"),
        ("在来二十箱矿泉水", "再来二十箱矿泉水"),
        ("这个越返利有朵少", "这个月返利有多少"),
        ("各区域消售额", "各区域销售额"),
        ("上个计度返利", "上个季度返利"),
        ("还有多多少授信", "还有多少授信"),
        ("来30箱箱绿茶", "来30箱绿茶"),
        ("取销订单", "取消订单"),
    ],
)
def test_a_character_written_by_ear_becomes_what_usually_stands_there(written: str, meant: str) -> None:
    assert SPELLING.mended(written, NAMES) == meant


@pytest.mark.parametrize(
    "right",
    [
        *["海河源的订单", "送20桶桶装水", "下下个月送货", "这批货送晚了", "最多多少箱", "环境不错", "不急"],
        *["来十箱绿茶", "来十十箱绿茶", "两两一组"],
        *["被罚了多少", "来个急的", "天津的呢", "货到齐了没", "汾河湾的货到哪了", "限额多少"],
    ],
)
def test_what_is_a_word_a_name_or_a_number_stays(right: str) -> None:
    assert SPELLING.mended(right, NAMES) == right


@pytest.mark.parametrize("slip", ["缺认", "确人", "确确认"])
def test_no_slip_becomes_a_yes(slip: str) -> None:
    assert SPELLING.mended(slip, NAMES) == slip


def test_a_slip_that_the_examples_hold_too_is_one() -> None:
    spelling = Spelling([*["sales in september"] * 20, "sales in setpember", "who buys most"])

    assert spelling.mended("setpember sales", NAMES) == "september sales"


@pytest.mark.parametrize("number", ["tihrty cases", "forty cases", "fourtene"])
def test_no_english_number_is_made(number: str) -> None:
    spelling = Spelling(["thirty cases", "fourteen cases", "forty cases"] * 5)

    assert spelling.mended(number, NAMES) == number


@pytest.mark.parametrize("said", ["可以打给小赵个人吗", "老谭那边怎么说", "钱要几天之内到账"])
def test_somebodys_name_and_money_stay_as_they_are(said: str) -> None:
    assert SPELLING.mended(said, NAMES) == said
