"""A question with what it is asked of."""

from collections.abc import Mapping
from typing import cast

from agents.offline.premises import with_their_premises
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import Reading, read
from agents.offline.requests import Recogniser, Request
from core.actor import Role
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("product", "W-550", ("矿泉水",)),))


class Taken:
    """A recogniser that takes each stretch for what it is told, and for a rule else."""

    def __init__(self, intents: Mapping[str, str]) -> None:
        self.intents = intents

    def recognise(self, reading: Reading, _: Role) -> Request:
        intent = self.intents.get(reading.text, "search_knowledge")
        return Request(intent, 0.9, "quote", 0.5, reading)


def asked(said: str, **intents: str) -> list[str]:
    recogniser = cast(Recogniser, Taken({text: name for name, text in intents.items()}))
    clauses = [recogniser.recognise(clause, Role.REP) for clause in read(said, BRIEFING).clauses]
    return [one.reading.text for one in with_their_premises(clauses, recogniser, Role.REP)]


def test_a_question_that_names_nothing_is_asked_of_what_was_said_before() -> None:
    assert asked("想申请个特价,让5个点,谁批", quote="想申请个特价") == ["想申请个特价，让5个点，谁批"]


def test_one_that_names_its_matter_stands_alone() -> None:
    found = asked("我不想做了，保证金什么时候退还", chat="我不想做了")
    assert found == ["我不想做了", "保证金什么时候退还"]


def test_an_order_is_no_premise() -> None:
    assert len(asked("矿泉水100箱，谁批", propose_order="矿泉水100箱")) == 2


def test_a_condition_behind_a_question_belongs_to_it() -> None:
    assert asked("菊花茶能退吗？卖不掉的话", list_stock_risks="卖不掉的话") == ["菊花茶能退吗，卖不掉的话"]


def test_a_further_question_that_names_nothing_belongs_to_the_one_before() -> None:
    assert asked("承兑汇票收吗，最长几个月", sales_summary="最长几个月") == ["承兑汇票收吗，最长几个月"]
