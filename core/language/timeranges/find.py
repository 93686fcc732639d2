"""Time expressions put together: found, joined (9月到11月), opened towards today (since September), compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from core.language.days import ONE_DAY, add_months, add_years, date_or_none
from core.language.normalise import Folded, folded
from core.language.periods import Grain, TimeRange, same_period_last_year
from core.language.timeranges import chinese, chinese_relative, english, numeric, seasons
from core.language.timeranges.atoms import NO_SUCH_DAY, Atom, Build, Now, Open, Rule, Shift

CONSIDERED = 2000  # characters; what stands behind them is a document, not a question

_LOOSE = re.compile(r"(?<=\d) (?=[年月日号天周季个星礼半])|(?<=[近第年月到至去前]) (?=\d)")
_JOIN = re.compile(r"的? ?(?:(?P<and>and|和|与)|-|~|到|至|to|through|thru|until|till|up to) ?(?:the )?(?:end of )?")
_ALSO = re.compile(r" ?(?:and|和|与|跟|、|,|加上?|\+|&) ?(?:the )?")
_BETWEEN = re.compile(r"(?:between|在|介于) ?(?:the )?$")
_FROM = re.compile(r"(?:(?<![a-z])(?:from|between) (?:the )?|自从?|从|打从|在)$")
_SINCE = re.compile(r"(?<![a-z])since (?:the )?(?:(?:start|beginning) of )?(?:the )?$")
_UNTIL_NOW = re.compile(
    r"(?:份|开始|起)?(?:以来|至今|到现在|到今[天日]|到目前(?:为止)?|迄今)|(?:开始|起)(?![始来])"
    r"| (?:onwards?|to date|until now|to now|till now|until today|so far)(?![a-z])"
)
_COMPARED = re.compile(
    r"同比|环比|同期|对比|相比|比较|比(?=[去上前同今这本])|较(?=[去上前同])|(?:跟|和|与|同)[^,。?]{1,12}比"
    r"|(?<![a-z])(?:vs\.?|versus|compar(?:ed?|ing|ison)|yoy|mom|qoq|against|than (?:last|the)"
    r"|(?:year|month|quarter)[- ]o(?:n|ver)[- ](?:year|month|quarter)|same (?:period|time|month|quarter|week))(?![a-z])"
)


def find_time_range(
    text: str, today: date, fiscal_year_start: int = 1, *, past: bool = True, relative_to: TimeRange | None = None
) -> TimeRange | None:
    """The stretch of time that a message is about: the first it names that isn't only compared with.

    With ``past`` a bare month, quarter or day that lies ahead means the one a year, month or week before. The same
    period last year, alone, is counted from ``relative_to``, else from this year to date.
    """
    found = find_time_ranges(text, today, fiscal_year_start, past=past, relative_to=relative_to)
    return found[0] if found else None


def find_time_ranges(
    text: str, today: date, fiscal_year_start: int = 1, *, past: bool = True, relative_to: TimeRange | None = None
) -> list[TimeRange]:
    """Every stretch of time in the first 2,000 characters, those it is compared with (去年同期) last."""
    original = folded(text[:CONSIDERED]).without(_LOOSE)
    now = Now(today, fiscal_year_start, past)
    found = _atoms(original.text, now)
    compared = bool(_COMPARED.search(original.text)) if found else False
    atoms = list(_joined(original.text, found, now))
    if not compared:
        atoms = _merged(original.text, atoms)
    plain = [_as_range(original, atom, compared=compared) for atom in atoms if not atom.same]
    base = plain[0] if plain else relative_to
    return plain + [_same(_as_range(original, atom, compared=True), atom.same, base) for atom in atoms if atom.same]


def _as_range(original: Folded, atom: Atom, *, compared: bool) -> TimeRange:
    start, end = original.span(*atom.span)
    return TimeRange(atom.start, atom.end, atom.grain, original.original[start:end], (start, end), compared)


def _same(found: TimeRange, shift: Shift, base: TimeRange | None) -> TimeRange:
    """The same days of another time, as ``base`` has; of 去年同月 only where that is a month too."""
    of = base if base is not None and found.grain in {Grain.RANGE, base.grain} else found
    if shift.years:
        for _ in range(shift.years):
            of = same_period_last_year(of)
    elif shift.months:
        of = replace(
            of, start=add_months(of.start, -shift.months), end=add_months(of.end - ONE_DAY, -shift.months) + ONE_DAY
        )
    else:
        back = timedelta(weeks=shift.weeks)
        of = replace(of, start=of.start - back, end=of.end - back)
    return replace(found, start=of.start, end=of.end, grain=of.grain)


def _atoms(text: str, now: Now) -> list[Atom]:
    """The expressions that don't overlap, the earliest and longest first."""
    candidates: list[tuple[int, int, int, re.Match[str], Build]] = []
    for order, (pattern, build) in enumerate(_rules_for(text)):
        candidates += ((match.start(), -match.end(), order, match, build) for match in pattern.finditer(text))
    candidates.sort(key=lambda candidate: candidate[:3])
    atoms: list[Atom] = []
    end = 0
    for start, _, _, match, build in candidates:
        if start >= end and match.end() > start and (atom := build(match, now)) is not None:
            end = match.end()
            if atom is not NO_SUCH_DAY:
                atoms.append(replace(atom, span=match.span()))
    return atoms


def _rules_for(text: str) -> Sequence[tuple[re.Pattern[str], Build]]:
    return [
        rule
        for grammar in (numeric, chinese, chinese_relative, seasons, english)
        if grammar.NEEDED.search(text)
        for rule in _compiled(grammar.RULES)
    ]


@cache
def _compiled(rules: Sequence[Rule]) -> Sequence[tuple[re.Pattern[str], Build]]:
    return [(re.compile(pattern), build) for pattern, build in rules]


def _joined(text: str, atoms: list[Atom], now: Now) -> Iterator[Atom]:
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        both = _pair(text, atom, atoms[at + 1], now) if at + 1 < len(atoms) else None
        at += 2 if both else 1
        yield both or _opened(text, now.settled(atom), now)


def _merged(text: str, atoms: list[Atom]) -> list[Atom]:
    """10月和11月 as one stretch, where nothing is compared."""
    merged: list[Atom] = []
    for atom in atoms:
        last = merged[-1] if merged else None
        if (
            last
            and last.end == atom.start
            and last.grain is atom.grain
            and _ALSO.fullmatch(text, last.span[1], atom.span[0])
        ):
            merged[-1] = Atom(last.start, atom.end, Grain.RANGE, span=(last.span[0], atom.span[1]))
        else:
            merged.append(atom)
    return merged


def _opened(text: str, atom: Atom, now: Now) -> Atom:
    """9月至今, since September: up to and with today."""
    start, end = atom.span
    since, until = _SINCE.search(text, max(0, start - 32), start), _UNTIL_NOW.match(text, end)
    if not (since or until) or atom.start > now.today or atom.same:
        return atom
    before = since or _FROM.search(text, max(0, start - 16), start)
    span = (before.start() if before else start, until.end() if until else end)
    return replace(atom, end=now.today + ONE_DAY, grain=Grain.RANGE, span=span)


def _pair(text: str, left: Atom, right: Atom, now: Now) -> Atom | None:
    """Two expressions with 到 or "to" between them as one range."""
    join = _JOIN.fullmatch(text, left.span[1], right.span[0])
    if join is None or left.same or right.same:
        return None
    before = _FROM.search(text, max(0, left.span[0] - 16), left.span[0])
    if join["and"] and not _BETWEEN.search(text, max(0, left.span[0] - 16), left.span[0]):
        return None
    if left.open and not right.open:
        left = _latest_before(left, right)
    elif right.open:
        left = now.settled(left)
        right = _first_after(right, left)
        if now.past and left.open is Open.YEAR and right.start > now.today and right.start.year > left.start.year:
            left, right = left.moved(years=-1), right.moved(years=-1)
    if left.start >= right.end:
        return None
    span = (before.start() if before else left.span[0], right.span[1])
    return Atom(left.start, right.end, Grain.RANGE, span=span)


def _first_after(atom: Atom, left: Atom) -> Atom:
    """The earliest reading of an open expression that doesn't begin before ``left``."""
    if atom.open is Open.YEAR:
        years = left.start.year - atom.start.year
        return atom.moved(years=years if add_years(atom.start, years) >= left.start else years + 1)
    if atom.open is Open.WEEK:
        return atom.moved(days=-((atom.start - left.start).days // 7) * 7)
    for months in range(3):
        first = add_months(left.start.replace(day=1), months)
        found = date_or_none(first.year, first.month, atom.start.day)
        if found and found >= left.start:
            return replace(atom, start=found, end=found + ONE_DAY)
    return atom


def _latest_before(atom: Atom, right: Atom) -> Atom:
    """The latest reading of an open expression that doesn't begin behind ``right``."""
    if atom.open is Open.YEAR:
        years = right.start.year - atom.start.year
        return atom.moved(years=years if add_years(atom.start, years) <= right.start else years - 1)
    if atom.open is Open.WEEK:
        return atom.moved(days=((right.end - atom.end).days // 7) * 7)
    for months in range(3):
        first = add_months(right.start.replace(day=1), -months)
        found = date_or_none(first.year, first.month, atom.start.day)
        if found and found < right.end:
            return replace(atom, start=found, end=found + ONE_DAY)
    return atom
