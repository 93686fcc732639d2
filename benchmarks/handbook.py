"""Questions that dealers ask of the demo's documents: the page found, the answer quoted, and silence where none stands.

The gate (knowledge/gate.py) was fitted on the half whose question hashes to an even number; the other half tests it.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import demo
from benchmarks.figures import Figure
from benchmarks.said import BUYER, FACTS
from core import plainyaml
from core.db import Database
from core.language.embedder import Embedder, load_embedder
from core.people import service as people
from knowledge.gate import Verdict
from knowledge.service import Answer, Knowledge


@dataclass(frozen=True)
class Judged:
    """A question and what became of it; ``answerable`` is what the documents really hold."""

    question: str
    answerable: bool
    verdict: Verdict
    pages: tuple[bool, ...] = ()
    quoted: bool = False

    @property
    def fitted(self) -> bool:
        return int(sha256(self.question.encode()).hexdigest(), 16) % 2 == 0


async def judge(database: Database, embedder: Embedder | None) -> list[Judged]:
    """Every question, asked by a dealer's buyer."""
    facts: dict[str, Any] = plainyaml.load(FACTS.read_text(encoding="utf-8"))
    knowledge = Knowledge(embedder=embedder)
    judged = []
    async with database.reads() as session:
        actor = await people.actor_by_handle(session, BUYER, demo.UNTIL)
        for fact in facts["answered"]:
            answer = await knowledge.answer(session, actor, fact["question"], demo.UNTIL)
            judged.append(_judged(fact, answer))
        for question in facts["unanswered"]:
            answer = await knowledge.answer(session, actor, question, demo.UNTIL)
            judged.append(Judged(question, False, answer.verdict))
    return judged


def _judged(fact: dict[str, Any], answer: Answer) -> Judged:
    pages = tuple((hit.source, hit.page) == (fact["source"], fact["page"]) for hit in answer.hits)
    quotes = "".join(_bare(quote.text) for quote in answer.quotes)
    return Judged(fact["question"], True, answer.verdict, pages, _bare(fact["answer"]) in quotes)


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def figures(dataset: str, method: str, judged: Sequence[Judged]) -> Iterator[Figure]:
    def share(metric: str, held: Sequence[bool]) -> Figure:
        return Figure(dataset=dataset, method=method, metric=metric, value=round(sum(held) / len(held), 4))

    answerable = [one for one in judged if one.answerable]
    unanswerable = [one for one in judged if not one.answerable]
    yield Figure(dataset=dataset, method=method, metric="answerable", value=len(answerable))
    yield share("R@1 page", [any(one.pages[:1]) for one in answerable])
    yield share("R@3 page", [any(one.pages[:3]) for one in answerable])
    yield share("answer in quotes", [one.quoted for one in answerable])
    yield from _verdicts(share, "answerable", answerable)
    yield Figure(dataset=dataset, method=method, metric="unanswerable", value=len(unanswerable))
    yield from _verdicts(share, "unanswerable", unanswerable)


def _verdicts(share: Any, of: str, judged: Sequence[Judged]) -> Iterator[Figure]:
    if judged:
        for verdict in Verdict:
            yield share(f"{of}: {verdict}", [one.verdict is verdict for one in judged])


async def _measured(template: Path | None) -> list[Figure]:
    found: list[Figure] = []
    with TemporaryDirectory(prefix="qudao-handbook-") as folder:
        file = Path(folder) / "demo.db"
        embedder = load_embedder("auto")
        if template is None:
            print("Making the demo and its index …", file=sys.stderr)
            await demo.make(demo.sqlite_url(file), embedder)
        else:
            demo.copy(template, file)
        database = Database(demo.sqlite_url(file))
        try:
            for method, used in (("words", None), ("words+meaning", embedder)):
                judged = await judge(database, used)
                for half, chosen in (
                    ("all", judged),
                    ("fitted", [one for one in judged if one.fitted]),
                    ("test", [one for one in judged if not one.fitted]),
                ):
                    found += figures(half, method, chosen)
        finally:
            await database.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.handbook", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--demo", type=Path, help="a demo database made already, with its documents indexed")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found = asyncio.run(_measured(given.demo))
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for figure in found:
            print(f"{figure['dataset']:8} {figure['method']:14} {figure['metric']:22} {figure['value']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
