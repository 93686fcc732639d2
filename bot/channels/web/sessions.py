"""Who a browser speaks for: a random token in its cookie; the database knows only the token's hash, as an account."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from bot.api.problems import NotSignedIn, reading_language
from bot.channels.web.hub import CHANNEL
from bot.channels.web.state import Web, WebState
from core.actor import Actor
from core.brand import service as brands
from core.brand.models import Brand
from core.people import service as people
from core.people.models import Person

LASTS = timedelta(days=30)
COOKIE = "qudao"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a request; their handle names the chat, which so follows them from device to device."""

    actor: Actor
    account: str
    brand: Brand
    today: date

    @property
    def chat(self) -> str:
        """The person's one conversation on the web."""
        return self.actor.handle

    @property
    def lane(self) -> str:
        """As the inbox and the worker's watchers name the chat."""
        return f"{CHANNEL}:{self.chat}"


def cookie_name(web: Web) -> str:
    """With https the prefix makes browsers refuse it from anywhere but this very host."""
    return f"__Host-{COOKIE}" if web.secure else COOKIE


def account_of(token: str) -> str:
    """What the database knows of a session."""
    return hashlib.sha256(token.encode()).hexdigest()


async def sign_in(web: Web, response: Response, invite: str) -> Person:
    """Redeem the invite for a new session; Stale where it was used or ran out, and then no cookie is set."""
    token = secrets.token_urlsafe(32)
    now = web.desk.clock()
    async with web.desk.database.writes.begin() as session:
        person = await people.redeem(session, CHANNEL, account_of(token), invite, now, now + LASTS)
    response.set_cookie(
        cookie_name(web),
        token,
        max_age=int(LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=web.secure,
    )
    return person


async def sign_out(web: Web, response: Response, who: SignedIn) -> None:
    """End this browser's session, and no other of the person's."""
    now: datetime = web.desk.clock()
    async with web.desk.database.writes.begin() as session:
        await people.sign_out(session, who.actor, CHANNEL, who.account, now)
    response.delete_cookie(cookie_name(web), path="/", httponly=True, samesite="lax", secure=web.secure)


async def who_of(request: Request, web: Web) -> SignedIn | None:
    """The person of the request's cookie; NotPermitted for one who left."""
    token = request.cookies.get(cookie_name(web), "")
    if not token:
        return None
    now = web.desk.clock()
    account = account_of(token)
    async with web.desk.database.reads() as session:
        actor = await people.actor_by_account(session, CHANNEL, account, now)
        if actor is None:
            return None
        brand, today = await brands.current_at(session, now)
    request.state.language = reading_language(request, actor.language)
    return SignedIn(actor, account, brand, today)


async def signed_in(request: Request, web: WebState) -> SignedIn:
    """The person of the request's cookie, for handlers that need one."""
    who = await who_of(request, web)
    if who is None:
        raise NotSignedIn
    return who


Who = Annotated[SignedIn, Depends(signed_in)]
