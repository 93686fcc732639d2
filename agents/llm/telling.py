"""What goes to the model: who it is, the conversation so far within its window, and this turn's messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from agents.turns import Said
from core.egress.masking import Mask
from core.replies import Reply
from tools.context import ToolContext

LANGUAGES = {"zh": "Simplified Chinese", "zh_TW": "Traditional Chinese as in Taiwan", "en": "English"}.get
WIDE = re.compile(r"[\u2e80-\uffef]")
SHORTENED = 700
FIGURES_KEPT = 40


def tokens(text: str) -> int:
    """About how many tokens a text takes: a Chinese character one, four Latin letters one."""
    wide = len(WIDE.findall(text))
    return wide + (len(text) - wide + 3) // 4


def instructions(ctx: ToolContext) -> str:
    """The system prompt for this person and day."""
    template = (files("prompts") / "system" / "desk.md").read_text("utf-8")
    return template.format(
        brand=ctx.brand.name if ctx.words.language == "zh" else ctx.brand.name_en,
        today=ctx.today.isoformat(),
        role=str(ctx.actor.role),
        language=LANGUAGES(ctx.words.tag, "English"),
        polite=" (您, never 你 or 亲)" if ctx.words.language == "zh" else "",
    )


@dataclass(frozen=True)
class Telling:
    """A conversation as messages: recent turns as they were, older ones summed up."""

    window: int

    def messages(self, past: Sequence[Said], now: Sequence[BaseMessage], ctx: ToolContext) -> list[BaseMessage]:
        """Everything for one call; ``now`` are this turn's messages, the person's first."""
        left = self.window - sum(tokens(str(message.text)) for message in now)
        recent: list[list[BaseMessage]] = []
        older = list(past)
        while older:
            turn = _turn(older[-1])
            left -= sum(tokens(str(message.text)) for message in turn)
            if left < 0 and recent:
                break
            recent.insert(0, turn)
            older.pop()
        folded: list[BaseMessage] = [HumanMessage(summary(older))] if older else []
        return [SystemMessage(instructions(ctx)), *folded, *(message for turn in recent for message in turn), *now]


def masked(messages: Sequence[BaseMessage], mask: Mask) -> list[BaseMessage]:
    """As they may leave the house: the instructions as they are, everything else through the mask."""
    return [messages[0], *(_masked(message, mask) for message in messages[1:])]


def _masked(message: BaseMessage, mask: Mask) -> BaseMessage:
    text = mask.hide(str(message.text))
    if isinstance(message, AIMessage):
        calls = [{**call, "args": mask.hide_all(call["args"])} for call in message.tool_calls]
        return AIMessage(text, tool_calls=calls)
    if isinstance(message, ToolMessage):
        return ToolMessage(text, tool_call_id=message.tool_call_id, name=message.name)
    return HumanMessage(text)


def _turn(said: Said) -> list[BaseMessage]:
    own: list[BaseMessage] = [HumanMessage(said.text)] if said.text else []
    return [*own, AIMessage(shortened(said.reply.plain()))]


def shortened(text: str) -> str:
    """A long reply of an earlier turn, cut at a line."""
    if len(text) <= SHORTENED:
        return text
    return text[:SHORTENED].rsplit("\n", 1)[0] + "\n…"


def summary(turns: Sequence[Said]) -> str:
    """Older turns without a model: what was asked, figures, references, what was decided, what is open."""
    lines = ["Earlier in this conversation:"]
    for turn in turns:
        calls = ", ".join(dict.fromkeys(call.name for call in turn.calls)) or "no tool"
        lines.append(f"- {turn.text[:120]!r} ({calls}){_references(turn.reply)}{_decided(turn)}")
    figures = [
        f"{one.label or one.kind} {one.value} {one.unit}".strip() for turn in turns for one in turn.reply.figures
    ]
    kept = list(dict.fromkeys(figures))[-FIGURES_KEPT:]
    if kept:
        lines.append("Figures given then (may be out of date): " + "; ".join(kept))
    lines += _open_matters(turns)
    return "\n".join(lines)


def _references(reply: Reply) -> str:
    codes = [f"{one.kind} {one.code}" for one in reply.shown[:6]]
    pages = [f"{one.source}" + (f" p.{one.page}" if one.page else "") for one in reply.citations[:3]]
    return f": {', '.join([*codes, *pages])}" if codes or pages else ""


def _decided(turn: Said) -> str:
    return f"; decided: {turn.decided['status']}" if turn.decided.get("status") else ""


def _open_matters(turns: Sequence[Said]) -> list[str]:
    """The question that the last of them left open, and proposals that were shown and never decided."""
    decided = {turn.decided.get("proposal") for turn in turns}
    waiting = {
        button.proposal: turn
        for turn in turns
        for button in turn.reply.buttons
        if button.proposal and button.proposal not in decided and button.id == "confirm"
    }
    lines = [f"Waiting for a press: {turn.reply.plain().splitlines()[0][:160]}" for turn in list(waiting.values())[-2:]]
    if turns and turns[-1].asked is not None:
        lines.append(f"Left open: {turns[-1].asked.tool}, {turns[-1].asked.slot} is missing")
    return lines
