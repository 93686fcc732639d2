"""Of which product free cases are, and for how many paid ones they come: 60箱绿茶送6箱, and none of the cola."""

import re
from collections.abc import Iterator

from core.checks.belonging import of_kind
from core.checks.pairs import GET, TAKEN, offers_in
from core.checks.said import Said, Spoken
from core.checks.view import Fact, View
from core.checks.wrong import Wrong

BOUGHT = re.compile(
    r"(?:买|订|付|要|拿)(?:了|满)?(?:您的|这)?$|(?<![a-z])(?:buy|order|pay for|paying for|take) (?:the )?$"
)
GIVES = re.compile(
    r" ?(?:箱|件)?(?:的)?[^,，。;；\d]{0,12}?,? ?(?:就|再|另外?|还|可|会)*[送赠搭](?:您|你)?"
    r"|(?: cases)?(?: of [a-z ]{2,20})?,? (?:and )?(?:you )?(?:get|receive)s? (?:another )?"
)
GIVEN_OF = re.compile(r"(?:的话)?(?:再|另外?|还|也|会|可以?)*(?:免费)?[送赠](?:您|你)?$")
EACH = re.compile(
    r"(?:每样|每款|各自?|两[款样个种]都|都)(?:再|另外?|还|会)*[送赠]"
    r"|(?<![a-z])(?:free (?:cases? )?(?:on|with|of) (?:each|both))(?![a-z])"
)
IN_BRACKETS = re.compile(r" ?[(（][^()（）]*[)）]")


def given_for(place: int, said: Said, view: View) -> bool:
    """Paid cases of a product right before the free ones that results give of it; what an offer comes to in all."""
    one = said.numbers[place]
    if one.kind != "quantity" or one.unit not in {"", "case"}:
        return False
    return _got_in_all(place, said, view) or _paid(place, said, view)


def _paid(place: int, said: Said, view: View) -> bool:
    one, after = said.numbers[place], said.numbers[place + 1 : place + 2]
    if not view.waits or not after or not BOUGHT.search(said.text[: one.number.span[0]]):
        return False
    if not GIVES.fullmatch(said.text[one.number.span[1] : after[0].number.span[0]]):
        return False
    free = frozenset().union(*(of_kind(fact.entities, "product") for fact in _free(after[0], view)))
    named = of_kind(one.own, "product")
    paid = [fact for fact in view.facts.get(one.number.value, ()) if fact.unit == "case" and "free" not in fact.cues]
    return (not named or bool(named & free)) and any(free & fact.entities for fact in paid)


def _got_in_all(place: int, said: Said, view: View) -> bool:
    """Pay for 10 (415.70) and get 11: with an amount in brackets between."""
    if place < 2 or said.numbers[place - 1].kind != "money":
        return False
    paid, one = said.numbers[place - 2], said.numbers[place]
    between = said.text[paid.number.span[1] : one.number.span[0]]
    rest = IN_BRACKETS.sub("", between)
    if rest == between or not (GET.fullmatch(rest) or TAKEN.fullmatch(rest)):
        return False
    return any((each, each + free) == (paid.number.value, one.number.value) for each, free in offers_in(view))


def wrong_gifts(said: Said, view: View) -> Iterator[Wrong]:
    """Free cases right behind a product of which none are free, or of each where only one has some."""
    if "free" not in view.cues.get("quantity", ()) or not view.waits:
        return
    for one in said.numbers:
        own = {
            name
            for name, start, end in said.things
            if name.startswith("product:") and GIVEN_OF.fullmatch(said.text[end : one.number.span[0]])
        }
        theirs = [of_kind(fact.entities, "product") for fact in _free(one, view)]
        theirs = [names for names in theirs if names]
        if one.kind != "quantity" or not theirs:
            continue
        if own and not any(own & names for names in theirs):
            yield Wrong(f"{one.shown} are free of another product")
        elif EACH.search(said.text) and len(frozenset().union(*theirs)) == 1 and not view.schedules:
            yield Wrong(f"{one.shown} are free of one product")


def _free(one: Spoken, view: View) -> list[Fact]:
    return [fact for fact in view.facts.get(one.number.value, ()) if fact.unit == "case" and "free" in fact.cues]
