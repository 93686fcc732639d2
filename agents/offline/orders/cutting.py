"""Amounts cut because the order can't be had so large: 「额度这么点了？那砍到120箱」, "over 50k.. cut W-550 to 880"."""

import re
from collections.abc import Sequence

from agents.offline.mind import Mind
from agents.offline.orders.doubts import TOOL
from agents.offline.orders.drafts import revise_draft, standing
from agents.offline.orders.referring import refer_for
from agents.offline.plans import Plan
from agents.offline.reading.understanding import Reading, read_clause

PART = re.compile(
    r"[。；;!！?？\n]+|(?<!\d)[,，]|[,，](?!\d{3})|\.{2,}|\.(?=\s|$)"
    r"|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff\w])|(?<=[了啊哦呀])(?=那)"
)
LIMIT = re.compile(
    r"(?:没|没有|少了|不)(?:了)?(?:优惠|折扣|满减|活动|赠品|搭赠)|(?:优惠|折扣|满减|活动|赠品|搭赠)[^,，。]{0,2}(?:没|取消|不见|丢)"
    r"|(?<![a-z])(?:no|without|los[et] (?:the|my|our)) (?:more )?(?:discount|deal|promo(?:tion)?|offer|free)"
    r"|额度|授信|限额|上限|超[了过出限]?|爆了|不够(?!卖|用|分)|不足|没[那这]么多|[这那]么点|差[\d一二三四五六七八九]|才剩|只剩"
    r"|要找老板|老板[批确]"
    r"|(?<![a-z])(?:credit|limit|cap|over|above|short|not enough|too (?:much|many|high|big)|that'?s all (?:we"
    r"|i) (?:have|got)"
    r"|(?:only|just) .{0,12}left|need(?:s)? (?:the )?(?:boss|owner))(?![a-z])"
)
LACKS = re.compile(  # 「先改成10箱 他们授信不够」: why, behind what is to change
    r"(?:不够|不足|超[了过出]|爆了?)[了啊呀的]?$"
    r"|(?<![a-z])(?:short of (?:credit|money|cash)|not enough (?:credit|money|limit)"
    r"|(?:over|above) (?:the |our |my )?(?:limit|credit|budget)"
    r"|maxed)(?![a-z])"
)
IN_DOUBT = re.compile(
    r"会不会|够不够|是不是|有没有|能不能|超不超|怕|[吗么呢吧?？]"
    r"|(?<![a-z])(?:would|will|are|is|do|does|am|can|could|if)(?![a-z])"
)
CUT = re.compile(
    r"砍|压|降|减|缩|少[来要订拿]|改|调|还是\d|回到?\d|就[来要订拿]?\d|只[来要订拿]|[来要订拿]\d"
    r"|(?<![a-z])(?:cut|down to|drop|trim|chop|reduce|make|bring|lower|only|just|then|do|back to|stick)(?![a-z])"
)


def _on_the_limit(part: str, named: Sequence[str]) -> bool:
    """「额度这么点了」, and not 「绿茶不够卖」, which says of what there is to be more."""
    return (
        LIMIT.search(part) is not None
        and CUT.search(LIMIT.sub(" ", part)) is None
        and not any(name in part for name in named)
    )


def _says_why(part: str) -> bool:
    return LACKS.search(part) is not None and IN_DOUBT.search(part) is None


def cut_down(reading: Reading, mind: Mind) -> Plan | None:
    """The changed order, where a word about the limit stands before what is to change or says why behind it.

    That word alone would be taken for a question about the account, though the amount behind it answers it.
    """
    draft = standing(mind)
    if draft is None or draft.name != TOOL or draft.name not in mind.schemas or reading.orders:
        return None
    parts = [part.strip() for part in PART.split(reading.text) if part and part.strip()]
    named = [mention.text for mention in reading.of_kind("product")]
    before = [part for part in parts if _on_the_limit(part, named)]
    rest = [part for part in parts if part not in before]
    behind = bool(before and rest) and parts.index(before[-1]) > parts.index(rest[0])
    if not before or not rest or (behind and not _says_why(before[-1])):
        return None
    words = "，".join(rest)
    meant = read_clause(words, words, mind.briefing, refer_for(mind)).with_loose_numbers()
    if not meant.quantities or not CUT.search(words):
        return None
    return revise_draft(meant, mind)
