"""What figures hold under: the step of a price, the lot of a total, the tier of a rate."""

import re
from collections.abc import Iterator, Sequence, Set
from datetime import date

from core.checks.around import PHRASE
from core.checks.belonging import is_threshold, lots_beside, of_kind, stepped
from core.checks.naming import AHEAD
from core.checks.reaching import unreached
from core.checks.rounding import roundings
from core.checks.spoken import Said, Spoken, readings
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

PASSED = re.compile(r"过了|超过|达到了|达标|已过|跨过|(?<![a-z])(?:cleared|passed|crossed|beyond|past)(?![a-z])")
ONCE = re.compile(r"一旦|只要|如果|要是|若|假如|(?<![a-z])once(?![a-z])")
CREDIT = frozenset({"credit_left", "credit_limit", "credit_used"})
DUE = re.compile(r"前|到期|截止|付|还清|(?<![a-z])(?:by|due|pay|payable|before|until)(?![a-z])")
FOR = re.compile(r" (?:for|in|over|during)(?: the)? | ?[（(]")
REACHES = re.compile(r"(?<![送收])到了? ?(?:cn)?[¥$]?$")
PART_OF = re.compile(r"\d of (?:the |your )?(?:cn)?[¥$]?$")
LADDER = re.compile(r"[分共有][二三四五2-5]个?[档级]|(?<![a-z])(?:two|three|four|five|[2-5]) tiers(?![a-z])")
RANK = re.compile(
    r" ?(?:元|块)?(?:的|那|这)?(?:档|级|门槛|线|关口?|坎|tier|bracket|mark|threshold|hurdle|line)(?![a-z]|路)"
)


def things_told(
    said: Said, found: Sequence[tuple[Fact, ...]], view: View, vocabulary: Vocabulary
) -> list[frozenset[str]]:
    """What each number is about; of step prices the step too, of totals the lot, of tiers one named by its rate."""
    prices = [place for place, facts in enumerate(found) if any(of_kind(fact.entities, "step") for fact in facts)]
    steps = stepped(said, prices, view.schedules)
    lots = {
        place: lots_beside(said, place)
        for place, facts in enumerate(found)
        if any(of_kind(fact.entities, "lot") for fact in facts) and place not in prices
    }
    things = [
        one.entities | steps.get(place, frozenset()) | lots.get(place, frozenset())
        for place, one in enumerate(said.numbers)
    ]
    things = [
        mine - _earlier(one, said, view) if _is_now(one) else mine
        for mine, one in zip(things, said.numbers, strict=True)
    ]
    things = [mine - _told_later(one, said, view) for mine, one in zip(things, said.numbers, strict=True)]
    things = [mine - _summed_up(place, said, view) for place, mine in enumerate(things)]
    things = [_with_orders(mine, one, said, view) for mine, one in zip(things, said.numbers, strict=True)]
    tiers = tiers_named(said, found) | _by_rate_and_threshold(found)
    if denied := unreached(said, view):
        tiers -= denied.keys()
        things = [
            _undenied(mine, one, facts, denied.keys())
            for mine, one, facts in zip(things, said.numbers, found, strict=True)
        ]
    things = [mine | one for mine, one in zip(things, _listed(said, found), strict=True)]
    ahead = _tiers_ahead(view) if not tiers and AHEAD & vocabulary.all_cues(said.text) else frozenset()
    things = _ranked_by_rate(things, said, found)
    theirs = [ahead & frozenset().union(*(fact.entities for fact in facts)) for facts in found]
    return [
        mine if of_kind(mine, "tier") else mine | tiers | (frozenset() if _plain(facts, "tier") else more)
        for mine, facts, more in zip(things, found, theirs, strict=True)
    ]


def _undenied(mine: frozenset[str], one: Spoken, facts: Sequence[Fact], denied: Set[str]) -> frozenset[str]:
    """A threshold that isn't reached is its own tier's; a rate in another phrase isn't of a tier that isn't reached."""
    own = frozenset(name for fact in facts for name in fact.entities if name in denied)
    if own and one.kind != "percent":
        return frozenset(name for name in mine if not name.startswith("tier:")) | own
    return mine - denied if one.kind == "percent" and not one.own & denied else mine


def _earlier(one: Spoken, said: Said, view: View) -> frozenset[str]:
    """The times that are named before a number and not in its phrase, and that are over or still to come."""
    times = {name for name, at, _ in said.things if at < one.number.span[0] and name.startswith(("period:", "day:"))}
    return frozenset(name for name in times - one.own if not _holds_today(name, view.today))


def _holds_today(time: str, today: date | None) -> bool:
    start, _, end = time.partition(":")[2].partition("/")
    return today is not None and start <= today.isoformat() < end


def _told_later(one: Spoken, said: Said, view: View) -> frozenset[str]:
    """The times that only later phrases name, where it is what the whole result begins with: 39,697.52, of that Q4 …"""
    begun = abs(one.number.value)
    headed = begun in view.headline or any(
        way.gives(begun, v) for v in view.headline for way in roundings(one.number, said.text)
    )
    headed = headed or _is_sum_of_later(one, said)
    later = {name for name, at, _ in said.things if at > one.number.span[0] and name.startswith(("period:", "year:"))}
    earlier = {name for name, at, _ in said.things if at < one.number.span[0]}
    return frozenset(later - earlier - one.own) if headed else frozenset()


def _is_sum_of_later(one: Spoken, said: Said) -> bool:
    """Whether the amounts behind it are its parts: 271,830.94, 196,170.45 of it in October, 75,660.49 in November."""
    later = [it.number.value for it in said.numbers if it.kind == "money" and it.number.span[0] > one.number.span[0]]
    return len(later) > 1 and sum(later) == one.number.value


def _summed_up(place: int, said: Said, view: View) -> frozenset[str]:
    """The times of the parts that are added up before it, where it is what the whole result begins with."""
    one = said.numbers[place]
    totals = [other for other in said.numbers[:place] if "whole:" in other.entities]
    if not totals or abs(one.number.value) not in view.headline:
        return frozenset()
    since = totals[-1].number.span[0]
    times = {
        (name, at) for name, at, _ in said.things if name.startswith(("period:", "day:")) and at < one.number.span[0]
    }
    return frozenset() if any(at > since for _, at in times) else frozenset(name for name, _ in times)


def _ranked_by_rate(
    things: list[frozenset[str]], said: Said, found: Sequence[tuple[Fact, ...]]
) -> list[frozenset[str]]:
    """2%那档要30万: a rate that names a tier is of that, and so is what its phrase tells behind it."""
    ranked, since = frozenset[str](), 0
    told: list[frozenset[str]] = []
    for mine, one, facts in zip(things, said.numbers, found, strict=True):
        own = of_kind(_of_facts(facts), "tier")
        if one.kind == "percent" and own and RANK.match(said.text, one.number.span[1]):
            ranked, since = own, one.number.span[1]
        elif PHRASE.search(said.text, since, one.number.span[0]):
            ranked = frozenset()
        told.append(frozenset(name for name in mine if not name.startswith("tier:")) | ranked if ranked & own else mine)
    return told


def _of_facts(facts: Sequence[Fact]) -> frozenset[str]:
    return frozenset().union(*(fact.entities for fact in facts))


def _is_now(one: Spoken) -> bool:
    """Whether its clause tells what is so now, whatever time the sentence began with."""
    return "present" in one.around.near


def _tiers_ahead(view: View) -> frozenset[str]:
    """The next tier, which words such as "gets you" are about."""
    ordinals = [fact for same in view.facts.values() for fact in same if fact.kind == "ordinal" and fact.cues]
    reached = [fact.value for fact in ordinals if "tier_reached" in fact.cues]
    return frozenset(f"tier:{fact.value}" for fact in ordinals if fact.value not in reached)


def _plain(facts: Sequence[Fact], kind: str) -> bool:
    return any(not of_kind(fact.entities, kind) for fact in facts)


def _with_orders(mine: frozenset[str], one: Spoken, said: Said, view: View) -> frozenset[str]:
    """Orders that are called by their day, which is in their code: the phrase's day, else any that is named."""
    own = _orders_on(one.own, view)
    if own and not of_kind(one.own, "code"):
        return frozenset(name for name in mine if not name.startswith("code:")) | own
    return mine if of_kind(mine, "code") else mine | _orders_on(said.entities, view)


def _orders_on(things: frozenset[str], view: View) -> frozenset[str]:
    days = {name[4:14].replace("-", "") for name in things if name.startswith("day:")}
    return frozenset(name for name in view.belonging.rows if name.startswith("code:so-") and name[8:16] in days)


def tiers_named(said: Said, found: Sequence[tuple[Fact, ...]]) -> frozenset[str]:
    """Tiers that are called by their rate or threshold: the 2% tier."""
    return frozenset(
        name
        for one, facts in zip(said.numbers, found, strict=True)
        for fact in facts
        if RANK.match(said.text, one.number.span[1])
        or "threshold" in one.around.near
        or ("threshold" in fact.cues and REACHES.search(said.text[: one.number.span[0]]))
        for name in of_kind(fact.entities, "tier")
    )


def _listed(said: Said, found: Sequence[tuple[Fact, ...]]) -> list[frozenset[str]]:
    """Of several thresholds that are told in order, each is its own tier's."""
    told: dict[str, list[int]] = {"money": [], "percent": []}
    ladder = "threshold" in said.cues or LADDER.search(said.text)
    for place, facts in enumerate(found):
        kinds = {fact.kind for fact in facts if _is_threshold(fact) or _is_rate(fact)}
        if len(kinds) == 1 and ladder and (kind := kinds.pop()) in told:
            told[kind].append(place)
    ranks = [[said.numbers[place].number.value for place in places] for places in told.values()]
    in_order = max(map(len, ranks)) > 1 and all(values == sorted(set(values)) for values in ranks)
    thresholds = [*told["money"], *told["percent"]]
    return [
        frozenset(name for fact in facts for name in of_kind(fact.entities, "tier"))
        if in_order and at in thresholds
        else frozenset()
        for at, facts in enumerate(found)
    ]


def _by_rate_and_threshold(found: Sequence[tuple[Fact, ...]]) -> frozenset[str]:
    """A tier of which both the rate and the threshold are told."""
    rates, thresholds = (
        frozenset(name for facts in found for fact in facts if is_it(fact) for name in of_kind(fact.entities, "tier"))
        for is_it in (_is_rate, _is_amount_reached)
    )
    return rates & thresholds


def _is_rate(fact: Fact) -> bool:
    return fact.kind == "percent"


def _is_threshold(fact: Fact) -> bool:
    return "threshold" in fact.cues


def _is_amount_reached(fact: Fact) -> bool:
    return fact.kind == "money" and _is_threshold(fact)


def wrong_tiers(said: Said, found: Sequence[tuple[Fact, ...]], view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """A tier that is called by its rate as the one reached, and isn't."""
    reached = {
        f"tier:{fact.value}"
        for same in view.facts.values()
        for fact in same
        if fact.kind == "ordinal" and "tier_reached" in fact.cues
    }
    passed = PASSED.search(said.text)
    if ONCE.search(said.text):
        return
    named = tiers_named(said, found) | (_by_rate_and_threshold(found) if passed else frozenset())
    ahead = vocabulary.all_cues(said.text) & (AHEAD - ({"threshold"} if passed else set()))
    ordinal = any(one.kind == "ordinal" and one.entities & named for one in said.numbers)
    if ordinal and not passed and "tier_reached" not in said.cues:
        return
    if named and reached and not named & reached and not ahead and not named <= set(unreached(said, view)):
        yield Wrong(f"{', '.join(sorted(named))} is not reached")


def wrong_days(said: Said, matched: Sequence[Sequence[Fact]], view: View) -> Iterator[Wrong]:
    """An amount due on a day that is another amount's."""
    rows = [row for listing in view.listings for row in listing.rows]
    dated = {
        day
        for same in view.facts.values()
        for fact in same
        if fact.kind == "money"
        for day in of_kind(fact.entities, "day")
    }
    dated |= {f"day:{start}/{end}" for row in rows for start, end in row.due}
    for one, facts in zip(said.numbers, matched, strict=True):
        days = one.days & dated
        whole = PART_OF.search(said.text[: one.number.span[0]])
        if not days or whole or not DUE.search(said.text) or not any(fact.kind == "money" for fact in facts):
            continue
        values = {abs(one.number.value), *(fact.value for fact in facts)}
        theirs = {
            f"day:{start}/{end}"
            for row in rows
            if values.intersection(row.amounts)
            for start, end in row.days + row.due
        }
        theirs = theirs.union(*(fact.entities for value in values for fact in view.facts.get(value, ())))
        if not days & theirs and not any(fact.cues & CREDIT for fact in facts):
            yield Wrong(f"{said.text[slice(*one.number.span)]} is not due then")


def wrong_stretches(said: Said, matched: Sequence[Sequence[Fact]]) -> Iterator[Wrong]:
    """An amount of a stretch of time that is told right beside another."""
    for one, facts in zip(said.numbers, matched, strict=True):
        theirs = [of_kind(fact.entities, "period") for fact in facts if "before" in fact.cues]
        if not theirs or len(theirs) < len(facts) or not all(theirs):
            continue
        named = of_kind(one.own, "period")
        if named and "before" not in said.cues | one.around.near and not any(named & own for own in theirs):
            yield Wrong(f"{one.shown} is of another time")
        for time in said.times:
            if time.comparison and any(f"period:{time.start.year}-" in name for own in theirs for name in own):
                continue
            if FOR.fullmatch(said.text[one.number.span[1] : time.span[0]]):
                told = {f"period:{start.isoformat()}/{end.isoformat()}" for start, end in readings(time)}
                if not any(told & own for own in theirs):
                    yield Wrong(f"{one.shown} is of another time")


def wrong_steps(said: Said, found: Sequence[tuple[Fact, ...]], view: View) -> Iterator[Wrong]:
    """A threshold beside step prices that is none of theirs."""
    steps = {step for schedule in view.schedules for step in schedule.steps}
    if not steps or not any(of_kind(fact.entities, "step") for facts in found for fact in facts):
        return
    for one in said.numbers:
        told = one.kind == "quantity" and one.unit in {"", "case"} and is_threshold(one, said.text)
        if told and one.number.value not in steps:
            yield Wrong(f"{said.text[slice(*one.number.span)]} is no step")
