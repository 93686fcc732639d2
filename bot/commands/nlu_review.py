"""``qudao nlu review``: what was missed, corrected or disliked, together by what it says; accepted or dismissed."""

import json
from collections.abc import Sequence

import click

from agents.brains import shipped_intents
from agents.offline.model.clustering import Cluster, Said, clusters
from agents.offline.model.learnt import ACCEPTED, FOLDER, add_examples
from bot.commands.common import run, settled
from core.clock import system_clock
from core.db import Database
from core.language.embedder import load_embedder
from core.language.normalise import fold
from core.learning import service as learning
from core.learning.rules import as_example
from core.settings import Settings
from tools.registry import Registry

SHOWN = 3


@click.group("review", invoke_without_command=True)
@click.option("--limit", default=20, show_default=True, help="How many clusters are shown, the largest first.")
@click.option("--json", "as_json", is_flag=True, help="Print all clusters as JSON.")
@click.pass_context
def review(ctx: click.Context, limit: int, as_json: bool) -> None:
    """Messages that the brain may learn from, together by what they say, with the likeliest intents."""
    if ctx.invoked_subcommand is not None:
        return
    found = run(_clusters(settled()))
    if as_json:
        click.echo(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo("Nothing to review.")
        return
    for one in found[:limit]:
        click.echo("\n".join(_lines(one)))
    if len(found) > limit:
        click.echo(f"… and {len(found) - limit} more; --limit shows them.")
    click.echo("`qudao nlu review accept CLUSTER INTENT` makes examples of a cluster, `dismiss CLUSTER` puts it away.")


@review.command("accept")
@click.argument("cluster")
@click.argument("intent")
def accept(cluster: str, intent: str) -> None:
    """Make the words of CLUSTER examples of INTENT; they count once a retrained model is adopted."""
    settings = settled()
    known = [one.name for one in shipped_intents(Registry.installed())]
    if intent not in known:
        raise click.BadParameter(f"{intent!r} is none of: {', '.join(sorted(known))}", param_hint="INTENT")
    found = run(_decided(settings, cluster, "accepted"))
    texts, shipped = learnable([text for one in found.texts if (text := as_example(one))])
    added = add_examples(settings.data_dir / FOLDER / ACCEPTED, intent, texts)
    click.echo(f"{added} example{'' if added == 1 else 's'} of {intent} added; `qudao nlu retrain` learns from them.")
    for text in shipped:
        click.echo(f"An example already: {text}")


def learnable(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those that can be learnt, and those that are shipped as examples already, of whichever intent."""
    shipped = {fold(example) for one in shipped_intents(Registry.installed()) for example in one.examples}
    return [text for text in texts if fold(text) not in shipped], [text for text in texts if fold(text) in shipped]


@review.command("dismiss")
@click.argument("cluster")
def dismiss(cluster: str) -> None:
    """Put CLUSTER away: nothing is learnt from it."""
    found = run(_decided(settled(), cluster, "dismissed"))
    click.echo(f"{len(found.members)} put away.")


async def _clusters(settings: Settings) -> list[Cluster]:
    database = Database(settings.url)
    try:
        async with database.writes.begin() as session:
            await learning.forget_erased(session)
        return await _found(settings, database)
    finally:
        await database.close()


async def _decided(settings: Settings, name: str, state: str) -> Cluster:
    database = Database(settings.url)
    try:
        found = next((one for one in await _found(settings, database) if one.name == name), None)
        if found is None:
            raise click.BadParameter(
                f"there is no cluster {name!r}; `qudao nlu review` lists them", param_hint="CLUSTER"
            )
        async with database.writes.begin() as session:
            await learning.decide(session, [one.id for one in found.members], state, system_clock())
        return found
    finally:
        await database.close()


async def _found(settings: Settings, database: Database) -> list[Cluster]:
    async with database.reads() as session:
        rows = await learning.open_candidates(session)
    said = [
        Said(row.id, row.text, row.kind, tuple((str(name), float(score)) for name, score in row.intents))
        for row in rows
    ]
    return clusters(said, load_embedder(settings.embedder))


def _lines(cluster: Cluster) -> Sequence[str]:
    kinds = ", ".join(f"{kind} {count}" for kind, count in cluster.kinds.items())
    likely = ", ".join(f"{intent} {score:.2f}" for intent, score in cluster.likeliest) or "no guess"
    texts = cluster.texts
    shown = [f"    {text}" for text in texts[:SHOWN]]
    more = [f"    … {len(texts) - SHOWN} more"] if len(texts) > SHOWN else []
    return [f"{cluster.name}  {len(cluster.members):>4} ({kinds})  {likely}", *shown, *more]


def _json(cluster: Cluster) -> dict[str, object]:
    return {
        "cluster": cluster.name,
        "count": len(cluster.members),
        "kinds": cluster.kinds,
        "intents": [{"intent": intent, "score": score} for intent, score in cluster.likeliest],
        "texts": list(cluster.texts),
    }
