"""A person enrols an authenticator of their own in a private chat: code's work from the first word to the last.

The secret is in no message that is kept: the conversation and the outbox say that it is to be shown, and the channel
fetches it at the moment when it shows it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from agents.turns import Answer
from bot import notices, second_factor
from bot.heard import Decision
from bot.incoming import Incoming
from core.brand import service as brands
from core.errors import QudaoError
from core.money import Amount
from core.people import enrolments
from core.people.factors import Proof, factor_of, prove
from core.replies import Reply, Text, say
from core.sealing import OtherKey
from core.words import Catalogues
from tools.context import ToolContext

CHANNELS = frozenset({"web", "telegram"})
"""Where nobody but the person reads along, and the desk knows who it is by more than a key of a program."""

ASKS = re.compile(
    r"(?:[请請]|[帮幫]我|我要|我想|我想要|[给給]我)*(?:重新)?"
    r"(?:登[记記]|[绑綁]定|[设設][置定]|[启啟]用|[开開]通|更[换換]|[换換])(?:一下|一[个個]|我的|新的?|[个個])*"
    r"(?:身[份分])?(?:验证|驗證)器(?:[应應]用|程式|app)?[。.]?"
    r"|(?:please |i want to |i would like to |i'd like to )*(?:set ?up|enrol|enroll|register|add|change|replace)"
    r"(?: my| an| a| the| new| another)* (?:authenticator|second factor)(?: app)?[.]?",
    re.IGNORECASE,
)
NEW, REPLACE = "new", "replace"


def asks(text: str) -> bool:
    """Whether a message, as a whole, asks to enrol an authenticator."""
    return ASKS.fullmatch(text) is not None


async def begin(incoming: Incoming, ctx: ToolContext, key: str) -> Decision:
    """Begin; somebody who has an authenticator proves it first, and one that is locked is the operator's."""
    heard = incoming.text
    if ctx.in_a_group or incoming.channel not in CHANNELS or ctx.actor.person_id is None:
        return Decision(heard, Answer(say(ctx.words("enrol.where"))), public=True)
    async with ctx.reads() as session:
        factor = await factor_of(session, ctx.actor.person_id)
    if factor is None:
        return await _begun(heard, ctx, key)
    if factor.locked_at is not None:
        return Decision(heard, Answer(say(ctx.words("enrol.locked"))))
    return _asks_again("enrol.old_code", REPLACE, heard, ctx)


async def code(stage: str, incoming: Incoming, ctx: ToolContext, proof: Proof) -> Decision:
    """A code that was asked for: the old authenticator's, to replace it, or the first of the new one."""
    heard = ctx.words("factor.heard")
    if not proof.code:
        return _asks_again("enrol.six", stage, heard, ctx)
    if stage == REPLACE:
        return await _replace(heard, ctx, proof)
    async with ctx.writes.begin() as session:
        outcome = await enrolments.finish(session, ctx.actor, proof, ctx.now)
        if isinstance(outcome, QudaoError):
            again = outcome.message_key == "enrol.wrong"
            decided = {"enrolment": NEW, **second_factor.asking(ctx.now)} if again else {}
            return Decision(heard, Answer(say(ctx.words.error(outcome))), decided, secret=True)
        await notices.to_other_places(
            session, ctx.actor, (incoming.channel, incoming.chat), ctx.words("enrol.notice"), ctx.turn_id, ctx.now
        )
    limit = Amount(ctx.brand.button_limit, ctx.brand.currency)
    done = Answer(say(ctx.words("enrol.done", limit=limit)))
    return Decision(heard, done, secret=True, withdraws=outcome.shown_as)


async def _replace(heard: str, ctx: ToolContext, proof: Proof) -> Decision:
    async with ctx.writes.begin() as session:
        error = await prove(session, ctx.actor, proof, ctx.now)
    if error is None:
        return await _begun(heard, ctx, proof.key, secret=True)
    if error.message_key in {"factor.wrong", "factor.used"}:
        return _asks_again(error.message_key, REPLACE, heard, ctx, **error.params)
    return Decision(heard, Answer(say(ctx.words("enrol.locked"))), secret=True)


async def _begun(heard: str, ctx: ToolContext, key: str, *, secret: bool = False) -> Decision:
    async with ctx.writes.begin() as session:
        made = await enrolments.begin(session, ctx.actor, ctx.now, key=key)
    decided = {"enrolment": NEW, **second_factor.asking(ctx.now, enrolments.LASTS)}
    answer = Answer(say(ctx.words("enrol.begun", minutes=enrolments.LASTS.seconds // 60)))
    return Decision(heard, answer, decided, secret, reveals=str(made))


def _asks_again(key: str, stage: str, heard: str, ctx: ToolContext, **params: Any) -> Decision:
    decided = {"enrolment": stage, **second_factor.asking(ctx.now)}
    return Decision(heard, Answer(say(ctx.words(key, **params))), decided, secret=heard == ctx.words("factor.heard"))


async def revealed(
    session: AsyncSession, payload: Mapping[str, Any], catalogues: Catalogues, key: str, at: datetime
) -> Reply:
    """What a channel shows behind a message of the outbox and keeps nowhere; empty for most."""
    if not payload.get("reveals"):
        return Reply()
    words = catalogues.words(payload.get("language") or "zh")
    brand, _ = await brands.current_at(session, at)
    try:
        secret = await enrolments.reveal(session, UUID(payload["reveals"]), at, key=key, issuer=brand.name_en)
    except OtherKey as error:
        return say(words.error(error))
    if secret is None:
        return say(words("enrol.gone"))
    grouped = " ".join(secret.secret[place : place + 4] for place in range(0, len(secret.secret), 4))
    return Reply((Text(words("enrol.secret", secret=grouped, uri=secret.uri)),))
