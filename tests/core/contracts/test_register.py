"""The register: states, days, numbers, and what a contract says held against the system."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.actor import system
from core.contracts import against, registering, review, service
from core.contracts.against import Configured, Matter
from core.contracts.answering import answer
from core.contracts.letter import as_docx, letter_of
from core.contracts.lifecycle import Terms, days_of, may_follow, terms_of
from core.contracts.models import ContractDate, DateKind, State
from core.contracts.own_reviews import as_json, from_json
from core.contracts.pace import cases_until
from core.contracts.registering import Entry, Filed
from core.contracts.stated import StatedTier, stated_in
from core.db import Database
from core.documents import files
from core.errors import NotFound, Refused
from core.events.models import Event
from core.forecasts.paths import Point
from core.people.service import actor_by_handle
from core.reading import read
from core.scope import visible
from tests.conftest import NOW

TEXT = """经销合同

甲方：清源饮品有限公司

乙方：上海浦江源商贸有限公司

第一条 经销区域

1.1 甲方授权乙方在上海市内经销甲方产品。

第二条 返利

2.1 季度采购额达到20万元的，按1.5%返利；达到40万元的，按2.5%返利。甲方有权单方面调整返利政策，乙方不得异议。

第三条 付款

3.1 乙方应在月结60天内支付货款。逾期按日千分之五支付违约金。授信额度为人民币30万元。

第四条 期限

4.1 本合同自2026年1月1日起至2026年12月31日止。期满前30日内任何一方未书面提出异议的，自动续期一年。

4.2 乙方最低采购额为人民币150万元。

4.3 绿茶（T-500）每箱 39.80 元。
"""
REGIONS = {"EAST-SH": ("上海", "Shanghai"), "EAST-JS": ("江苏", "Jiangsu")}
FOUND = review(read(TEXT.encode(), "contract.md"), side="dealer", language="zh")
LAWYER = "legal"


def configured(**other: object) -> Configured:
    given: dict[str, object] = {
        "programme": "Q",
        "rhythm": "quarter",
        "form": "retroactive",
        "tiers": (StatedTier(Decimal(200_000), Decimal("0.0150")), StatedTier(Decimal(400_000), Decimal("0.025"))),
        "regions": ("EAST-SH", "EAST"),
        "prices": {"T-500": Decimal("39.8")},
        "terms": "from_month_end",
        "days": 60,
        "credit": Decimal(300_000),
        "currency": "CNY",
    }
    return Configured(**{**given, **other})  # type: ignore[arg-type]


class TestStates:
    def test_what_is_signed_only_ends(self) -> None:
        assert [state for state in State if may_follow(State.SIGNED, state)] == [State.ENDED]
        assert not any(may_follow(State.ENDED, state) for state in State)
        assert not may_follow(None, State.ENDED)

    def test_a_renewal_has_to_be_decided_before_the_last_day_of_notice(self) -> None:
        terms = terms_of(FOUND.text, FOUND.facts)
        assert terms == Terms(date(2026, 1, 1), date(2026, 12, 31), True, 30, Decimal(1_500_000), "CNY")
        days = {one.kind: one for one in days_of(terms)}
        assert days[DateKind.NOTICE_DUE].day == date(2026, 12, 1)
        assert days[DateKind.RENEWAL_OPENS].day == date(2026, 11, 1)
        assert all(one.remind_on <= one.day for one in days.values())

    def test_what_has_no_end_has_no_days(self) -> None:
        assert list(days_of(Terms())) == []

    def test_cases_of_a_running_month_count_by_its_days(self) -> None:
        zero = Decimal(0)
        path = tuple(Point(date(2026, month, 1), Decimal(300), zero, zero, zero, zero) for month in (11, 12))
        assert cases_until(path, date(2026, 11, 15), date(2026, 11, 30)) == Decimal(150)
        assert cases_until(path, date(2026, 11, 30), date(2027, 1, 31)) == Decimal(600)


class TestAgainstTheSystem:
    STATED = stated_in(FOUND.text, FOUND.clauses, REGIONS)

    def test_what_is_as_configured_differs_in_nothing(self) -> None:
        found = against.compare(self.STATED, configured())
        assert found.differences == ()
        assert {Matter.REBATE, Matter.TERRITORY, Matter.PAYMENT, Matter.CREDIT, Matter.PRICE} <= set(found.same)

    @pytest.mark.parametrize(
        ("other", "matter"),
        [
            ({"tiers": (StatedTier(Decimal(200_000), Decimal("0.01")),)}, Matter.REBATE),
            ({"rhythm": "year"}, Matter.RHYTHM),
            ({"regions": ("EAST-JS", "EAST")}, Matter.TERRITORY),
            ({"days": 30}, Matter.PAYMENT),
            ({"terms": "prepaid", "days": 0}, Matter.PAYMENT),
            ({"credit": Decimal(1)}, Matter.CREDIT),
            ({"prices": {"T-500": Decimal("41.57")}}, Matter.PRICE),
            ({"overdue": Decimal(5)}, Matter.OVERDUE),
        ],
    )
    def test_each_difference_is_named(self, other: dict[str, object], matter: Matter) -> None:
        found = against.compare(self.STATED, configured(**other))
        assert [one.matter for one in found.differences] == [matter]

    def test_each_value_stands_where_it_is_said_to(self) -> None:
        place = self.STATED.places["payment"]
        assert "月结60天" in FOUND.text[place.start : place.end]

    def test_a_late_rate_is_no_rebate(self) -> None:
        assert [tier.rate for tier in self.STATED.tiers] == [Decimal("0.015"), Decimal("0.025")]


class TestAnswers:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("违约金多少", "千分之五"),
            ("账期多久", "月结60天"),
            ("会自动续约吗", "自动续期一年"),
            ("返利几个点", "1.5%"),
            ("返利最低一档呢", "1.5%"),
            ("最高一档返利呢", "2.5%"),
        ],
    )
    def test_a_question_is_answered_word_for_word(self, question: str, words: str) -> None:
        found = answer(FOUND, question)
        assert words in found.said[0].quote
        assert all(FOUND.text[one.start : one.end] == one.quote for one in found.said)

    @pytest.mark.parametrize("question", ["窜货怎么罚", "保证金多少", "召回的费用谁出", "谁会唱歌"])
    def test_what_the_contract_doesnt_say_isnt_answered(self, question: str) -> None:
        assert answer(FOUND, question).said == ()

    def test_a_letter_asks_for_each_grave_clause_once(self) -> None:
        letter = letter_of(FOUND, "经销合同", "清源饮品有限公司", "浦江源")
        assert "清源饮品有限公司" in letter.paragraphs[0]
        assert sum("甲方有权单方面调整" in line for line in letter.paragraphs) == 1
        assert as_docx(letter).startswith(b"PK")

    def test_a_kept_review_is_the_same_review(self) -> None:
        assert from_json(as_json(FOUND)) == FOUND


@pytest.mark.database
class TestRegister:
    async def test_a_contract_goes_from_review_to_its_end(self, demo_database: Database) -> None:
        terms = terms_of(FOUND.text, FOUND.facts)
        async with demo_database.writes.begin() as session:
            lawyer = await actor_by_handle(session, LAWYER, NOW.date())
            assert lawyer is not None
            filed = Filed("contract.md", await files.store(session, TEXT.encode(), "text/markdown", NOW))
            entry = Entry("D002", "dealer", "经销合同", "brand", State.IN_REVIEW, terms)
            made = await registering.register(session, lawyer, entry, filed, NOW)
            assert made.number == "HT-2026-041"
            await registering.revise(session, lawyer, made.number, filed, terms, NOW)
            for state in (State.APPROVED, State.SIGNED):
                await registering.advance(session, lawyer, made.number, state, NOW)
            with pytest.raises(Refused):
                await registering.revise(session, lawyer, made.number, filed, terms, NOW)
            with pytest.raises(Refused):
                await registering.advance(session, lawyer, made.number, State.DRAFT, NOW)
        async with demo_database.reads() as session:
            kinds = select(Event.kind).where(Event.subject == f"contracts:{made.number}").order_by(Event.id)
            assert (await session.execute(kinds)).scalars().all() == [
                "contract.registered", "contract.revised", "contract.approved", "contract.signed",
            ]  # fmt: skip
            days = select(ContractDate).where(
                visible(system("test"), ContractDate), ContractDate.contract_id == made.id
            )
            assert len((await session.execute(days)).scalars().all()) == len(list(days_of(terms)))

    async def test_anothers_contract_looks_missing(self, demo_database: Database) -> None:
        async with demo_database.reads() as session:
            owner = await actor_by_handle(session, "D001-owner", NOW.date())
            assert owner is not None
            assert (await service.find(session, owner, "ht-2026-001")).number == "HT-2026-001"
            refusals = []
            for number in ("HT-2026-005", "HT-2026-999"):
                with pytest.raises(NotFound) as refusal:
                    await service.find(session, owner, number)
                refusals.append((refusal.value.message_key, refusal.value.params))
            assert refusals[0] == refusals[1]
            due = await service.dates(session, owner, since=NOW.date(), until=NOW.date() + timedelta(days=400))
            assert {one.contract.number for one in due} == {"HT-2026-001"}
