"""What several subcommands share: running async code, the clock of ``--today``, and refusals in words."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from core.clock import Clock, fixed_clock, parse_moment, system_clock
from core.errors import NotFound, QudaoError
from core.settings import Settings
from core.words import Catalogues

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what is refused is printed in words, with exit status 2 for an unknown person and 1 else."""
    try:
        return asyncio.run(coroutine)
    except QudaoError as error:
        refuse(error)
    except (ArgumentError, DBAPIError) as error:
        raise click.ClickException(f"{reason(error)}\n`qudao doctor` says how to mend it.") from error


def reason(error: ArgumentError | DBAPIError) -> str:
    """Why a database can't be used, in its driver's first line."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return f"The database can't be used: {said.splitlines()[0] if said else type(error).__name__}"


def sqlite_file(url: str) -> Path | None:
    """Where an embedded database lies; None for a server, and for one in memory."""
    parsed = make_url(url)
    inside = parsed.database
    return Path(inside) if parsed.get_backend_name() == "sqlite" and inside and inside != ":memory:" else None


def settled() -> Settings:
    """The settings, where there is a database to work on: connecting to a missing file would make an empty one."""
    settings = Settings()
    try:
        file = sqlite_file(settings.url)
    except ArgumentError as error:
        raise click.ClickException(reason(error)) from error
    if file is not None and not file.exists():
        raise click.ClickException(
            f"There is no database at {file} yet: `qudao init` makes one for your brand, `qudao demo` the demo's."
        )
    return settings


def refuse(error: QudaoError) -> NoReturn:
    """Say why not, in English: commands are the operator's."""
    click.echo(Catalogues().words("en").error(error), err=True)
    sys.exit(2 if isinstance(error, NotFound) else 1)


def clock_of(moment: str | None, zone: str) -> Clock:
    """``2026-11-20`` is 09:30 of that day where the brand trades; a time of day may follow; nothing is now."""
    if moment is None:
        return system_clock
    try:
        return fixed_clock(parse_moment(moment, zone))
    except ValueError as error:
        raise click.BadParameter(f"{moment!r} is no date such as 2026-11-20 or 2026-11-20 14:00") from error
