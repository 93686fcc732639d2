"""The numbers and stretches of time in a text, each with the words around it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.checks.around import Around, Span, Thing, days_beside, names_around, phrase_things, things_of, touching
from core.checks.clocks import clocks_in
from core.checks.heads import Heads
from core.checks.places import phrase_around, places_in
from core.checks.vocabulary import Vocabulary
from core.checks.wordings import reworded, shares_in
from core.language.chinese_numbers import read
from core.language.days import add_months, add_years
from core.language.normalise import fold
from core.language.numerals import Kind, Number, find_numbers
from core.language.periods import Grain, TimeRange
from core.language.timeranges import find_time_ranges
from core.language.units import measure_after

Named = Callable[[str], Iterable[tuple[str, tuple[str, ...], int, int]]]
"""Things named in folded text: kind, the codes that it may be, where it begins and ends."""

TIMELY = re.compile(
    r"\d[/-]\d|[\d一二三四五六七八九十] ?[年月日号季]|季度?|月[初底末]|[周天日]|上?半年|年[初底末]?|[今昨明前后]天|"
    r"[上本这下去今前]个?[月年周季]|q[1-4]|"
    r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|yesterday|tomorrow|"
    r"last|this|next|quarter|week|month|year|ytd|fy)"
)
TIER_WORDS: Mapping[str, int] = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "两": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip
TIER = re.compile(
    r"(?<![下上这那高低每])第?([1-9一二两三四五])(?:档|级(?!别))"
    r"|(?:tier|level|bracket) ?(?:no\.? ?|number |[:#] ?)?([1-9]|one|two|three|four|five)(?![a-z0-9])"
    r"|(?<![a-z0-9])([1-9])(?:st|nd|rd|th) tier|(?<![a-z])(first|second|third|fourth|fifth) tier"
)
TIMES = re.compile(r"[×*](?= \d| ?(?:cn|us)?[¥$]?\d[\d,]*\.\d)|(?<= )x(?= \d)")
EXACT_COUNTERS = frozenset({"bottle", "pack", "case", "pallet", "day"})
FROM = re.compile(r"(?:从|由|(?<![a-z])from) ?(?:cn|us)?$")
MOVED_FROM = re.compile(
    r"(?<![a-z])(?:up|down|rose|risen|grew|fell|increased?|dropped?|higher|lower) (?:\S+ )?from (?:cn|us|rmb)? ?$"
)
ADDED = re.compile(r"(?<![a-z])(?:add|adding|purchase|purchasing|buy|buying) (?:another |a further )?(?:cn)?[¥$]?$")
UPWARDS = re.compile(r" ?(?:cases )?(?:or more|and up|and above|upwards)(?![a-z])")
AT = re.compile(r"(?:(?<![a-z])at|@) ?(?:cn|us|rmb)? ?$")
TARGET = re.compile(
    r"(?:距离?|离)(?:[^,，。\d差缺还少只欠]{0,6})?(?:cn)?$|(?:得|要|把|需|只要|再)[^,，。]{0,8}(?:做到|凑[够满到齐]|冲到|买[到够满]|做[满够]|订[到满够])(?:cn)?$"
    r"|(?:\d{3}|\d ?[km万])[^,.;]{0,24} (?:short of|away from|to reach) (?:the |your )?(?:cn)?$|(?<!to) reach (?:the |your )?(?:cn)?$"
)
TO = re.compile(r" ?(?:到|变成|变为|[升降涨提增]高?到|to) ?(?:cn|us)?")
PRICED = frozenset({"case", "bottle", "pack", "pallet"})
PER = re.compile(
    r" ?(?:箱|件|瓶|提|托|cases?|bottles?|packs?|pallets?)? ?"
    r"(?:约|大概|about|共|是|卖|要|价|为|现价|costs|is|for|at|comes to|works out at)? ?(?:cn|us|rmb)? ?"
    r"|元|块|/|,? ?"
)
PAPERS = re.compile(
    r"(?<![每这那上下哪同某另一二两三四五六七八九十\d,.])([一二两三四五六七八九十]{1,3}|\d{1,6})(张|笔|份|项|页|箱|瓶|盒)"
)
SIGN = re.compile(r" ?[\u4e00-\u9fffa-z]{0,8} ?([×x*÷=+−]|(?<= )-(?= )) ?(?:cn|us)?")
TIMES_WORD = re.compile(r" ?(?:元|块)?(?:乘以?|times|multiplied by) ?(?:cn|us)?")
SHARE_OF = re.compile(r" ?(?:元|块)?的 ?")
RANKED_AFTER = re.compile(r" ?(?:档|级|阶|tier|level|bracket)")
RANKED_BEFORE = re.compile(r"(?:tier|level|bracket) ?(?:no\.? ?|number |[:#] ?)?$")
SEVERAL = 2
TOTALLED = re.compile(
    r"(?:合计|总共|总数|总计|一共|共计|合共|加起来|累计|(?<![a-z])(?:in total|total(?:ling|s)?|altogether|in all|together|sum)"
    r"(?: of| is| comes to|:)?)(?:是|为|:|约|差不多|大约)? ?(?:cn|rmb)? ?$"
)
TOTAL_AFTER = re.compile(r" (?:yuan )?(?:in total|in all|altogether|together|all told)(?![a-z])")
EACH_OF = re.compile(r"[^,，。;；\d]{0,10}(?:分别|依次)[^,，。;；\d]{0,4}")
LIST_ENDS = re.compile(r"[,，;；。](?! ?(?:cn|us)?[¥$]?\d)")
PLUS = re.compile(r" ?(?:元|块|箱)?(?:加上?|plus) ?(?:cn|us)?")
COMES_TO = re.compile(
    r"(?: ?元| ?箱)?,? ?(?:一共|总共|共|合计|是|得|等于|就是|is|makes?|comes to|gives|equals|a total of) ?(?:cn|us|rmb)? ?"
)
OF = re.compile(r" of (?:the |your )?(?:cn|us)?")
CODES = re.compile(r"(?<![a-z0-9])[a-z]{1,8}(?:[-_][a-z0-9]+)*[-_]?\d[a-z0-9]*(?:[-_][a-z0-9]+)*")
CUT_OFF = re.compile(r"(?:截至|截止|到|至|as of|up to|until) ?$")
COMPARED = re.compile(r"(?<![a-z])(?:above|below|than|vs\.?|versus|against|compared (?:with|to)) ?$|[比较]$")
SINCE = re.compile(r"since|以来|至今|ago")
BARE_DAY = re.compile(r"\d{1,2} ?[日号]|the \d{1,2}(?:st|nd|rd|th)")
END_OF = re.compile(r"[底末]|end")
PAST_YEAR = re.compile(r"去年|上一?年|last year|a year ago")
OWN_YEAR = re.compile(r"20\d\d|[今去前明]年|(?:this|last|next) year")
KINDS: Mapping[Kind, str] = {
    Kind.MONEY: "money",
    Kind.PERCENT: "percent",
    Kind.COUNT: "quantity",
    Kind.TIME: "quantity",
    Kind.ORDINAL: "ordinal",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number as it was said; ``own`` are the things of its phrase, ``entities`` all that it may be about."""

    number: Number
    kind: str
    unit: str
    around: Around
    entities: frozenset[str]
    own: frozenset[str] = frozenset()
    touching: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


Step = tuple[Decimal, str, Decimal]
"""Two numbers with a sign of arithmetic between them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its numbers and times, in folded words."""

    text: str
    numbers: tuple[Spoken, ...]
    times: tuple[TimeRange, ...]
    things: tuple[Thing, ...]
    cues: frozenset[str]
    steps: tuple[Step, ...] = ()

    @property
    def entities(self) -> frozenset[str]:
        """All things that it names."""
        return frozenset(name for name, _, _ in self.things)


def read_said(
    text: str, vocabulary: Vocabulary, named: Named, today: date, fiscal: int = 1, heads: Heads | None = None
) -> Said:
    """Read one sentence, cell or line; ``heads`` knows what else things are called here."""
    folded = reworded(fold(text))
    times = tuple(find_time_ranges(folded, today, fiscal)) if TIMELY.search(folded) else ()
    taken = [*(time.span for time in times), *(span for span, _, _ in clocks_in(folded))]
    shares = [one for one in shares_in(folded) if _apart(one.span, taken)]
    taken += [one.span for one in shares]
    numbers = [one for one in find_numbers(TIMES.sub("=", folded)) if _apart(one.span, taken)]
    numbers = sorted([*numbers, *shares, *_papers(folded, numbers, taken)], key=lambda one: one.span)
    things = [(f"{kind}:{code}", start, end) for kind, codes, start, end in named(folded) for code in codes]
    if heads is not None:
        known = [(start, end) for _, start, end in things]
        things += [
            (f"{kind}:{code}", start, end)
            for kind, codes, start, end in heads.find(folded)
            for code in codes
            if _apart((start, end), known)
        ]
    if heads is not None:
        things = [*things, *_as_rows_call_them(folded, things, heads), *_ranked(folded, things, heads)]
    for time in times:
        periods = frozenset(periods_of(time, folded))
        things += [(name, *time.span) for name in sorted(heads.meant(periods) if heads is not None else periods)]
    things += tiers_in(folded)
    known = [(start, end) for _, start, end in things]
    things += [
        (f"code:{found.group()}", *found.span()) for found in CODES.finditer(folded) if _apart(found.span(), known)
    ]
    spans = [one.span for one in numbers]
    around = names_around(folded, spans, vocabulary)
    phrases, beside = phrase_things(folded, spans, things), touching(folded, spans, things)
    entities = [
        _of_all(folded, numbers[at], phrases[at]) or mine for at, mine in enumerate(things_of(folded, spans, things))
    ]
    entities = [_without_product(around[at], phrases[at], mine) for at, mine in enumerate(entities)]
    entities = _shared_out(folded, times, spans, entities)
    days = days_beside(spans, things)
    spoken = [
        Spoken(
            one, kind_of(folded, one), unit_of(folded, one), around[at], entities[at], phrases[at], beside[at], days[at]
        )
        for at, one in enumerate(numbers)
    ]
    spoken = [_priced(place, spoken, folded) for place in range(len(spoken))]
    steps = tuple(_steps(folded, numbers))
    return Said(folded, tuple(spoken), times, tuple(things), vocabulary.cues(folded), steps)


def _as_rows_call_them(text: str, things: Sequence[Thing], heads: Heads) -> Iterator[Thing]:
    """Products of rows that have the same words in their names."""
    for start, end in {(start, end) for name, start, end in things if name.startswith("product:")}:
        for name in heads.alike(text[start:end]):
            yield name, start, end


def _ranked(text: str, things: Sequence[Thing], heads: Heads) -> Iterator[Thing]:
    """The row that is called by its place, where its phrase names none."""
    for found, place in places_in(text):
        start, end = phrase_around(text, found)
        named = any(start <= at < end and name.startswith(("dealer:", "region:")) for name, at, _ in things)
        if not named and place <= len(heads.order):
            yield from ((name, *found.span()) for name in heads.order[place - 1] if name.startswith("dealer:"))


def _papers(text: str, numbers: Sequence[Number], taken: Sequence[Span]) -> Iterator[Number]:
    """三张 and 两笔, which are no quantities of goods."""
    spans = [*taken, *(one.span for one in numbers)]
    for found in PAPERS.finditer(text):
        reading = read(found[1])
        if reading is not None and reading.upper is None and _apart(found.span(1), spans):
            yield Number(reading.value, found.span(1), unit_like=found[2])


def _priced(place: int, spoken: Sequence[Spoken], text: str) -> Spoken:
    """An amount with "a case" right beside it is the price of one; what something rose from is what was before."""
    one = _aimed_at(spoken[place], text)
    if one.kind == "percent" or one.unit:
        return one
    cues: set[str] = set()
    for at, other in enumerate(spoken[max(0, place - 1) : place + 2], max(0, place - 1)):
        (_, end), (start, _) = sorted([one.number.span, other.number.span])
        gap = text[end:start] if other is not one else "-"
        if "," in gap.replace("，", ",") and at == place + 1 and _is_per(spoken, at, text):
            continue
        if other.number.value == 1 and other.unit in PRICED and PER.fullmatch(gap):
            cues.add(f"price_{other.unit}")
    before = text[: one.number.span[0]]
    cues |= {"missing"} if one.kind != "percent" and ADDED.search(before) else set()
    cues |= {"step"} if UPWARDS.match(text, one.number.span[1]) else set()
    if FROM.search(before) and place + 1 < len(spoken):
        following = spoken[place + 1].number.span[0]
        cues |= {"before"} if TO.fullmatch(text[one.number.span[1] : following]) else set()
    cues |= {"before"} if MOVED_FROM.search(before) else set()
    cues |= {"price"} if AT.search(before) else set()
    if not cues:
        return one
    own = one.around.before - ({"next"} if "before" in cues else set())
    return replace(one, around=replace(one.around, before=own | cues))


def _is_per(spoken: Sequence[Spoken], at: int, text: str) -> bool:
    """Whether "a case" belongs to the number behind it."""
    return at + 1 < len(spoken) and bool(
        PER.fullmatch(text[spoken[at].number.span[1] : spoken[at + 1].number.span[0]])
    )


def _aimed_at(one: Spoken, text: str) -> Spoken:
    """What something lacks of, or is to be brought to, is a threshold."""
    if one.unit == "day" or not TARGET.search(text[: one.number.span[0]]):
        return one
    own = one.around.before - {"missing", "tier_ahead", "rebate_base", "sell_in"}
    return replace(one, around=replace(one.around, before=own | {"threshold", "step"}))


def _without_product(around: Around, own: frozenset[str], mine: frozenset[str]) -> frozenset[str]:
    """What is free belongs to the whole order where its phrase names no product; invoices are counted together."""
    if "invoices" in around.near.union(*around.after):
        return frozenset(name for name in mine if not name.startswith("code:"))
    if "free" not in around.near or any(name.startswith("product:") for name in own):
        return mine
    return frozenset(name for name in mine if not name.startswith("product:"))


def _of_all(text: str, number: Number, own: frozenset[str]) -> frozenset[str] | None:
    """What a total is about, which isn't what was told last; nothing of rows where it stands behind a sign."""
    if text[: number.span[0]].rstrip(" cnus¥").endswith("="):
        return frozenset({"whole:"})
    if TOTALLED.search(text[: number.span[0]]) or TOTAL_AFTER.match(text, number.span[1]):
        return own | {"whole:"}
    return None


def _shared_out(
    text: str, times: Sequence[TimeRange], spans: Sequence[Span], entities: list[frozenset[str]]
) -> list[frozenset[str]]:
    """前三季度分别是 and three numbers: each has a quarter, or a month, of its own."""
    for time in times:
        end = EACH_OF.match(text, time.span[1])
        if end is None:
            continue
        stop = next((found.start() for found in LIST_ENDS.finditer(text, end.end())), len(text))
        row = [at for at, span in enumerate(spans) if end.end() <= span[0] < stop]
        months = (time.end.year - time.start.year) * 12 + time.end.month - time.start.month
        if len(row) < SEVERAL or months % len(row) or months // len(row) not in {1, 3}:
            continue
        for place, at in enumerate(row):
            size = months // len(row)
            start, after = add_months(time.start, size * place), add_months(time.start, size * (place + 1))
            others = {name for name in entities[at] if not name.startswith(("period:", "year:"))}
            entities[at] = frozenset(others | {f"period:{start.isoformat()}/{after.isoformat()}"})
    return entities


def tiers_in(text: str) -> list[Thing]:
    """The tiers that it names: 第2档, tier 2, the second tier."""
    found: list[Thing] = []
    for match in TIER.finditer(text):
        said = next(one for one in match.groups() if one)
        number = int(said) if said.isdecimal() else TIER_WORDS[said]
        found.append((f"tier:{number}", *match.span()))
    return found


def _steps(text: str, numbers: Sequence[Number]) -> Iterator[Step]:
    """Signs between numbers, and words for them: 3% of 600, 285.10加207.85一共492.95."""
    added, worked, products = False, False, 0
    for one, other in pairwise(numbers):
        between = text[one.span[1] : other.span[0]]
        sign = SIGN.fullmatch(between)
        products += bool(sign and sign[1] in "×x*")
        if TIMES_WORD.fullmatch(between) or (other.kind is Kind.PERCENT and SHARE_OF.fullmatch(between)):
            yield one.value, "×", other.value
        elif (sign and (sign[1] != "=" or worked)) or PLUS.fullmatch(between):
            yield one.value, sign[1] if sign else "+", other.value
        elif one.kind is Kind.PERCENT and OF.fullmatch(between):
            yield other.value, "×", one.value
        elif added and products < SEVERAL and COMES_TO.fullmatch(between):
            yield one.value, "=", other.value
        times = TIMES_WORD.fullmatch(between) or PLUS.fullmatch(between)
        added = bool(times) or bool(sign and sign[1] in "+×x*-−÷")
        worked = added or (other.kind is Kind.PERCENT and bool(SHARE_OF.fullmatch(between) or OF.fullmatch(between)))


def kind_of(text: str, number: Number) -> str:
    """``money``, ``percent``, ``quantity``, or ``ordinal``: tier 2 is one too."""
    if RANKED_AFTER.match(text, number.span[1]) and number.kind is Kind.ORDINAL:
        return "ordinal"
    if number.kind is Kind.COUNT and RANKED_BEFORE.search(text[: number.span[0]]):
        return "ordinal"
    return KINDS[number.kind]


def readings(time: TimeRange) -> list[tuple[date, date]]:
    """Its days; the whole month, quarter or year of one that isn't over; without a year, those beside it too."""
    spans = [(time.start, time.end)]
    for months in (1, 3, 12):
        whole = add_months(time.start, months)
        if (
            time.grain is Grain.RANGE
            and time.start.day == 1
            and time.end.day != 1
            and (time.start.month - 1) % months == 0
            and time.end < whole
        ):
            spans.append((time.start, whole))
    if BARE_DAY.fullmatch(time.text.strip()):
        return [(add_months(time.start, by), add_months(time.start, by) + timedelta(days=1)) for by in (-2, -1, 0, 1)]
    if OWN_YEAR.search(time.text) or time.grain is Grain.YEAR:
        return spans
    return [(add_years(start, by), add_years(end, by)) for by in (-1, 0, 1) for start, end in spans]


def periods_of(time: TimeRange, text: str = "") -> list[str]:
    """A stretch of time as something that figures belong to; a day up to which they are counted is none."""
    if time.comparison or (time.grain is Grain.DAY and CUT_OFF.search(text[: time.span[0]])):
        return []
    year = f"year:{time.start.year}"
    if PAST_YEAR.fullmatch(time.text):
        return [] if COMPARED.search(text[: time.span[0]]) else [year]
    if SINCE.search(f"{text[: time.span[0]][-8:]}{time.text}"):
        return []
    if time.grain is Grain.RANGE and END_OF.search(time.text):
        last = time.end - timedelta(days=1)
        return [f"day:{last.isoformat()}/{time.end.isoformat()}"]
    kind = "day" if time.grain is Grain.DAY else "period"
    named = [f"{kind}:{start.isoformat()}/{end.isoformat()}" for start, end in readings(time)]
    return [*named, year] if kind == "period" and OWN_YEAR.search(time.text) else named


def unit_of(text: str, number: Number) -> str:
    """``case``, ``bottle``, ``day``, … or nothing."""
    if number.kind is Kind.TIME:
        like = number.unit_like or ""
        return "day" if like in {"天", "日"} or like.strip("- ").startswith("day") else like
    measure = measure_after(text, number.span[1])
    return str(measure.unit) if measure is not None and measure.unit is not None else ""


def _apart(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)


def decimals_shown(text: str) -> Decimal | None:
    """The worth of the last digit that was written, without what a magnitude makes of it: 3.5 → 0.1, 12 → 1."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", text)
    return None if digits is None else Decimal(1).scaleb(-len(digits[1] or ""))
