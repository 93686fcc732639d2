"""What deciding needs besides the message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.offline.arguments.slots import Schema
from agents.offline.reading.briefing import Briefing
from agents.offline.requests import Recogniser
from agents.offline.state import DialogueState
from agents.offline.wording.lexicon import Lexicon


@dataclass(frozen=True)
class Mind:
    """The moment, words for values, and the tools within reach."""

    briefing: Briefing
    lexicon: Lexicon
    recogniser: Recogniser
    schemas: Mapping[str, Schema]
    state: DialogueState

    def words(self, key: str, /, **params: Any) -> str:
        """From the catalogue of the turn's language."""
        return self.briefing.words(key, **params)
