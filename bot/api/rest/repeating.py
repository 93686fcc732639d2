"""Requests that must be carried out once, however often they are sent."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from bot.api.callers import Visit
from bot.api.completions.asked import request_key
from bot.api.problems import PROBLEM, problem_body, status_of
from core.errors import QudaoError
from core.keys import repeats

REPLAYED: Mapping[str, str] = {"idempotency-replayed": "true"}


class Once:
    """One request: what it says, and the Idempotency-Key that it came with, if any."""

    def __init__(self, key: str, fingerprint: str) -> None:
        self.key = key
        self._fingerprint = fingerprint
        self._begun: repeats.Begun | None = None

    def turn(self) -> UUID:
        """The turn that it counts as: the same for a repetition, so that a proposal is made once."""
        return uuid5(NAMESPACE_URL, f"qudao:rest:{self._begun.name}") if self._begun else uuid4()

    async def __call__(self, visit: Visit, work: Callable[[], Awaitable["Made"]]) -> Response:
        """The answer of ``work``, or of the first request with this key; a refusal is kept as an answer is."""
        if not self.key:
            return _response(await _tried(visit, work))
        database, now = visit.desk.database, visit.now
        async with database.writes.begin() as session:
            begun = await repeats.begin(session, visit.caller.owner, self.key, self._fingerprint, now)
        self._begun = begun
        if begun.status is not None:
            return _response(Made(begun.status, begun.body or {}), REPLAYED)
        try:
            made = await _tried(visit, work)
        except BaseException:
            async with database.writes.begin() as session:
                await repeats.give_up(session, begun, now)
            raise
        async with database.writes.begin() as session:
            await repeats.finish(session, begun, made.status, made.body)
        return _response(made)


class Made:
    """A status and a body."""

    def __init__(self, status: int, body: BaseModel | dict[str, Any]) -> None:
        self.status = status
        self.body = body.model_dump(mode="json") if isinstance(body, BaseModel) else body


async def once(
    request: Request,
    key: Annotated[
        str | None,
        Header(alias="idempotency-key", max_length=100, description="Sent again with the same body: the same answer."),
    ] = None,
) -> Once:
    """The request's own ``Once``."""
    said = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + await request.body()
    return Once(request_key(key), hashlib.sha256(said).hexdigest())


OnceOnly = Annotated[Once, Depends(once)]


async def _tried(visit: Visit, work: Callable[[], Awaitable[Made]]) -> Made:
    try:
        return await work()
    except QudaoError as error:
        status = status_of(error)
        return Made(status, problem_body(visit.words, status, error.message_key, **error.params))


def _response(made: Made, headers: Mapping[str, str] | None = None) -> Response:
    kind = PROBLEM if made.status >= 400 else "application/json"
    return JSONResponse(made.body, made.status, headers=dict(headers or {}), media_type=kind)
