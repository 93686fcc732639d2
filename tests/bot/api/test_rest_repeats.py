"""Requests with an ``Idempotency-Key``: carried out once, and answered alike for a week."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.desk import Desk
from core.clock import fixed_clock
from core.keys import repeats
from core.proposals.models import Proposal
from tests.bot.api.asking import TWENTY_CASES, Call, client_of, ok, orders, problem
from tests.bot.api.conftest import KeyFor


@pytest.mark.database
async def test_racing_requests_with_one_key_make_one_order(call: Call, desk: Desk) -> None:
    client = await call("D001-buyer")
    before = await orders(desk)

    async def persistent(path: str, key: str, body: Any = None) -> Any:
        """Send until the first request with this key has its answer."""
        while True:
            response = await client.post(path, json=body, headers={"idempotency-key": key})
            if not response.json().get("type", "").endswith("api.still_at_work"):
                return response.json()

    made = await asyncio.gather(*(persistent("/orders", "order-1", TWENTY_CASES) for _ in range(4)))
    assert len({one["id"] for one in made}) == 1
    path = f"/proposals/{made[0]['id']}/confirm"
    keys = ["yes-1", "yes-1", "yes-2", "yes-3"]
    answers = await asyncio.gather(*(persistent(path, key) for key in keys))
    assert len({answer["order"] for answer in answers}) == 1
    assert await orders(desk) == before + 1
    async with desk.database.reads() as session:
        assert (await session.execute(select(func.count(Proposal.id)))).scalar_one() == 1


async def test_a_repeated_request_gets_the_first_answer_and_another_body_a_conflict(call: Call) -> None:
    client = await call("D001-buyer")
    headers = {"idempotency-key": "order-1"}
    first = await client.post("/orders", json=TWENTY_CASES, headers=headers)
    again = await client.post("/orders", json=TWENTY_CASES, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = {"lines": [{"sku": "W-550", "quantity": 11}]}
    await problem(await client.post("/orders", json=other, headers=headers), 409, "api.key_reused")


@pytest.mark.parametrize("other", [{"lines": [{"sku": "T-500", "quantity": 3}]}, TWENTY_CASES], ids=["other", "same"])
async def test_a_key_used_again_once_its_answer_is_forgotten_is_another_request(
    call: Call, desk: Desk, key_for: KeyFor, other: dict[str, Any]
) -> None:
    headers = {"idempotency-key": "order-1"}
    first = await ok(await (await call("D001-buyer")).post("/orders", json=TWENTY_CASES, headers=headers), 201)
    later = desk.clock() + timedelta(days=8)
    async with desk.database.writes.begin() as session:
        assert await repeats.forget_old(session, later) == 1
    async with client_of(replace(desk, clock=fixed_clock(later)), await key_for("D001-buyer")) as client:
        second = await ok(await client.post("/orders", json=other, headers=headers), 201)
    assert second["id"] != first["id"]


async def test_a_refusal_is_kept_as_an_answer_is(call: Call) -> None:
    client = await call("D001-buyer")
    headers = {"idempotency-key": "too-much"}
    wanted = {"lines": [{"sku": "W-550", "quantity": 900_000}]}
    first = await client.post("/orders", json=wanted, headers=headers)
    assert first.status_code == 409
    again = await client.post("/orders", json=wanted, headers=headers)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"


async def test_two_people_may_use_the_same_key_for_their_requests(call: Call) -> None:
    headers = {"idempotency-key": "order-1"}
    one = await (await call("D001-buyer")).post("/orders", json=TWENTY_CASES, headers=headers)
    other = await (await call("D002-buyer")).post("/orders", json=TWENTY_CASES, headers=headers)
    assert one.json()["id"] != other.json()["id"]
