"""What is asked of the time ahead, behind what was."""

import re

from agents.offline.arguments.slots import SUBJECT, fill
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief


def still_to_come(reading: Reading, mind: Mind) -> Plan | None:
    """ "And next month?" behind what was sold: what will be, of the same."""
    last, span = mind.state.last, reading.period
    if last is None or last.name != "sales_summary" or FORECAST not in mind.schemas or span is None:
        return None
    ahead = span.start > mind.briefing.today or GUESSED.search(reading.text)
    if not ahead or reading.mentions or not is_brief(reading.text):
        return None
    schema = mind.schemas[FORECAST]
    of_the_same = {name: last.args[name] for name in SUBJECT & last.args.keys() if name in schema.properties}
    return Plan((Do(FORECAST, {**of_the_same, **fill(schema, reading, mind.briefing, mind.lexicon)}),))


FORECAST = "forecast_demand"
GUESSED = re.compile(
    r"估|猜|预|你觉得|(?<![a-z])(?:guess|reckon|expect|think|forecast|estimate|predict|likely)(?![a-z])"
)
