"""Who is in a group that is bound to a dealer, as far as Telegram tells a bot."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from telegram import Bot, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.channels.telegram.client import CHANNEL
from bot.desk import Desk
from core.inbox import service as inbox
from core.people import groups

log = logging.getLogger(__name__)

OUTSIDE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})
LOOKED_AT_LASTS = timedelta(minutes=5)


class Members:
    """Keeps the members of bound groups. What can't be found out counts as a stranger: the guard holds."""

    def __init__(self, desk: Desk, bot: Bot) -> None:
        self._desk = desk
        self._bot = bot

    async def seen(self, chat: str, account: str) -> None:
        """Somebody spoke in a group: where it is bound, note them and count again."""
        if await self._joined(chat, [account]):
            await self.count(chat)

    async def count(self, chat: str) -> None:
        """Ask how many are in the group; where that isn't who we know of, ask about everybody who might be."""
        try:
            number = await self._bot.get_chat_member_count(int(chat)) - 1
            async with self._desk.database.reads() as session:
                bound = await groups.binding(session, CHANNEL, chat)
                known = await groups.members(session, CHANNEL, chat)
                might = await groups.candidates(session, CHANNEL, bound.dealer_id) if bound else []
            late = bound is not None and self._desk.clock() - bound.counted_at >= LOOKED_AT_LASTS
            if len(known) != number or late:
                await self._look(chat, dict.fromkeys([*known, *might]))
        except (TelegramError, ValueError) as error:
            log.warning("the members of group %s could not be counted (%s): it is guarded", chat, type(error).__name__)
            number = 0
        async with self._desk.database.writes.begin() as session:
            await groups.counted(session, CHANNEL, chat, number, self._desk.clock())

    async def _look(self, chat: str, accounts: Iterable[str]) -> None:
        here: list[str] = []
        gone: list[str] = []
        for account in accounts:
            (here if await self._is_inside(chat, account) else gone).append(account)
        async with self._desk.database.writes.begin() as session:
            await groups.joined(session, CHANNEL, chat, here, self._desk.clock())
            await groups.left(session, CHANNEL, chat, gone)

    async def _is_inside(self, chat: str, account: str) -> bool:
        if not account.isdecimal():
            return True  # hidden behind a group: nobody that we know, and here
        try:
            member = await self._bot.get_chat_member(int(chat), int(account))
        except TelegramError:
            return False
        return member.status not in OUTSIDE

    async def came_and_went(self, message: Message, bot_id: int) -> None:
        """The service messages of a group."""
        chat = str(message.chat.id)
        came = [str(user.id) for user in message.new_chat_members if user.id != bot_id]
        await self._joined(chat, came)
        if message.left_chat_member is not None:
            await self._left(chat, message.left_chat_member.id, bot_id)

    async def changed(self, change: ChatMemberUpdated, bot_id: int) -> None:
        """A member's standing changed; the bot's own removal ends the binding by leaving nobody known."""
        member = change.new_chat_member
        if member.status in OUTSIDE:
            await self._left(str(change.chat.id), member.user.id, bot_id)
        elif member.user.id != bot_id:
            await self._joined(str(change.chat.id), [str(member.user.id)])

    async def _joined(self, chat: str, accounts: list[str]) -> bool:
        """Note them where the group is bound; nobody else's members are anybody's business. Says whether it is."""
        async with self._desk.database.reads() as session:
            if await groups.binding(session, CHANNEL, chat) is None:
                return False
        if accounts:
            async with self._desk.database.writes.begin() as session:
                await groups.joined(session, CHANNEL, chat, accounts, self._desk.clock())
        return True

    async def _left(self, chat: str, user: int, bot_id: int) -> None:
        async with self._desk.database.writes.begin() as session:
            inside = await groups.members(session, CHANNEL, chat)
            await groups.left(session, CHANNEL, chat, inside if user == bot_id else [str(user)])

    async def moved(self, old: str, new: str) -> None:
        """The group became a supergroup, which has another id."""
        async with self._desk.database.writes.begin() as session:
            await groups.moved(session, CHANNEL, old, new)
            await inbox.moved(session, CHANNEL, old, new)
