"""What a dealer asks of somebody else's matters, whom the desk may not even name to them."""

import re

from agents.offline.arguments.slots import THEIRS
from agents.offline.evidence.cues import OF_THEIRS, OTHER_DEALERS, PRIVATE
from agents.offline.evidence.ruled import of_a_breach
from agents.offline.mind import Mind
from agents.offline.namedcompany import company_in
from agents.offline.plans import Say
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from core.replies import say

OWES_YOU = re.compile(
    r"(?P<zh>[\u4e00-\u9fff]{2,10})欠(?:了|着)?(?:你们|厂里|公司|贵司)"
    r"|(?<![a-z])(?:does|do|did) (?P<en>[a-z ]{3,30}) owe"
)
ONESELF = re.compile(
    r"我们?|咱们?|自己|我家|本店|我司|这边|现在|目前|到底|究竟|总共|一共|到今天|今天|截至|查|看|上?个?月|季度|年|底"
    r"|是不是|有没有|(?<![a-z])(?:we|i|it|they|he|she|you|this|that|our|my|company|shop|store|currently|still|now"
    r"|actually)(?![a-z])"
)


HEARSAY = re.compile(  # 「隔壁店说要涨价」: who told it, and not whose price is asked
    r"(?:其他|其它|别的|别|同行|隔壁|对面)[^,，。]{0,5}(?:说|讲|传|告诉|跟我|都在?说)"
    r"|(?<![a-z])(?:other|another|neighbou?rs?|competitors?)[a-z ]{0,20}(?:said|says|told|tells|heard"
    r"|reckons?)(?![a-z])"
)


HEARD_OF = re.compile(
    r"听说|听人说|据说|外面传|(?<![a-z])(?:i|we)(?:'ve)? (?:hear|heard)(?![a-z])|(?<![a-z])apparently(?![a-z])"
)
OF_THEM = re.compile(
    r"(?:他们|人家|他家|它家|她家)[^,，。]{0,6}(?:多少|几个?|什么价|啥价)"
    r"|(?<![a-z])(?:how much|what)[a-z ]{0,12} (?:they|them|he|she|their)(?![a-z])"
)


def of_others(reading: Reading, mind: Mind) -> Say | None:
    """A dealer who asks for what is another's, named or not: said at once, whatever it was taken for."""
    if mind.briefing.actor.dealer_id is None:
        return None
    if reading.stranger and any(char.isdigit() for char in reading.stranger):
        return Say(say(mind.words("dealer.not_found")), refusal=True)
    asked = OF_THEIRS.search(reading.text) and not reading.has_lines and not of_a_breach(reading.text)
    of_a_company = company_in(reading, mind) is not None or _paid_by_another(reading) or _priced_for_another(reading)
    of_a_company = of_a_company or _owed_by_another(reading.text)
    if of_a_company or ALL_OF_THEM.search(reading.text):
        return Say(say(mind.words("dealer.others")), refusal=True)
    if HEARD_OF.search(reading.text) and OF_THEM.search(reading.text) and asked:
        return Say(say(mind.words("dealer.others")), refusal=True)
    if mind.state.asked_in_vain and THEIRS.search(reading.text) and asked and not ONE_OF_US.search(reading.text):
        return Say(say(mind.words("dealer.others")), refusal=True)  # "and how much do they owe" behind a refusal
    if HEARSAY.search(reading.text):
        return None
    named = reading.stranger is not None and PRIVATE.search(reading.text) and not reading.has_lines
    if named or (OTHER_DEALERS.search(reading.text) and asked):
        return Say(say(mind.words("dealer.others")), refusal=True)
    return None


ALL_OF_THEM = re.compile(  # 「把所有经销商的价格发给我」
    r"(?:所有|全部|每[个家]|各家|各个|全体|其他|其它)的?(?:经销商|客户|代理商)[^,，。]{0,4}的[^,，。]{0,8}(?:价|返利|欠|额度|订单|销量|进货|名单|电话|数据)"
    r"|(?:经销商|客户)(?:名单|清单|列表|排名)"
    r"|(?<![a-z])(?:all|every|each|other)(?: of)? (?:the |your )?(?:dealers?|customers?|distributors?)(?:'s?|s'?)? "
    r"(?:prices?|rebates?|debts?|orders?|sales|limits?|balances?|figures|data|names)(?![a-z])"
    r"|(?<![a-z])(?:prices?|rebates?|debts?|orders?|sales|limits?|balances?|list)(?: list)? (?:of|for) (?:all|every"
    r"|each|other) "
    r"(?:the |your )?(?:dealers?|customers?|distributors?)(?![a-z])"
)
ONE_OF_US = re.compile(r"我|咱|俺|(?<![a-z])(?:we|us|our|i|my|me|mine)(?![a-z])")
PAYS_FOR = re.compile(
    r"(?<![a-z])(?:what|how much)(?: price)? (?:does|do|did|is|are) (?P<who>[a-z][a-z' -]{2,30}?)"
    r" (?:pay|paying|get|getting|charged)"
    r"(?: you)?(?: for)?(?![a-z])"
)
NOBODY_ELSE = re.compile(
    r"(?<![a-z])(?:i|we|you|it|its|this|that|these|those|the|a|an|one|each|my|our|your|mine|ours|us|me|dealers?|customers?"
    r"|everyone|everybody|people|everything|cases?|bottles?|price|prices|delivery|rebates?|order|orders|retailers?|shops?|stores?|supermarkets?|consumers?|restaurants?)(?![a-z])"
)


def _paid_by_another(reading: Reading) -> bool:
    """ "What does zhujianghui pay for W-550": a price that is somebody's by name, whom a dealer's desk doesn't know."""
    found = PAYS_FOR.search(reading.text)
    if found is None or NOBODY_ELSE.search(found["who"]):
        return False
    start, end = found.span("who")
    named = any(one.start < end and start < one.end for one in reading.mentions)
    return not named


SOMEBODYS_PRICE = re.compile(  # 「姑苏行拿多少钱的价」
    r"(?P<who>[\u4e00-\u9fff]{2,6}?(?:[商货]?行|商贸|贸易|公司|批发部?|超市|便利店|副食))(?:那边|他们|那家|家)?的?(?:现在|目前)?"
    r"(?:拿|进|给|是)(?:货|的)?(?:[^,，。]{0,4})(?:多少钱|什么价|啥价|几块|多少)"
)


def _priced_for_another(reading: Reading) -> bool:
    """Whether a price is asked that somebody gets who is called as shops are and is none whom this desk may name."""
    found = SOMEBODYS_PRICE.search(reading.text)
    if found is None or re.search(r"我|咱|本|你们|自己|别的|哪|各|一般|银行", found["who"]):
        return False
    start, end = found.span("who")
    return not any(one.start < end and start < one.end for one in reading.mentions)


def _owed_by_another(text: str) -> bool:
    """Whether the words ask what somebody with a name of their own owes the brand: 「申嘉欠你们多少钱」."""
    found = OWES_YOU.search(text)
    if found is None:
        return False
    return bool(FILLER.sub("", ONESELF.sub("", found["zh"] or found["en"])).strip())
