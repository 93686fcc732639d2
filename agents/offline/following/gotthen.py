"""What a rebate was in another span: "what did we get last quarter?" behind this one's."""

import re

from agents.offline.arguments.slots import carry_over, fill
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

REBATE = "explain_rebate"
GOT = re.compile(
    r"(?:拿|到手|得|给|返|赚|领|收)(?:到|了|过)*(?:我们?|咱们?)?(?:多少|几|啥)(?!货|[箱件托提瓶])|到手(?:是|有|的)?多少"
    r"|(?<![a-z])(?:what|how much) (?:did|do|have|had) (?:we|i|you) (?:actually |finally |already )?"
    r"(?:get|got|gotten|make|made|earn(?:ed)?|receive[d]?|end up with|pay(?: us| me| out)|paid(?: us| me| out)"
    r"|give us|given us)(?: back| out)?(?! (?:for|of|in (?:goods|stock))(?![a-z]))(?![a-z])"
)
GOODS = re.compile(r"货|单|(?<![a-z])(?:orders?|goods|stock|deliver\w*|buy|bought)(?![a-z])")


def got_then(reading: Reading, mind: Mind) -> Plan | None:
    """The same rebate for the time that is named; None where goods, a product or another dealer is."""
    last = mind.state.last
    if last is None or last.name != REBATE or REBATE not in mind.schemas or reading.period is None:
        return None
    named = reading.mentions or reading.quantities or reading.orders or reading.stranger
    if named or GOODS.search(reading.text) or not GOT.search(reading.text):
        return None
    schema = mind.schemas[REBATE]
    return Plan((Do(REBATE, carry_over(schema, last.args, fill(schema, reading, mind.briefing, mind.lexicon))),))
