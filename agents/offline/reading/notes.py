"""What is noted on an order, and figures of speech beside it: neither names any goods.

"Note on it: call Mr Zhu first", 「备注一下：送之前打电话」, 「先试试水」.
"""

import re

ENGLISH = (
    r"(?<![a-z])(?:(?:with|and|add|put) )*(?:(?:a|the) )?(?:note|remark|comment|memo)s?"
    r"(?: (?:on|for|to|with|in|down) (?:(?:it|this|that|the|order|driver|warehouse|delivery|them)(?: "
    r"|(?=[:：-])))+| )?"
    r"(?:[:：] *| *[-–—]+ *| ?that |saying )"
)
CHINESE = (
    r"(?:(?:再|帮我|给我|麻烦)*(?:加个|写个)?(?:备注|備註|附言|注明|註明|备注栏))(?:[是写寫:：, ，]|一下|一句)*"
    r"|(?:再|帮我|给我|麻烦|单子?上)*(?:写|注)(?:上)?一?句[:：, ，]+"
    r"(?!.*(?:\d|[一二两三四五六七八九十百半]) ?[箱件提托瓶])"
)
FRESH_GOODS = re.compile(  # 「别给我发临期的」, "no old dates": what the warehouse is asked to heed
    r"(?:别|不要|不准|莫)(?:再|又)?(?:给我们?|把)?(?:再)?(?:发|送|拿|配"
    r"|装)?(?:了)?(?:来)?[^,，。;；!！?？]{0,4}(?:临期|旧|老日期|日期(?:旧|老|不好)|快过期|大日期)[的货]?"
    r"|(?:要|发|给我|麻烦发)(?:最?新|新鲜)(?:的)?(?:日期|批次|生产)的?|日期(?:要|尽量)新(?:鲜|一?点)?的?"
    r"|(?:临期|旧日期|老日期|旧)的?(?:别|不要)(?:发|送|来)"
    r"|(?<![a-z])(?:no|not|don'?t (?:send|give) (?:me|us)(?: any)?) (?:the )?(?:old|short|short[- ]dated"
    r"|near[- ]expiry)(?: dates?| stock| ones?| lots?)?(?![a-z])"
    r"|(?<![a-z])(?:fresh|new|newest|latest) (?:dates?|lots?|batch(?:es)?)(?: only| please)?(?![a-z])",
    re.IGNORECASE,
)
REMARK = re.compile(rf"(?:{CHINESE})(?P<zh>.{{2,100}})|{ENGLISH}(?P<en>.{{2,100}})", re.IGNORECASE)
SAID = re.compile(
    rf"[,，;；。]? *(?:(?:{CHINESE})(?=[^\s,，;；。\n])|{ENGLISH})(?:[^,，;；。\n?？.]|\.(?! |$))*(?![?？])"
)
ASKS = re.compile(r"什么|啥|怎么|如何|吗$|[么嘛]$|(?<![a-z])(?:what|which|how)(?![a-z])")
COUNTED = re.compile(r"\d|[一二两三四五六七八九十百半] ?[箱件提托瓶]")
TRIES = re.compile(
    r"[试探]一?下?水[温深]|[试探]一?[试探下]水(?! ?\d)|[试探]水(?=[,，。:： ]|$)"
    r"|(?<![a-z])test(?:ing)? the waters?(?![a-z])"
    r"|(?<![a-z])dip(?:ping)? (?:a|my|our|the) toes? in(?:to)?(?: the waters?)?(?![a-z])"
)


def without_notes(text: str) -> str:
    """A folded message without what is noted behind an amount, and with no water in 「试试水」."""
    text = TRIES.sub(lambda found: "to try" if found.group().isascii() else "试试", text)
    found = SAID.search(text)
    if found is None or ASKS.search(found.group()) or not COUNTED.search(text[: found.start()]):
        return text
    return f"{text[: found.start()]}{text[found.end() :]}"
