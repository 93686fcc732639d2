"""How many dialogues that pass still pass when their words are mistyped: ``python -m benchmarks.robustness FILE…``.

Every message of a dialogue is changed by one kind of noise, the same for every run with a seed; a word that confirms or
cancels stays as it is, since only the closed list counts there. Points lost are of the dialogues that pass unchanged.
"""

import asyncio
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks import demo
from benchmarks.noise import NOISES, Noise
from bot.app import shared_parts
from bot.evaluation.cases import Case, load_cases
from bot.evaluation.running import FreshCopy, Parts, copies_of, run_case
from core.proposals.rules import cancels, confirms
from core.settings import Settings

DIALOGUES = Path(__file__).parents[1] / "tests" / "dialogues"


def noisy(case: Case, noise: Noise, seed: int) -> Case:
    """The case with every message changed, and figures expected as before."""
    draw = random.Random(f"{case.id}-{seed}")
    turns = [
        turn.model_copy(update={"says": noise(turn.says, draw)})
        if turn.says and not turn.code and not confirms(turn.says) and not cancels(turn.says)
        else turn
        for turn in case.turns
    ]
    return case.model_copy(update={"turns": turns})


async def passing(cases: Sequence[Case], settings: Settings, parts: Parts, fresh: FreshCopy) -> dict[str, str]:
    """Each case's id with its first failure, empty where it passed."""
    found: dict[str, str] = {}
    for case in cases:
        result = await run_case(case, settings, parts, fresh)
        found[case.id] = result.failures[0] if result.failures else ""
    return found


async def measure(cases: Sequence[Case], keep: Path, seed: int, names: Sequence[str]) -> dict[str, Any]:
    """Passes by kind of noise, and what failed."""
    logging.disable(logging.ERROR)
    settings = Settings(_env_file=None, data_dir=keep)
    parts = shared_parts(settings)
    template = await demo.kept(keep / "robust-demo.db", parts[1])
    fresh = copies_of(template)
    clean = await passing(cases, settings, parts, fresh)
    kept = [case for case in cases if not clean[case.id]]
    found: dict[str, Any] = {"cases": len(cases), "pass unchanged": len(kept), "noises": {}}
    for name in names:
        after = await passing([noisy(case, NOISES[name], seed) for case in kept], settings, parts, fresh)
        lost = {case: why for case, why in after.items() if why}
        found["noises"][name] = {
            "pass": len(kept) - len(lost),
            "points lost": 100 * len(lost) / len(kept),
            "lost": lost,
        }
    return found


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--sample", type=int, default=0, help="Only so many dialogues, drawn by the seed.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--noise", "names", multiple=True, type=click.Choice(sorted(NOISES)), help="Only this kind.")
@click.option("--keep", type=click.Path(path_type=Path), default=Path("data/benchmarks"), show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(files: tuple[Path, ...], sample: int, seed: int, names: tuple[str, ...], keep: Path, *, as_json: bool) -> None:
    """Print what mistyping costs."""
    cases = [case for file in files or sorted(DIALOGUES.glob("*.yaml")) for case in load_cases(file)]
    if sample:
        cases = random.Random(seed).sample(cases, sample)
    found = asyncio.run(measure(cases, keep, seed, names or tuple(NOISES)))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print(f"{found['pass unchanged']} of {found['cases']} dialogues pass unchanged")
    for name, one in found["noises"].items():
        print(f"{name:<16} {one['pass']:>4} pass   {one['points lost']:.1f} points lost")
        for case, why in one["lost"].items():
            print(f"    {case}: {why}")


if __name__ == "__main__":
    main()
