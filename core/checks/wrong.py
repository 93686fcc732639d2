"""What is wrong with a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrong:
    """A number that isn't in view, or goes by another's name, or a claim that isn't so; ``why`` is for the operator."""

    why: str
