"""「这批算返利不」 behind a promotion, "how long do you hold it" behind an order: the rule that is meant."""

import re

from agents.offline.evidence.cues import PRICE
from agents.offline.evidence.money import TERMS_WANTED
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading


def of_the_rules(reading: Reading, mind: Mind) -> Plan | None:
    """The rule that a question leans on, which names only what was shown a moment ago."""
    if "search_knowledge" not in mind.schemas or reading.orders or reading.quantities or reading.of_kind("product"):
        return None
    if TERMS_WANTED.search(reading.text) and mind.briefing.actor.dealer_id is not None:
        return Plan((Do("search_knowledge", {"question": mind.words("about.terms.wanted")}),))
    recent = [call.name for call in mind.state.recent[-3:]]
    if COUNTED_IN.search(reading.text) and "list_promotions" in recent:
        return Plan((Do("search_knowledge", {"question": mind.words("about.promotion.counted")}),))
    kept = (HOW_LONG_KEPT.search(reading.text) or NEVER_PAID.search(reading.text)) and not PRICE.search(reading.text)
    if (kept or ELSE_DROPPED.search(reading.text)) and ORDERS.intersection(recent):
        return Plan((Do("search_knowledge", {"question": mind.words("about.stock.kept")}),))
    return None


ORDERS = frozenset({"order_status", "propose_order", "list_orders"})
COUNTED_IN = re.compile(
    r"[算计](?:不[算计])?(?:进|入|在)?[^,，。]{0,4}(?:返利|回馈|回饋|任务|基数)"
    r"|(?<![a-z])(?:counts?|counted|qualif\w+|included)(?![a-z]).{0,20}(?:rebate|target)"
)
NEVER_PAID = re.compile(  # 「要是一直没打呢」
    r"(?:一直|老是?|要是|如果|万一|假如|忘了?|迟迟|拖着|就是)[^,，。]{0,4}(?:没|不|未|忘了?)(?:能|去)?(?:打|付|给|转|汇|交)(?:款|钱|过去)?(?:的话|会|呢|了|怎|又|咋|[?？]|$)"
    r"|(?:不|没)(?:打|付|给|转|汇|交)(?:款|钱)[^,，。]{0,4}(?:会怎|会咋|怎么样|咋样|怎么办|会不会|呢|取消)"
    r"|(?<![a-z])(?:never|don'?t|do not|didn'?t|forget to|forgot to|can'?t)(?: end up)? (?:pay|wire|transfer"
    r"|send the money)(?:ing)?"
    r"(?: (?:it|that|for it|in time|at all))?(?= *(?:$|[?,.!]))"
)
ELSE_DROPPED = re.compile(  # 「钱最迟几天要到，不然单子就没了」: until when the money must be in
    r"(?:钱|款)[^,，。]{0,8}(?:最[迟晚]|几天|多久|几个?小时|什么时候|啥时候|哪天|几号).{0,16}(?:没了|没掉|取消|作废|释放|放掉|失效)"
    r"|(?:几天|多久|几个?小时)(?:之?内)?(?:不|没)(?:打|付|转|给|汇|到)[^,，。]{0,10}(?:没|取消|作废|释放|放掉|失效)"
    r"|(?<![a-z])(?:by when|how (?:long|many days|soon)|when|latest)(?![a-z]).{0,40}(?<![a-z])"
    r"(?:money|payment|pay|paid|wire|transfer)(?![a-z]).{0,40}"
    r"(?<![a-z])(?:dropped|cancell?ed|released|lost|lose|void|gone|goes)(?![a-z])"
)
HOW_LONG_KEPT = re.compile(
    r"(?:保?留|锁|占|押)(?:住|着)?(?:货|库存)?(?:多久|几天|多少天|几个?小时|到什么时候|到几号)|(?:货|库存)[^,，。]{0,6}(?:留|锁)[^,，。]{0,4}(?:多久|几天|到)"
    r"|(?<![a-z])how long .{0,30}(?:held|hold|kept|keep|reserved?)(?![a-z])"
    r"|(?<![a-z])(?:hold|keep|reserve)(?![a-z]).{0,24}how long(?![a-z])"
)
