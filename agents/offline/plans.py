"""What the built-in brain decided to do about a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from agents.turns import Asked, Heard
from core.replies import Button, Reply, say


@dataclass(frozen=True, slots=True)
class Do:
    """Call a tool."""

    tool: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for what is missing."""

    asked: Asked
    reply: Reply


@dataclass(frozen=True, slots=True)
class Say:
    """Say something of its own; ``talk`` is conversation, which others may put in better words.

    ``first``: before what the tools say. ``refusal``: it holds whatever else may have been meant.
    """

    reply: Reply
    talk: bool = False
    first: bool = False
    refusal: bool = False


Step = Do | Ask | Say


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order: words and calls first; at most one question, last. ``sure``: hardly anything else is meant.

    ``heard`` is what it was taken for, where that had to be recognised.
    """

    steps: tuple[Step, ...]
    sure: bool = True
    heard: Heard = field(default_factory=Heard)

    @property
    def calls(self) -> tuple[Do, ...]:
        """The calls to make."""
        return tuple(step for step in self.steps if isinstance(step, Do))

    @property
    def words(self) -> Reply:
        """What is said besides the tools' results."""
        return _together(step.reply for step in self.steps if isinstance(step, Say))

    @property
    def opening(self) -> Reply:
        """What is said before the tools' results."""
        return _together(step.reply for step in self.steps if isinstance(step, Say) and step.first)

    @property
    def closing(self) -> Reply:
        """What is said after them."""
        return _together(step.reply for step in self.steps if isinstance(step, Say) and not step.first)

    @property
    def stands(self) -> bool:
        """Whether it is words alone that nobody goes past: a refusal, or what is surely the desk's own to say."""
        own = all(isinstance(step, Say) and not step.talk for step in self.steps)
        refused = any(isinstance(step, Say) and step.refusal for step in self.steps)
        return bool(self.steps) and own and (self.sure or refused)

    @property
    def question(self) -> Ask | None:
        """The first question; one a turn."""
        return next((step for step in self.steps if isinstance(step, Ask)), None)


def _together(replies: Iterable[Reply]) -> Reply:
    whole = Reply()
    for reply in replies:
        whole += reply
    return whole


def ask(tool: str, args: dict[str, Any], slot: str, words: str, choices: Sequence[tuple[str, str]] = ()) -> Ask:
    """A question with up to three choices, each a label and what choosing it says."""
    buttons = [Button(f"choose:{i}", label, says) for i, (label, says) in enumerate(choices[:3], start=1)]
    return Ask(Asked(tool, args, slot, tuple(says for _, says in choices[:3])), say(words, *buttons))
