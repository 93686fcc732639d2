"""What words give away, in Chinese and English: an order, a price, stock, a question."""

import re

ASKS = re.compile(
    r"[?？吗么呢几谁怎咋哪]|多少|多久|什么|如何|不$"
    r"|\b(?:how|what|when|where|who|which)\b|^(?:can|may|must|should|do|does|is|are|will|would)\b"
)
OWN_CASE = re.compile(
    r"我(?:们|家|司|这边)?(?:的|这|那|现在|目前|最近|还|本|上|到)|现在|目前|[本这](?:个)?(?:季|月|周)"
    r"|\b(?:my|our)(?: \w+){0,2} (?:order|rebate|account|balance|credit|debt|limit|line|terms|tier|target|payment)"
    r"|\b(?:so far|right now|currently|this quarter|this month)\b|\b(?:are|have|did|were|was|am) (?:we|i)\b"
)
CALLED_OFF = re.compile(
    r"(?:do not|don't|no longer) (?:need|want)|call(?:ed)? (?:it |this |that )?off|(?<![a-z])cancel"
    r"|取消|不要了|作废|退掉|撤掉"
)
WHERE_GOODS = re.compile(
    r"(?:where(?:'?s| is| are)|any (?:news|word|sign|update)|(?:has|have)(?:n'?t| not)|still not|not yet|waiting for).*"
    r"(?:stuff|goods|delivery|deliveries|shipment|truck|driver|parcel|order)"
    r"|(?:stuff|goods|delivery|shipment|truck|driver|parcel).*(?:has|have)(?:n'?t| not)|(?:stuff|goods|delivery).*where"
    r"|(?:[货单]|订单|司机|东西).{0,6}(?:在哪|到哪|哪[儿里]了|没到|还没|没来)"
)
REMEDY = re.compile(r"赔|补偿|投诉|索赔|怎么办|处理|规定|compensat|claim|complain|refund|policy|what if")
SEVERAL = re.compile(r"哪些|哪几|所有|全部|几张|which|(?<![a-z])(?:list|all|orders)(?![a-z])")
PRICE = re.compile(r"(?<![a-z])(?:price|cost|how much|quote)|多少钱|价格|单价|报价|含税|什么价")
STOCK = re.compile(r"有货|还有|库存|现货|in stock|available")
OWN_ORDER = re.compile(r"单|(?<![a-z])orders?(?![a-z])")
AS_BEFORE = re.compile(
    r"上[一次回单]|一样|同样|照旧|照[着上]|老样子|原样|(?<![a-z])(?:same|last|previous|repeat|again|usual)(?![a-z])"
)
CARRIES_ON = re.compile(r"^ *(?:还有|还要|再|另外|加|以及|和|跟|外加|(?:and|also|plus|as well as)(?![a-z]))")
EACH = re.compile(r"各|每样|每种|\beach\b")
BETWEEN = re.compile(r"[\s,，、.。]+|\band\b|和|跟")
DELIVERY = re.compile(r"^ *(?:please )?(?:deliver|ship|send|送|发)(?!ed|ing|ment|货了|了|没)")
