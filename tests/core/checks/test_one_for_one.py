"""Lists told one for one, lengths of time, titles told in part, codes' families, thresholds that are passed."""

import pytest

from core.checks.checking import Checker
from core.checks.firsts import firsts_in
from core.checks.reading import Reader
from core.checks.respective import respectively
from core.checks.series import families_in
from core.checks.titles import in_title, titled
from core.checks.view import view_of
from core.replies import Figure, Reply, Shown, Text
from tests.core.checks.conftest import Why, amount

LOT = Reply(
    (Text("W-550 矿泉水：¥28.51/箱（含税）\n将发批号0550-261102-03，生产日期2026年11月2日，到期2028年10月22日"),),
    (
        Figure("code", "W-550"), amount("28.51", "W-550 case"), Figure("date", "2026-11-02"),
        Figure("date", "2028-10-22"),
    ),
    (Shown("product", "W-550"),),
)  # fmt: skip
TITLE = "返利预估\n2026 年季度全量返利 rebate-policy.pdf p.4"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("满100箱、300箱分别享受41.16元、40.74元。", "满100箱享受41.16元、300箱享受40.74元。"),
        ("矿泉水、绿茶、橙汁分别240箱、60箱、40箱。", "矿泉水240箱、绿茶60箱、橙汁40箱。"),
        (
            "1箱、100箱、300箱起的价格依次为41.57、41.16、40.74元。",
            "1箱起的价格为41.57元、100箱起的价格为41.16元、300箱起的价格为40.74元。",
        ),
        (
            "at 100 and 300 cases the price falls to cn¥41.16 and cn¥40.74 respectively.",
            "at 100 cases the price falls to cn¥41.16, 300 cases the price falls to cn¥40.74.",
        ),
        ("华南比华东多77,233.84元,两边分别是182,787.94元和105,554.10元。",) * 2,
        ("三个季度分别是1.2万和1.3万。",) * 2,
    ],
)
def test_two_lists_are_put_together_pair_by_pair_and_others_stay(told: str, read: str) -> None:
    assert respectively(told) == read


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("2026年季度返利政策", True), ("季度返利办法", True), ("季度全量返利方案", True),
        ("2025年季度返利政策", False), ("2026年度返利政策", False), ("冷饮促销政策", False),
    ],
)  # fmt: skip
def test_a_document_may_be_called_by_part_of_its_title(name: str, known: bool) -> None:
    assert titled(name, TITLE) is known


def test_a_year_in_a_title_tells_no_time() -> None:
    text = "under the 2026 quarterly rebate programme, you get 5"
    assert in_title(text, text.index("2026"), text.index("2026") + 4)
    assert not in_title("in 2026 you got 5", 3, 7)


def test_families_of_codes_and_the_first_so_many_are_read() -> None:
    assert [code for code, _ in families_in("t-250系列3款,以t-500开头的11款")] == ["t-250", "t-500"]
    assert not list(families_in("t-500 绿茶"))
    assert list(firsts_in("前五大合计,top three, 前20天")) == [5, 3]


def test_points_that_are_announced_count_no_rows(why: Why) -> None:
    assert why("两点要说：一是价格，二是活动。", "quote") is None
    assert why("一共两款产品。", "products") is not None


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("这批货生产才18天，保质期将近两年。", True),
        ("生产至今不到三周。", True),
        ("这批货保质期将近三年。", False),
        ("这批货五周前生产。", False),
    ],
)
def test_how_long_goods_keep_and_how_old_they_are(reader: Reader, sentence: str, right: bool) -> None:
    view = view_of([LOT], [], reader)
    assert (Checker(reader, "zh").check(sentence, view) is None) is right
