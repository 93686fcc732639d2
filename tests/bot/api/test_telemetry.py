"""The log and the traces: each line and span with its turn, none with what anybody said."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.asking import ask
from bot.desk import Desk
from bot.incoming import Incoming
from bot.telemetry import logs, traces
from core import tracing

SAID = "要10箱矿泉水"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "tracer", lambda: provider.get_tracer("test"))
    return exporter


def told(span: ReadableSpan) -> str:
    return json.dumps(json.loads(span.to_json()), ensure_ascii=False)


async def test_a_turn_holds_its_brain_and_that_its_tools(desk: Desk, spans: InMemorySpanExporter) -> None:
    asked = await ask(desk, Incoming("terminal", "D001-buyer", "D001-buyer", SAID))
    found = {span.name: span for span in spans.get_finished_spans() if span.name in {"turn", "brain", "tool"}}
    assert found.keys() == {"turn", "brain", "tool"}
    assert found["tool"].parent is not None
    assert found["brain"].context is not None
    assert found["tool"].context is not None
    assert found["tool"].parent.trace_id == found["brain"].context.trace_id
    assert found["brain"].parent == found["turn"].context
    attributes = dict(found["turn"].attributes or {})
    assert attributes["qudao.turn"] == str(asked.turn.turn_id)
    assert attributes["qudao.outcome"] == "answered"
    assert dict(found["tool"].attributes or {}) == {"qudao.tool": "propose_order"}


async def test_no_span_says_what_was_said(desk: Desk, spans: InMemorySpanExporter) -> None:
    for text in (SAID, "确认", "W-550多少钱", "D002欠多少钱", "\x00bad"):
        await ask(desk, Incoming("terminal", "D001-buyer", "D001-buyer", text))
    everything = "".join(told(span) for span in spans.get_finished_spans())
    assert "turn" in everything
    for words in (SAID, "矿泉水", "确认", "28.51", "王丽", "SO-2026"):
        assert words not in everything


async def test_an_error_in_a_span_tells_its_type_alone(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="13800000000"), tracing.span("turn"):
        raise ValueError("call 13800000000")
    (span,) = spans.get_finished_spans()
    assert "13800000000" not in told(span)
    assert "ValueError" in told(span)


async def test_lines_of_a_turn_carry_it_and_none_of_its_words(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(logs._with_turn)
    caplog.set_level(logging.INFO)
    asked = await ask(desk, Incoming("terminal", "D001-buyer", "D001-buyer", SAID))
    lines = [json.loads(logs.AsJson().format(record)) for record in caplog.records if record.name.startswith("bot")]
    (line,) = [line for line in lines if line["logger"] == "bot.telemetry.turns"]
    assert line["turn"] == str(asked.turn.turn_id)
    assert (line["channel"], line["brain"], line["outcome"]) == ("terminal", "offline", "answered")
    assert line["milliseconds"] >= 0
    assert SAID not in caplog.text


def test_an_error_stands_in_its_line() -> None:
    error = ValueError("坏了")
    record = logging.LogRecord("bot", logging.ERROR, "x.py", 1, "turn %s failed", ("t",), (ValueError, error, None))
    line = json.loads(logs.AsJson().format(record))
    assert (line["message"], line["level"]) == ("turn t failed", "error")
    assert "坏了" in line["error"]


@pytest.fixture
def collector() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A collector that keeps what it is sent."""
    got: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    thread.join()
    server.server_close()


def test_spans_reach_the_collector_that_is_configured(collector: tuple[str, list[tuple[str, bytes]]]) -> None:
    address, got = collector
    provider = traces.provider_for(address)
    with provider.get_tracer("test").start_as_current_span("turn"):
        pass
    provider.shutdown()
    ((path, body),) = got
    assert path == "/v1/traces"
    assert b"turn" in body
    assert b"qudao" in body
