"""The built-in brain as a LangChain chat model: it runs in the same loop and calls the same tools as any other."""

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import BaseTool
from pydantic import PrivateAttr

from agents.offline.arguments.slots import Schema
from agents.offline.deciding import decide
from agents.offline.mind import Mind
from agents.offline.plans import Plan
from agents.offline.reading.briefing import Briefing
from agents.offline.requests import Recogniser
from agents.offline.state import DialogueState
from agents.offline.wording.lexicon import Lexicon
from core.replies import Reply
from tools.registry import json_schema


class OfflineBrain(BaseChatModel):
    """One turn's brain: ``bind_tools`` says what is within reach, the first call plans, the last one closes."""

    briefing: Any
    lexicon: Any
    recogniser: Any
    state: Any
    _schemas: Mapping[str, Schema] = PrivateAttr(default_factory=dict)
    _plan: Plan | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, briefing: Briefing, lexicon: Lexicon, recogniser: Recogniser, state: DialogueState) -> "OfflineBrain":
        """With its parts typed, where pydantic would copy them."""
        return cls(briefing=briefing, lexicon=lexicon, recogniser=recogniser, state=state)

    @property
    def _llm_type(self) -> str:
        return "qudao-offline"

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Nothing: LangChain writes a model out for its callbacks at every call, and a briefing is long."""
        return []

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "OfflineBrain":
        self._schemas = {tool.name: schema_of(tool) for tool in tools if isinstance(tool, BaseTool)}
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        if self._plan is None or not isinstance(messages[-1], ToolMessage):
            said = next(message for message in reversed(messages) if isinstance(message, HumanMessage))
            self._plan = decide(str(said.text), self._mind())
            if self._plan.calls:
                return _result(_calling(self._plan))
        return _result(_closing(self._plan))

    def plan(self, said: str) -> Plan:
        """What it makes of a message: for a brain that it reads along with."""
        return decide(said, self._mind())

    def _mind(self) -> Mind:
        return Mind(self.briefing, self.lexicon, self.recogniser, self._schemas, self.state)


def schema_of(tool: BaseTool) -> Schema:
    """What a tool takes, as the built-in brain reads it; kept on the tool, since it never changes."""
    kept = (tool.metadata or {}).get("qudao_schema")
    if isinstance(kept, Schema):
        return kept
    schema = Schema.of(tool.name, json_schema(tool))
    tool.metadata = {**(tool.metadata or {}), "qudao_schema": schema}
    return schema


def _calling(plan: Plan) -> AIMessage:
    calls = [
        {"name": call.tool, "args": call.args, "id": f"call-{place}", "type": "tool_call"}
        for place, call in enumerate(plan.calls)
    ]
    kwargs: dict[str, Any] = {"heard": plan.heard}
    if plan.opening.blocks:
        kwargs["reply"] = plan.opening
    return AIMessage("", tool_calls=calls, additional_kwargs=kwargs)


def _closing(plan: Plan) -> AIMessage:
    """What is said after the tools' results: own words, then the open question."""
    question = plan.question
    said = plan.closing if plan.calls else plan.words
    reply = said + (question.reply if question else Reply())
    kwargs: dict[str, Any] = {"reply": reply, "heard": plan.heard}
    if question:
        kwargs["asked"] = question.asked
    return AIMessage(reply.plain(), additional_kwargs=kwargs)


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])
