"""How a report is to be seen, said behind what it is of: 「逾期呢 按经销商排」, "and overdue? by dealer please"."""

import re
from collections.abc import Sequence

from agents.offline.wording.filler import FILLER

VIEW = re.compile(
    r"(?:也|还是|就|麻烦|请|给我|帮我)*(?:按|分|以)(?:照|每个?|各个?)?(?:经销商|客户|区域|大区|省份?|产品|品类|月份?"
    r"|金额|家|户|dealer|region)[^,，。?？\d]{0,4}"
    r"|(?:by|per|for each) (?:dealer|customer|region|province|product|category|month)s?(?: (?:please|pls|then|though))?"
    r"|(?:从|由)(?:高到低|大到小|多到少|低到高|小到大)[^,，。\d]{0,3}"
)


def with_views(parts: Sequence[str]) -> list[str]:
    """A message's parts, each with the words behind it that only say how to see it."""
    joined: list[str] = []
    for part in parts:
        words = part.strip(" ,，.。?？!！")
        if joined and words and (VIEW.fullmatch(words) or VIEW.fullmatch(FILLER.sub("", words))):
            joined[-1] = f"{joined[-1]}，{part}"
        else:
            joined.append(part)
    return joined
