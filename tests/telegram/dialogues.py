"""Dialogues as data, played by way of Telegram: what counts is what the phone shows."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agents.turns import Call, said
from bot.asking import attach
from bot.channels.telegram.keyboards import short_id
from bot.evaluation.cases import Case, Turn
from bot.evaluation.checking import failures, wrong_language
from bot.evaluation.running import ZONE, FreshCopy, Parts, Result, set_brand
from core.changes import Changes
from core.clock import parse_moment
from core.conversations.models import Message
from core.demo.factors import code_of
from core.inbox.models import Outbound
from core.replies import Button, Citations, Reply, Text
from tests.telegram.bot_api import BotApi, Shown
from tests.telegram.line import Hands, Line, let_in, line_to, settings_for
from tests.telegram.serving import bot_api

GROUP = -100700
FIRST_ACCOUNT = 5001


async def play(case: Case, parts: Parts, fresh: FreshCopy, data_dir: Path) -> Result:
    """One dialogue from beginning to end; the first turn that fails ends it."""
    handles = list(dict.fromkeys([case.speaker, *(turn.speaker for turn in case.turns if turn.speaker)]))
    accounts = {handle: FIRST_ACCOUNT + number for number, handle in enumerate(handles)}
    hands = Hands(parse_moment(case.today, ZONE))
    async with bot_api() as api, fresh() as database:
        await let_in(database, accounts)
        await set_brand(database, case, hands())
        async with line_to(api, database, parts, hands, settings_for(api, data_dir=data_dir)) as line:
            speaker = case.speaker
            for number, turn in enumerate(case.turns, start=1):
                speaker = turn.speaker or speaker
                if found := await _turn(line, case, turn, speaker, accounts[speaker]):
                    return Result(case, tuple(f"turn {number}: {one}" for one in found))
    return Result(case, ())


async def _turn(line: Line, case: Case, turn: Turn, speaker: str, user: int) -> list[str]:
    chat = user if case.place == "private" else GROUP
    before = len(line.api.shown[chat])
    if turn.files(case.folder):  # as in the terminal, storing a file's bytes is no change that a turn makes
        await attach(line.desk, turn.files(case.folder))
    words = code_of(speaker, line.hands(), turn.code) if turn.code else turn.says or ""
    if turn.expect.database is None:
        await _act(line, case, turn, user, chat, words)
        return await _checked(turn, line, chat, line.api.shown[chat][before:], None)
    async with Changes(line.desk.database) as changes:
        await _act(line, case, turn, user, chat, words)
        return await _checked(turn, line, chat, line.api.shown[chat][before:], changes)


async def _act(line: Line, case: Case, turn: Turn, user: int, chat: int, words: str) -> None:
    if turn.presses:
        await _press(line.api, user, chat, turn.presses)
    elif paths := turn.files(case.folder):
        path = paths[0]  # a message of Telegram holds one
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        await line.api.send_file(user, path.name, path.read_bytes(), mime, words)
    else:
        await line.api.say(user, words if chat == user else f"@qudao_test_bot {words}", chat)
    await line.turn()


async def _press(api: BotApi, user: int, chat: int, wanted: str) -> None:
    """The newest button of that id, or with that part before its colon; what isn't there is pressed all the same."""
    for shown in reversed(api.shown[chat]):
        for _, data in shown.buttons:
            id_ = data.split("|")[0]
            if id_ in {short_id(wanted), wanted} or id_.split(":")[0] == wanted:
                await api.press_data(user, shown, data)
                return
    await api.press_data(user, Shown(1, chat, ""), f"{wanted}||")


async def _checked(turn: Turn, line: Line, chat: int, shown: Sequence[Shown], changes: Changes | None) -> list[str]:
    """Words and buttons as the phone shows them; calls, language and sources as they were recorded."""
    stored, calls = await _recorded(line, chat)
    text = "\n".join(one.text or one.filename for one in shown)
    buttons = [Button(data.split("|")[0], label) for one in shown for label, data in one.buttons]
    cited = tuple(one for one in stored.citations if (f"{one.source} p.{one.page}" if one.page else one.source) in text)
    seen = Reply((Text(text), Citations(cited))).with_buttons(buttons)
    expect = turn.expect.model_copy(update={"language": None})
    found = await failures(expect, seen, calls, changes)
    found += wrong_language(turn.expect, stored)
    return found if shown else [*found, "no answer came"]


async def _recorded(line: Line, chat: int) -> tuple[Reply, Sequence[Call]]:
    """The newest answer of the chat as the desk remembers it."""
    last = select(Outbound.payload).where(Outbound.chat == str(chat)).order_by(Outbound.id.desc()).limit(1)
    rows: list[Any] = await line.rows(last)
    if not rows:
        return Reply(), ()
    payload = rows[0].payload
    kept = select(Message.record).where(Message.by_desk, Message.turn_id == _turn_id(payload))
    records = await line.rows(kept) if payload.get("turn") else []
    turn = said("", payload["reply"], records[0].record if records else {})
    return turn.reply, turn.calls


def _turn_id(payload: dict[str, Any]) -> Any:
    return UUID(payload["turn"])
