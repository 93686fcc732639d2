"""「他们俩上季度分别拿了多少」 behind two dealers that were looked at one after the other: the same of both."""

import re

from agents.offline.arguments.slots import carry_over, fill
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

BOTH = re.compile(
    r"[他她它]们?(?:俩|两[个家])|[这那]?(?:两[家个户]|俩)|(?<![a-z])(?:both|the two|each of (?:them|those)|the pair"
    r"|the two of them)(?![a-z])"
)
OF_ONE_DEALER = frozenset({"explain_rebate", "show_account", "list_orders"})
PAIR = 2


def of_both(reading: Reading, mind: Mind) -> Plan | None:
    """The last call for each of the two dealers that it was made for."""
    last = mind.state.last
    if last is None or last.name not in OF_ONE_DEALER & mind.schemas.keys() or not is_brief(reading.text):
        return None
    named = reading.mentions or reading.orders or reading.quantities or reading.stranger
    if named or not BOTH.search(reading.text):
        return None
    same = (
        str(call.args["dealer"]) for call in mind.state.recent if call.name == last.name and call.args.get("dealer")
    )
    dealers = list(dict.fromkeys(same))[-PAIR:]
    if len(dealers) != PAIR:
        return None
    schema = mind.schemas[last.name]
    args = carry_over(schema, last.args, fill(schema, reading, mind.briefing, mind.lexicon))
    return Plan(tuple(Do(last.name, {**args, "dealer": dealer}) for dealer in dealers))
