"""「要绿茶不是冰红茶」「冰红茶这次不拿了」: a product that is named so that it isn't sent."""

import re

from agents.offline.reading.named import Mention


def is_unwanted(mention: Mention, text: str) -> bool:
    """「要绿茶不是冰红茶」「冰红茶这次不拿了」: named so that it isn't sent."""
    return bool(UNWANTED.search(text[: mention.start]) or UNWANTED_BEHIND.match(text, mention.end))


UNWANTED = re.compile(
    r"(?:先不要|不要|别要|不来|不拿|不是|don't want(?: the)?|no more|not the|(?<![a-z])not|instead of(?: the)?"
    r"|rather than) ?$"
)


UNWANTED_BEHIND = re.compile(  # 「冰红茶这次不拿了」
    r" ?(?:这[次回趟单]|今天|目前|暂时|就|先|的话|那个|也)*(?:不[要拿订来用进]了?|别[来拿送发]了?|免了|算了"
    r"|[跳略]过)(?![\d一二三四五六七八九十]|多|光|仅)"
    r"| (?:not |no )?(?:this time|today) (?:no|skip)|(?:,? )?(?:not this time|no thanks)(?![a-z])"
)
