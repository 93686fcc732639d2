"""The ``qudao`` command. Each subcommand is imported when it is called, so that ``--help`` is quick."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module

import click

COMMANDS: Mapping[str, str] = {
    "run": "Open the desk: the web page, the API and the workers.",
    "chat": "Talk to the desk in the terminal.",
    "ask": "Say one thing and print the reply.",
    "eval": "Run dialogues from YAML files against a fresh demo and check them.",
    "tools": "List what the assistant may do.",
    "init": "Make an empty database for a brand.",
    "demo": "Make the demo brand, with 30 months of trade.",
    "brand": "Whether a signature under a contract takes a code.",
    "ingest": "Publish a document from a file.",
    "invite": "Make a one-time invite for a person.",
    "keys": "Make, list and revoke keys for programs.",
    "conversations": "Search, show and export what was said.",
    "webhooks": "Tell other systems of events by HTTP.",
    "costs": "What language models used, by day, person or conversation.",
    "people": "Who may speak with the desk: list, add, end, accounts, authenticators.",
    "outbox": "What waits to be sent, what failed and why; try again or drop.",
    "forecasts": "Compute the forecasts of demand that a server computes by night.",
    "orders": "Move orders along where Qudao is their master.",
    "nlu": "The built-in brain: measure it, review what it missed, retrain it.",
    "forecast": "Forecast every series of a file, here or on a cluster.",
    "doctor": "Check the installation and say how to mend it.",
}


class Commands(click.Group):
    """Subcommands by name, each in a module of bot/commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if ctx.resilient_parsing:
            return None
        module = import_module(f"bot.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qudao")
def qudao() -> None:
    """Qudao: the desk that a brand opens to its dealers. Settings come from QUDAO_… variables; see docs/."""


def main() -> None:
    """The console entry point. One thread for the embedder: a second only spins."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    qudao()


if __name__ == "__main__":
    main()
