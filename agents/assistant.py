"""One turn of the agent loop, whichever brain thinks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from agents.middleware import Bounds, Manners, TurnsBrain
from agents.thinking import NoBrain, Thinking
from agents.turns import Answer, Asked, BrainName, Call, Heard, Said
from core.replies import Button, Buttons, Reply, Text
from tools.context import ToolContext
from tools.registry import Registry

RECURSION_LIMIT = 16


@dataclass(frozen=True)
class Assistant:
    """The agent loop of one desk; a loop is built once for each set of tools, which takes longer than a turn in it."""

    registry: Registry
    _loops: dict[tuple[str, ...], Any] = field(default_factory=dict)

    async def answer(
        self, text: str, history: Sequence[Said], ctx: ToolContext, *, brain: BaseChatModel, name: BrainName
    ) -> Answer:
        """Think about one message; the actor's own tools, and no others, are within reach."""
        # The built-in brain remembers by its own fold over the turns; messages would only be made to be thrown away.
        past = [message for turn in history for message in _messages(turn)] if name != "offline" else []
        start: list[Any] = [*past, HumanMessage(text)]
        result = await self._loop(ctx).ainvoke(
            {"messages": start}, config={"recursion_limit": RECURSION_LIMIT}, context=Thinking.of(ctx, brain)
        )
        return _answer(result["messages"][len(start) :], name)

    def _loop(self, ctx: ToolContext) -> Any:
        offered = self.registry.offered_to(ctx.actor, private=ctx.private)
        names = tuple(spec.name for spec in offered)
        if names not in self._loops:
            tools = [spec.tool for spec in offered]
            middleware = [Bounds(), Manners(self.registry), TurnsBrain()]
            self._loops[names] = create_agent(NoBrain(), tools, middleware=middleware, context_schema=Thinking)
        return self._loops[names]


def _messages(turn: Said) -> list[AnyMessage]:
    said: list[AnyMessage] = [HumanMessage(turn.text)] if turn.text else []
    return [*said, AIMessage(turn.reply.plain())]


def _answer(messages: Sequence[AnyMessage], name: BrainName) -> Answer:
    """The loop's messages as one reply: the words that lead in, then what each tool showed, then what is asked."""
    called: dict[str, dict[str, Any]] = {}
    calls: list[Call] = []
    reply = Reply()
    asked: Asked | None = None
    heard = Heard()
    for message in messages:
        if isinstance(message, AIMessage):
            called |= {str(call["id"]): call["args"] for call in message.tool_calls}
            own = message.additional_kwargs.get("reply")
            lead = message.additional_kwargs.get("lead", "" if own or message.tool_calls else message.text)
            if lead:
                reply = Reply((Text(lead),)) + reply
            if isinstance(own, Reply):
                reply += own
            asked = message.additional_kwargs.get("asked", asked)
            heard = message.additional_kwargs.get("heard", heard)
            name = message.additional_kwargs.get("brain", name)
        elif isinstance(message, ToolMessage):
            calls.append(Call(str(message.name), called.get(message.tool_call_id, {}), message.status != "error"))
            if isinstance(message.artifact, Reply):
                reply += message.artifact
    return Answer(gather_buttons(reply), tuple(calls), asked, name, heard)


def gather_buttons(reply: Reply) -> Reply:
    """One row of buttons at the end, each decision once, whichever tools offered them."""
    rows: dict[tuple[str, str], Button] = {}
    for button in reply.buttons:
        rows.setdefault((button.id, button.proposal), button)
    blocks = tuple(block for block in reply.blocks if not isinstance(block, Buttons))
    return replace(reply, blocks=blocks).with_buttons(rows.values())
