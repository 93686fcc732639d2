"""What a change is told against: last year or the period before, as results have it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from core.checks.belonging import of_kind
from core.checks.reading import Fact
from core.checks.said import Said
from core.checks.stretches import readings
from core.checks.view import View
from core.checks.wrong import Wrong

AGAINST: Mapping[str, re.Pattern[str]] = {
    "year": re.compile(
        r"同比|去年|上年|前年|(?<![a-z])(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|last year|previous year"
        r"|year before"
        r"|a year (?:ago|earlier|before)|prior year|last november|(?:of|in|than|from|on|vs) 2025)(?![a-z\d])"
    ),
    "before": re.compile(
        r"环比|上个?月|上期|上一期|前一?个?月|(?<![a-z])(?:month[- ]on[- ]month|month[- ]over[- ]month|mom"
        r"|last month|(?:previous|prior)"
        r" (?:month|period)|(?:month|period) (?:before|earlier)|a month (?:ago|earlier|before))(?![a-z])"
    ),
    "week": re.compile(
        r"上个?周|上星期|上个?星期|周环比|(?<![a-z])(?:week[- ](?:on|over)[- ]week|last week|(?:previous"
        r"|prior) week|week (?:before|earlier)"
        r"|a week (?:ago|earlier))(?![a-z])"
    ),
    "quarter": re.compile(
        r"上个?季度?|季环比|(?<![a-z])(?:quarter[- ](?:on|over)[- ]quarter|last quarter|(?:previous"
        r"|prior) quarter)(?![a-z])"
    ),
}
COMPARED = re.compile(
    r"(?:比|较|相比于?|对比|和|跟|与)$|(?<![a-z])(?:compared (?:to|with)|than|against|versus|vs\.?|beat|since"
    r"|below|above|over|on) ?(?:in |the )?$"
)
LABELLED = re.compile(
    r"(?:^|[\n;；。,，]|\.(?= )|(?<=\W)-)\W*(?P<then>去年同期|上年同期|去年|上年|上期|上月同期"
    r"|last year|(?:the )?previous (?:year|period)|(?:the )?year before)?"
    r"(?P<now>今年同期|今年|本期|本年|this year|this (?:span|period))?(?P<year>20\d\d)?年?"
    r" ?(?:[(（][^()（）]*[)）])? ?[:：] ?(?:cn)?[¥$]?(?P<amount>\d[\d,]*(?:\.\d+)?)"
    r"(?![\d万千kmn%])"
)
TOLD_OF = re.compile(r"(?:同期)?(?:的?(?:进货额|销售额|金额))? ?(?:是|为|was|came to) ?(?:cn)?[¥$]?")
MOVED = frozenset({"rose", "fell", "change", "before"})


def wrong_spans(said: Said, view: View) -> Iterator[Wrong]:
    """A change against another stretch of time than the one that results compare with."""
    known = {name for name, pattern in AGAINST.items() if view.matches(pattern)}
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
    if moved:
        yield from _other_months(said, view)


def wrong_labels(said: Said, view: View) -> Iterator[Wrong]:
    """Last year (Nov 1-20): an amount of now behind the name of what was before, or the other way round."""
    if "before" in view.cues.get("money", ()):
        yield from _told_then(said, view)
    for found in LABELLED.finditer(said.text):
        if not (found["then"] or found["now"] or found["year"]):
            continue
        facts = [f for f in view.facts.get(Decimal(found["amount"].replace(",", "")), ()) if f.kind == "money"]
        if found["year"]:
            if not any(found["year"] in _years(fact, view) for fact in facts):
                yield Wrong(f"{found['amount']} is of another year")
        elif facts and all(("before" in fact.cues) is bool(found["now"]) for fact in facts):
            yield Wrong(f"{found['amount']} is of another time")


def _told_then(said: Said, view: View) -> Iterator[Wrong]:
    """An amount right behind a stretch of time that isn't its own: 10月1–20日是…."""
    for time in said.times:
        for one in said.numbers if "同期" not in time.text and not said.text[: time.span[0]].endswith("截至") else ():
            if one.kind != "money" or not TOLD_OF.fullmatch(said.text[time.span[1] : one.number.span[0]]):
                continue
            told = {f"period:{start.isoformat()}/{end.isoformat()}" for start, end in readings(time)}
            facts = [fact for fact in view.facts.get(abs(one.number.value), ()) if fact.kind == "money"]
            main = of_kind(view.belonging.main, "period")
            theirs = [
                of_kind(fact.entities, "period") or (main if "before" not in fact.cues else frozenset())
                for fact in facts
                if fact.value in view.headline or "before" in fact.cues
            ]
            if theirs and all(theirs) and not any(told & own for own in theirs):
                yield Wrong(f"{one.shown} is of another time than {time.text}")


def _years(fact: Fact, view: View) -> set[str]:
    """The years of a figure's stretches of time, else of those that results are about."""
    periods = of_kind(fact.entities, "period") or of_kind(view.belonging.main, "period")
    return {name.removeprefix("period:")[:4] for name in periods}


def _other_months(said: Said, view: View) -> Iterator[Wrong]:
    """A month or stretch that a change is told against, and which results don't compare with."""
    spans = {
        tuple(date.fromisoformat(day) for day in name.removeprefix("period:").split("/"))
        for same in view.facts.values()
        for fact in same
        if {"before", "total"} <= fact.cues
        for name in fact.entities
        if name.startswith("period:")
    }
    for time in said.times if spans else ():
        if not COMPARED.search(said.text[: time.span[0]]) or time.comparison:
            continue
        if not any(
            start < end and begin < stop for start, stop in readings(time) for begin, end in spans if start < end
        ):
            yield Wrong(f"{time.text} is not what it is compared with")
