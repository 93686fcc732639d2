"""A quarter that is over: nothing that is bought now counts in it, so no tier of it can still be reached."""

import re
from collections.abc import Iterator
from datetime import date

from core.checks.around import STOP
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.days import add_months

STILL = re.compile(
    r"来得及|赶得上|还有(?:的是)?(?:时间|机会|希望)|还(?:能|可以?|会)(?:再|继续|去)?(?:冲|升|达|到|拿到|够|补(?!开)|进第)"
    r"|抓紧|赶紧|尽快|赶快|趁(?:现在|早|还)|现在(?:就|再|去)?(?:下单|补|进货|订|追加)|补(?:一)?单|补货|加把劲|冲一?[冲把]|再努力"
    r"|(?<![a-z])(?:still (?:have )?(?:time|a chance|possible|within reach|doable|can(?! see)"
    r"|could|able|reach(?:able)?|get|make it)"
    r"|can still|not too late|in time to|within reach|hurry|act now|make up for it)(?![a-z])"
)
AHEAD = re.compile(
    r"(?:(?:再|多|补|追加|续)(?:补)?(?:进|买|订|拿|补|采购|下单|来)|补(?=约?(?:cn)?[¥$]?\d))[^。;；]{0,30}?(?:就|便|即|才|可|能)(?:能|可|会|可以|可望)?"
    r"(?:到|达到?|升|进|拿到?|有|是|变|按)"
    r"|(?<![a-z])(?:order|buy|purchase|add|adding|ordering|buying|purchasing|place|spend)(?: just| only)?"
    r" (?:another |a further |an? (?:additional|extra) )?(?:about |around )?(?:cn)?[¥$]?\d[\d,.]*(?:k|mn)?(?: yuan)?"
    r"(?: (?:more|now|today|of goods))*[^.;]{0,40}"
    r"(?<![a-z])(?:and|to|will|becomes?|brings?|reach|get|gets|unlock|makes?)(?![a-z])"
    r"|(?<![a-z])(?:another|a further) (?:cn)?[¥$]?\d[\d,.]*(?:k|mn)?(?: yuan)? (?:(?:now"
    r"|today|more) )?(?:will|gets?|brings?|reaches"
    r"|takes you|lifts|unlocks)(?![a-z])"
    r"|(?<![a-z])(?:another|a further) (?:cn)?[¥$]?\d[\d,.]*(?:k|mn)?(?: yuan)?(?: [a-z]+){0,3} (?:by"
    r"|before) (?:the )?(?:year|end|dec)[a-z ']{0,16}"
    r" (?:would(?! have)|will|lifts?|brings?|takes?|gets?)(?![a-z])"
    r"|(?<![a-z])(?:you can|you could|you'll|you will)(?: [a-z]+)? (?:reach|get (?:to|into)|hit|move up|unlock|make) "
)
UNREAL = re.compile(
    r"当时|那时|本来|本可|原本|原可|要是|如果|假如|倘若|若|的话|否则|没能|已经?(?:结束|截止|过去|过了)|来不及|无法|不能|不再|没法"
    r"|没有(?:时间|机会)|(?<!四)季度已"
    r"|(?<![a-z])(?:would(?:'ve| have)|could have|had(?: you)?|'d have|if you had|can't"
    r"|cannot|can no longer|no longer|too late|over|closed|ended"
    r"|not|n't)(?![a-z])"
)
CURRENT = re.compile(
    r"四季度|本季|当前季度|这个?季度|下个?季度|(?<![a-z])(?:q4|fourth quarter|this quarter|next quarter)(?![a-z])"
)
MONTHS = 3


def wrong_chances(said: Said, view: View) -> Iterator[Wrong]:
    """That a tier of a quarter that is over can still be reached, or what buying more now brings there."""
    if view.today is None or "threshold" not in view.cues.get("money", ()):
        return
    found = STILL.search(said.text) or AHEAD.search(said.text)
    if found is None or not _is_over(said, view, view.today) or CURRENT.search(said.text):
        return
    start = max([0, *(stop.end() for stop in STOP.finditer(said.text, 0, found.start()))])
    stop = next((one.start() for one in STOP.finditer(said.text, found.end())), len(said.text))
    if not UNREAL.search(said.text, start, stop):
        yield Wrong(f"{found.group()}: the quarter is over")


def _is_over(said: Said, view: View, today: date) -> bool:
    """Whether the quarters that are named, else all that results are about, ended before today."""
    quarters = {span for span in view.exact if span[0].day == 1 and add_months(span[0], MONTHS) == span[1]}
    named = {(time.start, time.end) for time in said.times} & quarters
    return bool(quarters) and all(end <= today for _, end in named or quarters)
