"""Answers that say more than a question about a line asked: "latte, and also 12 of the americano", 「跟可乐一样」."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line, read_lines, settle
from agents.offline.reading.understanding import Reading


def chosen_with_more(lines: list[Line], place: int, reading: Reading, mind: Mind) -> list[Line] | None:
    """ "Latte, and also 12 of the americano" to which coffee: the one without an amount, and the others beside it."""
    line, said = lines[place], [settle(one, mind.briefing) for one in read_lines(reading, mind.briefing)]
    chosen = [one for one in said if one.quantity is None and one.sku in line.candidates]
    others = [one for one in said if one not in chosen]
    if len(chosen) != 1 or not others or any(one.sku is None or one.quantity is None for one in others):
        return None
    new = settle(replace(line, sku=chosen[0].sku), mind.briefing)
    return [*lines[:place], new, *lines[place + 1 :], *others]


def as_much_as(lines: Sequence[Line], place: int, reading: Reading) -> Line | None:
    """「跟可乐一样」 to how much of the tea: as much as another line has."""
    if not AS_MUCH_AS.search(reading.text) or reading.quantities:
        return None
    named = {code for one in reading.of_kind("product") for code in one.codes}
    others = [one for at, one in enumerate(lines) if at != place and one.quantity is not None]
    model = [one for one in others if one.sku in named] if named else others
    if len(model) != 1:
        return None
    return replace(lines[place], quantity=model[0].quantity, unit=model[0].unit)


AS_MUCH_AS = re.compile(r"一样|同样|(?<![a-z])(?:same|as (?:much|many))(?![a-z])")
