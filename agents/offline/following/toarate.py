"""「要到2%还得进多少」, "what would it take to get to 2%" behind a rebate: the rebate again, which says it."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

RATE = r"\d+(?:\.\d+)? ?(?:%|个?点|percent)"
TO_A_RATE = re.compile(
    rf"(?:到|够|达|升|冲|拿|上)[^,，。\d]{{0,4}}{RATE}"
    rf"|(?<![a-z])(?:get|getting|go|reach|hit|make|up|move|qualify|short|away|take|need|more)(?![a-z])"
    rf"[^,.\d]{{0,24}}(?<![a-z])(?:to|for|of|from|reach|hit|get)(?: the| that| our)? {RATE}"
)


def to_a_rate(reading: Reading, mind: Mind) -> Plan | None:
    """The rebate that was told last; None where another dealer, product or time is named."""
    last = mind.state.last
    if last is None or last.name != "explain_rebate" or last.name not in mind.schemas or not is_brief(reading.text):
        return None
    named = reading.mentions or reading.orders or reading.period or reading.stranger
    if named or any(one.unit for one in reading.quantities) or not TO_A_RATE.search(reading.text):
        return None
    return Plan((Do(last.name, last.args),))
