"""「改成30和10」, "make it 30 and 10": as many numbers as the draft has lines, which count them in their order."""

import re
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.doubts import proposed_or_asked
from agents.offline.orders.drafts import standing
from agents.offline.orders.lines import line_of
from agents.offline.plans import Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

SAYS = re.compile(
    r"改[成为到]?|换成|分别|各自|那就?|还是|数量|应该|不[,，]?|和|跟|还有|箱|件"
    r"|(?<![a-z])(?:no|make|it|them|that|change|to|and|cases?|respectively|rather|instead|should|be|just|then)(?![a-z])"
)
TOOLS = frozenset({"propose_order", "propose_order_change"})


def counted_in_order(reading: Reading, mind: Mind) -> Plan | None:
    """The draft with each line's new amount; None where anything else is said."""
    draft = standing(mind)
    lines = (draft.args.get("lines") or ()) if draft is not None else ()
    counted = reading.with_loose_numbers().quantities
    if draft is None or draft.name not in TOOLS & mind.schemas.keys() or not 1 < len(lines) == len(counted):
        return None
    if reading.mentions or reading.orders or any(one.approximate for one in counted):
        return None
    rest = reading.without([one.span for one in counted])
    if FILLER.sub("", SAYS.sub(" ", rest)):
        return None
    made = [
        replace(line_of(line), quantity=one.value, unit=one.unit or line_of(line).unit)
        for line, one in zip(lines, counted, strict=True)
    ]
    details = {name: value for name, value in draft.args.items() if name != "lines" and value is not None}
    return proposed_or_asked(made, details, mind, draft.name)
