"""Who calls: the key of a request, checked anew each time, held to its scopes and its rate."""

import math
import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.answering import Answering
from bot.api.limits import Buckets
from bot.api.problems import NoKey, TooManyTries, accepted_language
from bot.desk import Desk
from core.actor import Actor, Permission
from core.brand import service as brands
from core.brand.models import Brand
from core.errors import NotPermitted
from core.keys import service as keys
from core.keys.scopes import Scope
from core.keys.service import Caller
from core.words import LOCALES, Words

WRONG_KEYS = 20
WRONG_KEY_SECONDS = 3.0
A_MINUTE = 60.0

BEARER = HTTPBearer(auto_error=False, description="A key of `qudao keys new`.")


class Programs:
    """What the interfaces for programs share: the desk, who answers, and how often whom."""

    def __init__(self, desk: Desk) -> None:
        rate = desk.settings.api_rate
        self.desk = desk
        self.answering = Answering(desk)
        self.rates = Buckets(rate, A_MINUTE / rate, time.monotonic)
        self.wrong = Buckets(WRONG_KEYS, WRONG_KEY_SECONDS, time.monotonic)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request whose key was checked."""

    programs: Programs
    caller: Caller
    brand: Brand
    today: date
    now: datetime
    words: Words

    @property
    def desk(self) -> Desk:
        """The desk that is asked."""
        return self.programs.desk

    @property
    def actor(self) -> Actor:
        """For whom."""
        return self.caller.actor

    def needs(self, scope: Scope, permission: Permission | None = None) -> None:
        """NotPermitted where the key lacks the scope, or who stands behind it the permission."""
        if scope not in self.caller.scopes:
            raise NotPermitted("keys.no_scope", scope=str(scope))
        if permission is not None and not self.actor.may(permission):
            raise NotPermitted


async def visit_of(request: Request, token: str) -> Visit:
    """Check the key that came with a request; too many wrong ones from an address have to wait."""
    programs: Programs = request.app.state.programs
    request.state.language = accepted_language(request)
    desk = programs.desk
    now = desk.clock()
    async with desk.database.reads() as session:
        caller = await keys.check(session, token, now)
        if caller is None:
            _wait_for(programs.wrong, request.client.host if request.client else "")
            raise NoKey
        _wait_for(programs.rates, caller.prefix)
        brand, today = await brands.current_at(session, now)
    if keys.is_to_note(caller, now):
        async with desk.database.writes.begin() as session:
            await keys.note_use(session, caller, now)
    spoken = request.state.language or caller.actor.language
    request.state.language = spoken if spoken in LOCALES else "en"
    return Visit(programs, caller, brand, today, now, desk.catalogues.words(request.state.language))


def _wait_for(buckets: Buckets, whom: str) -> None:
    if seconds := buckets.take(whom):
        raise TooManyTries(seconds=math.ceil(seconds))


def visiting(scope: Scope | None = None, permission: Permission | None = None) -> Any:
    """A request with a key that has this scope, of somebody with this permission."""

    async def checked(
        request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
    ) -> Visit:
        visit = await visit_of(request, shown.credentials if shown else "")
        if scope is not None:
            visit.needs(scope, permission)
        return visit

    return Depends(checked)
