"""What a change is told against: last year or the period before, as results have it."""

import re
from collections.abc import Iterator, Mapping

from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

AGAINST: Mapping[str, re.Pattern[str]] = {
    "year": re.compile(
        r"同比|去年|上年|前年|(?<![a-z])(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|last year|previous year|year before"
        r"|a year (?:ago|earlier|before)|prior year|last november|(?:of|in|than|from|on|vs) 2025)(?![a-z\d])"
    ),
    "before": re.compile(
        r"环比|上个?月|上期|上一期|前一?个?月|(?<![a-z])(?:month[- ]on[- ]month|month[- ]over[- ]month|mom|last month|(?:previous|prior)"
        r" (?:month|period)|(?:month|period) (?:before|earlier)|a month (?:ago|earlier|before))(?![a-z])"
    ),
    "week": re.compile(
        r"上个?周|上星期|上个?星期|周环比|(?<![a-z])(?:week[- ](?:on|over)[- ]week|last week|(?:previous|prior) week|week (?:before|earlier)"
        r"|a week (?:ago|earlier))(?![a-z])"
    ),
    "quarter": re.compile(
        r"上个?季度?|季环比|(?<![a-z])(?:quarter[- ](?:on|over)[- ]quarter|last quarter|(?:previous|prior) quarter)(?![a-z])"
    ),
}
MOVED = frozenset({"rose", "fell", "change", "before"})


def wrong_spans(said: Said, view: View) -> Iterator[Wrong]:
    """A change against another stretch of time than the one that results compare with."""
    known = {name for name, pattern in AGAINST.items() if pattern.search(view.words)}
    if not known & {"year", "before"} or said.text.rstrip().endswith(("?", "？")):
        return
    told = {name for name, pattern in AGAINST.items() if pattern.search(said.text)}
    moved = any(
        fact.cues & MOVED and (fact.kind == "percent" or fact.value in view.headline or "total" in fact.cues)
        for one in said.numbers
        for fact in view.facts.get(abs(one.number.value), ())
    )
    if told and moved and not told & known:
        yield Wrong(f"compared with {', '.join(sorted(told))}, results with {', '.join(sorted(known))}")
