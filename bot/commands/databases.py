"""Why a database can't be worked on, in words for the operator."""

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from core import migrations
from core.errors import QudaoError
from core.words import Catalogues

MAKE_ONE = "`qudao init` makes one for your brand, `qudao demo` the demo's."


def why_not(error: Exception) -> str:
    """Our own words, or its driver's first line."""
    if isinstance(error, QudaoError):
        return Catalogues().words("en").error(error)
    if not isinstance(error, ArgumentError | DBAPIError):
        return str(error)
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return f"The database can't be used: {said.splitlines()[0] if said else type(error).__name__}"


async def lacking(url: str, error: Exception) -> str:
    """What a database that answered lacks: tables, or those of this version; empty where that isn't what is wrong."""
    if not isinstance(error, DBAPIError) or error.statement is None:
        return ""
    if await migrations.current(url) is None:
        shown = make_url(url).render_as_string(hide_password=True)
        return f"The database at {shown} holds no tables yet: {MAKE_ONE}"
    if await migrations.pending(url):
        return "The database is older than this version: back it up, then `qudao run` brings it up to date."
    return ""


def sqlite_file(url: str) -> Path | None:
    """Where an embedded database lies; None for a server, and for one in memory."""
    parsed = make_url(url)
    inside = parsed.database
    return Path(inside) if parsed.get_backend_name() == "sqlite" and inside and inside != ":memory:" else None
