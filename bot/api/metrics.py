"""``/metrics``, for the operator's Prometheus and nobody else."""

import secrets

from fastapi import APIRouter, Request, Response

from bot.desk import Desk
from bot.telemetry.metrics import CONTENT_TYPE
from core.errors import NotFound
from core.settings import Settings
from core.standing import standing
from core.webhooks.addresses import is_this_machine

router = APIRouter(tags=["metrics"])

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Counts since the start, and what waits now. Without the right to ask, there is no such page."""
    desk: Desk = request.app.state.desk
    if not _may_read(request, desk.settings):
        raise NotFound("web.no_such_page")
    async with desk.database.reads() as session:
        now = await standing(session, desk.clock())
    return Response(desk.metrics.text(now), media_type=CONTENT_TYPE)


def _may_read(request: Request, settings: Settings) -> bool:
    """Whoever has the token; without one, this machine, and not what a proxy on it hands on for others."""
    if settings.metrics_token is not None:
        shown = request.headers.get("authorization", "").encode("utf-8", "replace")
        wanted = f"Bearer {settings.metrics_token.get_secret_value()}".encode()
        return secrets.compare_digest(shown, wanted)
    handed_on = any(name in request.headers for name in FORWARDED)
    return not handed_on and is_this_machine(request.client.host if request.client else "")
