"""Updates that Telegram brings itself; the secret that it sends along shows that it is Telegram."""

import logging
from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.channels.telegram.client import webhook_secret

log = logging.getLogger(__name__)

PATH = "/telegram/updates"
router = APIRouter(tags=["telegram"])


@router.post(PATH, include_in_schema=False)
async def updates(request: Request, x_telegram_bot_api_secret_token: Annotated[str, Header()] = "") -> Response:
    """Store the update, then say 200: until then Telegram brings it again."""
    channel = request.app.state.telegram
    if channel is None:
        raise HTTPException(404)
    secret = webhook_secret(request.app.state.desk.settings)
    if not compare_digest(secret.encode(), x_telegram_bot_api_secret_token.encode()):
        raise HTTPException(403)
    try:
        update = channel.read(await request.json())
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("an update could not be read: %s", type(error).__name__)
        raise HTTPException(400) from error
    await channel.intake.take(update)
    return Response(status_code=200)
