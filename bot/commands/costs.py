"""``qudao costs``: what language models used, by day, person or conversation."""

import json
from typing import get_args

import click

from bot.commands.common import run, settled
from core.db import Database
from core.usage import service as usage
from core.usage.rules import in_units


@click.command("costs")
@click.option("--by", type=click.Choice(get_args(usage.By)), default="day", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON.")
def command(by: usage.By, as_json: bool) -> None:
    """Calls of language models with their tokens and cost, added up."""
    rows = run(_rows(by))
    if as_json:
        click.echo(json.dumps([_json(row, by) for row in rows], ensure_ascii=False, indent=2))
    elif not rows:
        click.echo("No model was called yet.")
    else:
        click.echo(f"{by:<38}{'calls':>8}{'failed':>8}{'in':>12}{'out':>12}{'cost':>18}")
        for row in rows:
            cost = f"{in_units(row.cost):,.4f} {row.currency}"
            click.echo(f"{row.key:<38}{row.calls:>8}{row.failed:>8}{row.tokens_in:>12,}{row.tokens_out:>12,}{cost:>18}")


async def _rows(by: usage.By) -> list[usage.CostRow]:
    database = Database(settled().url)
    try:
        async with database.reads() as session:
            return await usage.costs(session, by)
    finally:
        await database.close()


def _json(row: usage.CostRow, by: str) -> dict[str, object]:
    return {
        by: row.key,
        "calls": row.calls,
        "failed": row.failed,
        "tokens_in": row.tokens_in,
        "tokens_out": row.tokens_out,
        "cost": str(in_units(row.cost)),
        "currency": row.currency,
    }
