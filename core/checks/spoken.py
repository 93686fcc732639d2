"""The numbers and stretches of time in a text, each with the words around it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.checks.vocabulary import Vocabulary
from core.language.days import add_months, add_years
from core.language.normalise import fold
from core.language.numerals import Kind, Number, find_numbers
from core.language.periods import Grain, TimeRange
from core.language.timeranges import find_time_ranges
from core.language.units import measure_after

Named = Callable[[str], Iterable[tuple[str, tuple[str, ...], int, int]]]
"""Things named in folded text: kind, the codes that it may be, where it begins and ends."""

BREAK = re.compile(
    r"[,，;；。!！?？、()（）\n|]|\.(?= |$)|(?<![a-z])(?:and|but|with|while|of which|whereas)(?![a-z])|其中|另外|此外"
)
TIMELY = re.compile(
    r"\d[/-]\d|\d ?[年月日号季]|季度?|[周天日]|上?半年|年[初底末]?|[今昨明前后]天|[上本这下去今前]个?[月年周季]|q[1-4]|"
    r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|yesterday|tomorrow|"
    r"last|this|next|quarter|week|month|year|ytd|fy)"
)
SIGN = re.compile(r" ?[\u4e00-\u9fffa-z]{0,8} ?([×x*÷=+]) ?(?:cn|us)?")
RANKED_AFTER = re.compile(r" ?(?:档|级|阶|tier|level|bracket)")
RANKED_BEFORE = re.compile(r"(?:tier|level|bracket) ?(?:no\.? ?|number )?$")
CODES = re.compile(r"(?<![a-z0-9])[a-z]{1,8}(?:[-_][a-z0-9]+)*[-_]?\d[a-z0-9]*(?:[-_][a-z0-9]+)*")
CUT_OFF = re.compile(r"(?:截至|截止|到|至|as of|up to|until|by) ?$")
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
class Around:
    """What is said about a number: ``before`` and ``after`` it in its own clause, and ``earlier`` in the text.

    ``after`` has readings: all that follows, and the nearest name alone. ``shared`` words may be about the number or
    about its neighbour, whose place stands beside them.
    """

    before: frozenset[str] = frozenset()
    after: tuple[frozenset[str], ...] = ()
    earlier: frozenset[str] = frozenset()
    shared: tuple[tuple[frozenset[str], int], ...] = ()

    @property
    def near(self) -> frozenset[str]:
        """All names that may be the number's."""
        return self.before.union(*self.after[:1], *(names for names, _ in self.shared))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number as it was said."""

    number: Number
    kind: str
    unit: str
    around: Around
    entities: frozenset[str]


Step = tuple[Decimal, str, Decimal]
"""Two numbers with a sign of arithmetic between them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its numbers and times, in folded words."""

    text: str
    numbers: tuple[Spoken, ...]
    times: tuple[TimeRange, ...]
    entities: frozenset[str]
    cues: frozenset[str]
    steps: frozenset[Step] = frozenset()


def read_said(text: str, vocabulary: Vocabulary, named: Named, today: date, fiscal: int = 1) -> Said:
    """Read one sentence, cell or line."""
    folded = fold(text)
    times = tuple(find_time_ranges(folded, today, fiscal)) if TIMELY.search(folded) else ()
    taken = [time.span for time in times]
    numbers = [one for one in find_numbers(folded) if _apart(one.span, taken)]
    things = [(f"{kind}:{code}", start, end) for kind, codes, start, end in named(folded) for code in codes]
    things += [(name, *time.span) for time in times for name in periods_of(time, folded)]
    known = [(start, end) for _, start, end in things]
    things += [
        (f"code:{found.group()}", *found.span()) for found in CODES.finditer(folded) if _apart(found.span(), known)
    ]
    spans = [one.span for one in numbers]
    around = _around(folded, spans, vocabulary)
    entities = _entities(folded, spans, things)
    spoken = [
        Spoken(one, kind_of(folded, one), unit_of(folded, one), words, about)
        for one, words, about in zip(numbers, around, entities, strict=True)
    ]
    named_here = frozenset(name for name, _, _ in things)
    return Said(folded, tuple(spoken), times, named_here, vocabulary.cues(folded), frozenset(_steps(folded, numbers)))


def _steps(text: str, numbers: Sequence[Number]) -> Iterator[Step]:
    for one, other in pairwise(numbers):
        sign = SIGN.fullmatch(text[one.span[1] : other.span[0]])
        if sign:
            yield one.value, sign[1], other.value


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
            and (time.start.month - 1) % months == 0
            and time.end < whole
        ):
            spans.append((time.start, whole))
    if OWN_YEAR.search(time.text) or time.grain is Grain.YEAR:
        return spans
    return [(add_years(start, by), add_years(end, by)) for by in (-1, 0, 1) for start, end in spans]


def periods_of(time: TimeRange, text: str = "") -> list[str]:
    """A stretch of time as something that figures belong to; a day up to which they are counted is none."""
    if time.comparison or (time.grain is Grain.DAY and CUT_OFF.search(text[: time.span[0]])):
        return []
    year = f"year:{time.start.year}"
    if PAST_YEAR.fullmatch(time.text):
        return [year]
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


def _gaps(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _around(text: str, spans: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> list[Around]:
    """Words between two numbers are shared, unless a break says which belong to which."""
    gaps = _gaps(text, spans)
    found: list[Around] = []
    for place in range(len(spans)):
        left, right = text[slice(*gaps[place])], text[slice(*gaps[place + 1])]
        first, last = place == 0, place == len(spans) - 1
        before = _last_part(left) if first or BREAK.search(left) else ""
        after = _first_part(right) if last or BREAK.search(right) else ""
        shared = [] if first or before or BREAK.search(left) else [(vocabulary.cues(left), place - 1)]
        shared += [] if last or after or BREAK.search(right) else [(vocabulary.cues(right), place + 1)]
        found.append(
            Around(
                vocabulary.cues(before),
                _readings(after, vocabulary),
                vocabulary.cues(text[: gaps[place][1]]),
                tuple((names, other) for names, other in shared if names),
            )
        )
    return found


def _readings(words: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    whole, nearest = vocabulary.cues(words), vocabulary.first_cue(words)
    return tuple(dict.fromkeys(one for one in (whole, nearest) if one))


def _last_part(words: str) -> str:
    breaks = list(BREAK.finditer(words))
    return words[breaks[-1].end() :] if breaks else words


def _first_part(words: str) -> str:
    found = BREAK.search(words)
    return words[: found.start()] if found else words


def _entities(
    text: str, spans: Sequence[tuple[int, int]], things: Sequence[tuple[str, int, int]]
) -> list[frozenset[str]]:
    """Each number's things: its own clause's; of a kind that this lacks, the last named before, else the first after.

    Of times that its clause lacks, any that the text names.
    """
    found: list[frozenset[str]] = []
    for place, span in enumerate(spans):
        before = spans[place - 1][1] if place else 0
        after = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        start = max([before, *(m.end() for m in BREAK.finditer(text, before, span[0]))])
        stop = next((m.start() for m in BREAK.finditer(text, span[1], after)), after)
        mine = {name for name, begin, end in things if begin >= start and end <= stop}
        kinds = {name.split(":")[0] for name in mine}
        for kind in {name.split(":")[0] for name, _, _ in things} - kinds:
            alike = [thing for thing in things if thing[0].startswith(f"{kind}:")]
            if kind != "day":
                mine |= {name for name, _, _ in alike} if kind in {"period", "year"} else _nearest(alike, span)
        found.append(frozenset(mine))
    return found


def _nearest(things: Sequence[tuple[str, int, int]], span: tuple[int, int]) -> set[str]:
    """The last one named before the number, with all that it may be; else the first after it."""
    earlier = [thing for thing in things if thing[2] <= span[0]]
    at = max(earlier, key=lambda thing: thing[2])[1:] if earlier else min(things, key=lambda thing: thing[1])[1:]
    return {name for name, begin, end in things if (begin, end) == at}


def decimals_shown(text: str) -> Decimal | None:
    """The worth of the last digit that was written, without what a magnitude makes of it: 3.5 → 0.1, 12 → 1."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", text)
    return None if digits is None else Decimal(1).scaleb(-len(digits[1] or ""))
