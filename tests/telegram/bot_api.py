"""A Bot API of our own on a free port of this machine: it speaks HTTP as Telegram's does, refuses what that refuses,
keeps what was said in each chat, and fails when it is told to."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.telegram.html import read_html

TOKEN = "7700000001:local-fake-token-for-tests"
BOT = {"id": 7700000001, "is_bot": True, "first_name": "Desk", "username": "qudao_test_bot"}
TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT = 4096, 1024, 64
Json = dict[str, Any]
Method = Callable[["BotApi", Json, FormData], Awaitable[Any]]


class Refused(Exception):
    """What the server answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        self.code, self.description, self.parameters = code, description, parameters
        super().__init__(description)


@dataclass(frozen=True)
class Fault:
    """A failure to come: an answer, or a connection that breaks before or after the work was done."""

    code: int = 0
    retry_after: int = 0
    does_the_work: bool = False


FLOOD = Fault(429, retry_after=3)
BAD_GATEWAY = Fault(502)
BROKEN = Fault()
BROKEN_AFTERWARDS = Fault(does_the_work=True)


@dataclass
class Shown:
    """A message as the user sees it now."""

    id: int
    chat: int
    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    file: bytes = b""
    filename: str = ""
    kind: str = "text"
    answers: int | None = None
    edits: int = 0


@dataclass
class BotApi:
    """The server's state, and what its users do. A private chat is called like its user."""

    url: str = ""
    shown: dict[int, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, Json]] = field(default_factory=list)
    faults: dict[str, list[Fault | None]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, bytes] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    toasts: dict[str, str] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)
    menus: list[Json] = field(default_factory=list)
    polls: bool = True
    latency: float = 0.0
    offers_drafts: bool = False
    drafts: dict[int, str] = field(default_factory=dict)
    _updates: list[Json] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    # What users do.

    async def say(self, user: int, text: str, chat: int | None = None, **more: Any) -> Json:
        """Somebody writes."""
        return await self.deliver({"message": self.message(user, chat, text=text, **more)})

    async def send_file(self, user: int, name: str, data: bytes, mime: str, caption: str = "") -> Json:
        """Somebody sends a document."""
        file_id = f"file-{next(self._ids)}"
        self.files[file_id] = data
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "mime_type": mime}
        document["file_size"] = len(data)  # type: ignore[assignment]
        return await self.deliver({"message": self.message(user, None, document=document, caption=caption)})

    async def press(self, user: int, shown: Shown, button: str) -> Json:
        """Somebody presses a button, named by its id."""
        data = next(data for _, data in shown.buttons if data.split("|")[0] == button)
        return await self.press_data(user, shown, data)

    async def press_data(self, user: int, shown: Shown, data: str) -> Json:
        query = {
            "id": f"q{next(self._ids)}",
            "from": person(user),
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": shown.id, "date": 1, "chat": self.chat(shown.chat), "from": BOT, "text": "…"},
        }
        return await self.deliver({"callback_query": query})

    def message(self, user: int, chat: int | None, **content: Any) -> Json:
        """A message of a user's, not delivered yet."""
        sent = {"message_id": next(self._ids), "date": 1, "chat": self.chat(chat or user), "from": person(user)}
        return sent | content

    def chat(self, chat: int) -> Json:
        return {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "group"}

    async def deliver(self, update: Json) -> Json:
        """Give the update to the bot, by whichever way it asked for; the same again is delivered again."""
        known = update if "update_id" in update else {"update_id": next(self._ids), **update}
        if self.webhook.get("url"):
            response = await self.call_webhook(known)
            assert response.status_code == 200, response.text
            return known
        async with self._changed:
            self._updates.append(known)
            self._changed.notify_all()
        return known

    async def call_webhook(self, update: Json, secret: str | None = None) -> httpx.Response:
        token = self.webhook.get("secret_token", "") if secret is None else secret
        async with httpx.AsyncClient() as client:
            headers = {"X-Telegram-Bot-Api-Secret-Token": token}
            return await client.post(self.webhook["url"], json=update, headers=headers)

    async def until(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until something holds that a call brings about."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(holds)

    async def answers(self, chat: int, number: int) -> list[Shown]:
        """The messages of a chat, once there are so many."""
        await self.until(lambda: len(self.shown[chat]) >= number)
        return self.shown[chat]

    def fail(self, method: str, *faults: Fault | None) -> None:
        """The next calls of a method fail so; None is one that doesn't."""
        self.faults[method].extend(faults)

    def called(self, method: str) -> list[Json]:
        return [params for name, params in self.calls if name == method]

    @property
    def waiting(self) -> int:
        """Updates that the bot hasn't acknowledged."""
        return len(self._updates)

    # What the bot does.

    async def answer(self, request: Request) -> Response:
        response = await self.handle(request)
        async with self._changed:
            self._changed.notify_all()
        return response

    async def handle(self, request: Request) -> Response:
        name = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return self.refusal(Refused(401, "Unauthorized"))
        async with request.form() as form:
            return await self._done(name, form)

    async def _done(self, name: str, form: FormData) -> Response:
        params = {key: _value(value) for key, value in form.items() if isinstance(value, str)}
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self.faults[name].pop(0) if self.faults[name] else None
        if fault is not None and not fault.does_the_work:
            self.calls.append((f"{name}!", params))
            return self.faulty(fault)
        try:
            result = await METHODS.get(name, BotApi.unknown)(self, params, form)
        except Refused as refused:
            self.calls.append((f"{name}!", params))
            return self.refusal(refused)
        self.calls.append((name, params))
        return _broken() if fault is not None else JSONResponse({"ok": True, "result": result})

    def faulty(self, fault: Fault) -> Response:
        if fault.code == 429:
            return self.refusal(Refused(429, "Too Many Requests", retry_after=fault.retry_after))
        return self.refusal(Refused(fault.code, "Bad Gateway")) if fault.code else _broken()

    def refusal(self, refused: Refused) -> Response:
        body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
        if refused.parameters:
            body["parameters"] = refused.parameters
        return JSONResponse(body, refused.code)

    async def get_updates(self, params: Json, _: FormData) -> list[Json]:
        offset, seconds = int(params.get("offset") or 0), float(params.get("timeout") or 0)
        async with self._changed:
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
            self._changed.notify_all()
            if not self._updates and seconds:
                try:
                    async with asyncio.timeout(seconds):
                        await self._changed.wait_for(lambda: bool(self._updates))
                except TimeoutError:
                    return []
            return self._updates[:100]

    async def send_message(self, params: Json, _: FormData) -> Json:
        return self.show(params, _text(params, "text", TEXT_LIMIT))

    async def send_photo(self, params: Json, form: FormData) -> Json:
        data, filename = await _upload(form)
        if not data.startswith(b"\x89PNG"):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        caption = _text(params, "caption", CAPTION_LIMIT) if params.get("caption") else ""
        return self.show(params, caption, kind="photo", file=data, filename=filename)

    async def send_document(self, params: Json, form: FormData) -> Json:
        data, filename = await _upload(form)
        caption = _text(params, "caption", CAPTION_LIMIT) if params.get("caption") else ""
        return self.show(params, caption, kind="document", file=data, filename=filename)

    def show(self, params: Json, text: str, **more: Any) -> Json:
        chat = int(params["chat_id"])
        answers = (params.get("reply_parameters") or {}).get("message_id")
        shown = Shown(next(self._ids), chat, text, _buttons(params), answers=answers, **more)
        self.drafts.pop(chat, None)
        self.shown[chat].append(shown)
        return self.as_message(shown)

    async def send_message_draft(self, params: Json, _: FormData) -> bool:
        """A draft is there until a message comes; Bot APIs before 10.0 have none."""
        if not self.offers_drafts:
            raise Refused(404, "Not Found: method not found")
        if not int(params["draft_id"]):
            raise Refused(400, "Bad Request: draft_id must be non-zero")
        self.drafts[int(params["chat_id"])] = _text(params, "text", TEXT_LIMIT)
        return True

    async def edit_message_text(self, params: Json, _: FormData) -> Json:
        shown = self.find(params)
        text, buttons = _text(params, "text", TEXT_LIMIT), _buttons(params)
        if (shown.text, shown.buttons) == (text, buttons):
            raise Refused(400, "Bad Request: message is not modified: specified new message content is the same")
        shown.text, shown.buttons, shown.edits = text, buttons, shown.edits + 1
        return self.as_message(shown)

    async def delete_message(self, params: Json, _: FormData) -> bool:
        self.shown[int(params["chat_id"])].remove(self.find(params))
        return True

    def find(self, params: Json) -> Shown:
        chat, number = int(params["chat_id"]), int(params["message_id"])
        found = next((one for one in self.shown[chat] if one.id == number), None)
        if found is None:
            raise Refused(400, "Bad Request: message to edit not found")
        return found

    def as_message(self, shown: Shown) -> Json:
        return {
            "message_id": shown.id,
            "date": 1,
            "chat": self.chat(shown.chat),
            "from": BOT,
            "text": shown.text or "…",
        }

    async def answer_callback_query(self, params: Json, _: FormData) -> bool:
        self.toasts[params["callback_query_id"]] = str(params.get("text") or "")
        return True

    async def set_webhook(self, params: Json, _: FormData) -> bool:
        self.webhook = params
        return True

    async def delete_webhook(self, _: Json, __: FormData) -> bool:
        self.webhook = {}
        return True

    async def set_my_commands(self, params: Json, _: FormData) -> bool:
        self.menus.append(params)
        return True

    async def get_file(self, params: Json, _: FormData) -> Json:
        if params["file_id"] not in self.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return {
            "file_id": params["file_id"],
            "file_unique_id": params["file_id"],
            "file_path": f"doc/{params['file_id']}",
        }

    async def get_chat_member_count(self, params: Json, _: FormData) -> int:
        return len(self.members[int(params["chat_id"])]) + 1

    async def get_chat_member(self, params: Json, _: FormData) -> Json:
        inside = int(params["user_id"]) in self.members[int(params["chat_id"])]
        return {"status": "member" if inside else "left", "user": person(int(params["user_id"]))}

    async def get_me(self, _: Json, __: FormData) -> Json:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def unknown(self, _: Json, __: FormData) -> bool:
        raise Refused(404, "Not Found: method not found")

    async def just_true(self, _: Json, __: FormData) -> bool:
        return True

    async def download(self, request: Request) -> Response:
        return Response(self.files[request.path_params["file"]])


METHODS: dict[str, Method] = {
    "getMe": BotApi.get_me,
    "getUpdates": BotApi.get_updates,
    "sendMessage": BotApi.send_message,
    "sendMessageDraft": BotApi.send_message_draft,
    "sendPhoto": BotApi.send_photo,
    "sendDocument": BotApi.send_document,
    "editMessageText": BotApi.edit_message_text,
    "deleteMessage": BotApi.delete_message,
    "answerCallbackQuery": BotApi.answer_callback_query,
    "sendChatAction": BotApi.just_true,
    "setMyCommands": BotApi.set_my_commands,
    "setWebhook": BotApi.set_webhook,
    "deleteWebhook": BotApi.delete_webhook,
    "getFile": BotApi.get_file,
    "getChatMemberCount": BotApi.get_chat_member_count,
    "getChatMember": BotApi.get_chat_member,
}


def person(user: int) -> Json:
    return {"id": user, "is_bot": False, "first_name": f"User {user}", "language_code": "zh-hans"}


def _value(text: str) -> Any:
    """python-telegram-bot writes everything but plain words as JSON."""
    if text[:1] in "{[" or text in {"true", "false"}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _text(params: Json, name: str, limit: int) -> str:
    text = str(params.get(name) or "")
    if params.get("parse_mode") == "HTML":
        try:
            text = read_html(text)
        except ValueError as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise Refused(400, f"Bad Request: {'message' if name == 'text' else 'message caption'} is too long")
    return text


def _buttons(params: Json) -> list[tuple[str, str]]:
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    buttons = [(one["text"], one["callback_data"]) for row in rows for one in row]
    if any(len(data.encode()) > DATA_LIMIT for _, data in buttons):
        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return buttons


async def _upload(form: FormData) -> tuple[bytes, str]:
    file = next(value for value in form.values() if isinstance(value, UploadFile))
    return await file.read(), file.filename or ""


def _broken() -> Response:
    """The connection ends in the middle of the answer."""

    async def half() -> AsyncIterator[bytes]:
        yield b'{"ok"'
        raise ConnectionAbortedError

    return StreamingResponse(half(), headers={"content-length": "100"})
