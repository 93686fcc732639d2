"""Who placed no orders, how many, and when: only as results count them and of the time that they speak of."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from core.checks.around import PHRASE
from core.checks.said import Said
from core.checks.view import Fact, View
from core.checks.wrong import Wrong
from core.language.periods import TimeRange

SILENT = re.compile(
    r"(?:没有?|未|从未|不曾|没再)(?:再|有|过|来|曾|见|都)?(?:下过?单|订过?货|下过?订单|订单|采购|进过?货"
    r"|拿过?货|下过)"
    r"|(?<![a-z])(?:no|without(?: any| an)?|not (?:a single|one|an|any)|zero) (?:new )?orders?(?![a-z])"
    r"|(?<![a-z])(?:not|[a-z]+n't|never) (?:yet |even |also )?(?:order(?:ed)?|bought|buy|placed? (?:an?|any"
    r"|one) order)"
    r"|(?<![a-z])(?:silent|inactive)(?![a-z])"
)
EVER = re.compile(
    r"(?:从来?|历来|向来|有史以来|(?:开户|合作|建档|注册|签约)(?:到现在|至今|以来)(?:[^,，。;；]{0,4}))(?:都|也|还|就)*(?:没有?|未|不曾)(?:再|有|过|来|曾)?"
    r"(?:下|订|进|拿|采购|买|成交)|(?:一(?:单|笔|次)[^,，。;；]{0,3}(?:没有?|未)(?:下|订)过)|没(?:下|订)过(?:一|任何|半)[单张笔次]"
    r"|(?<![a-z])(?:never (?:yet |once |actually )?(?:placed|ordered|made|bought|sent|submitted|given|had)"
    r"|(?:not|[a-z]+n't) ever (?:placed|ordered|made|bought)|(?:no|not a single) orders? (?:ever"
    r"|at all|to date|on record|yet on file)"
    r"|(?:no|without|not placed|n't placed|n't ordered|not ordered)[^.;,]{0,24}(?:all"
    r"|the (?:whole|entire)) (?:year|quarter|autumn|season)"
    r"|(?:is|are|has|have) yet to place (?:its|their|a|his) first)(?![a-z])"
)
SINCE = re.compile(
    r"本月|这个?月|当月|以来|自从|之后|月|(?<![a-z])(?:since|this month|so far this|november"
    r"|nov|in the period)(?![a-z])"
)
FRACTION = re.compile(r"\d+/\d+")
LAST = re.compile(
    r"上次|最后|最近|上一[次单]|(?<![a-z])(?:last (?:order|ordered|one|placed)|latest|most recent)(?![a-z])"
)
ALL_SILENT = re.compile(
    r" ?(?:家|个|位)?(?:的)?(?:经销商|客户|下游)?(?:们)?(?:全部?|都|均|统统|一起|本月|这个?月|至今|目前|仍|还)*"
    r"(?:是)?(?:(?:没有?|未|从未|不曾)(?:再|有|过|来|曾|见|都)?(?:下过?单|订过?货|下过?订单|订单|采购|进过?货|拿过?货|动静)"
    r"|零订单|零下单|断单|沉默)(?!的?(?:仅|只|就|共|一共|总共)?(?:有|是|剩)?(?:\d|[一二两三四五六七八九十]))"
    r"| (?:of (?:our |the |your )?)?(?:(?:east|south|north|west"
    r"|central) china )?(?:dealers?|customers?|accounts?|of them)?,? ?"
    r"(?:(?:who|that|which|all|still|currently|have|has|had|were|was|are|did|with|went) )*"
    r"(?:placed no orders?|no orders?|(?:not|[a-z]+n't) (?:yet )?(?:order(?:ed)?|placed?|bought|buy)"
    r"|(?:not|[a-z]+n't) (?:yet )?placed? (?:an?|any) orders?|without (?:an |any )?orders?|zero orders|silent"
    r"|inactive)(?![a-z])"
)
PART_OF_MONTH = 12
ROUGH = re.compile(r"[上中下]旬|[底末初]|(?<![a-z])(?:late|early|mid|end of)(?![a-z])")
FROM_THEN = re.compile(r"自|起|以来|之后|以后|(?<![a-z])since(?![a-z])")
SILENT_ARE = re.compile(
    r"(?:(?:没有?|未)(?:再|有|过|来)?(?:下过?单|订过?货|订货|进货)(?:过)?的?(?:经销商|客户)?(?:一共|总共|共|合计)?(?:数量?|家数)?(?:有|是|为|达|:|：)+"
    r"(?:了)?|零订单(?:的)?(?:经销商|客户)?(?:有|是|为|达|:|：)+) ?$"
    r"|(?<![a-z])(?:without (?:an |any )?orders?|no orders?|not ordered|haven't ordered|silent|inactive)"
    r"(?: dealers?| customers?)? ?(?:[:=]|is|are|come to|total|number) ?$"
)
PART_OF = re.compile(r" (?:out )?of (?:the |our |all |your )?$|[/／] ?$")
OF_WHOLE = re.compile(r" ?(?:out )?(?:of|/) ?(?:the |our |all )?\d")
BUT_FOR = re.compile(r"除|只有|仅|并非|不是|(?<![a-z])(?:except|but|apart|other than|not all|only)(?![a-z])")


def wrong_silent_counts(said: Said, view: View) -> Iterator[Wrong]:
    """All dealers told as those without an order, where some are."""
    if "silent" not in view.cues.get("quantity", ()) or not said.numbers:
        return
    counts = {value: _counts(value, view) for value in view.headline}
    silent = {value for value, facts in counts.items() if facts and all("silent" in fact.cues for fact in facts)}
    wholes = {value for value, facts in counts.items() if any("silent" not in fact.cues for fact in facts)}
    for one in said.numbers if silent and wholes else ():
        start, end = one.number.span
        if one.kind != "quantity" or one.number.value not in wholes or one.unit:
            continue
        part = PART_OF.search(said.text[:start]) or BUT_FOR.search(said.text[:start])
        if (ALL_SILENT.match(said.text, end) and not part) or (
            SILENT_ARE.search(said.text[:start]) and not OF_WHOLE.match(said.text, end)
        ):
            yield Wrong(f"not all {one.shown} are without an order")


def _counts(value: Decimal, view: View) -> list[Fact]:
    """The counts of dealers that a value is."""
    alike = [fact for fact in view.facts.get(value, ()) if fact.kind == "quantity" and not fact.unit]
    return [fact for fact in alike if fact.cues & {"dealers", "silent"}]


def wrong_silence(said: Said, view: View) -> Iterator[Wrong]:
    """No orders in a time before the one that results speak of, and before the last order."""
    if "silent" not in view.cues.get("quantity", ()) or not view.listings:
        return
    periods = [one.start for line in view.lines if SILENT.search(line.text) for one in line.times]
    if not periods:
        return
    yield from _never(said, view)
    named = said.entities
    rows = [row for one in view.listings for row in one.rows if one.kind == "dealer"]
    last = [start for row in rows if row.things & named or not named & _things(view) for start, _ in row.days]
    known = min([*periods, max(last, default=periods[0])])
    for time in said.times:
        begin, end = time.span
        start = max([0, *(one.end() for one in PHRASE.finditer(said.text, 0, begin))])
        stop = next((one.start() for one in PHRASE.finditer(said.text, end)), len(said.text))
        phrase = said.text[start:stop]
        if not SILENT.search(phrase) or LAST.search(phrase):
            continue
        if _since_last(time, phrase, last):
            continue
        if time.start < known and not FRACTION.fullmatch(time.text):
            yield Wrong(f"{time.text}: results don't speak of it")


def _since_last(time: TimeRange, phrase: str, last: Sequence[date]) -> bool:
    """Since a part of a month in which the last order was: silent since late October."""
    part = ROUGH.search(time.text) and FROM_THEN.search(phrase)
    return bool(part) and any(0 <= (day - time.start).days < PART_OF_MONTH for day in last)


def _never(said: Said, view: View) -> Iterator[Wrong]:
    """That a dealer never ordered, whose last order results give."""
    if not any(row.days for one in view.listings for row in one.rows if one.kind == "dealer"):
        return
    for found in EVER.finditer(said.text):
        start = max([0, *(one.end() for one in PHRASE.finditer(said.text, 0, found.start()))])
        stop = next((one.start() for one in PHRASE.finditer(said.text, found.end())), len(said.text))
        around = said.text[start : found.start()] + said.text[found.end() : stop]
        if not SINCE.search(around.replace("开户以来", "").replace("合作以来", "")):
            yield Wrong(f"{found.group()}: there is a last order")


def _things(view: View) -> frozenset[str]:
    return frozenset(name for one in view.listings for row in one.rows for name in row.things)
