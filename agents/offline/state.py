"""What the conversation is about: a pure fold over its recorded turns, whichever brain made them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agents.turns import Asked, Call, Said

REMEMBERED = 8
DROPPED = "draft dropped"  # shown with a reply that says so; what waits for a press waits on


@dataclass(frozen=True, slots=True)
class DialogueState:
    """``asked`` is the question that the last reply left open; ``draft`` the proposing call that waits for a press,
    ``refused`` a call of the last turn that was refused, ``attempt`` one whose order can't be placed as it stands,
    ``fresh_quote`` whether the last reply told a price."""

    asked: Asked | None = None
    draft: Call | None = None
    draft_proposal: str = ""
    last: Call | None = None
    refused: Call | None = None
    attempt: Call | None = None
    recent: tuple[Call, ...] = ()
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fresh_quote: bool = False

    def arg(self, name: str) -> Any:
        """The latest value that a call gave to an argument, if any still in memory did."""
        return next((call.args[name] for call in reversed(self.recent) if call.args.get(name)), None)


def fold_turns(turns: Sequence[Said]) -> DialogueState:
    """The state after the turns, oldest first."""
    state = DialogueState()
    for turn in turns:
        state = _after(state, turn)
    return state


def _after(state: DialogueState, turn: Said) -> DialogueState:
    shown = dict(state.shown)
    for kind in {item.kind for item in turn.reply.shown}:
        shown[kind] = tuple(item.code for item in turn.reply.shown if item.kind == kind)
    done = [call for call in turn.calls if call.ok]
    recent = (*state.recent, *done)[-REMEMBERED:]
    refused = next((call for call in turn.calls if not call.ok), None)
    state = replace(
        state,
        refused=refused,
        asked=turn.asked,
        recent=recent,
        shown=shown,
        last=done[-1] if done else state.last,
        fresh_quote=bool(done) and done[-1].name == "quote",
    )
    state = _decided(_drafted(state, turn, done), turn)
    dropped = any(item.kind == DROPPED for item in turn.reply.shown)
    return replace(state, draft=None, draft_proposal="", attempt=None) if dropped else state


def _drafted(state: DialogueState, turn: Said, done: Sequence[Call]) -> DialogueState:
    proposing = [call for call in done if call.name.startswith("propose_")]
    offered = next((b.proposal for b in turn.reply.buttons if b.id in {"confirm", "cancel"} and b.proposal), "")
    if proposing and offered:
        return replace(state, draft=proposing[-1], draft_proposal=offered, attempt=None)
    return replace(state, attempt=proposing[-1]) if proposing else state


def _decided(state: DialogueState, turn: Said) -> DialogueState:
    settled = turn.decided.get("proposal")
    if settled and settled == state.draft_proposal and turn.decided.get("status") != "open":
        return replace(state, draft=None, draft_proposal="")
    return state
