"""「没优惠了？那还是50」: the line that was changed a moment ago, in another amount."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line, line_of
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

BACK = re.compile(
    r"还是|算了|[改换调回]回|回到|恢复|照旧|原来|(?<![a-z])(?:back (?:to|at)|again|still|after all"
    r"|never ?mind|stick (?:with|to)"
    r"|leave (?:it|that) at)(?![a-z])"
)


def back_to(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """The lines with that one in the amount that is said; None where it isn't clear which was changed."""
    proposed = [call for call in mind.state.recent if call.ok and call.name.startswith("propose_order")][-2:]
    if reading.mentions or len(reading.quantities) != 1 or len(lines) < len(proposed) or len(proposed) < len("AB"):
        return None
    earlier = {line.sku: line for line in map(line_of, proposed[0].args.get("lines") or ())}
    changed = [at for at, line in enumerate(lines) if _otherwise(line, earlier.get(line.sku))]
    said = reading.quantities[0]
    if len(changed) != 1 or len(lines) != len(earlier):
        return None
    at = changed[0]
    rest = reading.without([said.span])
    as_before = earlier[lines[at].sku].quantity == said.value
    if not (BACK.search(reading.text) or as_before) or FILLER.sub("", BACK.sub(" ", rest)):
        return None
    line = replace(lines[at], quantity=said.value, unit=str(said.unit) if said.unit else lines[at].unit)
    return [line if place == at else other for place, other in enumerate(lines)]


def _otherwise(line: Line, before: Line | None) -> bool:
    return before is not None and (before.quantity, before.unit) != (line.quantity, line.unit)
