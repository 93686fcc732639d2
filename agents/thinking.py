"""What one turn of the loop carries along: the tools' context, its brain, and its calls so far."""

import asyncio
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from langchain_core.language_models import BaseChatModel

from tools.context import ToolContext


class Run:
    """One turn's brain, its calls so far, and the lock that keeps in order those that change something.

    A plain class: LangChain copies a call's arguments into dictionaries, all the way down a dataclass or a model.
    """

    def __init__(self, brain: BaseChatModel) -> None:
        self.brain = brain
        self.model_calls = 0
        self.tool_calls = 0
        self.in_order = asyncio.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thinking(ToolContext):
    """A turn's context as the loop sees it; tools see no more of it than a ToolContext."""

    run: Run

    @classmethod
    def of(cls, ctx: ToolContext, brain: BaseChatModel) -> "Thinking":
        """The context of a turn that this brain thinks about."""
        return cls(**{one.name: getattr(ctx, one.name) for one in fields(ctx)}, run=Run(brain))


class NoBrain(BaseChatModel):
    """Stands where a loop wants a model before there is a turn; each turn brings its own."""

    @property
    def _llm_type(self) -> str:
        return "qudao-none"

    def bind_tools(self, *_: Any, **__: Any) -> "NoBrain":
        return self

    def _generate(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("the loop was run without a turn's brain")
