"""What the web channel's handlers share, hung on the app; and how a handler gets at it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from bot.api.limits import Buckets
from bot.channels.web.hub import Hub
from bot.desk import Desk
from bot.pages.rendering import Pages
from bot.worker import Watchers, Worker


@dataclass(frozen=True, slots=True)
class Web:
    """The desk, who works for it, who watches, and the pages."""

    desk: Desk
    worker: Worker
    watchers: Watchers
    hub: Hub
    pages: Pages
    sign_ins: Buckets

    @property
    def secure(self) -> bool:
        """Whether the outside reaches the desk by https, so that cookies may say so."""
        return self.desk.settings.public_url.startswith("https://")


def web_of(request: Request) -> Web:
    """The app's own."""
    web: Web = request.app.state.web
    return web


WebState = Annotated[Web, Depends(web_of)]
