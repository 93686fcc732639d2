"""A model's endpoint on this machine that speaks the real protocol over HTTP: honest, lying or failing as told."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

PIECE = 6
FAILURES = (
    "error500", "busy", "html", "garbage", "empty_choices", "timeout", "bad_arguments", "empty", "cut", "wrong_key",
    "drip", "refused",
)  # fmt: skip
HTML = b"<html><body>Bad gateway</body></html>"


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent: messages and tools as the protocol has them."""

    body: Mapping[str, Any]

    @property
    def said(self) -> str:
        """The person's last words."""
        return next((str(m["content"]) for m in reversed(self.body["messages"]) if m["role"] == "user"), "")

    @property
    def results(self) -> list[str]:
        """What tools gave since."""
        given: list[str] = []
        for message in reversed(self.body["messages"]):
            if message["role"] == "user":
                break
            if message["role"] == "tool":
                given.insert(0, str(message["content"]))
        return given

    @property
    def tools(self) -> dict[str, Mapping[str, Any]]:
        """Names on offer, with what each takes."""
        return {tool["function"]["name"]: tool["function"].get("parameters", {}) for tool in self.body.get("tools", ())}


@dataclass(frozen=True, slots=True)
class Says:
    """An answer: words, calls, or both."""

    text: str = ""
    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()


Script = Callable[[Request], Says]


@dataclass
class FakeEndpoint:
    """``fails`` names a failure of ``FAILURES``; it begins with the call of a turn that ``since`` counts from 0.

    A stream stops behind the words ``held_after`` until ``go`` is set.
    """

    script: Script
    fails: str = ""
    since: int = 0
    pause: float = 0.0
    retry_after: str = ""
    held_after: str = ""
    go: asyncio.Event = field(default_factory=asyncio.Event)
    requests: list[Request] = field(default_factory=list)
    spoke: list[float] = field(default_factory=list)
    url: str = ""
    _server: asyncio.Server | None = None
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def stop(self) -> None:
        """Stop listening, and let hanging calls go."""
        self._over.set()
        self.go.set()
        if self._server is not None:
            self._server.close()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (body := await _read(reader)) is not None:
                request = Request(body)
                self.requests.append(request)
                if not await self._respond(request, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, json.JSONDecodeError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _respond(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays open."""
        failing = self.fails if len(request.results) >= self.since else ""
        if failing == "refused":
            return False
        if failing in PLAIN:
            status, kind, content = PLAIN[failing]
            extra = f"Retry-After: {self.retry_after}\r\n" if failing == "busy" and self.retry_after else ""
            await _send(writer, status, kind, content, extra)
            return True
        if failing == "timeout":
            await self._hang(reader)
            return False
        says = (
            Says(calls=[("", {})])
            if failing == "bad_arguments"
            else Says()
            if failing == "empty"
            else self.script(request)
        )
        if request.body.get("stream"):
            return await self._stream(says, failing, reader, writer)
        return await self._whole(says, failing, reader, writer)

    async def _hang(self, reader: asyncio.StreamReader) -> None:
        """Until the caller gives up or the endpoint stops."""
        waits = [asyncio.ensure_future(reader.read(1)), asyncio.ensure_future(self._over.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()

    async def _whole(
        self, says: Says, failing: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        content = json.dumps(_completion(says, failing), ensure_ascii=False).encode()
        if failing == "cut":
            writer.write(_head("200 OK", "application/json", len(content)) + content[: len(content) // 2])
            await writer.drain()
            return False
        if failing == "drip":
            writer.write(_head("200 OK", "application/json", len(content)))
            await self._drip(content, reader, writer)
            return False
        await _send(writer, "200 OK", "application/json", content)
        return True

    async def _stream(
        self, says: Says, failing: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        writer.write(head)
        chunks = list(_chunks(says, failing))
        if failing == "cut":
            chunks = chunks[: max(1, len(chunks) // 2)]
        told = ""
        for chunk in chunks:
            event = f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()
            if failing == "drip":
                await self._drip(event, reader, writer)
                if writer.is_closing() or self._over.is_set():
                    return False
                continue
            writer.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
            await writer.drain()
            self.spoke.append(asyncio.get_running_loop().time())
            if self.pause:
                await asyncio.sleep(self.pause)
            told += "".join(choice["delta"].get("content", "") for choice in chunk["choices"])
            if self.held_after and self.held_after in told:
                await self.go.wait()
        if failing == "cut":
            return False
        done = b"data: [DONE]\n\n"
        writer.write(f"{len(done):x}\r\n".encode() + done + b"\r\n0\r\n\r\n")
        await writer.drain()
        return True

    async def _drip(self, content: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A byte at a time, too slowly ever to finish."""
        for at in range(len(content)):
            if writer.is_closing() or self._over.is_set() or reader.at_eof():
                return
            writer.write(b"1\r\n" + content[at : at + 1] + b"\r\n")
            with contextlib.suppress(ConnectionError):
                await writer.drain()
            await asyncio.sleep(0.05)


PLAIN: Mapping[str, tuple[str, str, bytes]] = {
    "error500": ("500 Internal Server Error", "application/json", b'{"error": {"message": "overloaded"}}'),
    "busy": ("429 Too Many Requests", "application/json", b'{"error": {"message": "slow down"}}'),
    "html": ("200 OK", "text/html", HTML),
    "garbage": ("200 OK", "application/json", b'{"choices": [{"message": {"con'),
    "empty_choices": ("200 OK", "application/json", b'{"id": "1", "object": "chat.completion", "choices": []}'),
    "wrong_key": ("401 Unauthorized", "application/json", b'{"error": {"message": "invalid api key"}}'),
}


@asynccontextmanager
async def endpoint(script: Script, **how: Any) -> AsyncIterator[FakeEndpoint]:
    """An endpoint for as long as the block runs."""
    fake = FakeEndpoint(script, **how)
    await fake.start()
    try:
        yield fake
    finally:
        await fake.stop()


async def _read(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    if not head:
        return None
    fields = [line.split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line]
    length = next((int(value) for name, value in fields if name.lower() == b"content-length"), 0)
    body: dict[str, Any] = json.loads(await reader.readexactly(length) or b"{}")
    return body


def _head(status: str, kind: str, length: int, extra: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{extra}\r\n".encode()


async def _send(writer: asyncio.StreamWriter, status: str, kind: str, content: bytes, extra: str = "") -> None:
    writer.write(_head(status, kind, len(content), extra) + content)
    await writer.drain()


def _calls(says: Says, failing: str) -> list[dict[str, Any]]:
    made = []
    for place, (name, args) in enumerate(says.calls):
        written = '{"lines": [{"sku": ' if failing == "bad_arguments" else json.dumps(args, ensure_ascii=False)
        function = {"name": name or "propose_order", "arguments": written}
        made.append({"index": place, "id": f"made-{place}", "type": "function", "function": function})
    return made


def _completion(says: Says, failing: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": says.text}
    if calls := _calls(says, failing):
        message["tool_calls"] = calls
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
    return {**_frame("chat.completion"), "choices": [choice], "usage": _usage(says)}


def _chunks(says: Says, failing: str) -> list[dict[str, Any]]:
    pieces = [says.text[at : at + PIECE] for at in range(0, len(says.text), PIECE)]
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}, *({"content": piece} for piece in pieces)]
    for call in _calls(says, failing):
        arguments = call["function"]["arguments"]
        half = len(arguments) // 2
        first = {**call, "function": {**call["function"], "arguments": arguments[:half]}}
        deltas.append({"tool_calls": [first]})
        deltas.append({"tool_calls": [{"index": call["index"], "function": {"arguments": arguments[half:]}}]})
    finish = "tool_calls" if says.calls else "stop"
    frame = _frame("chat.completion.chunk")
    chunks = [{**frame, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    chunks.append({**frame, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    return [*chunks, {**frame, "choices": [], "usage": _usage(says)}]


def _frame(kind: str) -> dict[str, Any]:
    return {"id": "fake-1", "object": kind, "created": 0, "model": "fake"}


def _usage(says: Says) -> dict[str, int]:
    out = max(1, len(says.text) // 2)
    return {"prompt_tokens": 100, "completion_tokens": out, "total_tokens": 100 + out}
