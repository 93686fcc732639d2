"""Goods that are spoken of and not ordered: what doesn't sell, what came wrong, what turned up where it shouldn't."""

import re

from agents.offline.evidence.cues import ASKS, DAMAGE, PRICE, WANTS
from agents.offline.reading.notes import FRESH_GOODS
from agents.offline.reading.understanding import Reading

BACK = re.compile(
    r"退(?:货|回|掉|得了?|换|给你|吗|不|了|得)|[能可]以?退|换货|调换"
    r"|(?<![a-z])(?:send|take|give|ship|bring|get) (?:(?:it|them|these|those|this|that|some|all|the rest"
    r"|any)(?: of (?:it|them))? )?back"
    r"(?![a-z])|(?<![a-z])(?:returns?|returned|returnable|swap(?:ped)?|exchanged?|refund(?:ed)?)(?![a-z])"
)
UNSOLD = re.compile(
    r"卖不[动掉完出]|走不[动掉]|动不了|不动销|不走货|滞销|积压|压[着在仓库货]|[快要临已]过期|临期"
    r"|到期了?(?=[的,，。能可怎吗])|日期不好|[旧老]日期|日期[旧老太]|大日期"
    r"|(?<![a-z])(?:(?:not|isn'?t|aren'?t|won'?t|don'?t|doesn'?t|barely|hardly|slow) ?-?(?:mov(?:e|ing)|sell(?:ing)?"
    r"|shift(?:ing)?)"
    r"|can'?t (?:sell|shift|move)|slow[- ]mov(?:er|ers|ing)|stuck with|unsold|dead stock|short[- ]dated"
    r"|expir(?:e|es|ed|ing)|past (?:(?:its|their|the) )?(?:date|best before|expiry)|out of date|shelf life)(?![a-z])"
)
ASTRAY = re.compile(
    r"窜货|串货|[窜串](?:过来|到)|外地(?:来)?的?货|别(?:人|家|的区域|的?经销商)的?货|不是(?:我们|咱们?|我)(?:家|这边"
    r"|区域)?(?:发|出|的)"
    r"|(?:店里|市面上|市场上|超市里?)[^,，。]{0,6}(?:发现|看到|冒出|出现)|(?:发现|看到|冒出来?"
    r"|出现)了?[\d一二两三四五六七八九十百几]+[箱件瓶]"
    r"|(?<![a-z])(?:(?:turned|showed|popped) up|diver(?:sion|ted)|grey (?:goods|market)|not our (?:dealers?|codes?"
    r"|goods|stock)"
    r"|from (?:another|other) (?:regions?|territor\w+|dealers?)|(?:found|spotted|saw) .{0,40} in (?:a |an "
    r"|the )?[a-z ]{0,20}"
    r"(?:store|shop|market|supermarket))(?![a-z])"
)
WRONG = re.compile(
    r"[发送装]错|错发|没[订要下]过?|[箱件瓶提][^,，。]{0,6}[少缺]了|[少缺]给|货不对|[多少][送发到]了?|没[送发到]够"
    r"|没到齐"
    r"|(?<![a-z])(?:(?:never|didn'?t|did not) (?:order|ask for)(?:ed)?|(?:never|not) ordered|wrong (?:goods|product"
    r"|item|one|flavou?r|stuff)|not what (?:we|i) ordered|(?:sent|delivered|got"
    r"|received)"
    r" (?:us |me )?(?:the wrong|too (?:many|few)))(?![a-z])"
)


def is_a_matter(reading: Reading) -> bool:
    """「30箱乌龙卖不动，能退吗」: so many of a product, of which something is asked or told, and none is wanted."""
    counted = [one for one in reading.quantities if not A_CASE.search(reading.text[: one.span[0]])]
    several = len({one.text for one in reading.of_kind("product")}) > 1
    text = FRESH_GOODS.sub(" ", reading.text)
    if LEFT_ON_IT.search(text) and BACK.search(text) and reading.of_kind("product"):
        return True
    if not any(one.unit for one in counted) and not (counted and reading.of_kind("product")):
        return False
    if several or reading.orders or reading.is_list:
        return False
    unsold = UNSOLD.search(text) and not PRICE.search(text)  # "any short-dated on special?" asks for a price
    told = unsold or BACK.search(text) or ASTRAY.search(text) or WRONG.search(text) or DAMAGE.search(text)
    if not told:
        return False
    wants = WANTS.search(NO_WISH.sub(" ", BACK.sub(" ", text)))
    return wants is None or (ASKS.search(text) is not None and FRESH.search(text) is None)


def without_goods(reading: Reading) -> str:
    """What the documents are asked: of the matter, not of a product or a case, which have pages of their own."""
    spans = [(one.start, one.end) for one in reading.of_kind("product")]
    if ASTRAY.search(reading.text) is None:  # how many turned up decides what it is
        spans += [one.span for one in reading.quantities]
    kept = reading.without(spans)
    return " ".join(kept.split())


LEFT_ON_IT = re.compile(  # "with 100 days left on it"
    r"(?:还[剩有]|只?剩)[^,，。\d]{0,3}\d+ ?(?:天|个月)"
    r"|(?<![a-z\d])\d+ (?:days?|weeks?|months?) (?:left|to go|of (?:shelf )?life)"
)
A_CASE = re.compile(r"(?:多少|几块|几元|每|单) ?$")  # 「多少一箱」 counts nothing
NO_WISH = re.compile(r"[送发拉运]来|[订下要]的|下来|出来|过来|回来|起来|本来|原来|来着|要不要|能不能要|需要|换")
FRESH = re.compile(
    r"再[来要订拿加下补发]|另外?[来要订拿加]|[来订拿补]\d|(?<![a-z])(?:order|add|plus|give me|i'?ll (?:have|take)"
    r"|more)(?![a-z])"
)


LIFE_LEFT = re.compile(  # "how much shelf life is left at dispatch": a rule on what is sent
    r"(?:保质期|效期|日期|货龄)[^,，。]{0,8}(?:发货|出库|到货|送到|收货)[^,，。]{0,8}(?:剩|多少|几)|(?:发货|出库|到货|收货)[^,，。]{0,6}(?:保质期|效期)[^,，。]{0,6}(?:剩|多少|几)"
    r"|(?<![a-z])shelf life(?![a-z]).{0,24}(?:dispatch|deliver|ship|arriv|sent|leaves)"
)


def of_matters(reading: Reading) -> dict[str, float]:
    """What such goods say for an intent: rules tell what becomes of them, and no order of them is meant."""
    if LIFE_LEFT.search(reading.text) and not reading.of_kind("product"):
        return {"search_knowledge": 1.0, "quote": -0.5, "propose_replenishment": -0.6}
    if not is_a_matter(reading):
        return {}
    return {"search_knowledge": 1.0, "propose_order": -1.2, "quote": -0.6, "list_stock_risks": -0.3}
