"""Counts and times of one desk, as Prometheus reads them."""

from collections.abc import Iterable

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from core.standing import Standing

__all__ = ["CONTENT_TYPE", "Metrics"]

NAMES = 200
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """A registry of the desk's own: two desks of one process count apart."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "qudao_turns", "Turns answered.", ["channel", "brain", "outcome"], registry=self._registry
        )
        self._seconds = Histogram(
            "qudao_turn_seconds", "How long a turn took.", ["channel"], buckets=SECONDS, registry=self._registry
        )
        self._names: frozenset[str] = frozenset()
        self._calls = Counter("qudao_tool_calls", "Calls of tools.", ["tool", "result"], registry=self._registry)

    def turn(self, channel: str, brain: str, outcome: str, seconds: float) -> None:
        """A turn has been answered."""
        self._turns.labels(channel, brain, outcome).inc()
        self._seconds.labels(channel).observe(seconds)

    def call(self, tool: str, *, ok: bool) -> None:
        """A tool was called, or its call refused. Past many names, which a model may invent, all are one."""
        known = tool in self._names or len(self._names) < NAMES
        self._names |= {tool} if known else set()
        self._calls.labels(tool if known else "other", "ok" if ok else "refused").inc()

    def text(self, standing: Standing) -> bytes:
        """All of it, with how the database stands now."""
        now = CollectorRegistry()
        now.register(_Now(standing))
        return generate_latest(self._registry) + generate_latest(now)


class _Now(Collector):
    """What waits at the moment of asking."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def collect(self) -> Iterable[GaugeMetricFamily]:
        standing = self._standing
        yield GaugeMetricFamily("qudao_inbox_waiting", "Messages not answered yet.", standing.inbox_waiting)
        yield GaugeMetricFamily("qudao_inbox_oldest_seconds", "Age of the oldest.", standing.inbox_oldest)
        outbox = GaugeMetricFamily("qudao_outbox", "Messages not sent yet.", labels=["channel", "state"])
        for (channel, state), count in standing.outbox.items():
            outbox.add_metric([channel, state], count)
        yield outbox
        yield GaugeMetricFamily("qudao_proposals_open", "Proposals that wait for a press.", standing.proposals_open)
        deliveries = GaugeMetricFamily("qudao_webhook_deliveries", "Deliveries not taken.", labels=["state"])
        for state, count in standing.deliveries.items():
            deliveries.add_metric([state], count)
        yield deliveries
