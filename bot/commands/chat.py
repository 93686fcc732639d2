"""``qudao chat``: talk to the desk in the terminal."""

import asyncio

import click

from bot.app import open_desk
from bot.asking import ask
from bot.commands.common import clock_of, run, settled
from bot.desk import Desk
from bot.incoming import Incoming
from bot.render import to_terminal
from core.errors import QudaoError

ZONE = "Asia/Shanghai"


@click.command("chat")
@click.option("--as", "person", default="D001-buyer", show_default=True, metavar="PERSON")
@click.option("--today", metavar="DATE", help="The day that the desk takes for today.")
def command(person: str, today: str | None) -> None:
    """Talk to the desk. A button is pressed by writing its id with a slash: /confirm. /quit ends."""
    run(_chat(person, today))


async def _chat(person: str, today: str | None) -> None:
    async with open_desk(settled(), clock_of(today, ZONE)) as desk:
        await desk.check_person(person)
        click.echo(f"Qudao · {person} · /confirm /cancel /more press a button, /quit ends")
        while (line := await asyncio.to_thread(_read)) is not None:
            await _say(desk, person, line)


def _read() -> str | None:
    try:
        line = input("› ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if line in {"/quit", "/exit"} else line


async def _say(desk: Desk, person: str, line: str) -> None:
    press = line[1:] if line.startswith("/") else ""
    incoming = Incoming("terminal", person, person, "" if press else line, press)
    try:
        asked = await ask(desk, incoming, lambda words: click.echo(f"  … {words}"))
    except QudaoError as error:
        click.echo(desk.catalogues.words("zh").error(error))
        return
    click.echo(to_terminal(asked.reply) + "\n")
