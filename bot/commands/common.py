"""What several subcommands share: running async code, the clock of ``--today``, and refusals in words."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn, TypeVar

import click
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.commands.databases import MAKE_ONE, lacking, sqlite_file, why_not
from core.clock import Clock, fixed_clock, parse_moment, system_clock
from core.errors import NotFound, QudaoError
from core.settings import Settings, wrong_settings
from core.words import Catalogues

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what is refused is printed in words, with exit status 2 for an unknown person and 1 else."""
    try:
        return asyncio.run(coroutine)
    except QudaoError as error:
        refuse(error)
    except (ArgumentError, DBAPIError) as error:
        wants = asyncio.run(lacking(configured().url, error))
        raise click.ClickException(wants or f"{why_not(error)}\n`qudao doctor` says how to mend it.") from error


def configured() -> Settings:
    """The settings; a wrong one is named with what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        raise click.ClickException(f"{wrong_settings(error)}\nCorrect it in the environment or in .env.") from error


def settled() -> Settings:
    """The settings, where there is a database to work on: connecting to a missing file would make an empty one."""
    settings = configured()
    try:
        file = sqlite_file(settings.url)
    except ArgumentError as error:
        raise click.ClickException(why_not(error)) from error
    if file is not None and not file.exists():
        raise click.ClickException(f"There is no database at {file} yet: {MAKE_ONE}")
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
