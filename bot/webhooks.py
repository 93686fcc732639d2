"""Sends what webhooks are due: signed, to addresses that may be called, without following anybody elsewhere."""

import asyncio
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

import httpx

from bot.desk import Desk
from core.errors import Refused
from core.sealing import OtherKey, unseal
from core.webhooks import addresses, rules
from core.webhooks import service as webhooks
from core.webhooks.service import Due
from core.webhooks.telling import tell

log = logging.getLogger(__name__)

SECONDS = 10.0
LEASE = timedelta(minutes=2)
SWEEP_SECONDS = 2.0
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def addresses_of(host: str, port: int) -> Sequence[str]:
    """What a host's name resolves to."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class Sender:
    """Makes deliveries of events and sends them."""

    def __init__(self, desk: Desk, resolve: Resolve = addresses_of) -> None:
        self._desk = desk
        self._resolve = resolve

    async def sweep(self) -> int:
        """Everything that is due now; says how many were tried."""
        now = self._desk.clock()
        async with self._desk.database.reads() as session:
            if not await webhooks.are_any(session):
                return 0
        async with self._desk.database.writes.begin() as session:
            await tell(session, now)
            due = await webhooks.take(session, now, LEASE)
        if due:
            async with self._client() as client:
                await asyncio.gather(*(self.send(client, one) for one in due))
        return len(due)

    async def send(self, client: httpx.AsyncClient, due: Due) -> str:
        """Try one delivery, keep how it went, and say so; an empty word means that it was taken."""
        answered, problem = await self._tried(client, due)
        now = self._desk.clock()
        async with self._desk.database.writes.begin() as session:
            if problem:
                await webhooks.failed(session, due.id, answered, problem, now)
            else:
                await webhooks.delivered(session, due.id, answered or 0, now)
        if problem:
            log.warning("webhook delivery %s failed: %s", due.id, problem)
        return problem

    async def test(self, name: str) -> str:
        """Send a receiver something that tells of nothing; an empty word means that it was taken."""
        async with self._desk.database.writes.begin() as session:
            due = await webhooks.add_test(session, name, self._desk.clock(), LEASE)
        async with self._client() as client:
            return await self.send(client, due)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False)

    async def _tried(self, client: httpx.AsyncClient, due: Due) -> tuple[int | None, str]:
        """The status, and what was wrong; nothing of the receiver's own words is kept."""
        try:
            secret = unseal(due.sealed_secret, self._desk.settings.sealing_key)
        except OtherKey as error:
            return None, error.message_key
        body = json.dumps(due.payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        sent_at = int(self._desk.clock().timestamp())
        headers = {
            "content-type": "application/json",
            "user-agent": "Qudao",
            "webhook-id": str(due.id),
            "webhook-timestamp": str(sent_at),
            "webhook-signature": rules.sign(secret, str(due.id), sent_at, body),
        }
        try:
            async with asyncio.timeout(SECONDS):
                url, extensions, host = await self._pinned(due.url)
                async with client.stream(
                    "POST", url, content=body, headers=headers | {"host": host}, extensions=extensions
                ) as response:
                    status = response.status_code
        except Refused as error:
            return None, error.message_key
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError, ValueError) as error:
            return None, type(error).__name__
        return status, "" if 200 <= status < 300 else f"answered {status}"

    async def _pinned(self, url: str) -> tuple[httpx.URL, dict[str, str], str]:
        """The URL with an address that was looked at in place of the name, so that no second look finds another."""
        addresses.check_url(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = await self._resolve(host, port)
        private = self._desk.settings.webhooks_private
        here = addresses.is_this_machine(host)
        if not found or not all(addresses.may_be_called(one, private=private, this_machine=here) for one in found):
            raise Refused("webhooks.address")
        given = httpx.URL(url)
        return given.copy_with(host=found[0]), {"sni_hostname": host}, given.netloc.decode("ascii")
