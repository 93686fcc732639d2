"""The words by which somebody asks what waits for their press, or says of it that they agree: it is shown, no more."""

import re

from core.actor import Actor, Role
from core.language.normalise import fold

APPROVERS = frozenset({Role.OWNER, Role.MANAGER, Role.FINANCE, Role.LEGAL, Role.ADMIN})
WAITING = re.compile(
    r"(?:要|等|待|需要)(?:我|我们)?(?:来)?(?:确认|审批|批准)(?:的|什么|吗|哪些|$)"
    r"|(?:要|等|待|需要|该)(?:着|得)?(?:我|我们|咱们)(?:来|去)?(?:批|审批|审核|点头|拍板|过目)"
    r"|(?:要|等|待|没|未)(?:批|审批?|审核)的(?:单|订单|申请|东西|有|还有|是|呢|吗|[?？]|$)"
    r"|(?<![a-z])(?:waiting for|waiting on|needs?|awaiting|pending) (?:me|my|our) ?"
    r"(?:to (?:confirm|approve|sign off)|confirmation|approval|ok|okay|sign-?off|press|\W*$)"
    r"|(?<![a-z])to (?:confirm|approve) for me"
    r"|(?<![a-z])(?:do i|should i|i) (?:have|need) to (?:approve|confirm)(?![a-z])"
    r"|(?<![a-z])(?:anything|something|what|what'?s|orders?)(?: is| there| are| do i have)* (?:for me )?to approve"
    r"(?![a-z])"
    r"|(?<![a-z])pending approvals?(?![a-z])"
)
AGREED = re.compile(  # 「采购员那单批了」, "approve the buyer's order": what is meant is shown, with its button
    r"(?:采购员?|采购那边|买手|下面|底下|他们?|她)[^,，。?？\d]{0,8}(?:单子?|订单|申请)[^,，。?？\d]{0,6}(?:批了?|同意|准了?|确认|通过)(?:吧|了)?[。.]?$"
    r"|(?:批准?|同意|通过|确认)(?:一下|下)?(?:采购员?|买手)[^,，。?？\d]{0,8}(?:单子?|订单|申请)"
    r"|(?<![a-z])(?:approve|confirm|ok|okay|sign off(?: on)?) (?:the |my |our )?(?:buyer|purchaser|purchasing)(?:'?s)?"
    r"(?: \w+)? (?:order|request)(?![a-z])"
    r"|(?<![a-z])(?:buyer|purchaser)'?s (?:order|request) is (?:approved|fine|ok|okay)(?![a-z])"
)

OF_A_RULE = re.compile(
    r"多少|几万|什么(?:情况|样|时候)|哪[种些类]情况|(?<![a-z])(?:how much|above what|when do)(?![a-z])"
)


def asks_what_waits(text: str, actor: Actor) -> bool:
    """Whether a message is about what waits for this person; an agreement counts from those who have one to give."""
    words = fold(text).strip()
    if OF_A_RULE.search(words):
        return False
    return bool(WAITING.search(words) or (actor.role in APPROVERS and AGREED.search(words)))
