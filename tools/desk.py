"""About the desk itself: what it can do, and a person when that isn't enough."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission, Role
from core.conversations import service as conversations
from core.replies import Button, Buttons, Reply, Text, say
from tools.context import ToolContext
from tools.registry import Effect, ToolPackage, ToolSpec

OPENS, CLOSES = time(9), time(18)
ANSWERED_WITHIN = timedelta(hours=2)
GROUPS: Mapping[Role, str] = {
    Role.OWNER: "dealer",
    Role.BUYER: "dealer",
    Role.REP: "rep",
    Role.MANAGER: "rep",
    Role.FINANCE: "rep",
    Role.ADMIN: "rep",
    Role.TRAINER: "trainer",
    Role.OPERATOR: "staff",
    Role.LEGAL: "staff",
}


@tool("help", parse_docstring=True, response_format="content_and_artifact")
async def help_(runtime: ToolRuntime[ToolContext, Any]) -> tuple[str, Reply]:
    """What the desk can do for the person who asks, with examples to press."""
    words, role = runtime.context.words, runtime.context.actor.role
    group = GROUPS[role]
    examples = [words(f"help.{group}.example.{place}") for place in (1, 2, 3)]
    buttons = Buttons(tuple(Button(f"choose:{i}", says, says) for i, says in enumerate(examples, start=1)))
    reply = Reply((Text(words(f"help.{group}")), buttons))
    return reply.plain(), reply


@tool(parse_docstring=True, response_format="content_and_artifact")
async def ask_for_person(runtime: ToolRuntime[ToolContext, Any], reason: str | None = None) -> tuple[str, Reply]:
    """Hand the conversation to a person of the brand, who calls back within working hours.

    Args:
        reason: What it is about, in the asker's words.
    """
    ctx = runtime.context
    promised = promised_by(ctx.now, ctx.brand.zone)
    async with ctx.writes.begin() as session:
        handoff = await conversations.ask_for_person(
            session, ctx.actor, ctx.conversation, ctx.turn_id, reason or "", ctx.now, promised
        )
    reply = say(ctx.words("person.coming", by=handoff.promised_by))
    return reply.plain(), reply


def promised_by(now: datetime, zone: str) -> datetime:
    """Two working hours on (09:00 to 18:00, Monday to Friday, where the brand trades)."""
    left = ANSWERED_WITHIN
    moment = _at_work(now.astimezone(ZoneInfo(zone)))
    closing = moment.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
    if moment + left > closing:
        left -= closing - moment
        moment = _at_work(closing)
    return moment + left


def _at_work(moment: datetime) -> datetime:
    """The moment itself, or when work begins next."""
    if moment.time() >= CLOSES:
        moment = _opening(moment + timedelta(days=1))
    elif moment.time() < OPENS:
        moment = _opening(moment)
    while moment.isoweekday() > 5:
        moment = _opening(moment + timedelta(days=1))
    return moment


def _opening(moment: datetime) -> datetime:
    return moment.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)


PACKAGE = ToolPackage(
    tools=(
        ToolSpec(help_, Permission.HELP),
        ToolSpec(ask_for_person, Permission.HELP, Effect.RECORD),
    )
)
