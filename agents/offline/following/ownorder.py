"""「那就单独下一单」, "make it a separate order" behind an order that waits: that one, which is its own already."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

BY_ITSELF = re.compile(
    r"(?:单独|另外?|独立|分开)[^,，。]{0,3}(?:下|开|起|算|走)?[^,，。]{0,2}[一个张]?单"
    r"|(?<![a-z])(?:(?:separate|own|new|different|extra) (?:one|order)|a second order"
    r"|(?:separately|on its own|by itself))(?![a-z])"
)


def an_order_of_its_own(reading: Reading, mind: Mind) -> Plan | None:
    """The order that waits, once more; None where the words say what the other one holds, or ask something."""
    waits = mind.state.draft
    if waits is None or waits.name != "propose_order" or waits.name not in mind.schemas or not is_brief(reading.text):
        return None
    counted = reading.mentions or reading.quantities or reading.loose
    if counted or reading.orders or reading.wanted or reading.period:
        return None
    if not BY_ITSELF.search(reading.text) or reading.text.rstrip().endswith(("?", "？", "吗", "么")):
        return None
    return Plan((Do(waits.name, waits.args),))
