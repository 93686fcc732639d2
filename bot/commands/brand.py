"""``qudao brand``: settings of the brand that an operator decides on."""

from collections.abc import Mapping

import click

from bot.commands.common import run, settled
from core.actor import system
from core.brand import service as brands
from core.clock import system_clock
from core.db import Database

SAID: Mapping[str, bool | None] = {"yes": True, "no": False, "by-limit": None}


@click.group("brand")
def command() -> None:
    """The brand's settings; a change counts from today on, and what was before stays on the books."""


@command.command("signing-code")
@click.argument("answer", required=False, type=click.Choice(list(SAID)))
def signing_code(answer: str | None) -> None:
    """Show or set whether a signature under a contract takes the code of an authenticator.

    by-limit: only where the brand has set a second limit of its own, as it is until somebody says otherwise.
    """
    click.echo(run(_signing_code(answer)))


async def _signing_code(answer: str | None) -> str:
    database, now = Database(settled().url), system_clock()
    try:
        async with database.writes.begin() as session:
            if answer is not None:
                await brands.change(session, system("cli"), now, signing_factor=SAID[answer])
            brand, _ = await brands.current_at(session, now)
            said = next(word for word, value in SAID.items() if value is brand.signing_factor)
            asks = "takes a code" if brands.signs_with_code(brand) else "takes no code"
            return f"{said}: a signature under a contract {asks}"
    finally:
        await database.close()
