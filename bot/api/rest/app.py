"""The app at ``/api`` and its description."""

from typing import Annotated

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from bot.api.callers import Programs, Visit, visiting
from bot.api.problems import add_problem_handlers
from bot.api.rest import books, documents, orders, products, proposals, talk, webhooks
from bot.api.rest.describing import describe
from bot.api.rest.shapes import PROBLEMS
from core.actor import Role
from core.keys.scopes import Scope

VERSION = "1"
DESCRIPTION = (
    "The desk for programs. A key goes into `Authorization: Bearer …`; a person's key acts as that person. "
    "`Accept-Language` chooses the words (zh, en). Lists are read page by page with `cursor`. A POST with an "
    "`Idempotency-Key` may be sent again: the answer stays the same, and nothing is done twice."
)
router = APIRouter(tags=["key"])


class KeyShown(BaseModel):
    """Who a key acts as, and what it is for."""

    handle: str
    name: str
    role: Role
    dealer: str | None
    scopes: list[Scope]
    permissions: list[str]


@router.get("/me")
async def show_key(visit: Annotated[Visit, visiting()]) -> KeyShown:
    """The key that this request carries."""
    actor = visit.actor
    return KeyShown(
        handle=actor.handle,
        name=actor.name,
        role=actor.role,
        dealer=actor.dealer_code,
        scopes=sorted(visit.caller.scopes),
        permissions=sorted(str(one) for one in actor.permissions),
    )


def rest_app(programs: Programs, max_body_size: int) -> FastAPI:
    """The app; its paths begin where it is mounted."""
    app = FastAPI(
        title="Qudao",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=dict(PROBLEMS),
        max_body_size=max_body_size,
    )
    app.state.programs = programs
    app.state.desk = programs.desk
    add_problem_handlers(app)
    app.include_router(router)
    for part in (products, orders, proposals, books, documents, talk, webhooks):
        app.include_router(part.router)
    describe(app)
    return app
