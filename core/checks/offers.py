"""From how many cases on something is free: not from the steps of prices."""

import re
from collections.abc import Iterator

from core.checks.view import View
from core.checks.wrong import Wrong

OFFERED = re.compile(r"送|赠|搭|免费|活动|促销|(?<![a-z])(?:free|bonus|promotions?|offer)(?![a-z])")
FREE_FROM = re.compile(
    r"(?<!每)(?:满|达到?|够|超过|至少|起订|不少于"
    r"|不低于)了?(?:订)?(?P<a>\d+) ?箱?(?:以上)?[^,，。;；¥$\d]{0,8}(?:才|方)"
    r"[^,，。;；¥$\d]{0,6}(?:送|赠|搭|享(?!受?[^,，。;；]{0,6}价)|参加|参与|适用|生效|有效|活动|促销"
    r"|给(?![^,，。;；]{0,4}价))"
    r"|(?<!每)(?:满|达到?|够|超过|至少|不少于)了?(?P<b>\d+) ?箱?(?:以上)?[^,，。;；¥$\d]{0,4}才有(?!¥"
    r"|[^,，。;；]{0,10}价|\d)"
    r"|(?P<c>\d+) ?箱?(?:起|以上|及以上)[^,，。;；¥$\d]{0,6}(?:才|方)[^,，。;；¥$\d]{0,6}"
    r"(?:送|赠|搭|享(?!受?[^,，。;；]{0,6}价)|参加|参与|适用|给|有(?!¥|[^,，。;；]{0,10}价|\d))"
    r"|(?:活动|促销|赠品|搭赠)[^,，。;；¥$\d]{0,8}(?P<d>\d+) ?箱(?:起|以上)(?![^,，。;；]{0,8}[¥$\d价])"
    r"|(?:参加|参与|享受)(?:活动|促销|赠品|搭赠)[^,，。;；¥$\d]{0,8}(?P<e>\d+) ?箱"
    r"|(?<![a-z])only [a-z ]{0,16}(?:above|over|at least|more than|orders of|from) (?P<f>\d+) cases"
    r"|(?<![a-z])(?:need|have|has|must|required?|order|buy|take|minimum"
    r"|least)[a-z ]{0,20} (?P<g>\d+) (?:or more )?cases"
    r"[a-z ]{0,10} (?:to|before|for) [a-z ]{0,16}(?:qualify|join|free|promotion|offer|deal|take part"
    r"|participate|benefit)"
    r"|(?<![a-z])(?:promotion|offer|free cases?|free goods|freebies?|bonus)[a-z ]{0,8} (?:appl(?:y|ies)"
    r"|starts?|kicks? in"
    r"|begins?|comes?|(?:is|are)(?! (?:just |another |exactly )?\d)"
    r"|holds?|counts?|works?|valid)[a-z ]{0,20} (?P<h>\d+) cases"
    r"|(?<![a-z])(?:join|qualify|take part|get the (?:promotion|offer|free))(?! for (?:the price|cn"
    r"|¥))[^.;,¥]{0,50} (?P<i>\d+) cases"
    r"|(?<![a-z])from (?P<j>\d+) cases (?:on |up )?only"
)
BOUGHT = frozenset({"buy"})


def wrong_offers(text: str, view: View) -> Iterator[Wrong]:
    """Something free from another number of cases on than results say."""
    bought = {fact.value for same in view.facts.values() for fact in same if fact.cues & BOUGHT}
    if not bought or not OFFERED.search(text):
        return
    for found in FREE_FROM.finditer(text):
        if int(next(one for one in found.groups() if one)) not in bought:
            yield Wrong(f"{found.group()}: nothing is free from there")
