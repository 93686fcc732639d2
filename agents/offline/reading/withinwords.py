"""A short name inside another word names nothing: 漏水 is no 水, neither is 水单, and "water damage" no water."""

import re
from collections.abc import Mapping

Around = tuple[re.Pattern[str], re.Pattern[str]]
WORDS: Mapping[str, Around] = {  # by the name: what before it, and what behind it, makes another word of it
    "水": (
        re.compile(
            r"[漏泡浸渗滲积積淋喷洒滴渍汗口墨缩縮掺潮溅濺涨漲洪雨薪停淹脏髒污热冷海河江灌沾流断胶香药露]$"
            r"|(?:被|遇|发大|跑|[漏进泡淹]了|冒|排|防)$"
        ),
        re.compile(
            r"单(?!价|[箱件瓶]|独|品)|[电费費灾災害患渍漬壶壺槽泥池沟溝渠质質垢汽位泵土印]|蜜|平(?!均)|管(?!够)|准|準|果"
            r"|库(?!存)|庫(?!存)|分(?![开批别成两几])|淹|浸|泡|灌|渗"
        ),
    ),
    "water": (
        re.compile(r"(?<![a-z])(?:leak\w*|flood\w*|rain|under|sewage|tap|damaged by|wet (?:with|from)|full of) $"),
        re.compile(
            r" ?-?(?:damaged?|logged|leak\w*|pipes?|bill|got in\w*|came (?:in|into)|everywhere|stain\w*|marks?"
            r"|ingress)(?![a-z])"
        ),
    ),
}
COMES_IN = re.compile(r"进$")  # 「仓库进水了」; 「进水50箱」 buys it
SO_MUCH = re.compile(r" ?[\d一二两三四五六七八九十百半几多]| ?(?:[的货和跟、]|要)")


def is_within_a_word(text: str, start: int, end: int) -> bool:
    """Whether the name at this place is a part of another word."""
    name = text[start:end]
    if name not in WORDS:
        return False
    before, behind = WORDS[name]
    if name == "水" and COMES_IN.search(text[:start]) and not SO_MUCH.match(text, end):
        return True
    return before.search(text[:start]) is not None or behind.match(text, end) is not None
