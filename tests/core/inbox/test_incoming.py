"""Messages are stored once, answered in order, by one worker at a time, and never lost with a worker."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import Database
from core.inbox import service as inbox
from core.inbox.models import Inbound, InboundStatus, Lease, Outbound
from tests.factories import NOW
from tests.races import Act, race, results

pytestmark = pytest.mark.database
LEASE = timedelta(seconds=60)


async def put(session: AsyncSession, external_id: str, lane: str = "web:a", channel: str = "web") -> Inbound:
    message, _ = await inbox.receive(session, channel, external_id, lane, "account", {"text": external_id}, NOW)
    return message


async def stored(database: Database, *messages: tuple[str, str]) -> list[int]:
    async with database.writes.begin() as session:
        return [(await put(session, external_id, lane)).id for external_id, lane in messages]


async def claimed(database: Database, at_second: int = 0) -> tuple[str | None, UUID]:
    token = uuid4()
    async with database.writes.begin() as session:
        message = await inbox.claim(session, token, NOW + timedelta(seconds=at_second), LEASE)
        return message.external_id if message else None, token


async def answer(database: Database, external_id: str, token: UUID, at_second: int = 1) -> None:
    at = NOW + timedelta(seconds=at_second)
    async with database.writes.begin() as session:
        message = (await session.execute(select(Inbound).where(Inbound.external_id == external_id))).scalar_one()
        await inbox.finish(session, message, token, at)
        await inbox.send(session, "web", "a", f"answer:{external_id}:{token}", {}, at, message.id)


async def counted(database: Database, model: type[Inbound] | type[Lease] | type[Outbound]) -> int:
    async with database.reads() as session:
        return (await session.execute(select(func.count()).select_from(model))).scalar_one()


async def test_a_repeated_delivery_finds_the_first(session: AsyncSession) -> None:
    first, new = await inbox.receive(session, "web", "1", "web:a", "account", {"text": "一"}, NOW)
    again, renewed = await inbox.receive(session, "web", "1", "web:b", "other", {"text": "二"}, NOW)
    assert (new, renewed) == (True, False)
    assert again.id == first.id
    assert again.payload == {"text": "一"}
    _, elsewhere = await inbox.receive(session, "telegram", "1", "telegram:a", "account", {}, NOW)
    assert elsewhere
    assert (await session.execute(select(func.count()).select_from(Inbound))).scalar_one() == 2


async def test_a_lane_is_answered_in_order_and_one_at_a_time(database: Database) -> None:
    await stored(database, ("1", "web:a"), ("2", "web:a"), ("3", "web:b"))
    one, token_a = await claimed(database)
    two, token_b = await claimed(database)
    assert (one, two) == ("1", "3")
    assert (await claimed(database))[0] is None
    await answer(database, "1", token_a)
    assert (await claimed(database))[0] == "2"
    await answer(database, "3", token_b)
    assert (await claimed(database))[0] is None
    assert await counted(database, Lease) == 1


async def test_a_dead_workers_lane_is_taken_over_and_its_late_save_refused(database: Database) -> None:
    await stored(database, ("1", "web:a"))
    _, dead = await claimed(database)
    assert (await claimed(database, 59))[0] is None
    again, living = await claimed(database, 60)
    assert again == "1"
    with pytest.raises(inbox.LostLease):
        await answer(database, "1", dead)
    assert await counted(database, Outbound) == 0
    await answer(database, "1", living)
    assert await counted(database, Outbound) == 1
    with pytest.raises(inbox.LostLease):
        await answer(database, "1", living)
    assert await counted(database, Outbound) == 1


async def test_what_a_late_worker_wrote_before_it_noticed_is_rolled_back(database: Database) -> None:
    await stored(database, ("1", "web:a"))
    _, dead = await claimed(database)
    await claimed(database, 60)

    async def save_late() -> None:
        async with database.writes.begin() as session:
            message = (await session.execute(select(Inbound))).scalar_one()
            await inbox.send(session, "web", "a", "late", {}, NOW, message.id)
            await inbox.finish(session, message, dead, NOW)

    with pytest.raises(inbox.LostLease):
        await save_late()
    assert await counted(database, Outbound) == 0


async def test_a_slow_worker_that_nobody_replaced_may_still_save(database: Database) -> None:
    await stored(database, ("1", "web:a"))
    _, token = await claimed(database)
    await answer(database, "1", token, at_second=600)
    async with database.reads() as session:
        message = (await session.execute(select(Inbound))).scalar_one()
    assert (message.status, message.done_at) == (InboundStatus.DONE, NOW + timedelta(seconds=600))


async def test_a_renewed_lease_is_not_taken_over(database: Database) -> None:
    await stored(database, ("1", "web:a"))
    _, token = await claimed(database)
    async with database.writes.begin() as session:
        await inbox.renew(session, "web:a", token, NOW + timedelta(seconds=120))
    assert (await claimed(database, 119))[0] is None
    assert (await claimed(database, 120))[0] == "1"
    async with database.writes() as session:
        with pytest.raises(inbox.LostLease):
            await inbox.renew(session, "web:a", token, NOW + timedelta(seconds=240))


async def test_a_lane_given_back_is_free_at_once(database: Database) -> None:
    await stored(database, ("1", "web:a"))
    _, token = await claimed(database)
    async with database.writes.begin() as session:
        await inbox.release(session, "web:a", uuid4())
    assert (await claimed(database))[0] is None
    async with database.writes.begin() as session:
        await inbox.release(session, "web:a", token)
    assert (await claimed(database))[0] == "1"


async def test_each_attempt_is_counted_even_where_the_worker_dies(database: Database) -> None:
    await stored(database, ("1", "web:a"))
    attempts = []
    for time in range(inbox.MAX_ATTEMPTS + 1):
        async with database.writes.begin() as session:
            message = await inbox.claim(session, uuid4(), NOW + time * LEASE, LEASE)
            attempts.append(message.attempts if message else 0)
    assert attempts == [1, 2, 3, 4, 5, 6]


async def test_a_command_claims_its_own_message_whatever_waits_before_it(database: Database) -> None:
    _, own = await stored(database, ("1", "web:a"), ("2", "web:a"))
    token = uuid4()
    async with database.writes.begin() as session:
        message = await inbox.claim_one(session, await session.get_one(Inbound, own), token, NOW, LEASE)
        assert message is not None
        assert (message.external_id, message.attempts) == ("2", 1)
    assert (await claimed(database))[0] is None
    await answer(database, "2", token)
    async with database.writes.begin() as session:
        assert await inbox.claim_one(session, await session.get_one(Inbound, own), uuid4(), NOW, LEASE) is None
    assert await counted(database, Lease) == 0
    assert (await claimed(database))[0] == "1"


async def test_a_command_waits_while_its_lane_is_at_work(database: Database) -> None:
    _, own = await stored(database, ("1", "web:a"), ("2", "web:a"))
    _, token = await claimed(database)
    async with database.writes.begin() as session:
        assert await inbox.claim_one(session, await session.get_one(Inbound, own), uuid4(), NOW, LEASE) is None
    await answer(database, "1", token)
    async with database.writes.begin() as session:
        assert await inbox.claim_one(session, await session.get_one(Inbound, own), uuid4(), NOW, LEASE) is not None


async def test_more_busy_lanes_than_are_looked_at_do_not_hide_a_free_one(database: Database) -> None:
    busy = [(f"{lane}-{number}", f"web:{lane}") for lane in range(3) for number in range(20)]
    await stored(database, *busy, ("free", "web:z"))
    first = [(await claimed(database))[0] for _ in range(4)]
    assert first == ["0-0", "1-0", "2-0", "free"]


def delivering(external_id: str) -> Act[bool]:
    async def deliver(rival: Database) -> bool:
        async with rival.writes.begin() as session:
            _, new = await inbox.receive(session, "web", external_id, "web:a", "account", {}, NOW)
            return new

    return deliver


async def test_duplicates_delivered_at_once_are_stored_once(database: Database) -> None:
    outcomes = results(await race(database.url, [delivering("1")] * 8))
    assert outcomes.count(True) == 1
    assert await counted(database, Inbound) == 1


async def test_workers_that_claim_at_once_are_never_on_one_lane(database: Database) -> None:
    async def claim(rival: Database) -> str | None:
        return (await claimed(rival))[0]

    await stored(database, *((f"{lane}-{number}", f"web:{lane}") for number in range(3) for lane in range(3)))
    outcomes = results(await race(database.url, [claim] * 6))
    taken = [external_id for external_id in outcomes if external_id]
    assert len(taken) == len(set(taken))
    assert all(external_id.endswith("-0") for external_id in taken)
    rest = [(await claimed(database))[0] for _ in range(3 - len(taken))]
    assert {*taken, *rest} == {"0-0", "1-0", "2-0"}
    assert (await claimed(database))[0] is None


async def test_a_dead_workers_lane_is_taken_over_by_one(database: Database) -> None:
    async def claim(rival: Database) -> str | None:
        return (await claimed(rival, 60))[0]

    await stored(database, ("1", "web:a"), ("2", "web:a"))
    await claimed(database)
    outcomes = results(await race(database.url, [claim] * 6))
    assert sorted(outcomes, key=str) == ["1", *[None] * 5]


async def test_the_late_save_and_the_take_over_at_once_have_one_winner(database: Database) -> None:
    for number in range(6):
        lane = f"web:{number}"
        await stored(database, (str(number), lane))
        _, late = await claimed(database)

        async def save(rival: Database, name: str = str(number), token: UUID = late) -> str | None:
            await answer(rival, name, token)
            return "saved"

        async def take_over(rival: Database) -> str | None:
            return (await claimed(rival, 60))[0]

        saved, taken = await race(database.url, [save, take_over])
        if isinstance(saved, inbox.LostLease):
            assert taken == str(number)
            assert await counted(database, Outbound) == number
            async with database.writes.begin() as session:
                lease = (await session.execute(select(Lease).where(Lease.lane == lane))).scalar_one()
            await answer(database, str(number), lease.token)
        else:
            assert (saved, taken) == ("saved", None)
        assert await counted(database, Outbound) == number + 1
        assert await counted(database, Lease) == 0


async def test_workers_drain_the_inbox_once_and_in_order(database: Database) -> None:
    """Each answer is written with the message's lane, so that the outbox shows the order within every lane."""

    async def work(rival: Database) -> int:
        done = idle = 0
        while idle < 3:
            token = uuid4()
            async with rival.writes.begin() as session:
                message = await inbox.claim(session, token, NOW, LEASE)
            if message is None:
                idle += 1
                continue
            async with rival.writes.begin() as session:
                await inbox.finish(session, message, token, NOW)
                await inbox.send(session, "web", message.lane, message.external_id, {}, NOW, message.id)
            done += 1
        return done

    lanes, each = 4, 8
    await stored(database, *((f"{lane}-{number}", f"web:{lane}") for number in range(each) for lane in range(lanes)))
    outcomes = results(await race(database.url, [work] * 4))
    left = [external_id for external_id in [(await claimed(database))[0]] if external_id]
    assert left == []
    assert sum(outcomes) == lanes * each
    async with database.reads() as session:
        for lane in range(lanes):
            told = await inbox.since(session, "web", f"web:{lane}", 0)
            assert [message.dedupe for message in told] == [f"{lane}-{number}" for number in range(each)]
