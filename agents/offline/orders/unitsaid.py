"""An amount said again for its unit: 「20个是20箱」, "sorry, meant 60 cases"."""

import re
from dataclasses import replace
from itertools import pairwise

from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from core.language.units import units_named

SHORT_ANSWER = 24
MEANT = re.compile(
    r"[箱件提包托板瓶]|说|指|意思|当然|都|整|(?<![a-z])(?:cases?|packs?|bottles?|pallets?|cs|mean|meant|said|whole|full|course)(?![a-z])"
)


def with_unit_said(lines: list[Line], reading: Reading) -> list[Line] | None:
    """「20个是20箱」, 「我说的是箱」: the lines with the unit that was left open; None where the words say more."""
    if reading.of_kind("product") or len(reading.text) > SHORT_ANSWER:
        return None
    numbers = {q.value for q in reading.quantities}
    if not numbers and FILLER.sub("", MEANT.sub("", reading.text)):
        return None
    units = {q.unit for q in reading.quantities if q.unit} or set(units_named(reading.text))
    meant = [i for i, line in enumerate(lines) if line.quantity in numbers] if numbers else list(range(len(lines)))
    restated = not numbers or (len(numbers) == 1 and (len(reading.quantities) > 1 or _says_what_was_meant(reading)))
    if len(units) != 1 or len(meant) != 1 or not restated:
        return None
    unit = str(units.pop())
    return [replace(line, unit=unit, approximate=False) if i in meant else line for i, line in enumerate(lines)]


def in_two_units(lines: list[Line], reading: Reading) -> list[Line] | None:
    """ "1 pallet plus 5 cases" to an order of one product: as much of it; the tool adds up what is of one product."""
    units = [one.unit for one in reading.quantities if one.unit]
    if len(lines) != 1 or reading.mentions or len(units) != len(set(units)) or len(units) < len("AB"):
        return None
    if len(units) != len(reading.quantities) or not _joined_only(reading):
        return None
    return [replace(lines[0], quantity=one.value, unit=str(one.unit)) for one in reading.quantities]


def _joined_only(reading: Reading) -> bool:
    """Whether nothing but "and" stands between the amounts."""
    spans = [one.span for one in reading.quantities]
    return all(JOINS.fullmatch(reading.text[before[1] : after[0]]) for before, after in pairwise(spans))


JOINS = re.compile(r"[ ,，]*(?:再|外)?(?:加|和|又|零|带|跟|\+|and|plus|with|&)?(?:上|多)? ?(?:another |an extra )?")


def _says_what_was_meant(reading: Reading) -> bool:
    """ "I meant 60 cases", 「是60箱 不是60瓶」: an amount said again for its unit, and nothing beside it."""
    counted = {at for one in reading.quantities for at in range(*one.span)}
    rest = "".join(" " if at in counted else char for at, char in enumerate(reading.text))
    return MEANT.search(rest) is not None and not FILLER.sub("", MEANT.sub("", rest))
