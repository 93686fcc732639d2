"""Webhooks as a service of the brand's own watches them; making them is the operator's command."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import BaseModel

from bot.api.callers import Visit, visiting
from bot.api.rest.repeating import Made, OnceOnly
from bot.api.rest.shapes import Page
from core.keys.scopes import Scope
from core.webhooks import service as webhooks

router = APIRouter(tags=["webhooks"])
Watcher = Annotated[Visit, visiting(Scope.WEBHOOKS)]
Name = Annotated[str, Path(min_length=1, max_length=64)]


class WebhookShown(BaseModel):
    """A receiver, and how many deliveries stand how; its secret is shown to nobody."""

    name: str
    url: str
    kinds: list[str]
    ended: bool
    waiting: int
    delivered: int
    given_up: int
    problem: str | None


class DeliveryShown(BaseModel):
    """A delivery that failed at least once; ``payload`` is what is sent."""

    id: UUID
    state: str
    attempts: int
    answered: int | None
    problem: str | None
    payload: dict[str, Any]


class SentAgain(BaseModel):
    """How many deliveries are to be sent again."""

    count: int


@router.get("/webhooks")
async def list_webhooks(visit: Watcher) -> Page[WebhookShown]:
    """Every receiver, the newest first."""
    async with visit.desk.database.reads() as session:
        found = await webhooks.standings(session)
    return Page(
        items=[
            WebhookShown(
                name=one.webhook.name, url=one.webhook.url, kinds=one.webhook.kinds,
                ended=one.webhook.ended_at is not None, waiting=one.waiting, delivered=one.delivered,
                given_up=one.given_up, problem=one.problem,
            )
            for one in found
        ]
    )  # fmt: skip


@router.get("/webhooks/{name}/troubled")
async def list_troubled(visit: Watcher, name: Name) -> Page[DeliveryShown]:
    """The latest deliveries that wait after a failure or were given up."""
    async with visit.desk.database.reads() as session:
        found = await webhooks.troubled(session, name)
    return Page(
        items=[
            DeliveryShown(
                id=one.id, state=one.state, attempts=one.attempts, answered=one.answered, problem=one.problem,
                payload=one.payload,
            )
            for one in found
        ]
    )  # fmt: skip


@router.post("/webhooks/{name}/redeliver", response_model=SentAgain)
async def redeliver(visit: Watcher, once: OnceOnly, name: Name) -> Response:
    """Send again all that was given up."""

    async def work() -> Made:
        async with visit.desk.database.writes.begin() as session:
            count = await webhooks.redeliver(session, visit.actor, name, None, visit.now)
        return Made(200, SentAgain(count=count))

    return await once(visit, work)
