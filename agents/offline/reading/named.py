"""What a message may name, and where it does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Something that may be named in a message."""

    kind: str
    code: str
    names: tuple[str, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the folded message that names one thing, or one of several (``codes``, likeliest first)."""

    kind: str
    codes: tuple[str, ...]
    start: int
    end: int
    text: str
    sure: bool = True

    @property
    def code(self) -> str | None:
        """The only thing that it can be."""
        return self.codes[0] if len(self.codes) == 1 else None
