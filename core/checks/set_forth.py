"""Figures whose place says what they are: done of what is needed, a whole before its parts, a series."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.checks.reading import Fact
from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.view import View

OF_NEEDED = re.compile(r" ?/ ?(?:cn|rmb )?")
REWARD = frozenset({"rebate", "owed", "paid", "credit_left", "credit_used"})
OF_LIMIT = re.compile(
    r" ?(?:元|块)?的?(?:总|授信|信用)*(?:额度|授信|信用)(?:总额)?"
    r"(?:(?:里|中|内|当中|之中)(?:面|头)?|的(?=(?:约|大约|大概|差不多|将近|近|不到|超过|一?多?半|[\d一二三四五六七八九十]))"
    r"|,?(?=(?:才|只|还|已经?|目前|现在|一共|大约|约)*(?:剩|余|用)(?!于)))"
)
ARROW = re.compile(
    r" ?(?:→|->|=>|➔|⇒|>|—+>?|,? ?(?:一路|再)?[涨升增降跌减]?到(?:了)?[^,，。;；\d]{0,5}|,? (?:then )?to ) ?(?:cn)?"
)
PARTS = re.compile(
    r" ?(?:yuan|元|rmb)?(?: [a-z' ]{2,40}|[^,，。;；\d:(]{0,8})?(?:[:(—-]|,? of which|,? made up of|[,，] ?其中|[,，])"
    r"(?:\d{1,2}月|[^\d¥.;。；]){0,24}"
)
OF_THE = re.compile(r"(?<![a-z])(?:of|out of) (?:the |your )?(?:cn)?$")
BETWEEN = re.compile(r"[^.;。；\d]{0,30}")
PART = "period:"
RISING = re.compile(
    r"涨|升|增|走高|往上|上行|(?<![a-z])(?:rose|rising|risen|grew|growing|grown|up|climb\w*|increas\w*)(?![a-z])"
)
FALLING = re.compile(
    r"降|跌|减|走低|往下|下滑|回落|(?<![a-z])(?:fell|falling|fallen|down|declin\w*|drop\w*|decreas\w*)(?![a-z])"
)
LEAST = 3
EXCEEDS = re.compile(
    r" ?(?:yuan|元|rmb)?[)）]? ?(?:已经?|也|就|都)?(?:[超迈跨越]过|高于|超出|过)了?(?:第?\w?档的?)?(?:门槛|线)?(?:cn)?"
    r"| ?(?:yuan|rmb)?\)?,? (?:that |which |is |are |was |were |have |has |had |already |you bought |just )*"
    r"(?:exceed(?:s|ed)?|above|over|past|beyond|pass(?:es|ed)|went (?:past|beyond|above|over)|topped|cleared|clearing)"
    r" (?:the )?(?:cn)?"
)
COUNTED = frozenset({"dealers", "silent"})
OUT_OF = re.compile(r" ?(?:dealers?|customers?|家)? ?(?:out )?of (?:the |our |your |all )?")
NOW = re.compile(
    r"(?:目前|现在|眼下|当前|现阶段)[^,，。;；\d]{0,10}$"
    r"|(?<![a-z])(?:right now|currently|at the moment|today|at present|for now|so far|now)(?![a-z])[^.,;\d]{0,16}$"
)
ON_ALL = re.compile(r"[^,，。;；.]{0,6}(?:整体|全部|全额)| (?:on|of) (?:everything|the whole|all|the full)|(?<=点),")
CENT = Decimal("0.006")
FURTHER = re.compile(
    r"(?:再|多|还差|还得|还要|追加)[要得需拿订加买进补多凑来]*(?:够)?$|(?<![a-z])(?:another|an? (?:extra|additional)) $"
)
MORE_CASES = re.compile(r" (?:more|further|extra|additional) cases?| cases? (?:more|extra)(?![a-z])")
NAMES = frozenset({"rebate", "rebate_base", "sell_in"})


def set_forth(place: int, said: Said, view: View) -> bool:
    """Whether a figure of results is clear from the figures that it is set beside."""
    one = said.numbers[place]
    if one.kind == "percent":
        return _rate_now(one, said, view)
    if one.unit == "case":
        return _further(one, said, view) is not None
    if one.kind not in {"money", "quantity"} or one.unit:
        return False
    return (
        _line_passed(place, said, view)
        or _of_all(place, said, view)
        or _price_further(one, said, view)
        or _of_needed(place, said, view)
        or (place > 0 and not _tiers(one) and _of_needed(place - 1, said, view))
        or _of_limit(one, said, view)
        or _before_parts(place, said, view)
        or _in_series(place, said, view)
    )


def _tiers(one: Spoken) -> bool:
    return any(name.startswith("tier:") for name in one.entities)


def _line_passed(place: int, said: Said, view: View) -> bool:
    """The highest threshold that what counts is past, right behind it: 619,174.62 exceeded 600,000."""
    one = said.numbers[place]
    lines = {fact.value for same in view.facts.values() for fact in same if "threshold" in fact.cues}
    if not place or abs(one.number.value) not in lines:
        return False
    before = said.numbers[place - 1]
    if before.around.near & REWARD or not EXCEEDS.fullmatch(said.text[before.number.span[1] : one.number.span[0]]):
        return False
    bases = {fact.value for fact in _facts(before, said, view) if "rebate_base" in fact.cues}
    return any(max((line for line in lines if line <= base), default=None) == one.number.value for base in bases)


def _of_all(place: int, said: Said, view: View) -> bool:
    """The dealers of whom so many are told of right before: 1 dealer out of 28."""
    if not place:
        return False
    part, one = said.numbers[place - 1], said.numbers[place]
    counts = {value for value in view.headline if any(fact.cues & COUNTED for fact in view.facts.get(value, ()))}
    joined = OUT_OF.fullmatch(said.text[part.number.span[1] : one.number.span[0]])
    return joined is not None and {part.number.value, one.number.value} <= counts and one.number.value == max(counts)


def _rate_now(one: Spoken, said: Said, view: View) -> bool:
    """The rate of now, by which what counts gives the rebate that a result begins with: right now it's 1%."""
    if not NOW.search(said.text[: one.number.span[0]]) or not ON_ALL.match(said.text, one.number.span[1]):
        return False
    bases = [value for value, same in view.facts.items() if any("rebate_base" in fact.cues for fact in same)]
    return any(abs(base * one.number.value / 100 - head) < CENT for base in bases for head in view.headline)


def _further(one: Spoken, said: Said, view: View) -> Decimal | None:
    """The step that so many cases more than those asked for come to, where it or its price is told."""
    start, end = one.number.span
    if not (FURTHER.search(said.text[:start]) or MORE_CASES.match(said.text, end)):
        return None
    asked = {other.number.value for other in view.said_numbers if other.unit == "case"}
    told = {abs(other.number.value) for other in said.numbers if other is not one}
    for schedule in view.schedules:
        for step in schedule.steps:
            prices = {value for value in told for fact in view.facts.get(value, ()) if f"step:{step}" in fact.entities}
            if step - one.number.value in asked and (step in told or prices):
                return Decimal(step)
    return None


def _price_further(one: Spoken, said: Said, view: View) -> bool:
    """The price of the step that so many more cases come to."""
    steps = {_further(other, said, view) for other in said.numbers if other.unit == "case"} - {None}
    facts = view.facts.get(abs(one.number.value), ())
    return bool(steps) and any(
        f"step:{step}" in fact.entities and "price" in fact.cues for step in steps for fact in facts
    )


def _facts(one: Spoken, said: Said, view: View) -> Iterator[Fact]:
    """The amounts of money in view that it may be."""
    value = abs(one.number.value)
    exact = view.facts.get(value)
    if exact:
        yield from (fact for fact in exact if fact.kind == "money")
        return
    ways = roundings(one.number, said.text)
    for other, facts in view.facts.items():
        if any(way.gives(value, other) for way in ways):
            yield from (fact for fact in facts if fact.kind == "money")


def _of_needed(place: int, said: Said, view: View) -> bool:
    """What counts so far before what a tier needs, with a stroke between: 27.18万/30万."""
    later = said.numbers[place + 1 : place + 2]
    if (
        not later
        or OF_NEEDED.fullmatch(said.text[said.numbers[place].number.span[1] : later[0].number.span[0]]) is None
    ):
        return False
    if said.numbers[place].around.near & REWARD:
        return False
    needed = any("threshold" in fact.cues for fact in _facts(later[0], said, view))
    return needed and any("rebate_base" in fact.cues for fact in _facts(said.numbers[place], said, view))


def _of_limit(one: Spoken, said: Said, view: View) -> bool:
    """The credit line by name, before how much of it is used or left: 只用了33万额度的14%."""
    if OF_LIMIT.match(said.text, one.number.span[1]) is None:
        return False
    return any("credit_limit" in fact.cues for fact in _facts(one, said, view))


def _before_parts(place: int, said: Said, view: View) -> bool:
    """What counts in all, right before the months that it is made up of and that add up to it."""
    one, parts = said.numbers[place], said.numbers[place + 1 : place + 4]
    if len(parts) + 1 < LEAST or any(name.startswith(PART) for name in _named_before(one, said)):
        return False
    between = said.text[one.number.span[1] : parts[0].number.span[0]]
    if one.around.near & REWARD or not (
        PARTS.fullmatch(between) or (OF_THE.search(said.text[: one.number.span[0]]) and BETWEEN.fullmatch(between))
    ):
        return False
    return any(
        "rebate_base" in fact.cues and _made_up(fact.value, parts[:count], said, view)
        for fact in _facts(one, said, view)
        for count in range(2, len(parts) + 1)
    )


def _named_before(one: Spoken, said: Said) -> frozenset[str]:
    return frozenset(name for name, at, _ in said.things if at < one.number.span[0])


def _made_up(whole: Decimal, parts: Sequence[Spoken], said: Said, view: View) -> bool:
    """Whether amounts that count, each of another month, come to the whole."""
    found = [{fact.value for fact in _facts(one, said, view) if "rebate_base" in fact.cues} for one in parts]
    if not all(found):
        return False
    sums = {Decimal(0)}
    for values in found:
        sums = {so_far + value for so_far in sums for value in values}
    return whole in sums


def _in_series(place: int, said: Said, view: View) -> bool:
    """One of the rows of a table of periods that arrows join in their order, the way that the words say."""
    first = last = place
    spans = [one.number.span for one in said.numbers]
    while first and ARROW.fullmatch(said.text[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and ARROW.fullmatch(said.text[spans[last][1] : spans[last + 1][0]]):
        last += 1
    told = said.numbers[first : last + 1]
    if len(told) < 2 or not (names := _names(told[0], said)):
        return False
    values = [{fact.value for fact in _facts(one, said, view) if fact.cues & names} for one in told]
    return any(_follow(values, rows, said.text) for rows in _columns(said, view, whole=len(told) < LEAST))


def _names(first: Spoken, said: Said) -> frozenset[str]:
    """What the phrase of the first calls them, else the one thing that the sentence does; what was bought counts."""
    near = first.around.near & NAMES or (said.cues & NAMES if len(said.cues & NAMES) == 1 else frozenset())
    return near | {"rebate_base"} if "sell_in" in near else near


def _columns(said: Said, view: View, *, whole: bool) -> Iterator[list[Decimal]]:
    """The amounts of a table of periods, column by column; the first and last of a stretch where only two are told."""
    for listing in view.listings:
        if listing.kind != "period" or len({len(row.amounts) for row in listing.rows}) != 1:
            continue
        if not whole:
            yield from (list(column) for column in zip(*(row.amounts for row in listing.rows), strict=True))
        for time in said.times if whole else ():
            bounds = (f"period:{time.start.isoformat()}", time.end.isoformat())
            rows = [row for row in listing.rows if any(_within(name, bounds) for name in row.things)]
            if len(rows) > 1:
                yield from ([begun, ended] for begun, ended in zip(rows[0].amounts, rows[-1].amounts, strict=True))


def _within(name: str, bounds: tuple[str, str]) -> bool:
    start, _, end = name.partition("/")
    return start.startswith("period:") and bounds[0] <= start and end <= bounds[1]


def _follow(told: Sequence[set[Decimal]], column: Sequence[Decimal], text: str) -> bool:
    """Whether they are the column's first so many, and go the way that is told."""
    rows = list(column[: len(told)])
    if len(rows) < len(told) or not all(row in values for row, values in zip(rows, told, strict=True)):
        return False
    rises, falls = bool(RISING.search(text)), bool(FALLING.search(text))
    return not (rises and not falls and rows != sorted(rows)) and not (
        falls and not rises and rows != sorted(rows, reverse=True)
    )
