"""An order that waits for a press, by what it is called while it does: 待确认订单, a pending order."""

import re

DRAFT = re.compile(r"待(?:您|你)?(?:来|去|再)?确认的?(?:订单|单子|采购单|草稿)|(?:订单|单子)(?:的)?草稿|订单草案")
DRAFT_EN = re.compile(
    r"(?<![a-z])(?:draft|pending|unconfirmed|provisional|proposed) orders?(?![a-z])"
    r"|(?<![a-z])orders? (?:for|awaiting|pending) (?:your )?(?:confirmation|approval|ok)(?![a-z])"
    r"|(?<![a-z])order drafts?(?![a-z])"
)


def without_drafts(text: str) -> str:
    """Folded text in which an order to be confirmed is called a draft, which nobody takes for an order."""
    if "确认" in text or "草" in text:
        text = DRAFT.sub("草稿", text)
    return DRAFT_EN.sub("draft", text) if "order" in text else text
