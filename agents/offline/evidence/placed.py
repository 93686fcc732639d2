"""What the words about an order that was placed say for an intent: where it stands, a change, its end, or none."""

import re

from agents.offline.evidence.cues import ALTERS, ASKS, CHANGES, CREDIT, ONE_PLACED, THAT_AGAIN
from agents.offline.reading.understanding import Reading


def of_placed_orders(reading: Reading) -> dict[str, float]:
    """By intent, what speaks for it and against."""
    if reading.of_kind("dealer") and ONE_PLACED.search(reading.text) and not CREDIT.search(reading.text):
        return {"order_status": 0.6}
    settled = _not_to_be_called_off(reading) or _on_a_condition(reading)
    if settled:
        return settled
    if not reading.orders:
        return _of_one_not_named(reading)
    return _of_how_many_on_it(reading) or _of_the_one_named(reading)


def _of_how_many_on_it(reading: Reading) -> dict[str, float]:
    """「SO-…里面矿泉水几箱」: what is on it, and no change."""
    asks = reading.of_kind("product") and HOW_MANY_ON_IT.search(reading.text) and not CHANGES.search(reading.text)
    return {"order_status": 1.3, "propose_order": -0.6, "propose_order_change": -0.6} if asks else {}


def _not_to_be_called_off(reading: Reading) -> dict[str, float]:
    """「我没取消过啊」「别取消」: where the order stands, if one is spoken of."""
    if NOT_CALLED_OFF.search(reading.text) and not ALTERS.search(NOT_CALLED_OFF.sub(" ", reading.text)):
        named = reading.orders or ONE_PLACED.search(reading.text)
        return {"propose_cancellation": -1.5, "propose_order_change": -0.5} | ({"order_status": 0.9} if named else {})
    return {}


HOW_MANY_ON_IT = re.compile(r"(?:几|多少)[箱件瓶托提]|(?<![a-z])how (?:many|much)(?![a-z])")


def _on_a_condition(reading: Reading) -> dict[str, float]:
    if IF_NOT_SHIPPED.search(reading.text) and ALTERS.search(reading.text) and reading.of_kind("product"):
        return {"propose_order_change": 1.3, "order_status": -0.4, "quote": -0.6}
    return {}


def _of_one_not_named(reading: Reading) -> dict[str, float]:
    if _calls_off_one_placed(reading):
        return {"propose_cancellation": 0.8, "search_knowledge": -0.3}
    placed = ONE_PLACED.search(reading.text) and CHANGES.search(reading.text) and reading.of_kind("product")
    again = THAT_AGAIN.search(reading.text)
    return {"propose_order_change": 0.7} if placed and not again and (reading.quantities or reading.loose) else {}


def _of_the_one_named(reading: Reading) -> dict[str, float]:
    found = {"order_status": 0.3, "propose_cancellation": 0.05, "propose_order_change": 0.05}
    if not reading.of_kind("product"):
        found["quote"] = -0.6
    if reading.has_lines:
        found |= {"propose_order": -0.3 - 0.35, "propose_order_change": 0.6}
    elif WHETHER_OFF.search(reading.text):
        found |= {"order_status": 1.0, "propose_cancellation": -1.0}
    elif reading.quantities and CHANGES.search(reading.text):
        found["propose_order_change"] = 0.6
    elif reading.wanted is not None and (ALTERS.search(reading.text) or PUT_OFF.search(reading.text)):
        found["propose_order_change"] = 0.9
    elif reading.of_kind("product") and TOO_MUCH.search(reading.text) and not ASKS.search(reading.text):
        found |= {"propose_order_change": 0.9, "propose_order": -0.4}
    elif reading.of_kind("product") and PART_GOES.search(reading.text) and not ASKS.search(reading.text):
        found |= {"propose_order_change": 0.9, "propose_cancellation": -0.3}  # 「拿铁那行删了」
    elif CALLED_OFF.search(reading.text) and not WHY_OFF.search(reading.text):
        found |= {"propose_order_change": 1.0} if _part_is_called_off(reading) else {"propose_cancellation": 0.7}
    elif not CHANGES.search(reading.text):
        found["order_status"] = 1.0 if WHY_OFF.search(reading.text) else 0.7
    return found


def _calls_off_one_placed(reading: Reading) -> bool:
    """「刚才那单别要了」: no question, and no product of it."""
    said = ONE_PLACED.search(reading.text) and CALLED_OFF.search(reading.text)
    return bool(said) and not ASKS.search(reading.text) and not reading.of_kind("product")


def _part_is_called_off(reading: Reading) -> bool:
    """「昨天那单里橙汁不要了」: the product goes, and the order stays."""
    named = reading.of_kind("product")
    return bool(named) and not any(PART_OF_ORDER.match(reading.text[one.end :]) for one in named)


CALLED_OFF = re.compile(
    r"(?:do not|don't|no longer) (?:need|want)|call(?:ed)? (?:it |this |that )?off|(?<![a-z])cancel"
    r"|取消|[不别](?:想)?要了|别[发送]了|不[发送]了|作废|退掉|撤掉"
    r"|(?:先|帮我|给我|麻烦|赶紧|直接|得)(?:先|把它?)?撤[了下回销]?(?![^,，。]{0,2}[没吗不])"
    r"|单子?(?:先|就|也|都|全|给我|帮我|还是){0,2}(?:撤|退)(?:了|掉了?)?(?:吧|算了|哈|啊|得了|(?= *(?:$|[,，。])))"
    r"|(?<![a-z])(?:kill|scrub|bin|pull|ditch|scrap|void|drop|nix|axe|withdraw) (?:it|that|this|the (?:one|other)"
    r"|(?:(?:the|my|our|that|this|last) ?|[a-z]+'s )+(?:order|one))(?![a-z])"
)


WHY_OFF = re.compile(  # 「16号那单怎么取消了」: why it was, and no wish that it be
    r"(?:怎么|咋|为什么|为啥|为何|凭什么|谁)[^,，。]{0,12}(?:取消|作废|退|撤)(?:了|掉|的)|(?:取消|作废"
    r"|撤)[了掉]?的?原因"
    r"|单子?[^,，。]{0,4}(?:怎么|咋)[^,，。]{0,3}(?:没|不见|消失)了?"
    r"|(?<![a-z])(?:why|how come|who)(?![a-z]).{0,30}(?:cancel+ed|void|called off)(?![a-z])"
)


WHETHER_OFF = re.compile(  # 「昨天那单撤了没」
    r"(?:取消|作废|退|撤)(?:掉|成功)?(?:了(?:没有?|吗|么)|没有?)(?:$|[ ,，。?？])"
    r"|(?<![a-z])(?:is|was|has) .{2,40} cancell?ed(?![a-z])"
)


NOT_CALLED_OFF = re.compile(  # 「我没取消过啊」「别取消」, "I never cancelled it": no wish that it be
    r"(?:没有?|从没|从来没有?|从未|未曾?|不是)(?:人|说|講|讲|想|让|叫|要|打算|点|按|申请|主动|你们|过|我们?"
    r"|叫你们?){0,4}(?:取消|撤单?|作废|退单)(?!成功|掉?[吗么没])"
    r"|(?<!是)(?:别|不要|不用|甭|勿|不想|不打算|先不)(?:给我|帮我|再|急着|忙着|把[^,，。]{1,6})?(?:取消"
    r"|撤单?(?!销了)|作废)"
    r"|(?<![a-z])(?:didn'?t|did not|never|haven'?t|have not|hadn'?t|nobody|no one|don'?t|do not|not)"
    r" (?:ever |actually |even )?(?:ask(?:ed)?(?: you)? to |want(?:ed)? (?:you )?to |tell you to |said to |say to )?"
    r"(?:cancel(?:led|ed|ling|ing)?|call(?:ed)? (?:it |that )?off)(?![a-z])"
)


PART_OF_ORDER = re.compile(  # 「橙汁那单」 names an order by what it holds; 「那单里橙汁不要」 is a part of one
    r"^(?: |的|那|这|一|张|笔|,)*(?:订单|单|order)|^ ?(?:one|order)s?(?![a-z])"
)


IF_NOT_SHIPPED = re.compile(  # 「没发的话小绿改60」: whether it can still be changed, the change itself tells
    r"(?:没|还没|未|没有)(?:发货?|出库|装车|出货|走|送)(?:出去)?(?:的话|[,，]?就)|(?:要是|如果"
    r"|假如)[^,，。]{0,6}(?:没|未)(?:发|出)"
    r"|(?<![a-z])if (?:it|that|the order|they) ?(?:has|have|is|was|'s)?(?:n'?t"
    r"| not)(?: yet)? ?(?:been )?(?:shipped|left|gone|sent|dispatched|out)"
    r"|(?<![a-z])if not(?: (?:yet )?(?:shipped|sent|gone|out))?(?=[, ])"
)


PUT_OFF = re.compile(  # a day for what was ordered: that it come then, and no question whether it will
    r"[排挪拖留等安][到在至]|安排|(?:再|才)[送发到来]|(?:能不能|可不可以|可以|能)(?:给我|帮我)?[^,，。]{0,10}(?:再|才)"
    r"|(?<![a-z])(?:can|could|may) .{0,40}(?:come|arrive|be (?:delivered|sent|shipped)|wait) (?:on|till|until|next)"
    r"|(?<![a-z])(?:schedule|hold|wait|not before|no earlier|keep it)(?![a-z])"
)


TOO_MUCH = re.compile(  # 「蓝瓶水下多了」: of what is on it less is wanted, so many as are said, or are asked
    r"(?:[下写记订报要拿搞弄打]|太|有点)多了|用不[了着完]|不[用要](?:那么|这么)多|要不了|放不下|卖不[完动掉]"
    r"|(?<![a-z])(?:too (?:much|many)|(?:don't|do not|won't) need (?:so|that) (?:much|many)|over-?ordered)(?![a-z])"
)


PART_GOES = re.compile(
    r"[删划砍]掉?了?|去掉|拿掉|剔[除掉]|(?<![a-z])(?:remov|drop|delet|take .{2,24} (?:off|out)(?![a-z])|strike"
    r"|without)"
)
