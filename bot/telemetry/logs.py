"""The log: a line of words or of JSON, with the turn that it belongs to."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.settings import Settings
from core.tracing import TURN

OURS = ("agents", "bot", "core", "knowledge", "tools")
EXTRA = ("channel", "brain", "outcome", "milliseconds")
WORDS = "%(asctime)s %(levelname)s %(name)s%(turn)s: %(message)s"


def configure(settings: Settings) -> None:
    """For a process that serves: warnings of everybody; as JSON, a line a turn too."""
    handler = logging.StreamHandler()
    handler.addFilter(_with_turn)
    handler.setFormatter(AsJson() if settings.log == "json" else logging.Formatter(WORDS))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    if settings.log == "json":
        for name in OURS:
            logging.getLogger(name).setLevel(logging.INFO)


def _with_turn(record: logging.LogRecord) -> bool:
    turn = TURN.get()
    record.turn_id = turn
    record.turn = f" [{turn}]" if turn else ""
    return True


class AsJson(logging.Formatter):
    """One object a line; an error stands in it whole."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if turn := getattr(record, "turn_id", ""):
            line["turn"] = turn
        given: Mapping[str, Any] = vars(record)
        line |= {name: given[name] for name in EXTRA if name in given}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
