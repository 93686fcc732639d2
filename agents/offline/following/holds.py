"""What the order in view holds: 「里面可乐几箱来着」, "does the 200 off still apply", 「那单现在总共多少」."""

import re

from agents.offline.evidence.cues import ASKS, PRICE, STOCK
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import length
from agents.turns import Call

MOST = 24  # characters, a Latin letter counting a third
IN_IT = re.compile(
    r"里[面头边]?(?!程)|[那这该][张个]?(?:订?单|里)|单子?[里上]|上面"
    r"|(?<![a-z])(?:in|on) (?:it|there?|that|this|the order|that order|my order)(?![a-z])"
)
RECALLED = re.compile(
    r"来着|[订要下拿加放]了(?:多少|几)|是(?:不是)?\d+还是\d+"
    r"|(?<![a-z])(?:again|did (?:i|we) (?:put|order|have|say|add|get)|have (?:i|we) (?:got|put|ordered)|do (?:i"
    r"|we) have)(?![a-z])"
)
HOW_MUCH = re.compile(
    r"多少(?!钱)|几[箱件提托]?|有没有|有[吗么没]|\d还是\d|(?<![a-z])(?:how (?:many|much)|is there|any|got"
    r"|was it|is it)(?![a-z])"
)
ITS_DISCOUNT = re.compile(
    r"(?:满减|减了?\d+|搭赠|优惠|折扣|赠品|[送赠]的)[^,，。]{0,6}(?:还|在|算|有|没|吗|吧|用|享|跟着)"
    r"|(?<![a-z])(?:\d+ off|discount|free (?:ones?|cases?|goods)|promo\w*)(?![a-z]).{0,16}"
    r"(?<![a-z])(?:still|apply|applied|applies|count\w*|included|there|in)(?![a-z])"
    r"|(?<![a-z])still (?:get|have|there).{0,16}(?<![a-z])(?:\d+ off|discount|free)(?![a-z])"
)
OF_A_RULE = re.compile(  # "do the free ones count for the rebate"
    r"返利|返点|任务|目标|达成|基数|发票|开票|(?<![a-z])(?:rebates?|targets?|tiers?|invoice[ds]?|tax)(?![a-z])"
)
ITS_TOTAL = re.compile(
    r"(?:[那这]|刚[才刚]?(?:[改下订]的)?[那这]?|改完的?[那这]?)[张个]?订?单[^,，。]{0,6}(?:总[额共价数]|一共"
    r"|合计|多少钱?|金额|几多钱)"
    r"|(?<![a-z])(?:the|that|this|my) (?:order|one)(?:'s)? .{0,16}(?:total|come to|amount|how much)(?![a-z])"
    r"|(?:total|amount|how much) .{0,16}(?:the|that|this|my) order(?: now)?\W*$"
    r"|(?<![a-z])how much (?:do|must|should|will|would) (?:i|we) (?:\w+ to |still )?(?:pay|owe|transfer)(?: you)?"
    r" (?:for|on) (?:it|that|this)(?: one)?(?![a-z])|[这那它][张个]?单?(?:要|得|该|应)(?:付|打|转|给)(?:你们)?多少"
)
CHANGED = re.compile(r"[刚才已]?改(?:完|好|了之?后|下?的)")
NO_STOCK = re.compile(r"还有多少|还剩|现货|(?<![a-z])(?:left|available|stock)(?![a-z])")
WISHES = re.compile(r"[改换删减]|加到|去掉|不要|再[来加要]|(?<![a-z])(?:make|change|add|drop|remove|take)(?![a-z])")
ITS_STATE = re.compile(
    r"(?:它|[那这][张个]?单|[那这]张)[^,，。]{0,6}(?:什么|啥)(?:状态|情况|进度|样)|(?:它"
    r"|[那这][张个]?单)[^,，。]{0,4}(?:状态|进度|怎么样了|咋样了)"
    r"|(?<![a-z])(?:what'?s|what is|how'?s|how is) (?:its|the|that|it)(?: order)?(?:'s)? (?:status|state|doing"
    r"|progress)"
    r"|(?:真的?|确实|确定|已经)(?:是)?(?:取消|撤|作废|删)[了掉]+(?:吗|么|没|不|吧)"
    r"|(?<![a-z])(?:is|was) (?:it|that|the order|that one) (?:really|definitely|actually|all|now) (?:gone|cancell?ed"
    r"|off|dead|through|placed|in)(?![a-z])"
)
ORDERING = frozenset({"propose_order", "propose_order_change"})
IN_VIEW = frozenset({"order_status", "propose_order", "propose_order_change", "propose_cancellation"})
SPOKEN_OF = 3  # calls back


def _of_a_neighbour(text: str, mind: Mind) -> bool:
    """ "And the one after that, how much was it": another order than the one shown."""
    return mind.lexicon.has("one before", text) or mind.lexicon.has("one after", text)


def of_what_it_holds(reading: Reading, mind: Mind) -> Plan | None:
    """The order that waits, or the one looked at or settled last, once more, where the words ask what is on it."""
    text = reading.text
    if length(text) > MOST or reading.orders or reading.period or reading.stranger or reading.of_kind("dealer"):
        return None
    waits = mind.state.draft if mind.state.draft is not None and mind.state.draft.name in ORDERING else None
    shows = _shown_again(waits, mind) if not _of_a_neighbour(text, mind) else None
    if shows is None or WISHES.search(ITS_DISCOUNT.sub(" ", CHANGED.sub(" ", text))):
        return None
    if (ITS_TOTAL.search(text) or (ITS_STATE.search(text) and waits is None)) and not reading.mentions:
        return Plan((shows,))
    asks = ASKS.search(text) or RECALLED.search(text) or text.rstrip("?？ ").endswith("吧")
    if not asks:
        return None
    if OF_A_RULE.search(text):
        return None
    if ITS_DISCOUNT.search(text) and waits is not None and not reading.of_kind("product"):
        return Plan((shows,))
    if not _asks_of_a_line(reading, waits, mind):
        return None
    sku = reading.code("product")
    return Plan((Do(shows.tool, {**shows.args, "product": sku}),)) if sku and waits is None else Plan((shows,))


def _asks_of_a_line(reading: Reading, waits: Call | None, mind: Mind) -> bool:
    """Whether it is asked how much of a product the order holds, and not what it costs or what there is of it."""
    text, named = reading.text, {code for one in reading.of_kind("product") for code in one.codes}
    if not named or PRICE.search(text) or NO_STOCK.search(text) or not HOW_MUCH.search(text):
        return False
    if STOCK.search(text) and not IN_IT.search(text):
        return False
    if IN_IT.search(text):
        return True
    held = _held(waits, mind)
    return bool(named & held) and RECALLED.search(text) is not None


def _held(waits: Call | None, mind: Mind) -> set[str]:
    number = mind.state.only("order")
    lines = (waits.args.get("lines") if waits is not None else None) or mind.briefing.lines_of.get(str(number), ())
    return {line["sku"] for line in lines}


def _shown_again(waits: Call | None, mind: Mind) -> Do | None:
    if waits is not None:
        return Do(waits.name, waits.args) if waits.name in mind.schemas else None
    number = mind.state.only("order")
    in_view = any(call.name in IN_VIEW for call in mind.state.recent[-SPOKEN_OF:])
    if number is None or not in_view or mind.state.asked is not None or "order_status" not in mind.schemas:
        return None
    return Do("order_status", {"order": number})
