"""Small counts that announce what follows or sum up names, and count no rows: 两点要说, two things, 广东和浙江两块."""

import re
from itertools import pairwise

from core.checks.said import Said

MOST = 6
ANNOUNCED = re.compile(
    r" ?(?:点(?!\d)|件事|个(?:方面|要点|重点|事项|情况|问题|地方|办法|选择|建议|提醒|好消息|部分|大类"
    r"|类别|类|阶段|前提|原因)"
    r"|方面|(?:大|小)?类|种(?:情况|办法|选择|方式|可能|规格|包装)|步|条路|句话|项(?:说明|提醒|建议))"
    r"| (?:more |other |quick |small |key |main |useful |short )*(?:things|points|notes|facts|remarks"
    r"|groups|kinds|types|sorts|parts"
    r"|sides|aspects|ways|options|choices|steps|caveats|takeaways|highlights|headlines|reasons"
    r"|prices matter|figures matter)(?![a-z])"
)
PLACES = re.compile(r" ?[块头边方处片](?=[,，。;；:：]|业务|市场|区域|逾期|$|都|的|占|合计|加起来)")
NAMED = ("dealer:", "region:", "product:", "period:")
JOIN = re.compile(r" ?(?:和|与|跟|及|、|以及|and|,) ?")


def announced(place: int, said: Said) -> bool:
    """Whether a number says how many points follow, or how many places or goods stand right before it."""
    one = said.numbers[place]
    start, end = one.number.span
    behind = start + 1 if one.shown.endswith("块") else end
    if not 1 < one.number.value <= MOST or one.number.value % 1 or "%" in one.shown:
        return False
    return bool(ANNOUNCED.match(said.text, behind)) or _names_before(place, behind, said)


def _names_before(place: int, behind: int, said: Said) -> bool:
    """So many names of a kind, joined to each other and to the count: 广东和浙江两块."""
    if not PLACES.match(said.text, behind):
        return False
    start, count = said.numbers[place].number.span[0], int(said.numbers[place].number.value)
    for kind in NAMED:
        spans = sorted({(at, end) for name, at, end in said.things if name.startswith(kind) and end <= start})[-count:]
        gaps = [said.text[one[1] : other[0]] for one, other in pairwise(spans)]
        beside = bool(spans) and not said.text[spans[-1][1] : start].strip("这 ")
        if beside and len(spans) == count and all(JOIN.fullmatch(gap) for gap in gaps):
            return True
    return False
