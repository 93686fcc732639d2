"""Proposals by REST: they wait beside each other, and above the second limit a key alone confirms none."""

from datetime import datetime
from typing import Any

import pyotp
import pytest
from httpx import AsyncClient
from sqlalchemy import select, text

from bot.desk import Desk
from core.actor import system
from core.brand.models import Brand
from core.conversations.models import Conversation
from core.people import factors
from core.people.models import Factor, Person
from core.proposals.models import Proposal
from tests.bot.api.asking import TWENTY_CASES, Call, ok, orders, problem

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
async def strict(desk: Desk, now: datetime) -> None:
    """A brand whose every order takes a code, and a buyer who has an authenticator."""
    async with desk.database.writes.begin() as session:
        brand = (await session.execute(select(Brand))).scalar_one()
        brand.word_limit = brand.button_limit = brand.button_limit.__class__(1)
        person = (await session.execute(select(Person).where(Person.handle == "D001-buyer"))).scalar_one()
        await factors.enrol(session, system("test"), person, now, key="", issuer="Q", secret=SECRET)


def code(now: datetime, steps: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(now, counter_offset=steps)


def wrong(now: datetime) -> str:
    return f"{(int(code(now)) + 500_000) % 1_000_000:06d}"


async def proposed(client: AsyncClient) -> str:
    proposal = await ok(await client.post("/orders", json=TWENTY_CASES), 201)
    assert proposal["needs"] == "second_factor"
    return f"/proposals/{proposal['id']}/confirm"


@pytest.mark.usefixtures("strict")
async def test_above_the_second_limit_a_key_needs_a_code(call: Call, desk: Desk, now: datetime) -> None:
    client = await call("D001-buyer")
    before = await orders(desk)
    press = await proposed(client)
    await problem(await client.post(press), 409, "factor.needed")
    assert (
        "还可以试4次"
        in (await problem(await client.post(press, json={"code": wrong(now)}), 409, "factor.wrong"))["detail"]
    )
    assert await orders(desk) == before
    done = await ok(await client.post(press, json={"code": f"{code(now)[:3]} {code(now)[3:]}"}))
    assert done["order"]
    assert (await ok(await client.post(press)))["first"] is False
    assert await orders(desk) == before + 1


@pytest.mark.usefixtures("strict")
async def test_a_code_is_good_for_one_press(call: Call, desk: Desk, now: datetime) -> None:
    client = await call("D001-buyer")
    one, other = await proposed(client), await proposed(client)
    assert (await ok(await client.post(one, json={"code": code(now)})))["order"]
    before = await orders(desk)
    await problem(await client.post(other, json={"code": code(now)}), 409, "factor.used")
    assert await orders(desk) == before
    assert (await ok(await client.post(other, json={"code": code(now, 1)})))["order"]


@pytest.mark.usefixtures("strict")
async def test_a_wrong_code_that_is_sent_again_counts_once(call: Call, desk: Desk, now: datetime) -> None:
    client = await call("D001-buyer")
    press = await proposed(client)
    headers = {"idempotency-key": "yes-1"}
    answers = [await client.post(press, json={"code": wrong(now)}, headers=headers) for _ in range(3)]
    assert {one.json()["type"] for one in answers} == {"urn:qudao:problem:factor.wrong"}
    async with desk.database.reads() as session:
        theirs = select(Factor.wrong).join(Person).where(Person.handle == "D001-buyer")
        assert (await session.execute(theirs)).scalar_one() == 1


@pytest.mark.usefixtures("strict")
async def test_five_wrong_codes_lock(call: Call, desk: Desk, now: datetime) -> None:
    client = await call("D001-buyer")
    before = await orders(desk)
    press = await proposed(client)
    for _ in range(4):
        await problem(await client.post(press, json={"code": wrong(now)}), 409, "factor.wrong")
    await problem(await client.post(press, json={"code": wrong(now)}), 409, "factor.locked")
    await problem(await client.post(press, json={"code": code(now)}), 409, "factor.locked")
    assert await orders(desk) == before


@pytest.mark.usefixtures("strict")
async def test_somebody_without_an_authenticator_is_told_the_way_out(call: Call, now: datetime) -> None:
    client = await call("D002-buyer")
    await problem(await client.post(await proposed(client), json={"code": code(now)}), 409, "factor.not_enrolled")


@pytest.mark.usefixtures("strict")
async def test_nothing_of_a_code_is_kept(
    call: Call, desk: Desk, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    client = await call("D001-buyer")
    press = await proposed(client)
    await client.post(press, json={"code": wrong(now)}, headers={"idempotency-key": "yes-1"})
    await client.post(press, json={"code": code(now)}, headers={"idempotency-key": "yes-2"})
    kept = caplog.text
    async with desk.database.reads() as session:
        for table in ("messages", "inbox", "outbox", "events", "kept_answers", "proposals"):
            kept += str((await session.execute(text(f"SELECT * FROM {table}"))).all())
    for secret in (code(now), wrong(now)):
        assert f"'{secret}'" not in kept
        assert f'"{secret}"' not in kept


async def test_proposals_wait_beside_each_other_in_one_conversation(call: Call, desk: Desk) -> None:
    client = await call("D001-buyer")
    one, other = [await ok(await client.post("/orders", json=TWENTY_CASES), 201) for _ in range(2)]
    threads = await _threads(desk)
    assert len(set(threads.values())) == 1
    assert len(threads) == 2
    for proposal in (one, other):
        assert (await ok(await client.post(f"/proposals/{proposal['id']}/confirm")))["order"]


async def test_in_a_named_conversation_a_proposal_takes_the_place_of_the_one_before(call: Call, desk: Desk) -> None:
    client = await call("D001-buyer")
    apart = await ok(await client.post("/orders", json=TWENTY_CASES), 201)
    named = TWENTY_CASES | {"conversation": "shop-7"}
    one, other = [await ok(await client.post("/orders", json=named), 201) for _ in range(2)]
    waiting = {proposal["id"] for proposal in (await ok(await client.get("/proposals")))["items"]}
    assert waiting == {apart["id"], other["id"]}
    replaced = await problem(await client.post(f"/proposals/{one['id']}/confirm"), 409, "confirm.changed")
    assert replaced["replacement"]["id"] == other["id"]
    assert sorted({chat.partition("/")[2] for chat in (await _threads(desk)).values()}) == ["proposals", "shop-7"]
    await problem(await client.post("/orders", json=named | {"conversation": "a b"}), 422, "api.bad_conversation")


async def _threads(desk: Desk) -> dict[Any, str]:
    """The chat of each proposal."""
    async with desk.database.reads() as session:
        rows = await session.execute(select(Proposal.id, Conversation.chat).join(Conversation))
        return {row.id: row.chat for row in rows}
