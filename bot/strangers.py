"""An account that nobody knows: all it can do is to redeem an invite, which one that is known may do too."""

from datetime import datetime

from bot.incoming import Incoming
from core.actor import Actor
from core.db import Database
from core.errors import QudaoError
from core.language.detect import detect
from core.people.invites import redeem
from core.replies import Reply, say
from core.words import LOCALES, Words

START = "/start"


def brings_an_invite(incoming: Incoming) -> bool:
    """Whether somebody, known or not, opened an invite's link in a messenger."""
    return incoming.private and incoming.text.startswith(f"{START} ")


def language_of(incoming: Incoming, actor: Actor | None) -> str:
    """In which language to welcome: an invite's code says nothing of it."""
    default = actor.language if actor is not None else incoming.language or "zh"
    return default if incoming.text.startswith(START) else detect(incoming.text, among=tuple(LOCALES), default=default)


async def welcome(
    database: Database, incoming: Incoming, words: Words, now: datetime, actor: Actor | None = None
) -> Reply:
    """Bind the account where the message is a valid invite; else say how to get one. Nothing of the brand is shown."""
    token = incoming.text.removeprefix(START).strip()
    if not incoming.private or not token or " " in token or len(token) < 16:
        return say(words("stranger.hello")) if actor is None else say(words("stranger.known", name=actor.name))
    try:
        async with database.writes.begin() as session:
            person = await redeem(session, incoming.channel, incoming.account, token, now)
    except QudaoError:
        if actor is not None:
            return say(words("stranger.known", name=actor.name))
        return say(words("stranger.invite_refused"))
    return say(words("stranger.welcome", name=person.name))
