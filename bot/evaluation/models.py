"""The model of an evaluated desk: none, the one of the settings, or an honest one on this machine; it may turn bad."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from agents.brains import Learnt
from agents.llm.endpoint import Endpoint
from bot.desk import Desk
from bot.evaluation.endpoint import FakeEndpoint, endpoint
from bot.evaluation.honest import honest
from bot.evaluation.lies import inventing
from core.settings import Settings

LOCAL = "local"
QUICK: Mapping[str, Any] = {"llm_seconds": 1.0, "llm_model": "local"}


@dataclass
class Model:
    """What a case's desk is set to, and how a step makes it fail from there on."""

    settings: Settings
    learnt: Learnt
    stack: AsyncExitStack
    local: FakeEndpoint | None = None

    async def turn(self, desk: Desk, how: str) -> None:
        """From now on the endpoint times out, errs, gives garbage, cuts its answers or invents; no model, no matter."""
        if not self.settings.llm_base_url:
            return
        if self.local is None:
            self.local = await self.stack.enter_async_context(endpoint(honest(self.learnt)))
        if how == "invents":
            self.local.script = inventing(honest(self.learnt))
        self.local.fails = "" if how == "invents" else how
        await desk.brains.aclose()
        settings = self.settings.model_copy(update={**QUICK, "llm_base_url": self.local.url})
        desk.brains.endpoint = Endpoint.of(settings, desk.clock)


@asynccontextmanager
async def model_of(settings: Settings, learnt: Learnt) -> AsyncIterator[Model]:
    """For one case; ``local`` as base URL starts an honest one."""
    async with AsyncExitStack() as stack:
        model = Model(settings, learnt, stack)
        if settings.llm_base_url == LOCAL:
            model.local = await stack.enter_async_context(endpoint(honest(learnt)))
            model.settings = settings.model_copy(update={"llm_base_url": model.local.url, "llm_model": "local"})
        yield model
