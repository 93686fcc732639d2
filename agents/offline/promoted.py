"""「现在有什么活动」, "which promotions are running": of all products, or of a category, and not of one."""

import re

from agents.offline.arguments.amounts import exact_amounts
from agents.offline.arguments.slots import fill, points_back
from agents.offline.evidence.comesto import COMES_TO
from agents.offline.evidence.cues import PRICE
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief
from core.language.changes import find_change
from core.language.normalise import fold

PROMOTED = re.compile(
    r"活动|活動|促销|促銷|优惠|優惠|搭赠|搭贈|买赠|買贈|满减|滿減|满赠|特价|特價|赠品政策"
    r"|(?<![a-z])(?:promotions?|promos?|on offer|on promotion|deals?|special offers?|offers?|specials?"
    r"|free goods)(?![a-z])"
)
WHICH = re.compile(
    r"哪些|什么|啥|咩|乜|有没有|有冇|都有|有[吗么嘛没]|还有|怎么[算减搞送弄]|多少|列|看|说说|讲讲|推荐"
    r"|[吗么呢没不][?？]?$|还在|还搞|还做|到几|几号|啥时候|什么时候|哪天"
    r"|(?<![a-z])(?:what|which|any(?:thing)?|something|list|show|all|current|currently|running|today|now|how"
    r"|(?:the|that) (?:deal|offer|promo)(?: where)?)(?![a-z])"
)
RULE = re.compile(
    r"申请|审批|核销|报销|费用|发布|考试|资料|材料|叠加|一起用|同时|能不能享|返利|怎么申|陈列|堆头|提前几天"
    r"|(?<![a-z])(?:apply|application|approv\w+|claim|combine[ds]?|stack(?:ed)?|together|rebates?|publish"
    r"|announce)(?![a-z])"
)
OF_ALL = re.compile(
    r"哪些|都有|全部|所有|别的|其他|其它|还有(?:什么|啥|别|其)|(?<![a-z])(?:all|other|else|which promo\w+)(?![a-z])"
)


def of_promotions(reading: Reading, mind: Mind) -> bool:
    """Whether it is asked what is on offer, where no one product is named or spoken of."""
    text = reading.text
    if "list_promotions" not in mind.schemas or not PROMOTED.search(text) or not WHICH.search(text):
        return False
    supposed = find_change(text, "price") is not None  # 「不搭赠，直接降价3%呢」
    if supposed or RULE.search(text) or reading.code("product") or reading.quantities:
        return False
    category = mind.lexicon.value("list_promotions", "category", text)
    named = category or reading.of_kind("product") or reading.of_kind("dealer")
    if points_back(text) and not named:
        return False
    return bool(not mind.state.fresh_quote or OF_ALL.search(text) or named)


def _heard_of(reading: Reading, mind: Mind) -> Plan | None:
    """ "20 iced tea gets you a free water up there, do we get that too?": what runs here on what it is given for."""
    if not OFFER.search(reading.text) or not FOR_US_TOO.search(reading.text) or reading.orders:
        return None
    named = reading.of_kind("product")
    sku = named[0].code if named else None
    return Plan((Do("list_promotions", {"sku": sku} if sku else {}),))


OFFER = re.compile(
    r"[买满每拿进订]?[\d十百]+ ?[箱件]?[^,，。\d]{0,8}[送搭赠]|[送搭赠] ?[\d一]|满[\d一二三五千万]+[减送]|搭赠"
    r"|满减|特价"
    r"|\d ?\+ ?\d|(?<![a-z])(?:free (?:cases?|goods|water|one)|get(?:s|ting)? .{0,20}free|buy \w+ get|\d+ off"
    r"|on offer|special)(?![a-z])"
)
FOR_US_TOO = re.compile(
    r"我们?(?:这[里边儿]?|那[里边儿]?|家|店|[\u4e00-\u9fff]{2,4})?(?:也|能|可以)?(?:有没有|有[吗么不没]|享受"
    r"|一样|参加|适用)"
    r"|(?:我们?|咱们?)[^,，。]{0,6}(?:也|都)?(?:能|有|可以)[^,，。]{0,6}[吗么不没]"
    r"|(?<![a-z])(?:(?:do|can|will|does) (?:we|i|that|it|this) (?:also )?(?:get|have|apply|go|count)|is (?:it"
    r"|that) (?:the )?(?:same|true)"
    r"|(?:for|with) us(?: too| as well)?|here too|us too)(?![a-z])"
)
UNTIL = re.compile(
    r"到几[号时]|到什么时候|到啥时候|到哪[天日]|做到|搞到|截止|几号(?:结束|截)|什么时候(?:结束|截)|还有几天"
    r"|(?<![a-z])(?:'?till?|until|til) when(?![a-z])"
    r"|(?<![a-z])(?:when does|when is|how long).{0,40}(?:end|over|run|last|thing|deal|promo)"
)


def _still_running(reading: Reading, mind: Mind) -> Plan | None:
    """ "Till when is the juice thing?", "how does that one work" behind the promotions: that one again, which tells."""
    if not any(call.name == "list_promotions" for call in mind.state.recent[-2:]):
        return None
    if not UNTIL.search(reading.text) and (not HOW_IT_WORKS.search(reading.text) or RULE.search(reading.text)):
        return None
    if OF_SOMETHING_ELSE.search(reading.text) or reading.quantities:
        return None
    args = fill(mind.schemas["list_promotions"], reading, mind.briefing, mind.lexicon)
    return Plan((Do("list_promotions", args),)) if args.keys() & {"sku", "category"} else None


HOW_IT_WORKS = re.compile(
    r"(?:怎么|咋|咋个|怎样|如何)(?:个)?(?:算|减|送|搭|搞|弄|做|参加|享受|拿|玩|回事|样|说)|(?:具体|详细)(?:说|讲|怎|是|点|呢)|什么(?:规则|条件|力度|内容)|门槛|满多少"
    r"|(?<![a-z])(?:how (?:does|do|would|is) .{0,28}(?:work|get|qualify|deal|offer|discount|calculated|promo\w*)"
    r"|tell me (?:more )?(?:about)?|more (?:about|on)|details?|explain|what'?s the .{0,20}(?:deal|offer|one|promo\w*)"
    r"|(?:conditions?|terms|catch|threshold))(?![a-z])"
)


def _on_otherwise(reading: Reading, mind: Mind) -> Plan | None:
    """ "Ok so what IS on then" behind a question about an offer: all that runs."""
    named = reading.mentions or reading.quantities or reading.orders or reading.period
    if named or not PROMOTED.search(fold(mind.state.said)) or not WHAT_IS_ON.search(reading.text):
        return None
    return Plan((Do("list_promotions", {}),)) if mind.state.asked is None and is_brief(reading.text) else None


WHAT_IS_ON = re.compile(
    r"^(?:[那哦好行吧嗯,， ]|现在|目前|你们|到底)*(?:都)?(?:有|搞|做|在搞|在做)(?:些)?(?:什么|啥|哪些"
    r"|哪几个?)(?:的)?(?:呢|啊|呀|吗)?[?？]?$"
    r"|哪些(?:产品|货|品)?(?:有|在搞|在做|参加)"
    r"|(?<![a-z])what(?:'?s| is| are)?(?: actually| currently)? (?:on|running|going|available|there)"
    r"(?: then| now| at the moment| right now| instead)?\W*$"
)


def _for_so_many(reading: Reading, mind: Mind) -> Plan | None:
    """「绿茶呢 买一百能到手多少」 behind the promotions: the price of so many, which counts what comes free."""
    if not any(call.name == "list_promotions" for call in mind.state.recent[-2:]) or "quote" not in mind.schemas:
        return None
    counted, sku = reading.with_loose_numbers(), reading.code("product")
    if sku is None or len(counted.quantities) != 1 or not COMES_TO.search(reading.text) or reading.orders:
        return None
    return Plan((Do("quote", {"sku": sku, **exact_amounts(counted)[0]}),)) if exact_amounts(counted) else None


def _until_when(reading: Reading, mind: Mind) -> Plan | None:
    """「菊花茶特价到几号」, "is green tea still 10+1?", 「到几号」 behind a price: what runs on that product."""
    sku = reading.code("product")
    if sku is None and mind.state.fresh_quote and is_brief(reading.text) and mind.state.last is not None:
        sku = mind.state.last.args.get("sku")
    asks = UNTIL.search(reading.text) or (reading.code("product") and STILL.search(reading.text))
    if sku is None or not asks or OF_SOMETHING_ELSE.search(reading.text):
        return None
    if reading.orders or any(one.unit for one in reading.quantities):
        return None
    if reading.code("product") and PRICE.search(reading.text) and "quote" in mind.schemas:
        return None  # 「绿茶啥价，活动到几号」: the price tells both
    args = fill(mind.schemas["list_promotions"], reading, mind.briefing, mind.lexicon)
    return Plan((Do("list_promotions", {**args, "sku": sku}),))


STILL = re.compile(
    r"(?:还是|还在|还有|还做|还搞|仍是?)[^,，。]{0,6}(?:\d+ ?[+＋搭送] ?\d+|[十百]送[一二两三]|特价|活动|促销|搭赠)"
    r"|(?:特价|活动|促销|搭赠|[十百]送[一二两三])[^,，。]{0,3}还(?:有|在|做|搞|算)"
    r"|\d+ ?\+ ?\d+.{0,24}(?<![a-z])still(?![a-z])"
    r"|(?<![a-z])still (?:at |on )?(?:\d+ ?\+ ?\d+|(?:on )?(?:offer|promo\w*|special|deal)|buy (?:\d+|ten))"
)
OF_SOMETHING_ELSE = re.compile(
    r"保质|过期|生产|批号|日期|到货|送[到货]|发货|额度|授信|合同|付款|账期|退|换货|订单"
    r"|(?<![a-z])(?:expir\w*|best before|shelf|deliver\w*|arriv\w*|credit|limit|contract|pay|return|order)(?![a-z])"
)


def which_run(reading: Reading, mind: Mind) -> Plan | None:
    """The promotions that run, where these are asked for and nothing else is."""
    if "list_promotions" not in mind.schemas:
        return None
    ways = (_on_otherwise, _heard_of, _for_so_many, _still_running, _until_when)
    if (one := next((plan for way in ways if (plan := way(reading, mind)) is not None), None)) is not None:
        return one
    if not of_promotions(reading, mind) or reading.orders or mind.state.asked is not None:
        return None
    args = fill(mind.schemas["list_promotions"], reading, mind.briefing, mind.lexicon)
    return Plan((Do("list_promotions", args),))


def running_beside(reading: Reading, mind: Mind) -> Do | None:
    """ "Anything on offer? And my price for …": the promotions, where one clause of several asks for them."""
    asked = [one for one in reading.clauses if of_promotions(one, mind) and not one.of_kind("product")]
    others = [one for one in reading.clauses if one not in asked and one.of_kind("product")]
    return Do("list_promotions", {}) if asked and others and mind.state.asked is None else None
