"""Characters written by ear that mean nothing where they stand are mended; words in which they are right stay."""

import pytest

from agents.offline.wording.byear import without_slips

RIGHT = """
    绍兴店要10箱 介绍一下 花朵牌 抱歉来晚了 零担几天到 别担心 企鹅 睡觉去了 货架多少钱 上架了吗 环境不错 循环10次
    知道了没 渠道哪家好 渠道3个 街道店 难道10箱不够 送或自提都行 退或换 快递或物流 发或不发 哪家卖得好
    有哪张单没付 知道哪家逾期了吗 哪个多少钱 哪天到货 他家到期了 这家10箱 覆盖10家店 瓶盖10个 现在加10箱 正在补货
    越多越好 这越来越慢 100越多越便宜 一个越大一个越好 计划 上计算器 没计返利 箱数计返利吗 今年夏天 宁夏的货
    华夏店 去年夏 小宋来了 老宋给了 觉得行 记得吗 值得 舍不得 绿茶下10箱 绿茶下单 接受价格 没法出货 结果之前
    改橙20箱 几点到 几小时到 几家没付 帮几家问 取消额度 确定单价 七天 账七天 逾七日 第七条 来七箱 大曲
""".split()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("还差朵少", "还差多少"),
        ("绍20", "少20"),
        ("他家最后一担是哪天", "他家最后一单是哪天"),
        ("月底环欠多少", "月底还欠多少"),
        ("返力怎么算", "返利怎么算"),
        ("年底有年反吗", "年底有年返吗"),
        ("那9越呢", "那9月呢"),
        ("十越卖了多少", "十月卖了多少"),
        ("上一计返利", "上一季返利"),
        ("今计有多少", "今季有多少"),
        ("临七的有哪些", "临期的有哪些"),
        ("下星七四到", "下星期四到"),
        ("没夏单", "没下单"),
        ("为啥不让夏", "为啥不让下"),
        ("窜或条款", "窜货条款"),
        ("哪些要断或", "哪些要断货"),
        ("那绿茶减道250", "那绿茶减到250"),
        ("量家到25箱", "量加到25箱"),
        ("那单里在补10件", "那单里再补10件"),
        ("为啥不几发货", "为啥不给发货"),
        ("可以打几小赵吗", "可以打给小赵吗"),
        ("其他得不要", "其他的不要"),
        ("大得", "大的"),
        ("东莞哪家是不是逾期了", "东莞那家是不是逾期了"),
        ("仓库有哪么多吗", "仓库有那么多吗"),
        ("哪我压点货", "那我压点货"),
        ("瓶装克乐150", "瓶装可乐150"),
        ("昨天那单盖送浦东店", "昨天那单改送浦东店"),
        ("宋前打电话", "送前打电话"),
    ],
)
def test_what_means_nothing_there_is_mended(written: str, meant: str) -> None:
    assert without_slips(written, {}) == meant


@pytest.mark.parametrize("right", RIGHT)
def test_what_is_right_in_another_word_stays(right: str) -> None:
    assert without_slips(right, {}) == right


def test_a_name_is_spelt_as_it_is() -> None:
    assert without_slips("返力商行的单", {"返力": 1, "力商": 1}) == "返力商行的单"
