"""What a whole comes to once a part of it is at the next tier: the year's rebate, if this quarter reaches tier 2."""

import re
from datetime import date

from core.checks.reading import Fact
from core.checks.rounding import roundings
from core.checks.said import Said
from core.checks.view import View

WHOLE = re.compile(
    r"全年|一年|今年|总共|一共|合计|总额|(?<![a-z])(?:year|total|altogether|in all|overall|all told)(?![a-z])"
)
SUPPOSED = re.compile(
    r"如果|若|要是|只要|升|冲|达到|到第|的话|届时|(?<![a-z])(?:if|once|would|were|reach\w*|getting"
    r"|get to|tier)(?![a-z])"
)


def with_next_tier(place: int, said: Said, view: View) -> bool:
    """Whether it is the whole that a result begins with, and what the next tier adds to the period that still runs."""
    one = said.numbers[place]
    if one.kind == "percent" or one.unit or not (WHOLE.search(said.text) and SUPPOSED.search(said.text)):
        return False
    facts = [fact for same in view.facts.values() for fact in same if fact.kind == "money"]
    gains = {fact.value for fact in facts if "gain" in fact.cues and _runs(fact, view)}
    wholes = {fact.value for fact in facts if fact.value in view.headline and "rebate" in fact.cues}
    told, ways = abs(one.number.value), roundings(one.number, said.text)
    return any(
        told == whole + gain or any(way.gives(told, whole + gain) for way in ways) for whole in wholes for gain in gains
    )


def _runs(fact: Fact, view: View) -> bool:
    """Whether its period isn't over: what another one would have gained is gone."""
    spans = [name.removeprefix("period:").split("/") for name in fact.entities if name.startswith("period:")]
    return view.today is not None and any(
        date.fromisoformat(start) <= view.today < date.fromisoformat(end) for start, end in spans
    )
