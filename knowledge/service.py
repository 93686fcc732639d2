"""Questions to the documents: found by words and by meaning, answered with the page they stand on."""

from dataclasses import dataclass


@dataclass(slots=True)
class Knowledge:
    """What answering from documents needs besides the database."""
