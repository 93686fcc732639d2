"""Spans (turn → brain → tool) and the turn that a log line belongs to. Names and ids only, never what anybody said.

Spans cost next to nothing until ``bot.telemetry.traces`` sends them somewhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from opentelemetry.trace import Span, Status, StatusCode, Tracer, get_tracer

TURN: ContextVar[str] = ContextVar("qudao_turn", default="")


def tracer() -> Tracer:
    """Of this program; the process decides where its spans go."""
    return get_tracer("qudao")


@contextmanager
def span(name: str, **attributes: str | int | bool) -> Iterator[Span]:
    """A part of a turn, timed; of an error only its type is told, since its words may quote somebody's."""
    named = {f"qudao.{key}": value for key, value in attributes.items()}
    with tracer().start_as_current_span(
        name, attributes=named, record_exception=False, set_status_on_exception=False
    ) as opened:
        try:
            yield opened
        except BaseException as error:
            opened.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


@contextmanager
def in_turn(turn_id: str) -> Iterator[None]:
    """Log lines inside belong to this turn."""
    token = TURN.set(turn_id)
    try:
        yield
    finally:
        TURN.reset(token)
