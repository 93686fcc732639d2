"""``python -m benchmarks.checks``: what the checks add to a turn, and how soon a sentence is seen."""

import asyncio
import json
import logging
import time
from pathlib import Path
from statistics import median
from uuid import uuid4

import click

from agents.llm import watching
from benchmarks import demo
from benchmarks.lies import BUYER, QUESTIONS, modelled
from bot.app import shared_parts
from bot.asking import ask
from bot.evaluation.endpoint import Request, Says, endpoint
from bot.evaluation.honest import honest
from bot.incoming import Incoming
from core.checks.checking import Checker
from core.checks.view import view_of
from core.settings import Settings

ROUNDS = 6
PAUSE = 0.03
WORDS = "您的返利如下，以结算单为准。还差多少到下一档，请看明细。"


class Spent:
    """Processor time within functions that are watched, in milliseconds."""

    def __init__(self) -> None:
        self.gathering = 0.0
        self.checking = 0.0


async def overhead(folder: Path, template: Path) -> list[dict[str, object]]:
    """Gathering what is in view (while the endpoint thinks) and checking sentences (before each is shown)."""
    spent = Spent()
    gather, check = view_of, Checker.check

    def gathered(*args: object) -> object:
        began = time.process_time()
        view = gather(*args)  # type: ignore[arg-type]
        spent.gathering += (time.process_time() - began) * 1000
        return view

    def checked(self: Checker, *args: object) -> object:
        began = time.process_time()
        wrong = check(self, *args)  # type: ignore[arg-type]
        spent.checking += (time.process_time() - began) * 1000
        return wrong

    vars(watching)["view_of"] = gathered
    Checker.check = checked  # type: ignore[method-assign,assignment]
    parts = shared_parts(Settings(_env_file=None, data_dir=folder, embedder="none"))
    checking: list[float] = []
    gathering: list[float] = []
    async with endpoint(honest(parts[2])) as fake, modelled(parts, template, fake, "") as desk:
        for at in range(ROUNDS):
            for who, words in QUESTIONS:
                spent.gathering = spent.checking = 0.0
                await ask(desk, Incoming("terminal", uuid4().hex, who, words))
                if at:
                    checking.append(spent.checking)
                    gathering.append(spent.gathering)
    vars(watching)["view_of"] = gather
    Checker.check = check  # type: ignore[method-assign]
    return [
        _row("checking sentences", "ms a turn, median", median(checking)),
        _row("checking sentences", "ms a turn, 95 %", sorted(checking)[int(len(checking) * 0.95)]),
        _row("gathering what is in view, while the endpoint thinks", "ms a turn, median", median(gathering)),
    ]


async def first_words(folder: Path, template: Path) -> list[dict[str, object]]:
    """From the moment when the endpoint has sent its first sentence whole until it is shown."""
    parts = shared_parts(Settings(_env_file=None, data_dir=folder, embedder="none"))

    def script(request: Request) -> Says:
        return Says(WORDS) if request.results else Says(calls=[("explain_rebate", {})])

    waits: list[float] = []
    async with endpoint(script, pause=PAUSE) as fake, modelled(parts, template, fake, "") as desk:
        loop = asyncio.get_running_loop()
        for at in range(ROUNDS * 2):
            fake.spoke.clear()
            shown: list[float] = []
            incoming = Incoming("terminal", uuid4().hex, BUYER, "查一下返利")
            await ask(desk, incoming, lambda _, into=shown: into.append(loop.time()))  # type: ignore[misc]
            if at > 1:
                waits.append((shown[0] - _whole(fake.spoke)) * 1000)
    return [
        _row("first sentence", "ms until seen, median", median(waits)),
        _row("first sentence", "ms, most", max(waits)),
    ]


def _whole(spoke: list[float]) -> float:
    """When the piece with the first full stop was sent: the calls' chunks and the role's come before."""
    pieces = len(spoke) - (len(WORDS) + 5) // 6 - 2
    return spoke[pieces + WORDS.index("。") // 6]


def _row(method: str, metric: str, value: float) -> dict[str, object]:
    return {"dataset": "demo", "method": method, "metric": metric, "value": round(value, 2)}


async def run(keep: Path) -> list[dict[str, object]]:
    """Both, on the demo that is kept."""
    logging.disable(logging.WARNING)
    template = await demo.kept(keep / "lies-demo.db", None)
    return [*await overhead(keep, template), *await first_words(keep, template)]


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), default=Path("data/benchmarks"), show_default=True)
def main(keep: Path) -> None:
    """Print the figures as JSON."""
    print(json.dumps(asyncio.run(run(keep)), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
