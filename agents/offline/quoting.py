"""Prices of several products in one message, or what they come to."""

import re
from dataclasses import replace

from agents.offline.arguments.amounts import A_UNIT
from agents.offline.mind import Mind
from agents.offline.orders.lines import read_lines
from agents.offline.plans import Do, Step
from agents.offline.reading.understanding import Reading

MOST = 4  # prices one below the other
IN_ALL = re.compile(
    r"一共|总共|合计|总价|总额|总计|拢共|加起来|[算加](?:一?下|个|一算)?(?:总|多少)"
    r"|(?<![a-z])(?:total|altogether|all together|in all|add(?:s|ed)? up|comes? to|sum)(?![a-z])"
)


def added_up_in(reading: Reading, mind: Mind) -> bool:
    """Whether it is asked what several products come to, or of more than prices can be told: an order says that."""
    lines = read_lines(reading, mind.briefing)
    counted = {line.sku or line.words for line in lines if line.quantity is not None and not line.approximate}
    return len(counted) > MOST or (
        len(counted) > 1 and len(counted) == len(lines) and bool(IN_ALL.search(reading.text))
    )


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
    return steps[:MOST]
