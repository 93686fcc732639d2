"""The language model as a LangChain chat model: what it says is checked, and the built-in brain finishes what fails."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult


class WatchedBrain(BaseChatModel):
    """One turn's brain; ``turn`` thinks, this is its place in the loop."""

    turn: Any

    @property
    def _llm_type(self) -> str:
        return "qudao-watched"

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Nothing: LangChain writes a model out for its callbacks at every call, and a turn is long."""
        return []

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "WatchedBrain":
        self.turn.offer(tools)
        return self

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=await self.turn.next(messages))])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        raise RuntimeError("the desk thinks asynchronously")
