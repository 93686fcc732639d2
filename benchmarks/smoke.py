"""``python -m benchmarks.smoke``: thirty dialogues with a small real model, beside the built-in brain alone."""

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from benchmarks import demo
from benchmarks.local_model import served
from bot.app import shared_parts
from bot.asking import Asked, ask
from bot.desk import Desk
from bot.evaluation import running
from bot.evaluation.cases import Case, load_cases
from bot.evaluation.running import Parts, copies_of, run_case
from bot.incoming import Incoming
from core.language.normalise import fold
from core.settings import Settings

LIST = Path(__file__).parent / "smoke.txt"
DIALOGUES = Path(__file__).parents[1] / "tests" / "dialogues"
PATIENT: Mapping[str, Any] = {
    "llm_model": "smollm2", "llm_seconds": 60, "turn_seconds": 200, "llm_max_tokens": 60, "llm_window": 600,
}  # fmt: skip
NUMBERS = re.compile(r"\d[\d,.:-]*\d|\d")
LINKS = re.compile(r"https?://\S+|\w+@\w+|\.pdf")
ACTIONS = re.compile(
    r"已下单|已付款|已取消|已确认|已批准|\b(?:has|have) been (?:placed|ordered|paid|cancelled|confirmed|approved)\b"
    r"|\bi(?:'ve| have) (?:placed|ordered|paid|cancelled)"
)


@dataclass
class Shown:
    """The model's own words as people saw them, with what is wrong with them by a look of its own."""

    words: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    turns: int = 0

    def look(self, incoming: Incoming, asked: Asked, told: str) -> None:
        """A figure or link must stand in the rest of the reply or in the person's words; no action may be claimed."""
        self.turns += 1
        if not told:
            return
        self.words.append(told)
        rest = fold(asked.reply.plain().removeprefix(told)) + " " + fold(incoming.text)
        for pattern in (NUMBERS, LINKS):
            self.wrong += [f"{found} | {told}" for found in pattern.findall(fold(told)) if found not in rest]
        self.wrong += [f"{found} | {told}" for found in ACTIONS.findall(fold(told)) if found not in rest]


def cases() -> list[Case]:
    """The thirty."""
    lines = [line.split() for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [next(case for case in load_cases(DIALOGUES / file) if case.id == name) for file, name in lines]


async def run(keep: Path, url: str) -> tuple[int, int, Shown]:
    """How many pass without a model and with it, and what it got to say."""
    logging.disable(logging.ERROR)
    settings = Settings(_env_file=None, data_dir=keep)
    parts: Parts = shared_parts(settings)
    template = await demo.kept(keep / "smoke-demo.db", parts[1])
    shown = Shown()

    async def watched(desk: Desk, incoming: Incoming, key: str = "") -> Asked:
        seen: list[str] = []
        asked = await ask(desk, incoming, seen.append, key)
        shown.look(incoming, asked, seen[-1] if seen and asked.reply.plain().startswith(seen[-1]) else "")
        return asked

    alone = [(await run_case(case, settings, parts, copies_of(template))).passed for case in cases()]
    vars(running)["ask"] = watched
    modelled = settings.model_copy(update={**PATIENT, "llm_base_url": url})
    together: list[bool] = []
    for case in cases():
        result = await run_case(case, modelled, parts, copies_of(template))
        together.append(result.passed)
        print(f"{'ok' if result.passed else '!!'} {case.id} {' '.join(result.failures)}", flush=True)
    vars(running)["ask"] = ask
    return sum(alone), sum(together), shown


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), default=Path("data/benchmarks"), show_default=True)
@click.option("--threads", default=1, show_default=True)
def main(keep: Path, threads: int) -> None:
    """What passes, and every word of the model that was shown."""
    with served(threads) as url:
        alone, together, shown = asyncio.run(run(keep, url))
    for words in shown.words:
        print(f"shown: {words}")
    for wrong in shown.wrong:
        print(f"WRONG: {wrong}")
    print(f"dialogues that pass: {together} with the model, {alone} without, of {len(cases())}")
    print(f"{len(shown.words)} of {shown.turns} turns show its words")
    print(f"{len(shown.wrong)} invented figures, links or actions reached the user")
    raise SystemExit(1 if shown.wrong or together < alone else 0)


if __name__ == "__main__":
    main()
