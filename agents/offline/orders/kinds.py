"""「算了 两个口味各20」: each of the kinds among which the product on the order was chosen."""

import re
from collections.abc import Sequence

from agents.offline.evidence.cues import EACH
from agents.offline.mind import Mind
from agents.offline.orders.lines import Line, settle
from agents.offline.reading.understanding import Reading

KINDS = re.compile(
    r"(?:都|[两二俩三四2-4几每])[个种样款]?(?:口味|味道?|种类?|款|样|规格)?(?=都|各|也|全|一样|$|[ ,，])"
    r"|各(?:个|种)?(?:口味|种|款|样)"
    r"|(?<![a-z])(?:both|all (?:two|three|four|of them)|each|every)(?: (?:of )?(?:the )?"
    r"(?:flavou?rs?|kinds?|types?|sorts?|ones?))?(?![a-z])"
)


def each_kind(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """The order with a line for each that was offered, so many of each; None where the words name other goods."""
    offered, counted = mind.state.alternatives, reading.with_loose_numbers().quantities
    if reading.mentions or len(counted) != 1 or not KINDS.search(reading.text):
        return None
    held = [line for line in lines if line.sku in offered]
    if len(held) != 1 or len(lines) > 1 or len(offered) < len("AB") or not EACH_OF_THEM.search(reading.text):
        return None
    said = counted[0]
    unit = str(said.unit) if said.unit else held[0].unit
    return [settle(Line(sku, said.value, unit), mind.briefing) for sku in offered]


EACH_OF_THEM = re.compile(rf"{EACH.pattern}|分别|每[个种样款]|(?<![a-z])(?:apiece|of each|each)(?![a-z])")
