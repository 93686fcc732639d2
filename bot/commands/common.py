"""What several subcommands share: running async code, the clock of ``--today``, and refusals in words."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn, TypeVar

import click

from core.clock import Clock, fixed_clock, parse_moment, system_clock
from core.errors import NotFound, QudaoError
from core.words import Catalogues

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what is refused is printed in words, with exit status 2 for an unknown person and 1 else."""
    try:
        return asyncio.run(coroutine)
    except QudaoError as error:
        refuse(error)


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
