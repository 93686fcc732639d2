"""Which of the numbers in a message count goods, and so are an amount that is asked about."""

import re
from collections.abc import Sequence
from typing import Any

from agents.offline.reading.understanding import Reading
from core.language.quantities import Quantity

A_UNIT = re.compile(r"(?:an? |per |each |every |[一每1])")


def meant(quantities: Sequence[Quantity]) -> Quantity:
    """The first that counts goods: "a case if I took 320 cases" is about 320."""
    counting = (one for one in quantities if not (one.value == 1 and A_UNIT.match(one.source_text.lower())))
    return next(counting, quantities[0])


def exact_amounts(reading: Reading) -> list[dict[str, Any]]:
    """Each amount of goods that is asked about: 「100箱和300箱分别什么价」."""
    counting = [
        one
        for one in reading.quantities
        if not one.approximate and not (one.value == 1 and A_UNIT.match(one.source_text.lower()))
    ]
    made = [{"quantity": float(one.value), **({"unit": str(one.unit)} if one.unit else {})} for one in counting]
    return [amount for place, amount in enumerate(made) if amount not in made[:place]]


TAKES = re.compile(r"(?:[拿要来订进买]|也|(?<![a-z])(?:take|buy|order|for|at|go to|go for|do)) ?$")


def taken(reading: Reading) -> list[Quantity]:
    """「也拿300 多少一箱」: a bare number behind a word of taking counts goods."""
    return [one for one in reading.loose if one.unit is None and TAKES.search(reading.text[: one.span[0]])]
