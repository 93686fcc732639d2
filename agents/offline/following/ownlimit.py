"""「为啥不行」「我限额多少」 while an order waits for another's yes: it is shown again with the limit it is above."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan, Say
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief
from core.replies import say

WHY_NOT = re.compile(
    r"(?:为[什啥]么?|为何|咋|怎么|凭啥|凭什么)[^,，。]{0,6}(?:不[行能让成可]|确认不了|下不了|不算)"
    r"|(?<![a-z])why (?:not|can't i|cannot i|isn't|is it not|doesn't|does not|didn't|won't)(?![a-z])"
)
MY_LIMIT = re.compile(
    r"(?:我的?|采购员?的?|单[笔次张]的?|下单)(?:限额|上限|权限|额度上限)|限额(?:是?多少|多大|几多|是啥)"
    r"|(?:自己|我)[^,，。]{0,3}能?[^,，。]{0,3}(?:确认|做主|定|下)的?[^,，。]{0,4}(?:上限|限额|限度|最[多高大]|多[少大])"
    r"|最[多高大][^,，。]{0,3}(?:能|可以)[^,，。]{0,3}(?:自己|我)?[^,，。]{0,3}(?:确认|做主|定|下)|多大的?(?:订?单|金额)[^,，。]{0,4}(?:我|自己)"
    r"|(?<![a-z])(?:how (?:much|big|high)|what amount|up to|what'?s the most|the most).{0,40}"
    r"(?:myself|on my own|by myself|alone|without (?:the |my )?(?:owner|boss|approval))(?![a-z])"
    r"|(?<![a-z])(?:my|buyer'?s?|ordering|order) (?:own |order |ordering )?limit(?![a-z])|(?<![a-z])(?:am"
    r"|are) (?:i|we) (?:limited|capped)"
)
CREDIT = re.compile(r"授信|信用|欠|(?<![a-z])credit(?![a-z])")


def above_own_limit(reading: Reading, mind: Mind) -> Plan | None:
    """The order that waits for another's press, once more, which says why and from which amount on."""
    waits = mind.state.draft
    if waits is None or waits.name not in {"propose_order", "reorder"} or waits.name not in mind.schemas:
        return None
    asks = WHY_NOT.search(reading.text) or MY_LIMIT.search(reading.text)
    if not asks or CREDIT.search(reading.text) or reading.mentions or reading.orders or reading.quantities:
        return None
    if not is_brief(reading.text):
        return None
    again = Do(waits.name, waits.args)
    if BY_WORD.search(reading.text):
        return Plan((Say(say(mind.words("confirm.press_the_button")), first=True), again))
    return Plan((again,))


BY_WORD = re.compile(  # "why doesn't yes work": of a word that doesn't confirm
    r"确认|打字|文字|回复|发[个消]|说(?:好|行|可以|是)|(?<![a-z])(?:yes|ok|okay|confirm(?:ing)?|say|saying|typ(?:e|ing)|words?)(?![a-z])"
)
