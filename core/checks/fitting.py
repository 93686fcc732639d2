"""Whether a figure is about what its number is told of: things of its phrase, of its clause, of a time told alone."""

import re

from core.checks.around import clause_of
from core.checks.said import Said, Spoken
from core.checks.stretches import wider
from core.checks.view import Fact, View

COMPARED = frozenset({"before", "rose", "fell", "change"})
NOTHING: frozenset[str] = frozenset()
BELOW_TIME = re.compile(
    r"(?:比|较|低于|高于|(?<![a-z])(?:below|above|than|versus|vs\.?|against|on"
    r"|from)(?: in| during| over| for)?) ?(?:the )?(?:same )?$"
)


def told_apart(one: Spoken, said: Said, view: View) -> frozenset[str]:
    """Products that are named around a total and that it isn't of alone.

    Those after its clause: about 11,100, and includes water and tea. Before it those of all rows: 60 of tea and 30 of
    cola, 3,919.50 in all.
    """
    end = clause_of(said.text, [one.number.span], one.number.span)[1]
    kinds = ("product:", "dealer:")
    later = {name for name, at, _ in said.things if at >= end and name.startswith(kinds)}
    earlier = {name for name, at, _ in said.things if at < end}
    return frozenset(later - earlier) | _all_rows({name for name in earlier if name.startswith("product:")}, view)


def _all_rows(named: set[str], view: View) -> frozenset[str]:
    """The products that are named, where a result has several and each of its rows is among them."""
    for listing in view.listings:
        rows = [row.things & named for row in listing.rows]
        if listing.kind == "product" and len(rows) > 1 and all(rows):
            return frozenset(named)
    return NOTHING


def fits(
    one: Spoken, fact: Fact, mine: frozenset[str], view: View, alone: frozenset[str], aside: frozenset[str] = NOTHING
) -> bool:
    """Whether a figure may be told with what is named around the number, its widest stretch of time left aside."""
    mine = mine - aside if fact.value in view.headline and fact.kind == "money" else mine
    own, theirs = _own(one, fact, view, aside) | alone, _of(fact)
    touching = one.touching
    if "threshold" in fact.cues:  # the same in every month and quarter
        mine, own, touching, theirs = (_timeless(names) for names in (mine, own, touching, theirs))
    if view.belonging.fits(without_day(mine, one), own, touching, theirs):
        return True
    wide = wider(mine | own)
    return bool(wide) and view.belonging.fits(without_day(mine - wide, one), own - wide, touching - wide, theirs)


def _timeless(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if not name.startswith("period:"))


def time_told_alone(said: Said) -> frozenset[str]:
    """The periods of the one time that a sentence names, where it compares nothing: all that it tells is of that."""
    if (
        len(said.times) != 1
        or said.cues & COMPARED
        or "present" in said.cues
        or BELOW_TIME.search(said.text[: said.times[0].span[0]])
    ):
        return frozenset()
    return frozenset(name for name in said.entities if name.startswith("period:"))


def _own(one: Spoken, fact: Fact, view: View, aside: frozenset[str]) -> frozenset[str]:
    """What its phrase names; that times have figures of their own is so of amounts."""
    if fact.kind == "money":
        return one.own - aside if fact.value in view.headline else one.own
    apart = ("period:", "code:") if "invoices" in one.around.near else ("period:",)
    return frozenset(name for name in one.own if not name.startswith(apart))


def _of(fact: Fact) -> frozenset[str]:
    """What it is about; what was before isn't of the time that results are about."""
    return fact.entities | {"then"} if "before" in fact.cues else fact.entities


def without_day(things: frozenset[str], one: Spoken) -> frozenset[str]:
    """A paper that is named says which it is; a day beside it may be of anything."""
    named = any(name.startswith("code:") for name in one.own)
    return frozenset(name for name in things if not (named and name.startswith("day:")))
