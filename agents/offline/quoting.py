"""Prices of several products in one message."""

from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.ordering import read_lines
from agents.offline.plans import Do, Step
from agents.offline.slots import A_UNIT
from agents.offline.understanding import Reading


def quotes_of_each(reading: Reading, mind: Mind) -> list[Step]:
    """A price for each product that is named, with its amount where one is said."""
    steps: list[Step] = []
    counted = [one for one in reading.quantities if not (one.value == 1 and A_UNIT.match(one.source_text.lower()))]
    for line in read_lines(replace(reading, quantities=tuple(counted)), mind.briefing):
        args = {"sku": line.sku or (line.candidates[0] if line.candidates else None)}
        if args["sku"]:
            dealer = {"dealer": reading.code("dealer")} if reading.code("dealer") else {}
            steps.append(
                Do("quote", {**args, **dealer, **({"quantity": float(line.quantity)} if line.quantity else {})})
            )
    return steps[:4]
