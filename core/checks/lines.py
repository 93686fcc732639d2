"""Amounts beside the thresholds of tiers: 272,000, past 150,000 but not yet at 300,000."""

import re
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.crossing import CROSSED
from core.checks.reading import Fact
from core.checks.rounding import roundings
from core.checks.said import Said
from core.checks.view import View

UNREACHED = re.compile(
    r"(?:还?[没未]有?(?:到|达到|满|过)|不到|不足|不满|低于|少于)(?:cn)?$"
    r"|(?<![a-z])(?:not (?:yet |quite )?(?:at|reached|hit|up to)|below|under|short of|less than|(?:has"
    r"|have)n't (?:yet )?reached) "
    r"(?:the )?(?:cn)?$"
)
AGAINST_LINE = re.compile(
    r" ?(?:元|块)?[,，]? ?(?:已经?|早已)?(?:过了?|超过了?|突破了?|不到|不足|没到|还没到|高于|低于)(?:cn)?"
    r"|,? ?(?:(?:so )?(?:you|it|that)(?:'re| are|'s| is)|is|are)? ?(?:already |now |still )?(?:over"
    r"|above|past|beyond|below|under|short of) "
    r"(?:the )?(?:cn)?"
)
NOW = re.compile(
    r"(?:现在|目前|眼下|当前|截至目前)(?:是|有|在|到|为|已)*(?:cn)?[¥$]?$|(?<![a-z])(?:you're|you are)(?: now"
    r"| currently)? at (?:about )?(?:cn)?[¥$]?$"
)
TO_LINE = re.compile(
    r" ?(?:元|块)?了?[,，;；] ?(?:再)?(?:满|到了?|够|凑[到够]|达到|离|距离?)(?:cn)?[¥$]?"
    r"|(?: now)?[,;] (?:and )?at (?:the )?(?:cn)?[¥$]?"
)
ANOTHER = re.compile(
    r"(?:再|多)(?:进|订|买|补|拿|采购)(?:个|货)?(?:约|大约|大概)?(?:cn)?$|(?<![a-z])(?:another"
    r"|a further) (?:cn)?$"
)
NEAR = 16
SPARE, ROUND = Decimal("1.25"), 2


def not_reached(place: int, said: Said, view: View) -> bool:
    """The threshold of the tier above the one reached, told as not reached yet: above 150k but not yet at 300k."""
    one = said.numbers[place]
    if one.kind not in {"money", "quantity"} or one.unit or not UNREACHED.search(said.text[: one.number.span[0]]):
        return False
    ordinals = [fact for same in view.facts.values() for fact in same if fact.kind == "ordinal"]
    reached = {fact.value for fact in ordinals if "tier_reached" in fact.cues}
    facts = [fact for fact in view.facts.get(abs(one.number.value), ()) if "threshold" in fact.cues]
    above = {f"tier:{max(reached) + 1}"} if reached else set()
    return any(fact.entities & above for fact in facts)


def crossed(place: int, said: Said, view: View) -> bool:
    """A threshold that a month took the purchases past; whether it was that month is checked where crossings are."""
    one = said.numbers[place]
    line = any("threshold" in fact.cues for fact in view.facts.get(abs(one.number.value), ()))
    return line and bool(CROSSED.search(said.text[: one.number.span[0]]))


def enough_more(place: int, said: Said, view: View) -> bool:
    """A round amount somewhat above what is lacked, which is told as enough: another 30,000 gets you to tier 2."""
    one = said.numbers[place]
    round_one = len(one.number.value.normalize().as_tuple().digits) <= ROUND
    if one.kind not in {"money", "quantity"} or one.unit or not round_one:
        return False
    start = one.number.span[0]
    if not ANOTHER.search(said.text[max(0, start - NEAR) : start]):
        return False
    lacked = {fact.value for same in view.facts.values() for fact in same if "missing" in fact.cues and fact.value > 0}
    return len(lacked) == 1 and max(lacked) <= one.number.value <= max(lacked) * SPARE


def set_against(place: int, said: Said, view: View) -> bool:
    """What counts towards a rebate, right before the threshold that it is told to be past or short of."""
    one, after = said.numbers[place], said.numbers[place + 1 : place + 2]
    if not after or one.kind == "percent" or one.unit:
        return False
    between = said.text[one.number.span[1] : after[0].number.span[0]]
    lines = [fact for fact in view.facts.get(abs(after[0].number.value), ()) if "threshold" in fact.cues]
    now = NOW.search(said.text[: one.number.span[0]]) and TO_LINE.fullmatch(between)
    if not lines or not (now or AGAINST_LINE.fullmatch(between)):
        return False
    told = abs(one.number.value)
    bases = [value for value, same in view.facts.items() if any("rebate_base" in fact.cues for fact in same)]
    headed = [v for v in bases if any({"rebate_base"} & f.cues and _is_whole(f, view) for f in view.facts[v])]
    return any(
        value == told or any(way.gives(told, value) for way in roundings(one.number, said.text)) for value in headed
    )


def _is_whole(fact: Fact, view: View) -> bool:
    """Whether it is of the whole period that the result is about, and not of one of its months."""
    times, main = of_kind(fact.entities, "period"), of_kind(view.belonging.main, "period")
    return not main or not times or bool(times & main)
