"""CPU time of a turn by kind, beside a bare LangChain agent; starting times and memory where asked for.

A turn is all of it: into the inbox, claimed, thought about, saved, on its way out; on SQLite with a copy of the demo.
Each run has a fresh copy, a fresh embedder and other messages, so that nothing is answered from a cache.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import tool
from numpy.typing import NDArray

from agents.brains import learn
from benchmarks import demo, starting
from benchmarks.figures import Figure
from benchmarks.said import KINDS, Turn, trade, turns
from bot.app import put_together
from bot.asking import Asked, ask
from bot.desk import Desk
from bot.incoming import Incoming
from core.clock import fixed_clock
from core.db import Database
from core.language.embedder import Embedder, load_embedder
from core.settings import Settings
from tools.registry import Registry

BARE = "bare LangChain agent"
BARE_ANEW = "bare LangChain agent, built each turn"
A_CONVERSATION = 10
WARM_UP = 5


@dataclass
class Timed:
    """An embedder that counts the processor time spent in it."""

    inner: Embedder
    spent: float = 0.0

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dimensions(self) -> int:
        return self.inner.dimensions

    def query(self, text: str) -> NDArray[np.float32]:
        began = time.thread_time()
        vector = self.inner.query(text)
        self.spent += time.thread_time() - began
        return vector

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.inner.passages(texts)


@dataclass
class InTools:
    """Processor time spent inside of the tools: what they read and work out is theirs, not the turn's."""

    spent: float = 0.0

    def watch(self, registry: Registry) -> "InTools":
        """Count it from now on."""
        for spec in registry.tools.values():
            inner = spec.tool.coroutine  # type: ignore[attr-defined]
            spec.tool.coroutine = self._counted(getattr(inner, "__wrapped__", inner))
        return self

    def _counted(self, inner: Any) -> Any:
        @wraps(inner)
        async def counted(*args: Any, **kwargs: Any) -> Any:
            began = time.process_time()
            try:
                return await inner(*args, **kwargs)
            finally:
                self.spent += time.process_time() - began

        return counted


@dataclass
class Run:
    """What one run measured, by kind: milliseconds a turn, of which embedding, and how many went as expected."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    own: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    embedding: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    expected: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))


class InstantModel(BaseChatModel):
    """Calls the one tool, then says what it said; takes no time."""

    @property
    def _llm_type(self) -> str:
        return "instant"

    def bind_tools(self, *_: Any, **__: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        last = messages[-1]
        if isinstance(last, ToolMessage):
            answer = AIMessage(last.text)
        else:
            answer = AIMessage("", tool_calls=[{"name": "price_of", "args": {"words": last.text}, "id": "1"}])
        return ChatResult(generations=[ChatGeneration(message=answer)])


@tool
async def price_of(words: str) -> str:
    """What something costs."""
    return f"28.51 ({words})"


async def measure(template: Path, number: int, seed: int, kinds: Sequence[str]) -> Run:
    """One run over every kind."""
    run = Run()
    async with opened(template) as (desk, embedder):
        tools = InTools().watch(desk.registry)
        known = await trade(desk.database)
        for kind in kinds:
            for at, turn in enumerate(turns(kind, known, number + WARM_UP, seed)):
                await _turn(desk, embedder, tools, kind, at, turn, run)
    await _bare(number, run)
    return run


@asynccontextmanager
async def opened(template: Path) -> AsyncIterator[tuple[Desk, Timed | None]]:
    """A desk over a fresh copy, with an embedder that has embedded nothing yet."""
    registry = Registry.installed()
    real = load_embedder("auto")
    embedder = Timed(real) if real is not None else None
    with TemporaryDirectory(prefix="qudao-turns-") as folder:
        settings = Settings(data_dir=Path(folder), _env_file=None)
        database = Database(demo.copy(template, Path(folder) / "qudao.db"))
        try:
            parts = (registry, embedder, learn(registry, embedder))
            yield put_together(settings, database, parts, fixed_clock(demo.MORNING)), embedder
        finally:
            await database.close()


async def _turn(desk: Desk, embedder: Timed | None, tools: InTools, kind: str, at: int, turn: Turn, run: Run) -> None:
    """One measured turn; the first few of each kind warm up and are left out."""
    chat = f"{kind}-{at // A_CONVERSATION}"

    def incoming(text: str, press: str = "") -> Incoming:
        return Incoming("terminal", chat, turn.person, text, press)

    if turn.before:
        await ask(desk, incoming(turn.before))
    embedded, in_tools = embedder.spent if embedder else 0.0, tools.spent
    began = time.process_time()
    asked = await ask(desk, incoming(turn.text, turn.press))
    spent = time.process_time() - began
    if at < WARM_UP:
        return
    run.spent[kind].append(spent * 1000)
    run.own[kind].append((spent - (tools.spent - in_tools)) * 1000)
    run.embedding[kind].append(((embedder.spent if embedder else 0.0) - embedded) * 1000)
    run.expected[kind].append(_as_expected(turn, asked))


def _as_expected(turn: Turn, asked: Asked) -> bool:
    if turn.press:
        return asked.turn.decided.get("status") == "done"
    called = {call.name for call in asked.turn.answer.calls}
    return called == ({turn.expected} if turn.expected else set()) or (not turn.expected and called == {"help"})


async def _bare(number: int, run: Run) -> None:
    agent: Any = create_agent(InstantModel(), [price_of])
    for name in (BARE, BARE_ANEW):
        for at in range(number + WARM_UP):
            began = time.process_time()
            used: Any = create_agent(InstantModel(), [price_of]) if name == BARE_ANEW else agent
            await used.ainvoke({"messages": [HumanMessage(f"{at}箱矿泉水多少钱")]})
            if at >= WARM_UP:
                run.spent[name].append((time.process_time() - began) * 1000)


def figures(runs: Sequence[Run]) -> Iterator[Figure]:
    """Of each figure the median of the runs."""

    def figure(method: str, metric: str, values: Sequence[float]) -> Figure:
        return Figure(dataset="turns", method=method, metric=metric, value=round(statistics.median(values), 3))

    for kind in runs[0].spent:
        yield figure(kind, "p50 ms", [float(np.percentile(run.spent[kind], 50)) for run in runs])
        yield figure(kind, "p95 ms", [float(np.percentile(run.spent[kind], 95)) for run in runs])
        if kind in runs[0].own:
            yield figure(kind, "p50 ms without tools", [float(np.percentile(run.own[kind], 50)) for run in runs])
            yield figure(kind, "p95 ms without tools", [float(np.percentile(run.own[kind], 95)) for run in runs])
        if kind in runs[0].embedding:
            shares = [sum(run.embedding[kind]) / sum(run.spent[kind]) for run in runs]
            yield figure(kind, "embedding share", shares)
            yield figure(kind, "as expected", [float(np.mean(run.expected[kind])) for run in runs])


def show(found: Sequence[Figure]) -> None:
    rows: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for figure in found:
        rows[figure["dataset"], figure["method"]][figure["metric"]] = figure["value"]
    for (dataset, method), values in rows.items():
        print(f"{dataset:9} {method:38}", "  ".join(f"{metric} {value:8.2f}" for metric, value in values.items()))


async def _turns(given: argparse.Namespace) -> list[Figure]:
    kinds = [kind for kind in KINDS if not given.kind or kind in given.kind]
    with TemporaryDirectory(prefix="qudao-turns-") as folder:
        template = given.demo
        if template is None:
            print("Making the demo …", file=sys.stderr)
            template = Path(folder) / "demo.db"
            await demo.make(demo.sqlite_url(template), load_embedder("auto"))
        runs = []
        for number in range(given.runs):
            print(f"Run {number + 1} of {given.runs} …", file=sys.stderr)
            runs.append(await measure(template, given.turns, given.seed + number, kinds))
    return list(figures(runs))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turns", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--turns", type=int, default=200, help="turns of each kind in a run (default: 200)")
    parser.add_argument("--runs", type=int, default=5, help="the median of so many is shown (default: 5)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind; may be given again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--demo", type=Path, help="a demo database made already, with its documents indexed")
    parser.add_argument("--help-time", action="store_true", help="instead: how long `qudao --help` takes")
    parser.add_argument("--warm-start", action="store_true", help="instead: until the server is ready, and its memory")
    parser.add_argument("--first-start", action="store_true", help="instead: from an empty folder to a usable page")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found: list[Figure] = []
    for wanted, method in (
        (given.help_time, starting.help_time),
        (given.warm_start, starting.warm_start),
        (given.first_start, starting.first_start),
    ):
        if wanted:
            measured = method().items()
            found += [Figure(dataset="starting", method=method.__name__, metric=name, value=v) for name, v in measured]
    if not (given.help_time or given.warm_start or given.first_start):
        found = asyncio.run(_turns(given))
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
