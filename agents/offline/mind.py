"""What deciding needs besides the message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.offline.briefing import Briefing
from agents.offline.lexicon import Lexicon
from agents.offline.requests import Recogniser
from agents.offline.slots import Schema
from agents.offline.state import DialogueState


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
