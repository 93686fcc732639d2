"""The interfaces for programs, each an app of its own beneath the desk's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route

from bot.api.callers import Programs
from bot.api.completions.routes import completions_app
from bot.api.mcp.server import Door
from bot.api.rest.app import rest_app
from bot.desk import Desk

BODY_BYTES = 1_000_000


def include(app: FastAPI, desk: Desk) -> None:
    """Mount them on the desk's app; ``running`` is for its lifespan."""
    programs = Programs(desk)
    app.state.programs = programs
    app.mount("/api", rest_app(programs, BODY_BYTES))
    app.mount("/v1", completions_app(programs, BODY_BYTES))
    app.state.mcp = Door()
    app.router.routes += [Route(path, endpoint=app.state.mcp) for path in ("/mcp", "/mcp/")]


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """What they need while the server runs; what is being answered when it stops is answered to the end."""
    programs: Programs = app.state.programs
    door: Door = app.state.mcp
    try:
        async with door.running():
            yield
    finally:
        await programs.answering.stop()
