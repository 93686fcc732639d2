"""What is told of each turn: a span, a line in the log, counts; nothing of what was said."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.telemetry.metrics import Metrics
from core.inbox.models import Inbound
from core.tracing import in_turn, span

if TYPE_CHECKING:
    from bot.desk import Turn

log = logging.getLogger(__name__)


def turn_of(inbound: Inbound) -> UUID:
    """The turn of a message, the same however often it is begun."""
    return uuid5(NAMESPACE_URL, f"qudao:{inbound.channel}:{inbound.external_id}")


async def seen(metrics: Metrics, inbound: Inbound, work: "Callable[[], Awaitable[Turn]]") -> "Turn":
    """Answer a message and tell of it."""
    started = time.perf_counter()
    turn_id = str(turn_of(inbound))
    with in_turn(turn_id), span("turn", channel=inbound.channel, turn=turn_id) as opened:
        turn = await work()
        seconds = time.perf_counter() - started
        opened.set_attribute("qudao.brain", turn.answer.brain)
        opened.set_attribute("qudao.outcome", turn.outcome)
        metrics.turn(inbound.channel, turn.answer.brain, turn.outcome, seconds)
        for call in turn.answer.calls:
            metrics.call(call.name, ok=call.ok)
        log.info(
            "a turn of %s was %s", inbound.channel, turn.outcome,
            extra={
                "channel": inbound.channel, "brain": turn.answer.brain, "outcome": turn.outcome,
                "milliseconds": round(seconds * 1000),
            },
        )  # fmt: skip
    return turn
