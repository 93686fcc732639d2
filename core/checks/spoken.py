"""The numbers and stretches of time in a text, each with the words around it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from core.checks.aims import with_aim
from core.checks.around import Span, Thing, days_beside, names_around, phrase_things, things_of, touching
from core.checks.clocks import clocks_in
from core.checks.heads import Heads
from core.checks.pointing import without_pointers
from core.checks.respective import respectively
from core.checks.said import Said, Spoken, Step
from core.checks.small_numbers import small_number
from core.checks.steps import steps_in
from core.checks.stretches import periods_of, readings, stretch_of
from core.checks.titles import in_title
from core.checks.vocabulary import Vocabulary
from core.checks.whose import as_rows_call_them, of_all, ranked, shared_out, without_product
from core.checks.wordings import reworded, shares_in
from core.checks.written import written_out
from core.language.chinese_numbers import read
from core.language.normalise import fold
from core.language.numerals import Kind, Number, find_numbers
from core.language.periods import Grain, TimeRange
from core.language.timeranges import find_time_ranges
from core.language.units import measure_after

__all__ = [
    "CODES",
    "EXACT_COUNTERS",
    "Named",
    "Said",
    "Spoken",
    "Step",
    "periods_of",
    "read_said",
    "readings",
    "stretch_of",
    "tiers_in",
]

Named = Callable[[str], Iterable[tuple[str, tuple[str, ...], int, int]]]
"""Things named in folded text: kind, the codes that it may be, where it begins and ends."""

TIMELY = re.compile(
    r"\d[/-]\d|[\d一二三四五六七八九十] ?[年月日号季]|季度?|月[初底末]|[周天日]|上?半年|年[初底末]?|[今昨明前后]天|"
    r"[上本这下去今前]个?[月年周季]|q[1-4]|"
    r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|"
    r"yesterday|tomorrow|"
    r"last|this|next|quarter|week|month|year|ytd|fy)"
)
TIER = re.compile(
    r"(?<![下上这那高低每])(?:第|(?<![分共有]))([1-9一二两三四五])(?:档|级(?!别))"
    r"|(?:tier|level|bracket)(?: reached| now)? ?(?:no\.? ?|number |[:#] ?)?([1-9]|one|two|three|four|five)(?![a-z0-9])"
    r"|(?<![a-z0-9])([1-9])(?:st|nd|rd|th) tier|(?<![a-z])(first|second|third|fourth|fifth) tier"
)
TIMES = re.compile(r"[×*](?= \d| ?(?:cn|us)?[¥$]?\d[\d,]*\.\d)|(?<= )x(?= \d)")
EXACT_COUNTERS = frozenset({"bottle", "pack", "case", "pallet", "day"})
PAPERS = re.compile(
    r"(?<![每这那上下哪同某另一二两三四五六七八九十\d,.])([一二两三四五六七八九十]{1,3}|\d{1,6})(张|笔|份|"
    r"项|页|箱|瓶|盒)"
)
RANKED_AFTER = re.compile(r" ?(?:档|级|阶|tier|level|bracket)")
RANKED_BEFORE = re.compile(r"(?:tier|level|bracket) ?(?:no\.? ?|number |[:#] ?)?$")
CODES = re.compile(r"(?<![a-z0-9])[a-z]{1,8}(?:[-_][a-z0-9]+)*[-_]?\d[a-z0-9]*(?:[-_][a-z0-9]+)*")
KINDS: Mapping[Kind, str] = {
    Kind.MONEY: "money",
    Kind.PERCENT: "percent",
    Kind.COUNT: "quantity",
    Kind.TIME: "quantity",
    Kind.ORDINAL: "ordinal",
}
WEEKDAY = re.compile(
    r"(?:on |this |本|这)?(?:周|星期|礼拜|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)$)"
)
TITLED = re.compile(
    r"《[^》]*$"
    r"|(?<![a-z])(?:under|by|per|according to|as per) (?:the |our "
    r"|your )?(?:[a-z]+ ){0,2}rebate(?: [a-z]+)? (?:for|of|in) $"
)
TITLED_AFTER = re.compile(
    r" ?(?:年度?)?(?:季度?)?(?:全量)?(?:返利)?(?:政策|办法|方案|规定)| (?:quarterly )?(?:rebate )?(?:p"
    r"olicy|scheme|programme?|rules)(?![a-z])"
)
PICTURES = re.compile(
    r"(?<=[\w%)）]) ?[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]"
    r"[\u2600-\u27bf\ufe0f\u200d\u2b50\U0001f300-\U0001faff]* ?(?=[\w¥$(（])"
)

TILDE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![万千百元块箱月日号年瓶天点档])[~～]+")


def read_said(
    text: str, vocabulary: Vocabulary, named: Named, today: date, fiscal: int = 1, heads: Heads | None = None
) -> Said:
    """Read one sentence, cell or line; ``heads`` knows what else things are called here."""
    folded = respectively(
        reworded(written_out(fold(PICTURES.sub("; ", TILDE.sub("；", text) if "～" in text or "~" in text else text))))
    )
    times = tuple(find_time_ranges(folded, today, fiscal)) if TIMELY.search(folded) else ()
    if heads is not None and times:
        times = without_pointers(times, folded, heads.main)
    numbers = _numbers(folded, times)
    things = _things(folded, times, named, heads)
    spans = [one.span for one in numbers]
    around = names_around(folded, spans, vocabulary)
    phrases, beside = phrase_things(folded, spans, things), touching(folded, spans, things)
    entities = [
        without_product(around[at], phrases[at], of_all(folded, numbers[at], phrases[at]) or mine, numbers[at])
        for at, mine in enumerate(things_of(folded, spans, things))
    ]
    entities = shared_out(folded, times, spans, entities)
    days = days_beside(spans, things)
    spoken = [
        Spoken(
            one,
            kind_of(folded, one),
            unit_of(folded, one),
            around[at],
            entities[at],
            phrases[at],
            beside[at],
            days[at],
            folded[slice(*one.span)],
        )
        for at, one in enumerate(numbers)
    ]
    spoken = [with_aim(place, spoken, folded) for place in range(len(spoken))]
    steps = tuple(steps_in(folded, numbers))
    return Said(folded, tuple(spoken), times, tuple(things), vocabulary.cues(folded), steps)


def _numbers(text: str, times: Sequence[TimeRange]) -> list[Number]:
    """Those that belong to no time, fractions in words and counted papers among them."""
    taken = [*(time.span for time in times), *(span for span, _, _ in clocks_in(text))]
    shares = [one for one in shares_in(text) if _apart(one.span, taken)]
    taken += [one.span for one in shares]
    numbers = [one for one in find_numbers(TIMES.sub("=", text)) if _apart(one.span, taken)]
    return sorted([*numbers, *shares, *_papers(text, numbers, taken)], key=lambda one: one.span)


def _things(text: str, times: Sequence[TimeRange], named: Named, heads: Heads | None) -> list[Thing]:
    """What is named: by its own name, as rows call it, by a place, a time, a tier, a code."""
    things = [(f"{kind}:{code}", start, end) for kind, codes, start, end in named(text) for code in codes]
    if heads is not None:
        known = [(start, end) for _, start, end in things]
        things += [
            (f"{kind}:{code}", start, end)
            for kind, codes, start, end in heads.find(text)
            for code in codes
            if _apart((start, end), known)
        ]
        things = [*things, *as_rows_call_them(text, things, heads), *ranked(text, things, heads)]
    dated = any(time.grain is Grain.DAY and not WEEKDAY.match(time.text) for time in times)
    for time in times:
        if dated and WEEKDAY.match(time.text):
            continue
        if (
            TITLED.search(text[: time.span[0]])
            or TITLED_AFTER.match(text, time.span[1])
            or (time.grain is Grain.YEAR and in_title(text, *time.span))
        ):
            continue
        periods = frozenset(periods_of(time, text))
        things += [(name, *time.span) for name in sorted(heads.meant(periods) if heads is not None else periods)]
    things += tiers_in(text)
    known = [(start, end) for _, start, end in things]
    codes = [found for found in CODES.finditer(text) if _apart(found.span(), known)]
    return [*things, *((f"code:{found.group()}", *found.span()) for found in codes)]


def _papers(text: str, numbers: Sequence[Number], taken: Sequence[Span]) -> Iterator[Number]:
    """三张 and 两笔, which are no quantities of goods."""
    spans = [*taken, *(one.span for one in numbers)]
    for found in PAPERS.finditer(text):
        reading = read(found[1])
        if reading is not None and reading.upper is None and _apart(found.span(1), spans):
            yield Number(reading.value, found.span(1), unit_like=found[2])


def tiers_in(text: str) -> list[Thing]:
    """The tiers that it names: 第2档, tier 2, the second tier."""
    found: list[Thing] = []
    for match in TIER.finditer(text):
        said = next(one for one in match.groups() if one)
        number = small_number(said)
        found.append((f"tier:{number}", *match.span()))
    return found


def kind_of(text: str, number: Number) -> str:
    """``money``, ``percent``, ``quantity``, or ``ordinal``: tier 2 is one too."""
    if RANKED_AFTER.match(text, number.span[1]) and number.kind is Kind.ORDINAL:
        return "ordinal"
    if number.kind is Kind.COUNT and RANKED_BEFORE.search(text[: number.span[0]]):
        return "ordinal"
    return KINDS[number.kind]


def unit_of(text: str, number: Number) -> str:
    """``case``, ``bottle``, ``day``, … or nothing."""
    if number.kind is Kind.TIME:
        like = number.unit_like or ""
        return "day" if like in {"天", "日"} or like.strip("- ").startswith("day") else like
    measure = measure_after(text, number.span[1])
    return str(measure.unit) if measure is not None and measure.unit is not None else ""


def _apart(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)
