"""What ``qudao doctor`` finds in the settings: values that can't be, names that are none, an extra that lacks."""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.util import find_spec

from dotenv import dotenv_values
from pydantic import ValidationError

from bot.commands.findings import Finding
from core.settings import PREFIX, Settings, unknown_settings, wrong_settings

EXPORTER = "opentelemetry.exporter.otlp.proto.http"
CORRECT = "correct it in the environment or in .env"


def refused(error: ValidationError) -> Finding:
    """Values that no desk can be opened with."""
    return Finding("settings", wrong_settings(error), CORRECT)


def of_settings(settings: Settings) -> Iterator[Finding]:
    """What the settings say of each other, and what is set that nothing reads."""
    if settings.llm_base_url and not settings.llm_model:
        yield Finding("settings", "QUDAO_LLM_BASE_URL is set without QUDAO_LLM_MODEL", "set both, or neither")
    else:
        yield Finding("settings", f"data in {settings.data_dir}")
    if settings.otlp_endpoint and not _has_exporter():
        found = "QUDAO_OTLP_ENDPOINT is set and the exporter isn't installed"
        yield Finding("traces", found, "run `pip install 'qudao[otel]'`, or empty the setting")


def unknown() -> Iterator[Finding]:
    """Variables of our prefix that are no settings, in the environment and in .env."""
    known = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    for name in sorted(set(unknown_settings([*os.environ, *dotenv_values(".env")]))):
        near = get_close_matches(name.upper(), known, n=1)
        mend = f"is {near[0]} meant?" if near else "docs/install.md has those there are"
        yield Finding("settings", f"{name} is no setting and does nothing", mend, is_warning=True)


def _has_exporter() -> bool:
    try:
        return find_spec(EXPORTER) is not None
    except ModuleNotFoundError:
        return False
