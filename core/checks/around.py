"""What stands around a number in a text: the names beside it, and the things that it is about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.checks.vocabulary import Vocabulary

BREAK = re.compile(
    r"[,，;；。!！?？、()（）\n|]|\.(?= |$)|(?<![a-z])(?:and|but|with|while|(?<!\A )of which|whereas)(?![a-z])|"
    r"—|(?<= )[–-](?= )|(?<=ago):|[\u2600-\u27bf\U0001f300-\U0001faff]|~(?!\d|cn)|"
    r"(?=(?<![a-z])(?:compared (?:with|to)|versus|vs)(?![a-z]))|其中|另外|此外"
)
Span = tuple[int, int]
Thing = tuple[str, int, int]
"""``kind:code``, and where it is named."""
SINGLE = frozenset({"一", "a", "an"})
WHOLE_TEXT = frozenset({"period", "year"})
LISTED = ("dealer", "product", "region", "code", "period")
EACH = re.compile(r"分别|依次|(?<![a-z])respectively(?![a-z])")
FORWARD = frozenset({"before", "next", "present"})
STOP = re.compile(r"[;；。!?！？]|\.(?= )")
MEASURE = re.compile(r" ?(?:箱|件|瓶|提|托|(?:cases?|bottles?|packs?|pallets?)(?: of)?) ?(?:的)?")
OPENED = re.compile(r" ?(?:cn|us)?[¥$]?")
OPENING = re.compile(r"[（(] ?(?:cn|us)?[¥$]?$")
PHRASE = re.compile(r",(?!(?<=\d,)\d{3}(?!\d))|[，;；:：。!！?？()（）\n|]|\.(?= |$)")


@dataclass(frozen=True, slots=True)
class Around:
    """What is said about a number: ``before`` and ``after`` it in its own clause, ``earlier`` or ``later`` in the text,
    in the ``gap`` since the number before it.

    ``after`` has readings: all that follows, and the nearest name alone. ``shared`` words may be about the number or
    about its neighbour, whose place stands beside them.
    """

    before: frozenset[str] = frozenset()
    after: tuple[frozenset[str], ...] = ()
    earlier: frozenset[str] = frozenset()
    shared: tuple[tuple[frozenset[str], int], ...] = ()
    later: frozenset[str] = frozenset()
    gap: frozenset[str] = frozenset()

    @property
    def silent(self) -> bool:
        """Whether nothing in its clause says what it is."""
        return not self.before and not self.after and not self.shared

    @property
    def near(self) -> frozenset[str]:
        """All names that may be the number's."""
        return self.before.union(*self.after[:1], *(names for names, _ in self.shared))


def names_around(text: str, spans: Sequence[Span], vocabulary: Vocabulary) -> list[Around]:
    """Words between two numbers are shared, unless a break says which belong to which."""
    gaps = _gaps(text, spans)
    found: list[Around] = []
    for place in range(len(spans)):
        left, right = text[slice(*gaps[place])], text[slice(*gaps[place + 1])]
        first, last = place == 0, place == len(spans) - 1
        before = _last_part(left) if first or BREAK.search(left) else ""
        if OPENED.fullmatch(before) and (bracket := left.rstrip(" cnus¥$").rstrip("（(")) != left:
            alone = OPENING.search(left) and right[:1] in {")", "）"}
            before = _last_part(bracket) if alone else before
        after = _first_part(right) if last or BREAK.search(right) else ""
        shared: list[tuple[frozenset[str], int]] = []
        if not (first or before or BREAK.search(left)):
            _, others, before = _divided(left, vocabulary)
            shared = [(others, place - 1)]
        if not (last or after or BREAK.search(right)):
            after, others, _ = _divided(right, vocabulary)
            shared.append((others, place + 1))
        found.append(
            Around(
                vocabulary.cues(before),
                _readings(after, vocabulary),
                vocabulary.cues(text[: gaps[place][1]]),
                tuple((names, other) for names, other in shared if names),
                vocabulary.cues(text[gaps[place + 1][0] :]) if last and not vocabulary.cues(after) else frozenset(),
                vocabulary.cues(STOP.split(left)[-1]),
            )
        )
    return found


def things_of(text: str, spans: Sequence[Span], things: Sequence[Thing]) -> list[frozenset[str]]:
    """Each span's things: its own clause's; of a kind that this lacks, the last named before, else the first after.

    Of times that its clause lacks, any that the text names; of days the only one. Things in a row that so many spans
    follow are theirs one by one.
    """
    found: list[frozenset[str]] = []
    apart = [span for span in spans if not _within(span, things)]
    for span in spans:
        start, stop = clause_of(text, sorted({*apart, span}), span)
        mine = {name for name, begin, end in things if begin >= start and end <= stop}
        kinds = _kinds(mine)
        for kind in _kinds(name for name, _, _ in things) - kinds:
            alike = [thing for thing in things if thing[0].startswith(f"{kind}:")]
            if kind in WHOLE_TEXT or (kind == "day" and len({thing[1:] for thing in alike}) == 1):
                mine |= {name for name, _, _ in alike}
            elif kind != "day":
                mine |= _nearest(alike, span)
        found.append(frozenset(mine))
    each = EACH.search(text)
    behind = each.start() if each and not each.group().isascii() else 0
    for kind in LISTED:
        named = {thing[1:] for thing in things if thing[0].startswith(f"{kind}:")}
        skipped = [span for span in spans if span[0] < behind and len(named) > 1]
        listed = [span for span in spans if span not in skipped and text[slice(*span)] not in SINGLE]
        for at, names in _one_by_one(kind, listed, things, each=bool(each)).items():
            place = spans.index(listed[at])
            found[place] = frozenset(name for name in found[place] if not name.startswith(f"{kind}:")) | names
    return found


def phrase_things(text: str, spans: Sequence[Span], things: Sequence[Thing]) -> list[frozenset[str]]:
    """Those between the same commas as each span."""
    found: list[frozenset[str]] = []
    for begin, end in spans:
        opening = OPENING.search(text[:begin])
        start = max([0, *(match.end() for match in PHRASE.finditer(text, 0, opening.start() if opening else begin))])
        stop = next((match.start() for match in PHRASE.finditer(text, end)), len(text))
        found.append(frozenset(name for name, first, last in things if first >= start and last <= stop))
    return found


def touching(text: str, spans: Sequence[Span], things: Sequence[Thing]) -> list[frozenset[str]]:
    """Those that stand right before or behind each span, its measure aside: 绿茶60箱, 60 cases of green tea."""
    return [
        frozenset(
            name
            for name, begin, end in things
            if (end <= first and not text[end:first].strip(" :：是有"))
            or (begin >= last and MEASURE.fullmatch(text[last:begin]))
        )
        for first, last in spans
    ]


def days_beside(spans: Sequence[Span], things: Sequence[Thing]) -> list[frozenset[str]]:
    """Days that stand between each span and the numbers before and behind it, if no other number follows at once."""
    found: list[frozenset[str]] = []
    for place, (begin, end) in enumerate(spans):
        before = spans[place - 1][1] if place else 0
        last = place == len(spans) - 1
        found.append(
            frozenset(
                name
                for name, first, stop in things
                if name.startswith("day:") and ((before <= first and stop <= begin) or (last and first >= end))
            )
        )
    return found


def _one_by_one(kind: str, spans: Sequence[Span], things: Sequence[Thing], *, each: bool) -> dict[int, frozenset[str]]:
    """甲、乙，分别是1、2: each of a row of things has one of as many numbers; of more, where ``each`` says so."""
    places = sorted({(begin, end) for name, begin, end in things if name.startswith(f"{kind}:")})
    events = sorted([(at, -1) for at in places] + [(span, place) for place, span in enumerate(spans)])
    found: dict[int, frozenset[str]] = {}
    row: list[Span] = []
    numbers: list[int] = []
    for at, place in [*events, ((0, 0), -1)]:
        if place >= 0:
            numbers += [place] if not _within(at, things) else []
        elif numbers or at == (0, 0):
            if len(row) > 1 and (len(row) == len(numbers) or (each and len(row) < len(numbers))):
                for one, number in zip(row, numbers, strict=False):
                    found[number] = frozenset(
                        name for name, *where in things if (*where,) == one and name.startswith(kind)
                    )
            row, numbers = [at], []
        else:
            row.append(at)
    return found


def _within(span: Span, things: Sequence[Thing]) -> bool:
    return any(begin < span[1] and span[0] < end for _, begin, end in things)


def _kinds(names: Iterable[str]) -> set[str]:
    return {name.split(":")[0] for name in names}


def clause_of(text: str, spans: Sequence[Span], span: Span) -> Span:
    """Where a span's own words begin and end: at breaks and at its neighbours."""
    begin, end = span
    place = spans.index(span)
    before = spans[place - 1][1] if place else 0
    after = spans[place + 1][0] if place + 1 < len(spans) else len(text)
    start = max([before, *(match.end() for match in BREAK.finditer(text, before, begin))])
    return start, next((match.start() for match in BREAK.finditer(text, end, after)), after)


def _divided(gap: str, vocabulary: Vocabulary) -> tuple[str, frozenset[str], str]:
    """Of words between two numbers: the name right behind the first (in English), others, the one before the second."""
    found = list(vocabulary.pattern.finditer(gap))
    if not found:
        return "", frozenset(), ""
    first, last = found[0], found[-1]
    behind = first.group().isascii() and not gap[: first.start()].strip()
    own = first.group() if behind and not vocabulary.phrases[first.group()] & FORWARD else ""
    next_one = (
        ""
        if gap[last.end() :].strip(" cnuhk约大概:是为到了不足超过将近接") or (own and first is last)
        else last.group()
    )
    middle = gap[first.end() if own else 0 : last.start() if next_one else len(gap)]
    return own, vocabulary.cues(middle), next_one


def _gaps(text: str, spans: Sequence[Span]) -> list[Span]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _readings(words: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    whole, nearest = vocabulary.cues(words), vocabulary.first_cue(words)
    return tuple(dict.fromkeys(one for one in (whole, nearest) if one))


def _last_part(words: str) -> str:
    breaks = list(BREAK.finditer(words))
    return words[breaks[-1].end() :] if breaks else words


def _first_part(words: str) -> str:
    found = BREAK.search(words)
    return words[: found.start()] if found else words


def _nearest(things: Sequence[Thing], span: Span) -> set[str]:
    """The last one named before the span, with all that it may be; else the first after it."""
    earlier = [thing for thing in things if thing[2] <= span[0]]
    if not earlier and len({thing[1:] for thing in things}) > 1:
        return set()
    at = max(earlier, key=lambda thing: thing[2])[1:] if earlier else min(things, key=lambda thing: thing[1])[1:]
    return {name for name, begin, end in things if (begin, end) == at}
