"""A rate and the purchases that it is of, side by side: 3% of 619k, 61.9万的3%; what they earn proves them."""

import re
from decimal import ROUND_HALF_UP, Decimal

from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.view import View

OF = re.compile(
    r" (?:of|on|times|x|×) (?:your |the )?(?:about |roughly |some |around |approximately |nearly |almost "
    r"|just over |just under )?"
    r"(?:cn|us)?[¥$]?"
)
THEN = re.compile(r" ?(?:元|块)?(?:的|按|乘以?|×|x|\*|以) ?|(?: yuan)? (?:at|times|x|×) ")
CENT = Decimal("0.01")


def of_earning(place: int, said: Said, view: View) -> bool:
    """Whether it is such a rate, or such an amount, and a result has what the two come to as the rebate."""
    for at in (place - 1, place):
        if not 0 <= at < len(said.numbers) - 1:
            continue
        one, other = said.numbers[at : at + 2]
        between = said.text[one.number.span[1] : other.number.span[0]]
        told = OF if one.kind == "percent" else THEN
        if (one.kind == "percent") is not (other.kind == "percent") and told.fullmatch(between):
            rate, base = (one, other) if one.kind == "percent" else (other, one)
            return _earns(rate, base, said, view)
    return False


def _earns(rate: Spoken, base: Spoken, said: Said, view: View) -> bool:
    if base.unit or base.kind not in {"money", "quantity"}:
        return False
    told, ways = abs(base.number.value), roundings(base.number, said.text)
    bases = [
        value
        for value, same in view.facts.items()
        if any("rebate_base" in fact.cues for fact in same)
        and (value == told or any(way.gives(told, value) for way in ways))
    ]
    share = rate.number.value / 100
    return any(
        "rebate" in fact.cues and "next" not in fact.cues
        for value in bases
        for fact in view.facts.get((value * share).quantize(CENT, ROUND_HALF_UP), ())
    )
