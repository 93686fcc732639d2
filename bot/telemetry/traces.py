"""Traces to an OpenTelemetry collector, where one is configured."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import trace

from core.errors import NotSetUp
from core.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

PATH = "/v1/traces"


@contextmanager
def sent(settings: Settings) -> Iterator[None]:
    """Send spans for as long as the block runs; without an endpoint they go nowhere."""
    if not settings.otlp_endpoint:
        yield
        return
    provider = provider_for(settings.otlp_endpoint)
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()


def provider_for(endpoint: str) -> "TracerProvider":
    """Where spans go; NotSetUp where the extra ``qudao[otel]`` isn't installed."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise NotSetUp("telemetry.no_exporter") from error
    address = endpoint if endpoint.endswith(PATH) else endpoint.rstrip("/") + PATH
    provider = TracerProvider(resource=Resource.create({"service.name": "qudao"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    return provider
