"""Of which product free cases are: 60箱绿茶送6箱, and none of the cola."""

import re
from collections.abc import Iterator

from core.checks.belonging import of_kind
from core.checks.said import Said, Spoken
from core.checks.view import Fact, View
from core.checks.wrong import Wrong

GIVEN_OF = re.compile(r"(?:的话)?(?:再|另外?|还|也|会|可以?)*(?:免费)?[送赠](?:您|你)?$")
EACH = re.compile(
    r"(?:每样|每款|各自?|两[款样个种]都|都)(?:再|另外?|还|会)*[送赠]"
    r"|(?<![a-z])(?:free (?:cases? )?(?:on|with|of) (?:each|both))(?![a-z])"
)


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
