"""「折扣没变吧，一箱还是27块66？」 to an order that waits: it is shown again, since every price stands on it."""

import re

from agents.offline.evidence.cues import ASKS
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

STILL = re.compile(
    r"(?:价|折扣|优惠|返点)[^,，。]{0,4}(?:没|不|有没有|会不会)[^,，。]{0,2}变"
    r"|(?:[一每]箱|单价|价格?)[^,，。]{0,4}还是?[^,，。]{0,4}\d+(?:\.\d+)?[块元]"
    r"|(?<![a-z])(?:price|discount|rate)s?(?![a-z])[^.?!]{0,16}(?<![a-z])(?:still|same|unchanged|chang(?:e"
    r"|ed)|hold|the same)(?![a-z])"
    r"|(?<![a-z])(?:still|same)(?![a-z])[^.?!]{0,24}(?<![a-z])(?:price|discount|a case|per case|rate)(?![a-z])"
)
SURELY = re.compile(r"吧(?:$|[ ,，。])|对[吧吗不]|(?<![a-z])right\W*$")


def price_kept(reading: Reading, mind: Mind) -> Plan | None:
    """What waits, once more, where it is asked whether prices are as they were."""
    draft = mind.state.draft
    if draft is None or draft.name not in {"propose_order", "propose_order_change"} or draft.name not in mind.schemas:
        return None
    if reading.mentions or reading.orders or not STILL.search(reading.text):
        return None
    asks = ASKS.search(reading.text) or SURELY.search(reading.text)
    return Plan((Do(draft.name, draft.args),)) if asks else None
