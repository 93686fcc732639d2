"""Words that tell a matter by themselves: a grade, credit set free, a minimum, short dates, why a dealer is stuck."""

import re

from agents.offline.arguments.slots import THEIRS
from agents.offline.evidence.cues import ANYONE, OWN_ORDER, REMEDY, WHO
from agents.offline.evidence.money import CANT_ORDER, HELD_BACK
from agents.offline.reading.understanding import Reading
from core.actor import Role

EVERYONE = re.compile(
    r"全国|各家|各户|所有的?(?:经销商|客户|家)|全部的?(?:经销商|客户)|哪[些几]?家|谁家|还有谁|(?:还有|有没有)(?:别人|别的|其他|其它)|(?:别|其他|其它)(?:的)?(?:家|客户|经销商)"
    r"|(?<![a-z])(?:(?:any(?:one|body)|who) else|any others?|nationwide"
    r"|country-?wide"
    r"|across the (?:board|country)|(?:all|every) (?:the |my |our )?(?:dealers?|customers?)|everyone"
    r"|everybody)(?![a-z])"
)
SHORT_DATED = re.compile(
    r"临期|(?:快|要|将)过期|快到期的?(?:货|产品|库存|批次|东西)|日期(?:旧|老|不好|不新)|大日期"
    r"|(?<![a-z])(?:short[- ]?dated|(?:near(?:ly|ing)?"
    r"|close to)"
    r" (?:its |their )?expir\w+|old dates?|ageing|aging|expiring)(?![a-z])"
)
WHERE_STUCK = re.compile(  # why nothing comes of a dealer: what stands in the way is on the account
    r"卡在(?:哪|什么|啥)|卡住|卡着|被卡|(?:什么|啥|哪)(?:问题|毛病|情况)[^,，。]{0,6}(?:没|不|卡)|(?:为什么|为啥"
    r"|怎么|咋)[^,，。]{0,4}(?:没|不)(?:下单|进货|拿货|动)"
    r"|(?<![a-z])(?:what'?s (?:holding|blocking|stopping|wrong with|up with)|what is (?:holding|blocking|stopping"
    r"|wrong with)"
    r"|stuck on what|why (?:are|is|have|has|did)(?:n'?t| not)? .{2,30} (?:order(?:ing|ed)?|buying|quiet))(?![a-z])"
)
GRADED = re.compile(  # how a dealer comes into a grade
    r"(?:评|升|降|提|跌|调)[到上为成至]? ?[abc] ?[级級]|[abc] ?[级級][^,，。]{0,8}(?:怎|条件|标准|门槛|要求|多少分)"
    r"|评级|评定|评分|等级(?:怎|评|复)"
    r"|(?<![a-z])(?:(?:get|move|go|come|make it|upgrade\w*|promote\w*|become) (?:up |us )?(?:to|into"
    r"|in) (?:an? )?(?:grade )?[abc]"
    r"|grade [abc]|how (?:are|is) .{0,20}grad(?:e|es|ed|ing))(?![a-z])"
)
FREED = re.compile(  # when credit that an order held is free again
    r"(?:占|锁|冻|扣)[了着用]*的?(?:授信|额度)[^,，。]{0,8}(?:退|释放|恢复|回|还|放)|(?:授信"
    r"|额度)[^,，。]{0,4}(?:啥时|什么时|几时|多久|几天|马上|立刻|立即)[^,，。]{0,4}"
    r"(?:退|释放|恢复|回|还|放)"
    r"|(?<![a-z])(?:when|how (?:soon|fast|long)).{0,20}credit.{0,24}(?:back|free|freed|released?|restored?)(?![a-z])"
)
LEAST = re.compile(  # how many of one product it takes at least, which its price tells
    r"起订|起賣|起卖|最少(?:要|得|订|拿|下|几)|几箱起|多少箱起|(?<![a-z])(?:moq|min(?:imum)?\.? (?:order|qty"
    r"|quantity)|at least how many"
    r"|smallest (?:order|amount)|(?:is there|what'?s) (?:a|the) min(?:imum)?)(?![a-z])"
)
NOTICE_DAY = re.compile(
    r"(?:最[迟晚]|几号|哪天|什么时候|啥时候|何时|多久)[^,，。]{0,12}(?:通知|续[约签期]|不续)|(?:不续|续[约签期]"
    r"|通知)[^,，。]{0,10}(?:最[迟晚]|几号|哪天|什么时候|啥时候|何时)"
    r"|(?<![a-z])(?:(?:when|by when|how late|latest|last day|deadline|what date).{0,40}(?:notice|renew\w*"
    r"|not renewing|opt out)"
    r"|(?:notice|renewal) (?:deadline|date|day))(?![a-z])"
)
OWN_ACCOUNT = re.compile(r"账[户号]|帐[户号]|(?<![a-z])account(?![a-z])")
SELLS = frozenset({Role.REP, Role.MANAGER, Role.FINANCE})
OWN = frozenset({Role.OWNER, Role.BUYER})


def of_telling_words(reading: Reading, role: Role) -> dict[str, float]:
    """By intent, to be added to its probability."""
    if reading.of_kind("dealer") and NOTICE_DAY.search(reading.text):
        return {"list_contract_dates": 1.1, "search_knowledge": -0.4}
    if GRADED.search(reading.text) or FREED.search(reading.text):
        return {"search_knowledge": 1.0, "explain_rebate": -0.4, "show_account": -0.4}
    of_dealers = _of_dealers(reading) if role in SELLS else _of_own_account(reading, role)
    return _of_a_minimum(reading, role) or of_dealers


def _of_a_minimum(reading: Reading, role: Role) -> dict[str, float]:
    """How many of one product it takes at least, its price tells; of orders in general, the documents."""
    counted = any(not one.approximate for one in reading.quantities)
    own = role in OWN or bool(reading.of_kind("dealer"))
    if not own or counted or not reading.of_kind("product") or not LEAST.search(reading.text):
        return {}
    return {"quote": 1.6, "search_knowledge": -0.9}


def _of_own_account(reading: Reading, role: Role) -> dict[str, float]:
    """「我账户现在啥情况 货一直发不出来」: what holds one's goods back is on one's account."""
    stuck = OWN_ACCOUNT.search(reading.text) and (CANT_ORDER.search(reading.text) or HELD_BACK.search(reading.text))
    if role not in OWN or not stuck or reading.orders or reading.of_kind("product"):
        return {}
    return {"show_account": 1.2, "order_status": -0.6, "search_knowledge": -0.3}


def _of_dealers(reading: Reading) -> dict[str, float]:
    anyone = WHO.search(reading.text) or ANYONE.search(reading.text)
    if anyone and SHORT_DATED.search(reading.text) and not REMEDY.search(reading.text):
        return {"list_stock_risks": 1.1, "sales_summary": -0.7}
    of_one = reading.of_kind("dealer") or THEIRS.search(reading.text)
    if of_one and WHERE_STUCK.search(reading.text) and not OWN_ORDER.search(reading.text):
        return {"show_account": 1.0, "order_status": -0.6}
    return {}
