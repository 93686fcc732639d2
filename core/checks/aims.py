"""What the words right before and behind a number make of it: a price of one, a threshold, what was before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.checks.said import Spoken

FROM = re.compile(r"(?:从|由|(?<![a-z])from) ?(?:cn|us)?$")
MOVED_FROM = re.compile(
    r"(?<![a-z])(?:up|down|rose|risen|grew|fell|increased?|dropped?|higher|lower) (?:\S+ )?from (?:cn|us|rmb)? ?$"
)
ARROW = re.compile(r" ?(?:→|->|=>|➔|⇒) ?(?:cn|us)?[¥$]?\d")
REACHING = re.compile(r"达到?了?(?:cn)?$")
ADDED = re.compile(
    r"(?:补[足齐上够]?|[多再加]进|补货|追加)(?:约|大约)?(?:cn)?$"
    r"|(?<![a-z])(?:(?:add|adding|purchase|purchasing|buy|buying)(?: another| a further)?"
    r"|(?:place|placing|order|ordering) (?:another|a further)) ?~?(?:cn)?[¥$]?$"
)
UPWARDS = re.compile(r" ?(?:cases )?(?:or more|and up|and above|upwards)(?![a-z])")
AT = re.compile(r"(?:(?<![a-z])at|@) ?(?:cn|us|rmb)? ?$")
TARGET = re.compile(
    r"(?:距离?|离)(?:[^,，。\d差缺还少只欠]{0,6})?(?:cn)?$|(?:得|要|把|需|只要|再)[^,，。]{0,8}(?:做到|"
    r"凑[够满到齐]|冲到|买[到够满]|做[满够]|订[到满够])(?:cn)?$"
    r"|(?:\d{3}|\d ?[km万])[^,.;]{0,24} (?:short of|away from|to reach) (?:the |your )?(?:cn)?$|"
    r"(?<!to) reach (?:the |your )?(?:cn)?$"
)
TO = re.compile(r" ?(?:到|变成|变为|[升降涨提增]高?到|to) ?(?:cn|us)?")
STILL_HAS = re.compile(r"(?:还有|还剩下?|尚有|尚余|仍有|剩下?|余下?|空出)(?:约|大约|大概|差不多|近)?(?:cn)?$")
OF_CREDIT = re.compile(r" ?[多余]?(?:元|块钱?)?(?:左右|上下)?的?(?:可用)?(?:授信|信用|额度)")
LIMIT = frozenset({"credit_limit", "left_over"})
PRICED = frozenset({"case", "bottle", "pack", "pallet"})
PER = re.compile(
    r" ?(?:箱|件|瓶|提|托|cases?|bottles?|packs?|pallets?)? ?"
    r"(?:约|大概|about|共|是|卖|要|价|为|现价|costs|is|for|at|comes to|works out at)? ?(?:cn|us|rmb)? ?"
    r"|元|块|/|,? ?"
)


def with_aim(place: int, spoken: Sequence[Spoken], text: str) -> Spoken:
    """An amount with "a case" right beside it is the price of one; what something rose from is what was before."""
    one = _aimed_at(spoken[place], text)
    if one.kind == "percent" or one.unit:
        return one
    cues: set[str] = set()
    for at, other in enumerate(spoken[max(0, place - 1) : place + 2], max(0, place - 1)):
        (_, end), (start, _) = sorted([one.number.span, other.number.span])
        gap = text[end:start] if other is not one else "-"
        if "," in gap.replace("，", ",") and at == place + 1 and _is_per(spoken, at, text):
            continue
        if other.number.value == 1 and other.unit in PRICED and PER.fullmatch(gap):
            cues.add(f"price_{other.unit}")
    before = text[: one.number.span[0]]
    cues |= {"missing"} if one.kind != "percent" and ADDED.search(before) else set()
    cues |= {"step"} if UPWARDS.match(text, one.number.span[1]) else set()
    if FROM.search(before) and place + 1 < len(spoken):
        following = spoken[place + 1].number.span[0]
        cues |= {"before"} if TO.fullmatch(text[one.number.span[1] : following]) else set()
    cues |= {"before"} if ARROW.match(text, one.number.span[1]) else set()
    cues |= {"before"} if MOVED_FROM.search(before) else set()
    cues |= {"price"} if AT.search(before) else set()
    if STILL_HAS.search(before) and OF_CREDIT.match(text, one.number.span[1]):
        return replace(one, around=replace(one.around, before=one.around.before - LIMIT | {"credit_left"}, after=()))
    if not cues:
        return one
    own = one.around.before - ({"next"} if "before" in cues else set())
    return replace(one, around=replace(one.around, before=own | cues))


def _is_per(spoken: Sequence[Spoken], at: int, text: str) -> bool:
    """Whether "a case" belongs to the number behind it."""
    return at + 1 < len(spoken) and bool(PER.fullmatch(text[spoken[at].number.span[1] : spoken[at + 1].number.span[0]]))


def _aimed_at(one: Spoken, text: str) -> Spoken:
    """What something lacks of, or is to be brought to, is a threshold."""
    if REACHING.search(text[: one.number.span[0]]) and "rebate" in one.around.earlier:
        return replace(one, around=replace(one.around, before=one.around.before - {"threshold"}))
    if one.unit == "day" or not TARGET.search(text[: one.number.span[0]]):
        return one
    own = one.around.before - {"missing", "tier_ahead", "rebate_base", "sell_in"}
    return replace(one, around=replace(one.around, before=own | {"threshold", "step"}))
