"""Small signs: limits that count nothing, how a report is seen, who asks at home, what a grade is asked of."""

import re

import pytest

from agents.offline.arguments.todate import span_of
from agents.offline.evidence.telling import FREED, GRADED, LEAST, NOTICE_DAY, SHORT_DATED, WHERE_STUCK
from agents.offline.following.ofdates import WHICH_OF_THEM
from agents.offline.orders.holdingon import ASKS_AT_HOME
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.reading.viewed import with_views
from core.language.timeranges import find_time_range
from tests.agents.offline.briefings import briefing_of

KNOWN = (Known("product", "W-550", ("矿泉水", "Mineral water", "W-550")),)


@pytest.fixture
def briefing() -> Briefing:
    return briefing_of(KNOWN)


@pytest.mark.parametrize("said", ["超50k了啊.. W-550 cut到880", "over the 50k, W-550 880", "超过5万了 矿泉水880箱"])
def test_a_limit_counts_no_goods(said: str, briefing: Briefing) -> None:
    assert [int(one.value) for one in read(said, briefing).with_loose_numbers().quantities] == [880]


@pytest.mark.parametrize("said", ["矿泉水MOQ是几箱", "矿泉水最少要几箱", "矿泉水几箱起订"])
def test_how_many_it_takes_at_least_counts_none(said: str, briefing: Briefing) -> None:
    assert read(said, briefing).quantities == ()


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["逾期呢", "按经销商排"], ["逾期呢，按经销商排"]),
        (["and overdue?", " by dealer please"], ["and overdue?， by dealer please"]),
        (["回款多少", "从高到低排"], ["回款多少，从高到低排"]),
        (["绿茶20箱", "按老地方送"], ["绿茶20箱", "按老地方送"]),
        (["按经销商排"], ["按经销商排"]),
    ],
)
def test_how_a_report_is_seen_belongs_to_what_it_is_of(parts: list[str], joined: list[str]) -> None:
    assert with_views(parts) == joined


@pytest.mark.parametrize(
    ("said", "span"),
    [("这个月到今天", "2026-11"), ("this month so far", "2026-11"), ("今年到现在", "2026-01-01..2026-11-20")],
)
def test_a_month_up_to_now_is_that_month(said: str, span: str, briefing: Briefing) -> None:
    found = find_time_range(said, briefing.today, briefing.fiscal_year_start)
    assert found is not None
    assert span_of(found) == span


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (ASKS_AT_HOME, "hold on 我先问下老板"),
        (ASKS_AT_HOME, "稍等，我跟老板商量一下"),
        (ASKS_AT_HOME, "lemme check with the boss first"),
        (GRADED, "我们现在c级,年底怎样评到b级"),
        (GRADED, "how do we move up to grade b"),
        (FREED, "占的额度啥时候退回来"),
        (FREED, "when do i get the credit back"),
        (LEAST, "玻璃瓶山语的moq是几箱"),
        (LEAST, "is there a minimum on the glass ones"),
        (NOTICE_DAY, "不续约最迟哪天要通知对方"),
        (NOTICE_DAY, "by when do we have to give notice"),
        (SHORT_DATED, "anything short dated sitting with my dealers"),
        (SHORT_DATED, "谁家有快过期的"),
        (WHERE_STUCK, "莞城鸿运啥情况 卡在哪"),
        (WHERE_STUCK, "what's holding hongyun back"),
        (WHICH_OF_THEM, "which of those has a min purchase"),
        (WHICH_OF_THEM, "这些里面哪份有最低采购"),
    ],
)
def test_a_sign_stands_in_what_dealers_say(sign: re.Pattern[str], said: str) -> None:
    assert sign.search(said)


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (ASKS_AT_HOME, "老板要20箱绿茶"),
        (ASKS_AT_HOME, "问下绿茶价格"),
        (GRADED, "b级价格多少"),
        (FREED, "我的额度还剩多少"),
        (NOTICE_DAY, "发货了通知我"),
        (WHERE_STUCK, "卡车在哪"),
        (SHORT_DATED, "哪些合同快到期了"),
        (WHICH_OF_THEM, "which dealers are overdue"),
    ],
)
def test_and_not_in_what_is_near_it(sign: re.Pattern[str], said: str) -> None:
    assert not sign.search(said)
