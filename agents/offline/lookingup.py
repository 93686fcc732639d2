"""What is looked up before the desk says that it isn't its own, or not to be told here."""

import re

from agents.offline.evidence.cues import ASKS
from agents.offline.mind import Mind
from agents.offline.plans import Do
from agents.offline.reading.understanding import Reading
from agents.offline.requests import Request


def asks_all_the_same(request: Request, mind: Mind) -> bool:
    """Whether a message taken for talk is a question of the trade: it is looked up before it counts as none of ours."""
    reading, text = request.reading, request.reading.text
    if request.intent in {"greet", "thanks", "anger", "affirm"} or "search_knowledge" not in mind.schemas:
        return False
    if request.intent == "deny":
        return bool(ASKS.search(text)) and request.probability < SURELY_TALK and mind.state.asked is None
    ours = reading.code("product") or reading.orders or reading.of_kind("dealer") or mind.lexicon.has("asking", text)
    return bool(ours) and bool(ASKS.search(text)) and request.probability < SURELY_TALK


SURELY_TALK = 0.85


def how_it_is_packed(reading: Reading, mind: Mind) -> Do | None:
    """「一箱几瓶」 in a group, where no price is told: the catalogue says it to anybody."""
    sku = reading.code("product") or mind.state.in_vain
    if mind.briefing.private or sku is None or "find_products" not in mind.schemas or not PACKED.search(reading.text):
        return None
    return Do("find_products", {"query": sku})


PACKED = re.compile(
    r"几[瓶罐盒包桶]|多少[瓶罐盒]|箱规|规格|(?<![a-z])how many .{0,24}(?:in|per|to|make|come)(?![a-z])|pack size"
)
