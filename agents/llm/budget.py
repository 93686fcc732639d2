"""What a model may still cost, and the record of each call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessageChunk

from agents.llm.telling import tokens
from core.settings import Settings
from core.usage import service as usage
from core.usage.rules import Limit, cost_of, spent_over
from tools.context import ToolContext


@dataclass(frozen=True)
class Budget:
    """One desk's, from its settings."""

    settings: Settings

    @property
    def limits(self) -> dict[str, Limit]:
        """By what they are counted for."""
        s = self.settings
        return {
            "conversation": Limit(s.llm_tokens_conversation, s.llm_cost_conversation),
            "person": Limit(s.llm_tokens_person, s.llm_cost_person),
            "day": Limit(s.llm_tokens_day, s.llm_cost_day),
        }

    async def used_up(self, ctx: ToolContext) -> str | None:
        """The budget that is spent, if one is; nothing is asked where there is no limit."""
        limits = self.limits
        if ctx.actor.person_id is None or not any(limit.tokens or limit.cost for limit in limits.values()):
            return None
        async with ctx.reads() as session:
            spent = await usage.spent(session, ctx.conversation, ctx.actor.person_id, ctx.today)
        return spent_over(spent, limits)

    async def record(
        self, ctx: ToolContext, sent: str, answer: AIMessageChunk | None, outcome: str, fields: Mapping[str, Any]
    ) -> None:
        """Keep a call; what an endpoint doesn't count is estimated."""
        if ctx.actor.person_id is None:
            return
        told = answer.usage_metadata if answer is not None else None
        came = tokens(str(answer.text)) + sum(tokens(str(call["args"])) for call in answer.tool_calls) if answer else 0
        tokens_in = told["input_tokens"] if told else tokens(sent)
        tokens_out = told["output_tokens"] if told else came
        s = self.settings
        call = usage.Call(
            ctx.turn_id, ctx.conversation, ctx.actor.person_id, s.llm_model, outcome, tokens_in, tokens_out,
            cost_of(tokens_in, tokens_out, s.llm_price_in, s.llm_price_out), s.llm_currency, fields,
        )  # fmt: skip
        async with ctx.writes.begin() as session:
            usage.record(session, call, ctx.today, ctx.now)
