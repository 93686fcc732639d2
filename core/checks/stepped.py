"""Cells of a column told one after the other by arrows: 8,540 → 9,863 → 18,575, in the order of the rows."""

import re
from collections.abc import Sequence
from decimal import Decimal

from core.checks.rounding import step_of
from core.checks.said import Said
from core.checks.view import View
from core.checks.vocabulary import Vocabulary

ARROW = re.compile(r" ?(?:元|块|yuan)? ?(?:→|->|=>|⇒|➔|➜|>|<|,? then|再到|到|然后) ?(?:about |约)?(?:cn|us)?[¥$]?")
LEAST = 3


def of_steps(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether it stands among three or more such cells, each cut or rounded as it is shown, under no other's name."""
    if len(said.numbers) < LEAST or not view.columns:
        return False
    first = last = place
    while first and _steps_on(said, first - 1):
        first -= 1
    while last + 1 < len(said.numbers) and _steps_on(said, last):
        last += 1
    run = said.numbers[first : last + 1]
    if len(run) < LEAST or any(one.unit for one in run):
        return False
    values = [abs(one.number.value) for one in run]
    slack = [step_of(one.shown, value) for one, value in zip(run, values, strict=True)]
    named = vocabulary.strong(said.numbers[first].around.near, "money") - {"total"}
    for column in view.columns:
        cells = [cell.value for cell in column.cells]
        for at in range(len(cells) - len(run) + 1):
            part = cells[at : at + len(run)]
            if _are(values, part, slack) and _called(named, part, view):
                return True
    return False


def _steps_on(said: Said, place: int) -> bool:
    one, other = said.numbers[place : place + 2]
    return bool(ARROW.fullmatch(said.text[one.number.span[1] : other.number.span[0]]))


def _are(values: Sequence[Decimal], cells: Sequence[Decimal], slack: Sequence[Decimal]) -> bool:
    return all(abs(cell - told) < step for told, cell, step in zip(values, cells, slack, strict=True))


def _called(named: frozenset[str], cells: Sequence[Decimal], view: View) -> bool:
    return not named or all(any(named & fact.cues for fact in view.facts.get(cell, ())) for cell in cells)
