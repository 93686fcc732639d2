"""One message in, one reply out: who, which conversation, think, save, send."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from agents.assistant import Assistant, gather_buttons
from agents.brains import Brains
from agents.turns import Answer, Said, answer_record, said
from bot import decisions, groups, learning, notices, strangers, waiting
from bot.heard import Decision
from bot.incoming import Incoming
from bot.telemetry.metrics import Metrics
from bot.telemetry.turns import seen, turn_of
from core import faults
from core.actor import Actor
from core.brand import service as brands
from core.clock import Clock
from core.contracts.standing_signatures import Authority
from core.conversations import service as conversations
from core.conversations.keys import marked
from core.conversations.models import Conversation
from core.db import Database
from core.errors import QudaoError
from core.inbox import service as inbox
from core.inbox.models import Inbound
from core.keys import service as keys
from core.language.detect import detect
from core.people import groups as people_groups
from core.people import service as people
from core.people.factors import nearly_a_code
from core.replies import Button, Reply, say
from core.settings import Settings
from core.tracing import span
from core.words import LOCALES, Catalogues
from knowledge.service import Knowledge
from tools.context import Attachment, Progress, ToolContext
from tools.registry import Effect, Registry

log = logging.getLogger(__name__)

HISTORY = 40
LOCAL_CHANNEL = "terminal"
API_CHANNEL = "api"

Thread = tuple[Conversation, list[Said], tuple[Attachment, ...]]


@dataclass(frozen=True, slots=True)
class Turn:
    """A message that was thought about: the reply, and what the conversation will remember.

    ``new_language``: the conversation's was another until now.
    """

    turn_id: UUID
    answer: Answer
    conversation: UUID | None = None
    language: str = "zh"
    asked_as: str = ""
    decided: dict[str, object] = field(default_factory=dict)
    new_language: bool = False
    outcome: str = "answered"
    secret: bool = False
    files: tuple[Attachment, ...] = ()
    members_only: bool = False
    reveals: str = ""
    withdraws: str = ""
    reach: str = ""

    @property
    def told(self) -> dict[str, object]:
        """What a channel must know of the turn to send its reply."""
        told: dict[str, object] = {"language": self.language, "members_only": self.members_only}
        seldom = {"reveals": self.reveals, "withdraws": self.withdraws}
        return told | {name: value for name, value in seldom.items() if value}

    def record(self, *, private: bool) -> dict[str, object]:
        """What the conversation remembers beside the words; ``private``: whether they were said in a private chat."""
        aloud = {} if private or self.members_only else {"aloud": True}
        reach = {"reach": self.reach} if self.answer.reply.more else {}
        return answer_record(self.answer) | {"decided": self.decided} | aloud | reach


@dataclass(frozen=True)
class Desk:
    """Everything that answering needs, put together once in bot/app.py."""

    settings: Settings
    database: Database
    clock: Clock
    registry: Registry
    catalogues: Catalogues
    knowledge: Knowledge
    brains: Brains
    assistant: Assistant
    authority: Authority
    on_saved: list[Callable[[str, str], None]] = field(default_factory=list)
    metrics: Metrics = field(default_factory=Metrics)
    fetchers: dict[str, Callable[[Incoming], Awaitable[Incoming]]] = field(default_factory=dict)

    async def check_person(self, handle: str) -> None:
        """NotFound for somebody whom a command names and nobody knows."""
        async with self.database.reads() as session:
            _, today = await brands.current_at(session, self.clock())
            await people.actor_by_handle(session, handle, today)

    async def receive(self, external_id: str, incoming: Incoming) -> tuple[Inbound, bool]:
        """Put a message into the inbox, once; says whether it is new."""
        async with self.database.writes.begin() as session:
            return await self.take_in(session, external_id, incoming)

    async def take_in(self, session: AsyncSession, external_id: str, incoming: Incoming) -> tuple[Inbound, bool]:
        """The same in the caller's transaction."""
        message = incoming.cleaned()
        return await inbox.receive(
            session, message.channel, external_id, message.lane, message.account, message.payload(), self.clock()
        )

    async def reply_to(self, inbound: Inbound, token: UUID, progress: Progress = lambda _: None) -> Turn | None:
        """Answer a claimed message and save the turn; None where another worker took the lane over meanwhile."""
        incoming = Incoming.stored(inbound.channel, inbound.account, inbound.payload)
        turn = await seen(self.metrics, inbound, lambda: self._bounded(inbound, incoming, progress))
        faults.point("desk.before_save")
        chats = {(incoming.channel, incoming.chat)}
        try:
            async with self.database.writes.begin() as session:
                await inbox.finish(session, inbound, token, self.clock())
                chats |= await self._save(session, inbound, incoming, turn)
        except inbox.LostLease:
            log.warning("message %s was answered by another worker meanwhile", inbound.id)
            return None
        faults.point("desk.after_save")
        for channel, chat in chats:
            for tell in self.on_saved:
                tell(channel, chat)
        return turn

    async def _bounded(self, inbound: Inbound, incoming: Incoming, progress: Progress) -> Turn:
        """The turn within its time; what goes wrong is logged whole and answered with a reference."""
        turn_id = turn_of(inbound)
        words = self.catalogues.words(detect(incoming.text, among=tuple(LOCALES), default="zh"))
        reference = turn_id.hex[:8]
        if inbound.attempts > inbox.MAX_ATTEMPTS:
            log.error("turn %s was begun %s times and never saved; given up", turn_id, inbound.attempts - 1)
            return Turn(turn_id, Answer(say(words("error.unanswered", reference=reference))), outcome="given_up")
        try:
            async with asyncio.timeout(self.settings.turn_seconds):
                return await self._think(turn_id, incoming, progress)
        except QudaoError as error:
            return Turn(turn_id, Answer(say(words.error(error))), outcome="refused")
        except TimeoutError:
            log.exception("turn %s took longer than %s s", turn_id, self.settings.turn_seconds)
            return Turn(turn_id, Answer(say(words("error.turn_time", reference=reference))), outcome="timeout")
        except Exception:
            log.exception("turn %s failed", turn_id)
            return Turn(turn_id, Answer(say(words("error.unanswered", reference=reference))), outcome="failed")

    async def _think(self, turn_id: UUID, incoming: Incoming, progress: Progress) -> Turn:
        now = self.clock()
        private = incoming.private
        async with self.database.reads() as session:
            brand, today = await brands.current_at(session, now)
            actor = await self._who(session, incoming, now, today)
            if actor is not None and not incoming.private:
                actor, private = await groups.placed(session, actor, incoming, now, today)
            thread = await _thread(session, actor, incoming) if actor is not None else None
        if actor is None or strangers.brings_an_invite(incoming):
            words = self.catalogues.words(strangers.language_of(incoming, actor))
            return Turn(turn_id, Answer(await strangers.welcome(self.database, incoming, words, now, actor)))
        if incoming.channel in self.fetchers:
            incoming = await self.fetchers[incoming.channel](incoming)
        conversation, past, sent = thread or await self._opened(actor, incoming, now)
        spoken = "" if incoming.text.startswith("/") else incoming.text  # a command's name is of no language
        language = detect(spoken, among=tuple(LOCALES), default=conversation.language or actor.language)
        ctx = ToolContext(
            actor=actor,
            now=now,
            today=today,
            words=self.catalogues.words(language),
            brand=brand,
            conversation=conversation.id,
            private=private,
            in_a_group=not incoming.private,
            turn_id=turn_id,
            reads=self.database.reads,
            writes=self.database.writes,
            knowledge=self.knowledge,
            attachments=incoming.files,
            earlier_files=sent,
            progress=progress,
            authority=self.authority,
        )
        decision, answer = await self._answer(incoming, past, ctx)
        answer = replace(answer, reply=with_more(answer.reply, ctx.words("button.more")))
        return Turn(
            turn_id, answer, conversation.id, language, decision.heard, decision.decided,
            new_language=language != conversation.language, secret=decision.secret, files=incoming.files,
            members_only=private and not incoming.private and not decision.public,
            reveals=decision.reveals, withdraws=decision.withdraws, reach=actor.reach,
        )  # fmt: skip

    async def _who(self, session: AsyncSession, incoming: Incoming, now: datetime, today: date) -> Actor | None:
        if incoming.channel == LOCAL_CHANNEL:
            return await people.actor_by_handle(session, incoming.account, today)
        if incoming.channel == API_CHANNEL:
            return await keys.actor_of(session, incoming.account, now)
        return await people.actor_by_account(session, incoming.channel, incoming.account, now)

    async def _opened(self, actor: Actor, incoming: Incoming, now: datetime) -> Thread:
        assert actor.person_id is not None
        async with self.database.writes.begin() as session:
            conversation = await conversations.open_conversation(
                session, incoming.channel, incoming.chat, actor.person_id, incoming.private, now
            )
        return conversation, [], ()

    async def _answer(self, incoming: Incoming, past: list[Said], ctx: ToolContext) -> tuple[Decision, Answer]:
        """What was heard (a press in words) and what a press decided, with the answer."""
        decision = await decisions.decide(incoming, past, ctx, self.registry, self.settings.sealing_key)
        if decision.answer is not None:
            return decision, decision.answer
        recalled = groups.recalled(past, ctx)
        with span("brain"):
            brain, name = await self.brains.think_with(decision.heard, recalled, ctx)
            answer = await self.assistant.answer(decision.heard, recalled, ctx, brain=brain, name=name)
        return decision, await waiting.with_what_waits(answer, past, ctx, self.registry)

    async def _save(
        self, session: AsyncSession, inbound: Inbound, incoming: Incoming, turn: Turn
    ) -> set[tuple[str, str]]:
        """The turn's messages, its reply on the way out, and notices to those whose press it waits for."""
        reply = turn.answer.reply.as_json()
        payload = {"turn": str(turn.turn_id), "in_reply_to": inbound.external_id, "reply": reply, **turn.told}
        now = self.clock()
        await inbox.send(
            session, incoming.channel, incoming.chat, str(turn.turn_id), payload, now, inbound_id=inbound.id
        )
        if turn.secret or incoming.code or (turn.conversation is None and nearly_a_code(incoming.text)):
            await inbox.forget_words(session, inbound)
        if turn.conversation is None:
            return set()
        key = marked(incoming.account) if incoming.channel == API_CHANNEL else {}
        files = replace(incoming, files=turn.files).payload()["files"]
        await conversations.add(
            session, turn.conversation, turn.turn_id, 0, by_desk=False, text=turn.asked_as, at=inbound.received_at,
            record=key | ({"files": files} if files else {}), external_id=inbound.external_id,
        )  # fmt: skip
        await conversations.add(
            session, turn.conversation, turn.turn_id, 1, by_desk=True, text=turn.answer.reply.plain(),
            reply=reply, record=key | turn.record(private=incoming.private), brain=turn.answer.brain, at=now,
            language=turn.language if turn.new_language else None,
        )  # fmt: skip
        if not incoming.press and not turn.secret:
            await learning.notice(session, turn.conversation, turn.turn_id, turn.asked_as, turn.answer, now)
        if not self._proposed(turn):
            return set()
        made = await notices.made_in(session, turn.turn_id, turn.decided.get("replaced_by"))
        thread = await session.get_one(Conversation, turn.conversation)
        return await notices.to_approvers(
            session, made, incoming.channel, self.registry, self.catalogues, now, shown_to=thread.person_id
        )

    def _proposed(self, turn: Turn) -> bool:
        """Whether the turn may have left a proposal: a tool's, or a fresh one in place of one that had to change."""
        effects = (
            self.registry.tools[call.name].effect for call in turn.answer.calls if call.name in self.registry.tools
        )
        return bool(turn.decided) or Effect.PROPOSE in effects


async def _thread(session: AsyncSession, actor: Actor, incoming: Incoming) -> Thread | None:
    """The person's thread in this chat with what was said in it lately; None before the first message.

    With a key only what was said with it: another may have been told more than this one's scopes let through. In a
    group only what was said since it was bound: before, it may have been another dealer's.
    """
    assert actor.person_id is not None
    conversation = await conversations.find_conversation(session, incoming.channel, incoming.chat, actor.person_id)
    if conversation is None:
        return None
    past: list[Said] = []
    sent: list[Attachment] = []
    heard = ""
    key = incoming.account if incoming.channel == API_CHANNEL else ""
    bound = None if incoming.private else await people_groups.binding(session, incoming.channel, incoming.chat)
    since = bound.bound_at if bound else None
    for message in await conversations.history(session, conversation.id, HISTORY, key, since):
        if message.by_desk:
            past.append(said(heard, message.reply, message.record))
            heard = ""
        else:
            heard = message.text
            sent += [Attachment(**file) for file in message.record.get("files", ())]
    return conversation, past, tuple(sent)


def with_more(reply: Reply, label: str) -> Reply:
    """What waits behind ``more`` gets its button, first in the row."""
    if not reply.more or any(button.id == "more" for button in reply.buttons):
        return reply
    return gather_buttons(reply.with_buttons([Button("more", label)]))
