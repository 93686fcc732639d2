"""``qudao tools``: what the assistant may do."""

import json

import click

from tools.registry import Registry


@click.command("tools")
@click.option("--json", "as_json", is_flag=True, help="With schemas, as JSON.")
def command(as_json: bool) -> None:
    """List every tool with the permission that it needs and the effect that it has."""
    listed = Registry.installed().as_json()
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for tool in listed:
        first = tool["description"].strip().splitlines()[0]
        click.echo(f"{tool['name']:<24}{tool['effect']:<9}{tool['permission']:<20}{first}")
