"""A company that this desk doesn't know, by its name before figures that are its own: 「中山香山这个季度返利多少」."""

import re

from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

SPAN = (
    r"(?:(?:这一?个?|本|上一?个?|今年|去年|前年|\d{1,2}|十[一二]?|最近|目前|现在|一共|总共|第?[一二三四])"
    r"(?:月份?|季度|年|周|星期)?[的到]?){0,2}"
)
ITS_FIGURES = (
    r"(?:返利|返点|额度|授信|逾期|进货[价量额]?|拿货价|订单|欠款?|货款|应收|账期|任务|达成|销量|销售额|业绩)"
    r"|(?:进|拿|订|卖|买|欠|提|下)了(?:多少|几|啥|什么)"
    r"|(?:拿|进|买|订)(?:的|着)?[^,，。 ]{1,8}?(?:什么价|啥价|多少钱|几块|多少一)"
)
OPENS = r"(?:^|[,，。！？!? ]|帮我|给我|麻烦|请问|想|[查看下问那和跟替]|一下)"
NAMED = re.compile(
    rf"{OPENS}(?P<who>(?![看查下问那和跟替帮给想一麻请])[\u4e00-\u9fff]{{2,8}}?)(?:那家|这家|家|他们|那边|公司|店)?的?{SPAN}(?:{ITS_FIGURES})"
)
NOT_A_NAME = re.compile(  # oneself, whoever it may be, and what figures are of beside a company
    r"[我咱俺你您自己他她它谁哪某各每全所整总别其这那本贵]|怎|什么|多少|几|为|如果|要是|还|有|没|能|可|会|是|不|把|被|从|到|在|对|跟|和|与|按|用"
    r"|刚|说|问|年|月|季|周|天|日|期|省|市|区|县|华[东南北中西]|经销商|客户|同行|隔壁|对面"
)
ENDS = frozenset("源汇泉达隆盛丰顺堂记润佳兴")  # as companies of the trade are called, said in examples too
LATIN = re.compile(  # "how much rebate did Zhongshan Xiangshan get"
    r"(?<![a-z])(?:does|did|do|has|have|is|are|was) (?P<who>[a-z]{4,}(?: [a-z]{4,}){0,2})"
    r" (?:get|got|have|owe|buy|order|earn|make|made|reach|overdue|late|behind|paid|bought|ordered|earned)(?![a-z])"
    r"|(?<![a-z])(?:rebates?|tier|credit|limit|prices?|discount|terms|debts?) (?:is|are|does|did|do|has|have|was) "
    r"(?P<of>[a-z]{4,}(?: [a-z]{4,})?)(?: (?:in|of|from|over in|down in|up in) [a-z]+)? (?:on|at"
    r"|get(?:ting)?|got|have|pay(?:ing)?"
    r"|reach(?:ed)?)(?![a-z])"
    r"|(?<![a-z])(?P<whose>[a-z]{4,}(?: [a-z]{4,}){0,2})(?:'s|s') "
    r"(?:\w+ )?(?:rebates?|limit|credit|balance|debts?|orders?|prices?|sales|account)(?![a-z])"
)


def company_in(reading: Reading, mind: Mind) -> str | None:
    """The company whose figures are asked for by its name, which is neither a known thing nor oneself."""
    if (latin := LATIN.search(reading.text)) is not None and not reading.mentions:
        words = (latin["who"] or latin["of"] or latin["whose"]).split()
        if all(word not in mind.recogniser.spelling.words for word in words):
            return " ".join(words)
    found = NAMED.search(reading.text)
    if found is None or NOT_A_NAME.search(found["who"]):
        return None
    start, end = found.span("who")
    if any(one.start < end and start < one.end and one.kind != "region" for one in reading.mentions):
        return None
    unknown = _is_unheard_of(found["who"], mind) or (len(found["who"]) > len("珠江") and found["who"][-1] in ENDS)
    return found["who"] if unknown else None


def _is_unheard_of(who: str, mind: Mind) -> bool:
    """Whether its characters stand beside each other as no example has them: half of a name may be a place's."""
    name = FILLER.sub("", who)
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    unheard = sum(pair not in mind.recogniser.spelling.pairs for pair in pairs)
    return len(name) == len(who) and 2 * unheard > len(pairs) - 1 > -1 and unheard > 0
