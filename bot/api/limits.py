"""How much one address may ask, and how large a request may be."""

from collections import OrderedDict
from collections.abc import Callable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import problem_response

ADDRESSES = 10_000


class Buckets:
    """A token bucket for each address: ``capacity`` at once, one more every ``seconds``; the idle are forgotten."""

    def __init__(self, capacity: int, seconds: float, clock: Callable[[], float]) -> None:
        self._capacity = capacity
        self._seconds = seconds
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> float:
        """0 where one may go on, else the seconds to wait."""
        now = self._clock()
        left, at = self._buckets.pop(address, (float(self._capacity), now))
        left = min(self._capacity, left + (now - at) / self._seconds)
        granted = left >= 1
        self._buckets[address] = (left - 1 if granted else left, now)
        while len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return 0.0 if granted else (1 - left) * self._seconds


class _TooLarge(Exception):
    """More came than was allowed."""


class BodyLimit:
    """Refuses a request whose body is larger than its path allows, by what it says and by what comes."""

    def __init__(self, app: ASGIApp, limit: int, by_path: Mapping[str, int]) -> None:
        self._app = app
        self._limit = limit
        self._by_path = by_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._by_path.get(scope["path"], self._limit)
        said = dict(scope["headers"]).get(b"content-length", b"")
        if said.isdigit() and int(said) > limit:
            await self._refuse(scope, receive, send, limit)
            return
        came, begun = 0, False

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooLarge:
            if begun:
                raise
            await self._refuse(scope, receive, send, limit)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        response = problem_response(scope, 413, "web.too_large", limit=limit // 1_000_000)
        response.headers["connection"] = "close"
        await response(scope, receive, send)
