"""What a turn is made of and what is remembered of it, whichever brain thought."""

from dataclasses import dataclass, field
from typing import Any, Literal

from core.replies import Reply

BrainName = Literal["offline", "llm"]


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call of a turn and whether it was carried out or refused."""

    name: str
    args: dict[str, Any]
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: the tool whose arguments were being gathered, those known, and the one that is missing."""

    tool: str
    args: dict[str, Any]
    slot: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What the built-in brain took a message for: the likeliest intents, scored; ``doubt``: why it isn't sure."""

    intents: tuple[tuple[str, float], ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a brain made of a message."""

    reply: Reply
    calls: tuple[Call, ...] = ()
    asked: Asked | None = None
    brain: BrainName = "offline"
    heard: Heard = field(default_factory=Heard)


@dataclass(frozen=True, slots=True)
class Said:
    """A past turn, as the conversation's record holds it.

    ``aloud``: it was said in a group where strangers may have been; in a group anything else was for its members alone.
    ``reach``: the actor's, where the reply holds something back.
    """

    text: str
    reply: Reply
    calls: tuple[Call, ...] = ()
    asked: Asked | None = None
    decided: dict[str, Any] = field(default_factory=dict)
    aloud: bool = False
    reach: str = ""


def answer_record(answer: Answer) -> dict[str, Any]:
    """An answer's calls and open question as plain JSON, for the conversation's record."""
    record: dict[str, Any] = {
        "calls": [{"name": call.name, "args": call.args, "ok": call.ok} for call in answer.calls],
    }
    if answer.asked:
        asked = answer.asked
        record["asked"] = {"tool": asked.tool, "args": asked.args, "slot": asked.slot, "choices": list(asked.choices)}
    if answer.heard.intents:
        record["heard"] = [list(one) for one in answer.heard.intents]
    return record


def said(text: str, reply: dict[str, Any] | None, record: dict[str, Any]) -> Said:
    """A past turn, read back from the record."""
    asked = record.get("asked")
    return Said(
        text=text,
        reply=Reply.from_json(reply or {}),
        calls=tuple(Call(call["name"], call["args"], call["ok"]) for call in record.get("calls", ())),
        asked=Asked(asked["tool"], asked["args"], asked["slot"], tuple(asked["choices"])) if asked else None,
        decided=record.get("decided", {}),
        aloud=record.get("aloud", False),
        reach=record.get("reach", ""),
    )
