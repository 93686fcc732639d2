"""What the desk has just told, said back before another amount: 「额度不够啊 那200箱」, "no splitting? then 5"."""

import re

from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading, read_clause
from agents.offline.wording.filler import FILLER
from core.language.normalise import fold

TOLD = re.compile(
    r"(?:不能?|没法|只能)?拆(?:箱|零|开)|不拆|(?:额度|授信|钱|款|库存|现?货|数量?)?(?:还|也|都|又)?(?:不[太大是]*够|超了?|满了?)"
    r"|没(?:有|货|活动|优惠|赠品|现货|额度)?(?:也要|也行|也罢|就没有吧?|就算了?)?|[缺断]货|只[剩有]|原来|这样|这么|整箱|起订|起卖|规定|明白|懂了?|知道"
    r"|(?<![a-z])(?:no|not|can'?t|cannot|don'?t|doesn'?t|won'?t|enough|credit|stock|split(?:ting)?|cases?|whole|full|only"
    r"|limit|over|short|sold|huh|i see|right|got it|too (?:many|much)|fair enough|free|promo\w*|deal|anyway)(?![a-z])"
)
SO_MANY = re.compile(
    r"(?:那就?|就|先|还是|给我|也|来|要|拿|订|只|改成?|make it|then|so|just| |,)*"
    r"(?:\d+|[一二两三四五六七八九十百半]+) ?(?:箱|件|提|托|瓶|cases?|packs?|pallets?|cs)?"
    r"(?:吧|好了|就行|算了|够了|then|pls|please| )*[.。!！]*$"
)


def without_what_was_told(reading: Reading, mind: Mind) -> Reading:
    """The amount alone, where an order was refused or a product shown and the words before only say that back."""
    call = mind.state.attempt or mind.state.last
    of_goods = call is not None and call.name in {"propose_order", "quote", "list_promotions"}
    named = reading.mentions or reading.orders or reading.period or reading.wanted or reading.stranger
    counted = reading.with_loose_numbers().quantities
    found = SO_MANY.search(reading.text)
    if not of_goods or mind.state.asked is not None or named or len(counted) != 1 or found is None:
        return reading
    head = reading.text[: found.start()]
    if not found.start() <= counted[0].span[0] or not TOLD.search(head) or FILLER.sub("", TOLD.sub(" ", head)):
        return reading
    amount = found.group().strip()
    if call is not None and call.name == "list_promotions" and call.args.get("sku"):
        amount = f"{fold(str(call.args['sku']))} {amount}"
    return read_clause(amount, amount, mind.briefing)
