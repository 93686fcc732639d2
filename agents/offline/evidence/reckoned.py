"""「奶茶30箱怎么算」「先别下单，告诉我价格」: what so much of a product comes to, and no order of it."""

import re

from agents.offline.evidence.cues import PLACES_ONE
from agents.offline.reading.understanding import Reading


def is_reckoned(reading: Reading) -> bool:
    """「奶茶30箱怎么算」: what so much of it comes to, where nothing is ordered and no rebate is meant."""
    if not reading.has_lines:
        return False
    if NOT_YET_ORDERED.search(reading.text):
        return True
    return bool(
        RECKONED.search(reading.text) and not OF_REBATES.search(reading.text) and not PLACES_ONE.search(reading.text)
    )


RECKONED = re.compile(  # what so many of a product come to, in words that other matters are reckoned in too
    r"(?<![送搭赠利点税])(?:[怎咋]么?个?算|算下来|[给报]个?(?:一口|实|底|好)?价|[合得]多少|合计?(?:是|要)?多少"
    r"|多少[?？啊呀呢]*$|[得要花](?:多少|几[多百千万])(?!天|久|时|日)"
    r"|什么行情|啥行情|打[几多少]*折|有没有折扣|(?:算|核)(?:一下|下|一算|个)?(?:价|钱|账|总)|算算看?)(?!天|久)"
    r"|(?<![a-z])(?:what(?:'s| is| would| does| will| do)? .{0,40}(?:come to|run (?:me|us)|total|work out)"
    r"|(?:work|tot)(?:s|ed)? (?:it |that )?(?:out|up)|how (?:do|would) you (?:charge|price))(?![a-z])"
)


OF_REBATES = re.compile(
    r"返|回馈|利息|滞纳|违约|押金|赔|罚|任务|达成|(?<![a-z])(?:rebate|interest|fine|penalt|target|deposit)"
)


NOT_YET_ORDERED = re.compile(  # 「先别下单，告诉我价格」
    r"(?:先|暂时|还)?(?:别|不要?|不用|甭)(?:急着?|忙着?)?(?:下单|提交|开单|订(?=$|[,，。;；!！ ]))"
    r"|(?:只|光|就|先)(?:问|报|看|要)(?:一?下|个)?价"
    r"|(?<![a-z])(?:(?:just|only) (?:a )?(?:quote|price|asking)|(?:no|not an?|don'?t|do not) (?:place "
    r"|make )?(?:an? |the )?order(?:ing)?"
    r"(?= yet| anything| it|\W*$|[,.;:!?])|quote only)(?![a-z])"
)
