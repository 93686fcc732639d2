"""``qudao nlu``: what the built-in brain understands, and what it learns."""

import click

from bot.commands.nlu_evaluate import evaluate
from bot.commands.nlu_retrain import retrain
from bot.commands.nlu_review import review


@click.group("nlu")
def command() -> None:
    """Look after the built-in brain: measure it, review what it didn't understand, retrain it with what you accept."""


command.add_command(evaluate)
command.add_command(review)
command.add_command(retrain)
