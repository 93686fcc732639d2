"""``qudao ask``: say one thing as a person, print the reply."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot.app import open_desk
from bot.asking import Asked, ask, attach
from bot.commands.common import clock_of, run, settled
from bot.incoming import Incoming
from bot.render import to_terminal
from core.errors import QudaoError
from core.replies import Buttons, Citations, block_json, say

ZONE = "Asia/Shanghai"


@click.command("ask")
@click.argument("text", nargs=-1)
@click.option("--as", "person", required=True, metavar="PERSON", help="Who asks, such as D001-buyer.")
@click.option("--conversation", default="", metavar="ID", help="A conversation of its own; else the person's.")
@click.option("--today", metavar="DATE", help="The day, and if given the time, that the desk takes for now.")
@click.option("--press", default="", metavar="ID", help="Press a button of the last reply instead of saying something.")
@click.option("--code", default="", help="The authenticator's code that goes with --press confirm.")
@click.option("--file", "paths", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the reply as JSON.")
def command(
    text: tuple[str, ...],
    person: str,
    conversation: str,
    today: str | None,
    press: str,
    code: str,
    paths: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Say TEXT, one word or many, to the desk and print the reply; exits with 0 for any reply, refusals too."""
    if not (any(text) or press or paths):
        raise click.UsageError("say something, press something with --press, or send a --file")
    incoming = Incoming("terminal", conversation or person, person, " ".join(text), press, code=code)
    asked, refused = run(_ask(incoming, today, paths))
    if as_json:
        click.echo(json.dumps(reply_json(asked, refused), ensure_ascii=False, indent=2))
    else:
        click.echo(refused if asked is None else to_terminal(asked.reply))


async def _ask(incoming: Incoming, today: str | None, paths: tuple[Path, ...]) -> tuple[Asked | None, str]:
    async with open_desk(settled(), clock_of(today, ZONE)) as desk:
        await desk.check_person(incoming.account)
        whole = replace(incoming, files=await attach(desk, paths))
        try:
            return await ask(desk, whole, lambda words: click.echo(words, err=True)), ""
        except QudaoError as error:
            return None, desk.catalogues.words("zh").error(error)


def reply_json(asked: Asked | None, refused: str = "") -> dict[str, Any]:
    """The reply with the names that checks rely on."""
    if asked is None:
        blocks = [block_json(block) for block in say(refused).blocks]
        return {
            "text": refused, "blocks": blocks, "buttons": [], "citations": [], "tools": [], "brain": "offline",
            "conversation": None, "ms": 0,
        }  # fmt: skip
    reply, turn = asked.reply, asked.turn
    shown = [block for block in reply.blocks if not isinstance(block, Buttons | Citations)]
    return {
        "text": "\n".join(line for line in type(reply)(tuple(shown)).plain().split("\n") if line),
        "blocks": [block_json(block) for block in reply.blocks],
        "buttons": [{"id": button.id, "label": button.label} for button in reply.buttons],
        "citations": [{"source": one.source, "page": one.page} for one in reply.citations],
        "tools": [{"name": call.name, "args": call.args} for call in turn.answer.calls],
        "brain": turn.answer.brain,
        "conversation": str(turn.conversation) if turn.conversation else None,
        "ms": asked.milliseconds,
    }
