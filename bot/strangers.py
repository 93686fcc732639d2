"""An account that nobody knows: all it can do is to redeem an invite."""

from datetime import datetime

from bot.incoming import Incoming
from core.db import Database
from core.errors import QudaoError
from core.people.invites import redeem
from core.replies import Reply, say
from core.words import Words


async def welcome(database: Database, incoming: Incoming, words: Words, now: datetime) -> Reply:
    """Bind the account where the message is a valid invite; else say how to get one. Nothing of the brand is shown."""
    token = incoming.text.removeprefix("/start").strip()
    if not incoming.private or not token or " " in token or len(token) < 16:
        return say(words("stranger.hello"))
    try:
        async with database.writes.begin() as session:
            person = await redeem(session, incoming.channel, incoming.account, token, now)
    except QudaoError:
        return say(words("stranger.invite_refused"))
    return say(words("stranger.welcome", name=person.name))
