"""How much of a question names something: what is left of it without asking, filling, and the case that it puts."""

import re

from agents.offline.wording.filler import FILLER
from agents.offline.wording.length import length

ASKING = re.compile(
    r"会怎么?样|会咋样?|怎样|每年|每月|之?前要?|完成|打?哪个?电话|电话(?:号码)?是?多少|打给谁|手册|规定|政策|怎么说|说的|写[的着在]|条款|最[长多少短晚早快低高大小]|多长时间|[之以]内|才|算数|几?个?月"
    r"|[几多]少?天|小时|工作日|多久|能不能|可以|能|多少|什么|哪些|哪[个张天里儿]?|几|怎么|谁|[吗么要得]"
    r"|(?<![a-z])(?:how|what|which|who|when|where|many|much|about|does|did|must|long)(?![a-z])"
)
ANOTHER_CASE = re.compile(  # 「让到10个点呢」, "second time?": the case that the question before was put for, changed
    r"第[一二三四五\d]+[次回个]|首次|初犯|再犯|[再又]来?一次|屡犯|以上|以下|以内|往上|超过?|不到|不满|达到|满|[让降涨打提加减]到?(?=[\d一二两三四五六七八九十百半])"
    r"|[\d.,一二两三四五六七八九十百千万半]+个?(?:百分点|点|%|成|折|天|日|号|周|星期|月|季度?|年|次|回|家|箱|件|瓶|托|元|块|万|级|档|倍|小时|工作日)(?:多|左右)?"
    r"|(?<![a-z])(?:(?:first|second|third|fourth|another|next|repeat(?:ed)?)(?: (?:time|offen[cs]e|breach|one))?s?"
    r"|more than|less than|over|under"
    r"|above|below|at least|after|within|up to|percent|pct|days?|weeks?|months?|years?|times?|points?)(?![a-z])"
    r"|\d[\d.,]*%?"
)


def own_words(text: str) -> float:
    """In characters, a Latin letter counting a third."""
    return length(FILLER.sub("", ASKING.sub("", text)))


def own_matter(text: str) -> float:
    """The same without the case that is put: nothing is left of 「10个点以上呢」."""
    return own_words(ANOTHER_CASE.sub("", text))
