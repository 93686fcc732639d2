"""「再往那单里塞10件美式」: more on the order that was shown a moment ago, or why nothing can be put on it any more."""

import re
from dataclasses import replace

from agents.offline import orderplans
from agents.offline.cues import ASKS
from agents.offline.mind import Mind
from agents.offline.plans import Plan
from agents.offline.understanding import Reading

ONTO = re.compile(
    r"(?:[往在给到朝]|添|加|塞|补)?(?:这|那|该|刚才那?|上面那?)(?:[张个笔])?(?:订?单)子?(?:里头|里面|里|上面|上|后面)?再?(?:给我)?(?:加|添|塞|补|放|凑|并|搭|追)"
    r"|(?:加|添|塞|补|放|并)(?:到|进|在|上)(?:这|那|该|刚才那?)(?:[张个笔])?(?:订?单)"
    r"|(?<![a-z])(?:add|put|throw|squeeze|stick|pop|tack|chuck|get)(?![a-z]).{2,40}"
    r"(?<![a-z])(?:on|onto|to|in|into|with) (?:it|that|this|that one|(?:that|this|the|the same) order)(?![a-z])"
)


def onto_the_one_shown(reading: Reading, mind: Mind) -> Plan | None:
    """A change of that order; one that has left already is refused with its reason by the tool itself."""
    last, shown = mind.state.last, mind.state.shown.get("order", ())
    seen = last is not None and last.name in {"order_status", "list_orders"} and len(shown) == 1
    if not seen or mind.state.draft is not None or mind.state.attempt is not None or mind.state.asked is not None:
        return None
    if "propose_order_change" not in mind.schemas or not reading.has_lines or reading.orders:
        return None
    if not ONTO.search(reading.text) or ASKS.search(reading.text):
        return None
    return orderplans.change_order(replace(reading, orders=(shown[0],)), mind)
