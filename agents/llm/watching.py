"""One turn with a language model: the built-in brain reads along, sentences are checked, what fails is finished."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage
from langchain_core.tools import BaseTool

from agents.llm.budget import Budget
from agents.llm.comparing import about, agrees, calling, fault_of, guesses
from agents.llm.endpoint import Endpoint, Failure, Kind
from agents.llm.sentences import Sentences, heading_of, joined, same_words
from agents.llm.telling import Telling, masked
from agents.offline.arguments.slots import Schema
from agents.offline.brain import OfflineBrain, schema_of
from agents.offline.plans import Plan, Say
from agents.turns import Said
from core.actor import system
from core.checks.checking import Checker
from core.checks.claims import outcomes_in
from core.checks.speech import LONGEST_ANSWER
from core.checks.view import View, view_of
from core.egress.masking import Mask
from core.events.service import record as record_event
from core.replies import Buttons, Reply, say
from tools.context import Spoken, ToolContext
from tools.registry import Registry

log = logging.getLogger(__name__)

ROUNDS = 4
KEY_REFUSED = "llm.key_refused"


@dataclass
class Heard:
    """What came of a call, also where it broke off."""

    whole: AIMessageChunk | None = None
    outcome: str = "failed"


@dataclass
class Sight:
    """What is in view, gathered when it is first looked at."""

    make: Callable[[], View]

    @cached_property
    def view(self) -> View:
        """The results and words that a sentence may stand on."""
        return self.make()


class Unfit(Exception):
    """What the model answered can't be used; why is for the log."""


@dataclass
class Turn:
    """A turn's state. Once ``given_up`` says why, the built-in brain has it; what was released stays."""

    ctx: ToolContext
    registry: Registry
    past: Sequence[Said]
    below: OfflineBrain
    endpoint: Endpoint
    checker: Checker
    telling: Telling
    budget: Budget
    mask: Mask
    deadline: float
    given_up: str = ""
    spent: str = ""
    released: list[str] = field(default_factory=list)
    rounds: int = 0
    owns_calls: bool = False
    plan: Plan | None = None
    _tools: Mapping[str, BaseTool] = field(default_factory=dict)
    _offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _schemas: Mapping[str, Schema] = field(default_factory=dict)

    def offer(self, tools: Sequence[Any]) -> None:
        """The tools within reach, each with its closed arguments."""
        self.below.bind_tools(tools)
        self._tools = {tool.name: tool for tool in tools if isinstance(tool, BaseTool)}
        self._schemas = {name: schema_of(tool) for name, tool in self._tools.items()}
        self._offered = {
            name: frozenset(one for one in schema.properties if schema.allowed(one))
            for name, schema in self._schemas.items()
        }

    async def next(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The model's next message, or the built-in brain's in its place."""
        at = max(place for place, message in enumerate(messages) if isinstance(message, HumanMessage))
        now = messages[at:]
        if self.plan is None:
            self.plan = self.below.plan(str(now[0].text))
        if not self.given_up:
            try:
                return await self._answer(now, self.plan)
            except (Failure, Unfit) as error:
                self.given_up = str(error)
                log.warning("turn %s goes on without the model: %s", self.ctx.turn_id, error)
                if isinstance(error, Failure) and error.kind is Kind.KEY:
                    await self._tell_operator(error)
            except Exception:
                self.given_up = "a bug"
                log.exception("turn %s goes on without the model", self.ctx.turn_id)
        return self._finish(now, self.plan)

    async def _tell_operator(self, failure: Failure) -> None:
        """A bad key isn't hidden behind the built-in brain: it is in the log and in the events."""
        log.error("the model's endpoint refuses the key (%s): check QUDAO_LLM_API_KEY", failure.reason)
        refused = {"model": self.endpoint.model, "reason": failure.reason}
        async with self.ctx.writes.begin() as session:
            record_event(session, system("llm"), KEY_REFUSED, "settings:llm", at=self.ctx.now, after=refused)

    async def _answer(self, now: Sequence[BaseMessage], plan: Plan) -> AIMessage:
        self.rounds += 1
        if self.rounds > ROUNDS:
            raise Unfit("it goes on and on")
        if self.rounds == 1 and (spent := await self.budget.used_up(self.ctx)):
            self.spent = spent
            raise Unfit(f"the budget of the {spent} is spent")
        if not self.endpoint.breaker.allows():
            raise Unfit("the endpoint is being left alone for a while")
        results = [message for message in now if isinstance(message, ToolMessage)]
        held = not results and (bool(plan.calls) or plan.question is not None or not _is_talk(plan))
        message, sight = await self._listen(now, results, held=held)
        if message.invalid_tool_calls:
            raise Unfit("arguments that are no JSON")
        if message.tool_calls:
            return self._call(message, now, sight, plan)
        if not str(message.text).strip():
            raise Unfit("an empty answer")
        return self._close(message, now, results, sight, plan)

    async def _listen(
        self, now: Sequence[BaseMessage], results: Sequence[ToolMessage], *, held: bool
    ) -> tuple[AIMessageChunk, Sight]:
        """The whole answer; its sentences are released on the way unless they are to be held back."""
        seconds = self.deadline - asyncio.get_running_loop().time()
        if seconds <= 0:
            raise Failure(Kind.TIME, "no time is left in the turn")
        seconds = min(seconds, self.endpoint.settings.llm_seconds)
        outgoing = masked(self.telling.messages(self.past, now, self.ctx), self.mask)
        heard, sight = Heard(), Sight(lambda: self._view(now, results))
        try:
            await self._hear(outgoing, seconds, sight, heard, held=held)
        finally:
            sent = "\n".join(str(message.text) for message in outgoing)
            await self.budget.record(self.ctx, sent, heard.whole, heard.outcome, self.mask.fields())
        if heard.whole is None:
            raise Failure(Kind.GARBAGE, "no answer at all")
        return heard.whole, sight

    async def _hear(
        self, outgoing: Sequence[BaseMessage], seconds: float, sight: Sight, heard: Heard, *, held: bool
    ) -> None:
        """Release what comes, sentence by sentence, unless it is held back until it is known to be an answer."""
        told = Sentences()
        async with aclosing(self.endpoint.stream(outgoing, list(self._tools.values()), seconds)) as stream:
            first = asyncio.ensure_future(anext(stream, None))
            await asyncio.sleep(0)
            if not held:
                sight.view  # noqa: B018 - looked at while the endpoint thinks
            chunk = await first
            while chunk is not None:
                heard.whole = chunk if heard.whole is None else heard.whole + chunk
                if not held:
                    self._release(told.feed(str(chunk.text)), sight)
                chunk = await anext(stream, None)
        heard.outcome = "answered"
        if not held:
            self._release(told.end(), sight)

    def _view(self, now: Sequence[BaseMessage], results: Sequence[ToolMessage]) -> View:
        """This turn's results; before there are any, what was shown last."""
        replies = [message.artifact for message in results if isinstance(message.artifact, Reply)]
        if not results and self.past:
            replies = [self.past[-1].reply]
        heard = [turn.text for turn in self.past[-1:] if turn.text]
        return view_of(replies, [*heard, str(now[0].text)], self.checker.reader)

    def _release(self, sentences: Any, sight: Sight) -> None:
        """Each after its check; one that fails ends it."""
        for sentence in map(self.mask.reveal, sentences):
            if sum(map(len, self.released)) + len(sentence) > LONGEST_ANSWER:
                raise Unfit("it talks too long")
            if any(same_words(sentence, before) for before in self.released):
                raise Unfit(f"{sentence!r} once more")
            wrong = self.checker.check(sentence, sight.view, *self.released[-1:])
            if wrong is not None and (heading := heading_of(self.released)):
                wrong = self.checker.check(sentence, sight.view, heading)
            if wrong is not None:
                raise Unfit(f"{sentence!r}: {wrong.why}")
            self.released.append(sentence)
            self.ctx.progress(Spoken(joined(self.released)))

    def _call(self, message: AIMessageChunk, now: Sequence[BaseMessage], sight: Sight, plan: Plan) -> AIMessage:
        done = [call for one in now if isinstance(one, AIMessage) for call in one.tool_calls]
        said, reader = str(now[0].text), self.checker.reader
        calls = [
            about({**call, "args": self.mask.reveal_all(call["args"])}, said, reader, self._schemas.get(call["name"]))
            for call in message.tool_calls
        ]
        if plan.stands:
            raise Unfit("the built-in brain has something of its own to say")
        if plan.calls and not done and agrees(calls, plan):
            self.owns_calls = True
            return calling(plan.calls)
        if plan.sure and plan.calls:
            raise Unfit(f"it called {[call['name'] for call in calls]}")
        if guesses(calls, plan):
            raise Unfit("what is still to be asked for, it guesses or leaves out")
        fault = fault_of(calls, done, said, sight.view, reader, self.registry, self._offered)
        if fault is not None:
            raise Unfit(fault)
        self.owns_calls = True
        return AIMessage("", tool_calls=calls)

    def _close(
        self,
        message: AIMessageChunk,
        now: Sequence[BaseMessage],
        results: Sequence[ToolMessage],
        sight: Sight,
        plan: Plan,
    ) -> AIMessage:
        """The model's words, then what the built-in brain has to add: an open question, words of its own.

        What leads in to a question stands on the person's words alone: results of an earlier turn have no part in it.
        """
        if results:
            return self._final(plan if not self.owns_calls or plan.calls else Plan(()))
        if plan.calls:
            raise Unfit("it called no tool")
        if plan.question is not None:
            told = Sentences()
            lead = [
                one for one in [*told.feed(str(message.text)), *told.end()] if not one.rstrip().endswith(("?", "？"))
            ]
            self._release(lead, Sight(lambda: view_of([], [str(now[0].text)], self.checker.reader)))
            return self._final(plan)
        if _is_talk(plan):
            return self._final(Plan(()), _buttons(plan.words))
        raise Unfit("the built-in brain has something of its own to say")

    def _finish(self, now: Sequence[BaseMessage], plan: Plan) -> AIMessage:
        """The built-in brain's answer: calls that weren't made yet, then its words."""
        done = {str(message.name) for message in now if isinstance(message, ToolMessage)}
        left = [call for call in plan.calls if call.tool not in done] if plan.sure or not done else []
        if left:
            return calling(left, len(done))
        served = bool(done) and not plan.calls
        return self._final(Plan(()) if served else plan)

    def _final(self, plan: Plan, more: Reply | None = None) -> AIMessage:
        question = plan.question
        reply = plan.words + (question.reply if question else Reply()) + (more or Reply())
        if self.released and _is_talk(plan):
            reply = _buttons(reply)
        reply += self._about_budget()
        kwargs: dict[str, Any] = {"reply": reply, "lead": joined(self.released), "brain": self._name()}
        if self.plan is not None:
            kwargs["heard"] = self.plan.heard
        if question:
            kwargs["asked"] = question.asked
        return AIMessage(reply.plain(), additional_kwargs=kwargs)

    def _about_budget(self) -> Reply:
        """That a budget is spent, said once and not with every answer."""
        if not self.spent:
            return Reply()
        words = self.ctx.words(f"llm.spent.{self.spent}")
        told = any(words in turn.reply.plain() for turn in self.past)
        return Reply() if told else say(words)

    def _name(self) -> str:
        return "llm" if self.released or self.owns_calls else "offline"


def _is_talk(plan: Plan) -> bool:
    """Whether it is conversation alone, which the model may put in its own words."""
    return bool(plan.steps) and all(isinstance(step, Say) and step.talk for step in plan.steps)


def _buttons(reply: Reply) -> Reply:
    return Reply(tuple(block for block in reply.blocks if isinstance(block, Buttons)))


def outcomes_of(past: Sequence[Said], vocabulary: Any) -> frozenset[str]:
    """What was really carried out in the conversation, unless something new waits for a press since."""
    done = [turn for turn in past if turn.decided.get("status") == "done"]
    if not done or any(
        call.name.startswith("propose_") for turn in past[past.index(done[-1]) + 1 :] for call in turn.calls
    ):
        return frozenset()
    return outcomes_in([done[-1].reply.plain()], vocabulary)
