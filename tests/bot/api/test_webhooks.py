"""A receiver that somebody else wrote: it checks the signature, fails now and then, and is told once in effect."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from sqlalchemy import select

from bot.desk import Desk
from bot.server import create_app
from bot.webhooks import Sender
from core.actor import system
from core.errors import Refused
from core.events.models import Event
from core.events.service import record
from core.keys.scopes import Scope
from core.webhooks import rules
from core.webhooks import service as webhooks
from core.webhooks.models import Delivery, DeliveryState, Webhook
from core.webhooks.service import NewWebhook
from tests.bot.api.conftest import KeyFor

ORDER = "SO-20261119-002"


@dataclass
class Receiver:
    """Answers with the statuses it is given, then 200; keeps what it was sent, by its id."""

    url: str = ""
    secret: str = ""
    statuses: list[int] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)
    tries: int = 0
    forged: int = 0
    location: str = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        original = {line.split(": ", 1)[0].lower(): line.split(": ", 1)[1] for line in head[1:] if line}
        body = await reader.readexactly(int(headers["content-length"]))
        self.tries += 1
        status = self.statuses.pop(0) if self.statuses else 200
        if not self._is_signed(original, body):
            self.forged += 1
            status = 401
        elif status == 200:
            self.seen[original["webhook-id"]] = json.loads(body)
        moved = f"location: {self.location}\r\n" if self.location else ""
        writer.write(f"HTTP/1.1 {status} X\r\n{moved}content-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    def _is_signed(self, headers: dict[str, str], body: bytes) -> bool:
        """As docs/api.md shows it."""
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return hmac.compare_digest(headers["webhook-signature"], f"v1,{expected}")


@asynccontextmanager
async def listening(receiver: Receiver) -> AsyncIterator[None]:
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    async with listening(receiver):
        yield receiver


async def subscribe(desk: Desk, receiver: Receiver, *kinds: str, **wanted: Any) -> None:
    new = NewWebhook("erp", receiver.url, kinds or ("order.*",), **wanted)
    async with desk.database.writes.begin() as session:
        key = desk.settings.sealing_key
        receiver.secret = await webhooks.make(session, system("test"), new, desk.clock(), key=key)


async def happen(desk: Desk, kind: str = "order.accepted", subject: str = f"orders:{ORDER}", **after: Any) -> None:
    async with desk.database.writes.begin() as session:
        record(session, system("test"), kind, subject, at=desk.clock(), after={"state": "accepted", **after})


async def deliveries(desk: Desk) -> Sequence[Delivery]:
    async with desk.database.reads() as session:
        return (await session.execute(select(Delivery).order_by(Delivery.created_at))).scalars().all()


def later(desk: Desk, wait: timedelta) -> Desk:
    """The same desk with a clock that shows a later moment."""
    moment: datetime = desk.clock() + wait
    return replace(desk, clock=lambda: moment)


@pytest.mark.database
async def test_an_event_is_told_once_signed_and_without_what_people_wrote(desk: Desk, receiver: Receiver) -> None:
    await happen(desk)
    await subscribe(desk, receiver)
    sender = Sender(desk)
    assert await sender.sweep() == 0
    await happen(desk, reason="王丽说的")
    assert await sender.sweep() == 1
    assert await sender.sweep() == 0
    assert receiver.forged == 0
    ((_, told),) = receiver.seen.items()
    assert told["type"] == "order.accepted"
    event = told["data"].pop("event")
    assert told["data"] == {"order": ORDER, "dealer": "D001", "currency": "CNY", "state": "accepted"}
    assert isinstance(event, int)


@pytest.mark.database
async def test_a_receiver_that_fails_is_tried_again_and_told_once_in_effect(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    receiver.statuses = [500, 503]
    await happen(desk)
    assert await Sender(desk).sweep() == 1
    assert await Sender(later(desk, timedelta(seconds=9))).sweep() == 0
    assert await Sender(later(desk, timedelta(seconds=10))).sweep() == 1
    assert (await deliveries(desk))[0].problem == "answered 503"
    assert await Sender(later(desk, timedelta(seconds=30))).sweep() == 1
    assert len(receiver.seen) == 1
    assert receiver.tries == 3
    (done,) = await deliveries(desk)
    assert (done.state, done.attempts, done.problem) == (DeliveryState.DELIVERED, 3, None)


@pytest.mark.database
async def test_several_senders_at_once_tell_each_event_once(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    for _ in range(5):
        await happen(desk)
    await asyncio.gather(*(Sender(desk).sweep() for _ in range(4)))
    await Sender(desk).sweep()
    assert receiver.tries == len(receiver.seen) == 5
    assert len({told["data"]["event"] for told in receiver.seen.values()}) == 5


async def test_a_sender_that_died_leaves_its_delivery_to_others(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    await happen(desk)
    from core.webhooks.telling import tell

    async with desk.database.writes.begin() as session:
        await tell(session, desk.clock())
        (due,) = await webhooks.take(session, desk.clock(), timedelta(minutes=2))
    assert await Sender(desk).sweep() == 0
    assert await Sender(later(desk, timedelta(minutes=2))).sweep() == 1
    assert set(receiver.seen) == {str(due.id)}


async def test_a_receiver_that_never_answers_is_given_up_and_may_be_told_again(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    receiver.statuses = [500] * rules.MAX_ATTEMPTS
    await happen(desk)
    moment = desk
    for _ in range(rules.MAX_ATTEMPTS):
        assert await Sender(moment).sweep() == 1
        moment = later(moment, timedelta(hours=6))
    assert await Sender(moment).sweep() == 0
    assert (await deliveries(desk))[0].state == DeliveryState.GIVEN_UP
    async with desk.database.reads() as session:
        (standing,) = await webhooks.standings(session)
    assert (standing.given_up, standing.problem) == (1, "answered 500")
    async with desk.database.writes.begin() as session:
        assert await webhooks.redeliver(session, system("test"), "erp", None, moment.clock()) == 1
    assert await Sender(moment).sweep() == 1
    assert len(receiver.seen) == 1


async def test_a_redirect_is_not_followed(desk: Desk, receiver: Receiver) -> None:
    other = Receiver()
    async with listening(other):
        await subscribe(desk, receiver)
        receiver.statuses, receiver.location = [302], other.url
        await happen(desk)
        await Sender(desk).sweep()
    assert other.tries == 0
    assert (await deliveries(desk))[0].problem == "answered 302"


async def test_a_name_that_leads_into_a_private_network_is_not_called(desk: Desk) -> None:
    async def inside(host: str, port: int) -> Sequence[str]:
        return ["203.0.114.7", "10.0.0.7"]

    new = NewWebhook("erp", "https://erp.example/hook", ("order.*",))
    async with desk.database.writes.begin() as session:
        await webhooks.make(session, system("test"), new, desk.clock(), key="")
    await happen(desk)
    await Sender(desk, inside).sweep()
    assert (await deliveries(desk))[0].problem == "webhooks.address"


def with_key(desk: Desk, key: str) -> Desk:
    """The same desk, started with another secret key."""
    return replace(desk, settings=desk.settings.model_copy(update={"secret_key": SecretStr(key)}))


async def test_a_secret_is_sealed_and_opened_by_the_key_alone(desk: Desk, receiver: Receiver) -> None:
    sealing = with_key(desk, "a long and random key of this installation")
    await subscribe(sealing, receiver)
    await happen(desk)
    async with desk.database.reads() as session:
        kept = (await session.execute(select(Webhook.sealed_secret))).scalar_one() or ""
    assert kept.startswith("sealed:")
    assert receiver.secret not in kept
    await Sender(with_key(desk, "another long and random key, set later")).sweep()
    assert (receiver.tries, (await deliveries(desk))[0].problem) == (0, "sealing.other_key")
    await Sender(later(sealing, timedelta(minutes=1))).sweep()
    assert (len(receiver.seen), receiver.forged) == (1, 0)


async def test_an_ended_receivers_secret_is_forgotten(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    async with desk.database.writes.begin() as session:
        await webhooks.end(session, system("test"), "erp", desk.clock())
    async with desk.database.reads() as session:
        assert (await session.execute(select(Webhook.sealed_secret))).scalar_one() is None


async def test_a_dealers_receiver_hears_of_no_other(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver, dealer="D001")
    await happen(desk, subject="orders:SO-20261118-005")
    await happen(desk)
    await Sender(desk).sweep()
    assert [told["data"]["order"] for told in receiver.seen.values()] == [ORDER]


async def test_only_what_was_asked_for_is_told(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver, "order.shipped", "invoice.*")
    for kind in ("order.accepted", "person.invited", "key.made", "order.shipped"):
        await happen(desk, kind)
    await happen(desk, "invoice.issued", "invoices:INV-1", number="INV-1", amount="5")
    await Sender(desk).sweep()
    assert sorted(told["type"] for told in receiver.seen.values()) == ["invoice.issued", "order.shipped"]


async def test_an_event_that_was_committed_late_is_told_too(desk: Desk, receiver: Receiver) -> None:
    """A server gives out ids before the commit: a lower one may appear after a higher."""
    await subscribe(desk, receiver)
    await happen(desk)
    async with desk.database.reads() as session:
        last = (await session.execute(select(Event.id).order_by(Event.id.desc()).limit(1))).scalar_one()
    async with desk.database.writes.begin() as session:
        session.add(Event(id=last + 2, at=desk.clock(), actor="x", kind="order.placed", subject=f"orders:{ORDER}"))
    await Sender(desk).sweep()
    async with desk.database.writes.begin() as session:
        session.add(Event(id=last + 1, at=desk.clock(), actor="x", kind="order.changed", subject=f"orders:{ORDER}"))
    await Sender(later(desk, timedelta(minutes=9))).sweep()
    assert sorted(told["type"] for told in receiver.seen.values()) == [
        "order.accepted",
        "order.changed",
        "order.placed",
    ]


async def test_nothing_is_told_twice_when_the_floor_moves(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    for minutes in range(0, 60, 5):
        await happen(desk)
        await Sender(later(desk, timedelta(minutes=minutes))).sweep()
    assert receiver.tries == len(receiver.seen) == 12


async def test_an_ended_receiver_hears_nothing_more(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    await happen(desk)
    async with desk.database.writes.begin() as session:
        await webhooks.end(session, system("test"), "erp", desk.clock())
    assert await Sender(desk).sweep() == 0
    assert receiver.tries == 0


async def test_a_ping_can_be_sent_at_once(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    assert await Sender(desk).test("erp") == ""
    receiver.statuses = [500]
    assert await Sender(desk).test("erp") == "answered 500"
    assert [told["type"] for told in receiver.seen.values()] == ["ping"]


async def test_two_receivers_of_one_name_are_refused(desk: Desk, receiver: Receiver) -> None:
    await subscribe(desk, receiver)
    with pytest.raises(Refused):
        await subscribe(desk, receiver)


async def test_a_service_sees_how_webhooks_stand_and_has_them_sent_again(
    desk: Desk, receiver: Receiver, key_for: KeyFor
) -> None:
    await subscribe(desk, receiver)
    receiver.statuses = [500] * rules.MAX_ATTEMPTS
    await happen(desk)
    moment = desk
    for _ in range(rules.MAX_ATTEMPTS):
        await Sender(moment).sweep()
        moment = later(moment, timedelta(hours=6))
    headers = {"authorization": f"Bearer {await key_for(None, Scope.WEBHOOKS)}"}
    transport = ASGITransport(app=create_app(moment, chores=False))
    async with AsyncClient(transport=transport, base_url="http://desk.test/api", headers=headers) as client:
        listed = await client.get("/webhooks")
        (troubled,) = (await client.get("/webhooks/erp/troubled")).json()["items"]
        again = await client.post("/webhooks/erp/redeliver")
        missing = await client.get("/webhooks/other/troubled")
        person = {"authorization": f"Bearer {await key_for('admin')}"}
        assert (await client.get("/webhooks", headers=person)).status_code == 403
    assert receiver.secret not in listed.text
    assert listed.json()["items"][0]["given_up"] == 1
    assert (troubled["state"], troubled["problem"]) == ("given_up", "answered 500")
    assert again.json() == {"count": 1}
    assert missing.status_code == 404
    assert await Sender(moment).sweep() == 1
    assert len(receiver.seen) == 1
