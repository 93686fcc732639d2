"""The web server: what runs while it does, and who answers which address."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from bot import background
from bot.api import files, health, interfaces, metrics
from bot.api.headers import SecurityHeaders
from bot.api.limits import Buckets
from bot.api.problems import add_problem_handlers
from bot.background import Chores
from bot.channels.web import messages, opinions
from bot.channels.web.hub import Hub
from bot.channels.web.state import Web
from bot.desk import Desk
from bot.pages import routes
from bot.pages.rendering import Pages
from bot.pages.static_files import Stamped
from bot.worker import Watchers, Worker
from core import migrations

if TYPE_CHECKING:
    from bot.channels.telegram.channel import Telegram

BODY_BYTES = 1_000_000
SIGN_INS = 10
SIGN_IN_SECONDS = 6.0
SWEEP_SECONDS = 2.0
DOCUMENTS = ("/documents/", "/files/")


class Compressed(GZipMiddleware):
    """Not for documents: they are compressed in themselves, and large enough to hold up everybody else."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_document = scope["type"] == "http" and scope["path"].startswith(DOCUMENTS)
        await (self.app if is_document else super().__call__)(scope, receive, send)


def create_app(desk: Desk, *, chores: bool = True) -> FastAPI:
    """The app over a desk; its lifespan migrates, answers and does the chores. The desk is closed by who opened it."""
    web = _web(desk)
    telegram = _telegram(web)

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[None]:
        await migrations.upgrade(desk.database.url)
        doing = Chores()
        desk.on_saved.append(web.hub.saved)
        await web.worker.start()
        if telegram is not None:
            await telegram.start()
        doing.every(SWEEP_SECONDS, web.hub.sweep)
        if chores:
            background.begin(doing, desk)
        try:
            async with interfaces.running(served):
                yield
        finally:
            web.hub.close()
            await doing.stop()
            if telegram is not None:
                await telegram.stop()
            await web.worker.stop()
            desk.knowledge.vectors.close()
            desk.on_saved.remove(web.hub.saved)

    app = FastAPI(
        title="Qudao", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, max_body_size=BODY_BYTES
    )
    app.state.desk = desk
    app.state.web = web
    app.state.telegram = telegram
    add_problem_handlers(app)
    for part in (health, routes, messages, opinions, files):
        app.include_router(part.router)
    app.include_router(metrics.router)
    interfaces.include(app, desk)
    if telegram is not None:
        from bot.channels.telegram import webhook

        app.include_router(webhook.router)
    app.mount("/static", Stamped(web.pages.digest))
    app.add_middleware(Compressed, minimum_size=1000)
    app.add_middleware(SecurityHeaders, secure=web.secure)
    return app


def _web(desk: Desk) -> Web:
    watchers = Watchers()
    return Web(
        desk=desk,
        worker=Worker(desk, watchers),
        watchers=watchers,
        hub=Hub(desk.database),
        pages=Pages(),
        sign_ins=Buckets(SIGN_INS, SIGN_IN_SECONDS, time.monotonic),
    )


def _telegram(web: Web) -> "Telegram | None":
    """The channel where there is a token for it; its library takes half a second to load."""
    if web.desk.settings.telegram_token is None:
        return None
    from bot.channels.telegram.channel import Telegram

    return Telegram(web.desk, web.worker, web.watchers)
