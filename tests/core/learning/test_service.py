"""Candidates are kept once, without personal data, no longer than what was said; opinions are the person's own."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.conversations import service as conversations
from core.conversations.models import Conversation
from core.errors import NotFound
from core.learning import service as learning
from core.learning.models import Candidate, Opinion
from core.learning.rules import Kind
from core.people.models import Person
from tests.factories import NOW, make_conversation, make_dealer, make_person, make_region

pytestmark = pytest.mark.database
GUESSES = (("show_account", 0.31), ("explain_rebate", 0.28))


async def spoken(
    session: AsyncSession, handle: str = "one", text: str = "这个咋弄"
) -> tuple[Person, Conversation, UUID]:
    person = await make_person(session, handle, name="陈佳")
    conversation = await make_conversation(session, person)
    turn = uuid4()
    await conversations.add(session, conversation.id, turn, 0, by_desk=False, text=text, at=NOW)
    record = {"heard": [list(one) for one in GUESSES]}
    await conversations.add(session, conversation.id, turn, 1, by_desk=True, text="…", at=NOW, reply={}, record=record)
    return person, conversation, turn


async def count(session: AsyncSession, model: type) -> int:
    return (await session.execute(select(func.count()).select_from(model))).scalar_one()


async def test_a_candidate_is_kept_once_and_names_nobody(session: AsyncSession) -> None:
    region = await make_region(session)
    await make_dealer(session, region, name="浦江源商贸")
    _, conversation, turn = await spoken(session)
    text = "陈佳问浦江源商贸的票咋弄，13812345678"
    assert await learning.collect(session, conversation.id, turn, Kind.UNSURE, text, GUESSES, NOW)
    assert not await learning.collect(session, conversation.id, turn, Kind.CORRECTED, text, GUESSES, NOW)
    (kept,) = await learning.open_candidates(session)
    assert (kept.text, kept.kind) == ("⟦name⟧问⟦name⟧的票咋弄，⟦phone⟧", "unsure")
    assert kept.intents == [["show_account", 0.31], ["explain_rebate", 0.28]]


async def test_words_that_are_all_personal_are_not_kept(session: AsyncSession) -> None:
    _, conversation, turn = await spoken(session)
    assert not await learning.collect(session, conversation.id, turn, Kind.UNSURE, "陈佳 13812345678", (), NOW)
    assert await count(session, Candidate) == 0


async def test_what_was_decided_is_offered_no_more(session: AsyncSession) -> None:
    _, conversation, turn = await spoken(session)
    await learning.collect(session, conversation.id, turn, Kind.UNSURE, "这个咋弄", (), NOW)
    (kept,) = await learning.open_candidates(session)
    assert await learning.decide(session, [kept.id], "accepted", NOW) == 1
    assert await learning.decide(session, [kept.id], "dismissed", NOW) == 0
    await session.flush()
    assert await learning.open_candidates(session) == []


async def test_of_an_erased_person_nothing_is_left(session: AsyncSession) -> None:
    person, _, turn = await spoken(session)
    await learning.think_of(session, person.id, turn, False, NOW)
    person.erased_at = NOW
    await session.flush()
    assert await learning.open_candidates(session) == []
    await learning.forget_erased(session)
    assert (await count(session, Candidate), await count(session, Opinion)) == (0, 0)


class TestOpinions:
    async def test_a_thumb_down_makes_a_candidate_and_taken_back_it_is_none(self, session: AsyncSession) -> None:
        person, _, turn = await spoken(session, text="返利咋算的")
        await learning.think_of(session, person.id, turn, False, NOW)
        (kept,) = await learning.open_candidates(session)
        assert (kept.text, kept.kind, kept.intents[0][0]) == ("返利咋算的", "disliked", "show_account")
        await learning.think_of(session, person.id, turn, None, NOW)
        assert await learning.open_candidates(session) == []
        assert await learning.opinions_of(session, [turn]) == {}

    async def test_a_thumb_is_changed_in_place(self, session: AsyncSession) -> None:
        person, _, turn = await spoken(session)
        await learning.think_of(session, person.id, turn, True, NOW)
        await learning.think_of(session, person.id, turn, False, NOW)
        await learning.think_of(session, person.id, turn, False, NOW)
        assert await learning.opinions_of(session, [turn, uuid4()]) == {turn: False}
        await learning.think_of(session, person.id, turn, True, NOW)
        assert await learning.open_candidates(session) == []

    async def test_taking_a_thumb_back_leaves_what_was_unsure(self, session: AsyncSession) -> None:
        person, conversation, turn = await spoken(session)
        await learning.collect(session, conversation.id, turn, Kind.UNSURE, "这个咋弄", (), NOW)
        await learning.think_of(session, person.id, turn, False, NOW)
        await learning.think_of(session, person.id, turn, None, NOW)
        assert [one.kind for one in await learning.open_candidates(session)] == ["unsure"]

    async def test_anothers_reply_looks_as_none(self, session: AsyncSession) -> None:
        _, _, turn = await spoken(session)
        other = await make_person(session, "two")
        for whose, which in ((other.id, turn), (other.id, uuid4())):
            with pytest.raises(NotFound):
                await learning.think_of(session, whose, which, True, NOW)
        assert await count(session, Opinion) == 0
