"""``qudao eval``: dialogues as data."""

import asyncio
import hashlib
import shutil
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

import core
from bot.app import put_together, shared_parts
from bot.commands.common import configured, run
from bot.evaluation.cases import Case, CaseError, load_cases
from bot.evaluation.models import LOCAL
from bot.evaluation.running import Result, as_text, copies_of, dump, run_case
from core import migrations
from core.db import Database
from core.demo.build import build
from core.settings import Settings
from knowledge.demo import index_by_meaning, publish_demo_documents

UNTIL = date(2026, 11, 20)
SEED = 1


@click.command("eval")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--brain", type=click.Choice(["offline", "llm"]), default="offline", show_default=True)
@click.option("--only", metavar="ID", help="Run one case.")
def command(files: tuple[Path, ...], as_json: bool, brain: str, only: str | None) -> None:
    """Run the dialogues in FILES, each on a fresh copy of the demo; exits with 1 where a check fails."""
    try:
        cases = [case for file in files for case in load_cases(file) if only in {None, case.id}]
    except CaseError as error:
        raise click.UsageError(str(error)) from error
    results = run(_evaluate(cases, brain))
    click.echo(dump(results) if as_json else as_text(results))
    sys.exit(0 if all(result.passed for result in results) else 1)


def _with_brain(settings: Settings, brain: str) -> Settings:
    """The built-in brain without any model; a model as it is set, else an honest one that answers on this machine."""
    if brain == "offline":
        return settings.model_copy(update={"llm_base_url": ""})
    if not settings.llm_base_url:
        click.echo("QUDAO_LLM_BASE_URL isn't set: a local endpoint plays an honest model.", err=True)
        return settings.model_copy(update={"llm_base_url": LOCAL})
    return settings


async def _evaluate(cases: Iterable[Case], brain: str) -> list[Result]:
    settings = _with_brain(configured(), brain)
    parts = shared_parts(settings)
    fresh = copies_of(await _template(settings, parts))
    return [await run_case(case, settings, parts, fresh) for case in cases]


async def _template(settings: Settings, parts: tuple) -> Path:  # type: ignore[type-arg]
    """The demo, made once for this state of the code and kept in the data directory."""
    folder = settings.data_dir / "eval"
    file = folder / f"demo-{_code_hash()}-{settings.embedder}.db"
    if file.exists():
        return file
    click.echo("Making the demo for evaluation …", err=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    unfinished = file.with_suffix(".part")
    url = f"sqlite+aiosqlite:///{unfinished.as_posix()}"
    await migrations.upgrade(url)
    database = Database(url)
    try:
        await build(database, until=UNTIL, seed=SEED)
        await publish_demo_documents(database)
        await index_by_meaning(database, put_together(settings, database, parts).knowledge)
        await database.checkpoint()
    finally:
        await database.close()
    await asyncio.to_thread(unfinished.rename, file)
    return file


def _code_hash() -> str:
    """Changes with anything that the demo is made from."""
    digest = hashlib.sha256()
    root = Path(core.__file__).parent
    made_from = [*root.glob("demo/**/*"), *root.glob("*/models.py"), *root.glob("migrations/versions/*.py")]
    made_from += [*root.glob("reading/*.py"), *root.glob("language/*.py")]
    for file in sorted(made_from):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
