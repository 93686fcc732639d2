"""A POST that rides on a cookie must come from our own page."""

from typing import Annotated

from fastapi import Depends, Request

from bot.api.problems import ForeignPage
from core.settings import Settings


def from_own_page(request: Request) -> None:
    """Refuse what another site's page sent, as the browser itself says: a page can forge neither header."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise ForeignPage
        return
    settings: Settings = request.app.state.desk.settings
    own = {f"{request.url.scheme}://{request.headers.get('host', '')}", settings.public_url.rstrip("/")}
    if request.headers.get("origin") not in own:
        raise ForeignPage


OwnPage = Annotated[None, Depends(from_own_page)]
