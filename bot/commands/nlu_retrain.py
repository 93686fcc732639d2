"""``qudao nlu retrain``: a model with the accepted examples, its difference from the one in use, and its adoption."""

from pathlib import Path

import click

from agents.brains import in_use, shipped_intents
from agents.offline.model.examples import content_hash
from agents.offline.model.learnt import (
    ACCEPTED,
    ADOPTED,
    FOLDER,
    read_examples,
    weights_file,
    with_learnt,
    write_examples,
)
from agents.offline.model.retraining import Report, report_file
from agents.offline.model.retraining import retrain as train
from bot.commands.common import configured
from core.language.embedder import load_embedder
from core.settings import Settings
from tools.registry import Registry

SHOWN = 20


@click.command("retrain")
@click.option("--adopt", is_flag=True, help="Put the model in use; the next start of the desk takes it.")
@click.option("--shipped", is_flag=True, help="Go back to the model that was shipped.")
def retrain(adopt: bool, shipped: bool) -> None:
    """Train with the accepted examples and show what would change; nothing is in use before --adopt."""
    settings = configured()
    folder = settings.data_dir / FOLDER
    if shipped:
        (folder / ADOPTED).unlink(missing_ok=True)
        click.echo("The shipped model is in use from the next start on.")
        return
    accepted = read_examples(folder / ACCEPTED)
    if not accepted:
        click.echo("Nothing was accepted yet: `qudao nlu review` shows what there is.")
        return
    report = _report(settings, folder)
    click.echo(_shown(report))
    if adopt:
        write_examples(folder / ADOPTED, accepted)
        click.echo("Adopted: in use from the next start of the desk on.")
    else:
        click.echo("`qudao nlu retrain --adopt` puts it in use.")


def _report(settings: Settings, folder: Path) -> Report:
    """Of an earlier run where it was the same training; else it is made now, which takes minutes."""
    registry, embedder = Registry.installed(), load_embedder(settings.embedder)
    learnt = with_learnt(shipped_intents(registry), read_examples(folder / ACCEPTED))
    trained_on = content_hash(learnt)
    name = embedder.name if embedder is not None else "words"
    known = report_file(folder, trained_on)
    if known.exists() and weights_file(folder, trained_on, name).exists():
        return Report.load(known)
    used = in_use(registry, embedder, folder)
    return train(used, learnt, embedder, folder, lambda words: click.echo(words, err=True))


def _shown(report: Report) -> str:
    lines = [
        f"Examples: {report.examples}, {report.added} of them new",
        f"Accuracy on the examples in use (cross-validation): {report.before:.1%} → {report.after:.1%}",
        f"Accuracy on the new ones (cross-validation): {report.added_before:.1%} → {report.added_after:.1%}",
        f"Taken for another intent: {len(report.flips)}",
    ]
    for flip in report.flips[:SHOWN]:
        mark = "✓" if flip.after == flip.intent else "✗"
        lines.append(
            f"  {mark} {flip.text}: {flip.before} → {flip.after}" + ("" if mark == "✓" else f" (is {flip.intent})")
        )
    if len(report.flips) > SHOWN:
        lines.append(f"  … {len(report.flips) - SHOWN} more")
    return "\n".join(lines)
