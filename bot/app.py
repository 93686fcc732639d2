"""The composition root: settings in, a Desk out. The only place where the parts are put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agents.assistant import Assistant
from agents.brains import Brains, Learnt, learn
from agents.llm.endpoint import Endpoint
from bot.desk import Desk
from core.clock import Clock, system_clock
from core.contracts.signing.authority import FOLDER as AUTHORITY_FOLDER
from core.contracts.signing.authority import DemoAuthority
from core.db import Database
from core.language.embedder import Embedder, load_embedder
from core.settings import Settings
from core.words import Catalogues
from knowledge.service import Knowledge
from tools import contract_signing
from tools.registry import Registry


def shared_parts(settings: Settings) -> tuple[Registry, Embedder | None, Learnt]:
    """What comes from files alone and may serve several desks of one process."""
    registry = Registry.installed()
    embedder = load_embedder(settings.embedder)
    return registry, embedder, learn(registry, embedder, settings.data_dir / "learnt")


def put_together(
    settings: Settings,
    database: Database,
    parts: tuple[Registry, Embedder | None, Learnt],
    clock: Clock = system_clock,
) -> Desk:
    """A desk over an open database."""
    shared, embedder, learnt = parts
    authority = DemoAuthority(settings.data_dir / AUTHORITY_FOLDER)
    registry = shared.equipped(contract_signing.kind_with(authority))
    extra = [package.prompts / "locale" for package in registry.packages if package.prompts is not None]
    return Desk(
        settings=settings,
        database=database,
        clock=clock,
        registry=registry,
        catalogues=Catalogues(*extra),
        knowledge=Knowledge(embedder=embedder),
        brains=Brains(learnt, registry, Endpoint.of(settings, clock) if settings.llm_base_url else None),
        assistant=Assistant(registry),
        authority=authority,
    )


@asynccontextmanager
async def open_desk(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[Desk]:
    """A desk for as long as the block runs."""
    database = Database(settings.url)
    desk = put_together(settings, database, shared_parts(settings), clock)
    try:
        yield desk
    finally:
        await desk.brains.aclose()
        await database.close()
