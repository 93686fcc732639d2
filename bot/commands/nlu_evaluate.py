"""``qudao nlu evaluate``: how well the built-in brain understands."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from agents.brains import learn
from agents.offline.intents import IntentClassifier
from agents.offline.model.evaluating import Judged, Labelled, Report, Score, cross_validated, judge, report
from agents.offline.model.examples import Intent, hints, load_intents
from bot.app import open_desk
from bot.commands.ask import ZONE
from bot.commands.common import clock_of, configured, run, settled
from bot.evaluation.labelled import DataError, read_labelled, with_slots
from core.language.embedder import RememberingEmbedder, load_embedder
from tools.registry import Registry


@click.command("evaluate")
@click.option("--data", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="CSV with text, label, or YAML with text, intent, slots; our examples if absent.")  # fmt: skip
@click.option(
    "--as", "person", metavar="PERSON", help="Who wrote them: slots are filled with what this person may name."
)
@click.option("--today", metavar="DATE", help="The day on which they were written, for slots.")
@click.option(
    "--folds", type=click.IntRange(2, 20), default=5, show_default=True, help="Parts of the cross-validation."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(data: Path | None, person: str | None, today: str | None, folds: int, as_json: bool) -> None:
    """Say how often intents and slots are recognised, what is confused, and how well probabilities hold.

    Without FILE the examples in prompts/intents and of tool packages are judged, each by a model that learnt from the
    others. With one its texts are judged by the desk's own model.
    """
    found = report(_cross_validated(folds) if data is None else _judged(data, person, today))
    click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(found)))


def _cross_validated(folds: int) -> list[Judged]:
    intents = _intents(Registry.installed())
    under = load_embedder(configured().embedder)
    embedder = RememberingEmbedder(under) if under is not None else None
    examples = [Labelled(example, intent.name) for intent in intents for example in intent.examples]
    click.echo(f"Learning {folds} times from {len(examples)} examples …", err=True)
    return cross_validated(examples, lambda: IntentClassifier(embedder=embedder, hints=hints(intents)), folds)


def _intents(registry: Registry) -> tuple[Intent, ...]:
    return load_intents(package.prompts / "intents" for package in registry.packages if package.prompts is not None)


def _judged(file: Path, person: str | None, today: str | None) -> list[Judged]:
    try:
        data = read_labelled(file)
    except DataError as error:
        raise click.BadParameter(str(error)) from error
    slotted = any(one.slots for one in data)
    if slotted and person is None:
        raise click.UsageError(f"{file} has slots: say with --as who wrote it")
    if slotted and person is not None:
        return run(_with_slots(data, person, today))
    settings = configured()
    learnt = learn(Registry.installed(), load_embedder(settings.embedder), settings.data_dir / "learnt")
    return judge(data, learnt.recogniser.classifier)


async def _with_slots(data: list[Labelled], person: str, today: str | None) -> list[Judged]:
    settings = settled()
    async with open_desk(settings, clock_of(today, ZONE)) as desk:
        learnt = desk.brains.learnt
        return await with_slots(judge(data, learnt.recogniser.classifier), desk, learnt, person)


def _lines(found: Report) -> Iterator[str]:
    yield f"{'texts':<34}{found.texts:>8}"
    for name, share in (
        ("accuracy", found.accuracy),
        ("calibration error (ECE)", found.calibration_error),
        ("out-of-scope recall", found.out_of_scope_recall),
        ("in scope rejected", found.rejected_in_scope),
    ):
        if share is not None:
            yield f"{name:<34}{share:>8.3f}"
    yield from _table("intent", found.intents)
    yield from _table("slot", found.slots)
    if found.confused:
        yield "\nmost often confused"
        yield from (f"{wanted:<24}taken for {taken:<24}{times:>4}" for wanted, taken, times in found.confused)


def _table(kind: str, scores: Mapping[str, Score]) -> Iterator[str]:
    if scores:
        yield f"\n{kind:<34}{'precision':>10}{'recall':>8}{'F1':>8}{'of':>6}"
    for name, score in scores.items():
        yield f"{name:<34}{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>8.3f}{score.wanted:>6}"
