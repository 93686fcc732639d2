"""A message is answered once whatever becomes of its worker; an order is placed once however often it is pressed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from agents.brains import Learnt
from bot import decisions
from bot.app import put_together, shared_parts
from bot.desk import Desk
from bot.heard import Decision
from bot.incoming import Incoming
from bot.worker import Worker
from core import faults
from core.actor import system
from core.conversations import service as conversations
from core.conversations.models import Message
from core.db import Database
from core.inbox import service as inbox
from core.inbox.models import Inbound, Lease, Outbound
from core.language.embedder import Embedder
from core.orders.models import Order
from core.people import service as people
from core.people.models import Person
from core.proposals.models import Proposal
from core.settings import Settings
from tests.core.orders.market import open_market
from tests.factories import NOW
from tests.races import race, results
from tools.registry import Registry

pytestmark = pytest.mark.database
Parts = tuple[Registry, Embedder | None, Learnt]
BUYER = "D001-buyer"
SETTINGS = Settings(embedder="none", _env_file=None)
LEASE = timedelta(seconds=SETTINGS.lease_seconds)
ORDERED = "来10箱W-550"


class Crash(BaseException):
    """The end of the process: nothing in it may catch this."""


@dataclass
class Hands:
    """A clock that a test moves on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_lease(self) -> None:
        self.now += LEASE


@dataclass
class House:
    """A desk with its clock and a worker, and what its database holds."""

    desk: Desk
    hands: Hands
    worker: Worker

    async def put(
        self, key: str, text: str = "", press: str = "", channel: str = "terminal", account: str = BUYER
    ) -> bool:
        _, new = await self.desk.receive(key, Incoming(channel, account, account, text, press))
        return new

    async def say(self, key: str, text: str = "", press: str = "", channel: str = "terminal") -> str:
        await self.put(key, text, press, channel)
        assert await self.worker.drain() == 1
        return (await self.replies())[-1][1]

    async def crash(self, at: str) -> None:
        def end(name: str) -> None:
            if name == at:
                raise Crash

        with faults.arm(end), pytest.raises(Crash):
            await self.worker.drain()

    async def replies(self) -> list[tuple[str, str]]:
        """Which message was answered with what, in the order of the outbox."""
        sent = select(Outbound.payload).where(Outbound.inbound_id.is_not(None)).order_by(Outbound.id)
        return [(one["in_reply_to"], str(one["reply"])) for (one,) in await self._rows(sent)]

    async def answered(self) -> list[str]:
        return [key for key, _ in await self.replies()]

    async def heard(self) -> list[str | None]:
        """The messages of the turns that were kept, in their order."""
        kept = select(Message.external_id).where(Message.by_desk.is_(False)).order_by(Message.id)
        return [key for (key,) in await self._rows(kept)]

    async def orders(self) -> list[str]:
        return [number for (number,) in await self._rows(select(Order.number))]

    async def count(self, model: type[Lease] | type[Proposal] | type[Inbound]) -> int:
        found: int = (await self._rows(select(func.count()).select_from(model)))[0][0]
        return found

    async def _rows(self, statement: Any) -> Sequence[Any]:
        async with self.desk.database.engine.connect() as connection:
            return (await connection.execute(statement)).all()


@pytest.fixture(scope="module")
def parts() -> Parts:
    return shared_parts(SETTINGS)


def house_over(database: Database, parts: Parts, hands: Hands) -> House:
    desk = put_together(SETTINGS, database, parts, hands)
    return House(desk, hands, Worker(desk))


@pytest.fixture
async def house(database: Database, parts: Parts, tmp_path: Path) -> House:
    """A desk over a small market in which D001's buyer may order."""
    await open_market(database)
    async with database.writes.begin() as session:
        person = (await session.execute(select(Person).where(Person.handle == BUYER))).scalar_one()
        await people.bind(session, system("test"), "web", BUYER, person, NOW)
    return house_over(database, parts, Hands())


@pytest.mark.parametrize("point", ["proposals.claimed", "proposals.carried_out", "desk.before_save", "desk.after_save"])
async def test_a_crash_at_a_press_leaves_one_order_and_one_reply(house: House, point: str) -> None:
    await house.say("order", ORDERED)
    await house.put("press", press="confirm")
    await house.crash(point)
    assert await house.worker.drain() == 0
    house.hands.pass_lease()
    assert await house.worker.drain() == (point != "desk.after_save")
    assert len(numbers := await house.orders()) == 1
    assert await house.answered() == await house.heard() == ["order", "press"]
    assert numbers[0] in (await house.replies())[-1][1]
    assert await house.count(Lease) == 0


async def test_a_crash_between_thinking_and_saving_leaves_one_proposal_and_one_reply(house: House) -> None:
    await house.put("order", ORDERED)
    await house.crash("desk.before_save")
    assert await house.answered() == []
    house.hands.pass_lease()
    assert await house.worker.drain() == 1
    assert await house.answered() == await house.heard() == ["order"]
    assert await house.count(Proposal) == 1
    assert "SO-" in await house.say("press", press="confirm")
    assert len(await house.orders()) == 1


async def test_a_word_that_confirmed_before_the_crash_is_told_of_its_order(house: House) -> None:
    await house.say("order", ORDERED)
    await house.put("word", "确认")
    await house.crash("desk.before_save")
    house.hands.pass_lease()
    assert await house.worker.drain() == 1
    (number,) = await house.orders()
    assert number in (await house.replies())[-1][1]


async def test_a_late_worker_saves_nothing(house: House) -> None:
    await house.say("order", ORDERED)
    await house.put("press", press="confirm")
    late = uuid4()
    async with house.desk.database.writes.begin() as session:
        mine = await inbox.claim(session, late, house.hands(), LEASE)
    assert mine is not None
    house.hands.pass_lease()
    assert await house.worker.drain() == 1
    before = await house.replies()
    assert await house.desk.reply_to(mine, late) is None
    assert await house.replies() == before
    assert await house.heard() == ["order", "press"]
    assert len(await house.orders()) == 1


async def test_a_turn_that_raises_is_answered_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "decide", poisoned(RuntimeError("bad")))
    await house.put("bad", "毒")
    await house.put("next", ORDERED)
    assert await house.worker.drain() == 2
    assert await house.answered() == ["bad", "next"]
    assert "编号" in (await house.replies())[0][1]
    assert "¥180.00" in (await house.replies())[1][1]


async def test_a_message_that_ends_its_workers_is_given_up_and_its_lane_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "decide", poisoned(Crash()))
    await house.put("bad", "毒")
    await house.put("next", ORDERED)
    for _ in range(inbox.MAX_ATTEMPTS):
        with pytest.raises(Crash):
            await house.worker.drain()
        assert await house.answered() == []
        house.hands.pass_lease()
    assert await house.worker.drain() == 2
    assert await house.answered() == ["bad", "next"]
    assert "编号" in (await house.replies())[0][1]
    assert await house.count(Lease) == 0


async def test_a_turn_that_cannot_be_saved_is_tried_again_without_waiting_and_then_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = conversations.add

    async def refusing(*args: Any, **kwargs: Any) -> Message:
        if kwargs["text"] == "毒":
            raise RuntimeError("bad")
        return await add(*args, **kwargs)

    monkeypatch.setattr(conversations, "add", refusing)
    await house.put("bad", "毒")
    await house.put("next", ORDERED)
    for _ in range(inbox.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            await house.worker.drain()
    assert await house.worker.drain() == 2
    assert await house.answered() == ["bad", "next"]
    assert await house.heard() == ["next"]


async def test_four_presses_at_once_from_two_channels_place_one_order(
    house: House, parts: Parts, database_url: str
) -> None:
    await house.say("order", ORDERED)
    await house.say("look", press="confirm", channel="web")
    assert await house.orders() == []
    for number in range(2):
        await house.put(f"t{number}", press="confirm")
        await house.put(f"w{number}", press="confirm", channel="web")
    outcomes = await race(database_url, [drainer(parts, house.hands)] * 4)
    assert sum(results(outcomes)) + await house.worker.drain() == 4
    (number_told,) = await house.orders()
    told = dict(await house.replies())
    assert all(number_told in told[key] for key in ("t0", "t1", "w0", "w1"))
    answered = await house.answered()
    assert [key for key in answered if key in {"t0", "t1"}] == ["t0", "t1"]
    assert [key for key in answered if key in {"w0", "w1"}] == ["w0", "w1"]


async def test_a_message_delivered_again_is_answered_once(house: House, parts: Parts, database_url: str) -> None:
    await house.say("order", ORDERED)

    async def deliver(database: Database) -> bool:
        return await house_over(database, parts, house.hands).put("press", press="confirm")

    assert sorted(results(await race(database_url, [deliver] * 4))) == [False, False, False, True]
    assert await house.worker.drain() == 1
    assert not await house.put("press", press="confirm")
    assert not await house.put("order", ORDERED)
    assert await house.worker.drain() == 0
    assert await house.answered() == await house.heard() == ["order", "press"]
    assert len(await house.orders()) == 1


def drainer(parts: Parts, hands: Hands) -> Callable[[Database], Awaitable[int]]:
    """A worker of another process, until it finds nothing to do."""

    async def drain(database: Database) -> int:
        return await house_over(database, parts, hands).worker.drain()

    return drain


def poisoned(error: BaseException) -> Callable[..., Awaitable[Decision]]:
    """Deciding that fails at one word."""
    decide = decisions.decide

    async def failing(incoming: Incoming, *rest: Any) -> Decision:
        if incoming.text == "毒":
            raise error
        return await decide(incoming, *rest)

    return failing
