"""English typed without its apostrophes, with them: "who hasnt ordered", "whats the price", "tuesdays order"."""

import re
from collections.abc import Mapping

from core.proposals.rules import confirms

NOT = "do does did has have had is are was were ca could would should wo must need".split()
AM_AND_WILL: Mapping[str, tuple[str, ...]] = {
    "s": tuple("what where who how when that there here he she".split()),
    "re": tuple("you they".split()),
    "ve": tuple("i you we they".split()),
    "ll": tuple("you they it that who".split()),
    "m": ("i",),
}
JOINED: Mapping[str, str] = {
    **{f"{word}nt": f"{word}n't" for word in NOT},
    **{f"{word}{end}": f"{word}'{end}" for end, words in AM_AND_WILL.items() for word in words},
}
CONTRACTED = re.compile(rf"(?<![a-z0-9'-])(?:{'|'.join(sorted(JOINED, key=len, reverse=True))})(?![a-z0-9'-])")
LETS = re.compile(
    r"(?<![a-z0-9'-])lets(?= (?:do|go|have|get|say|start|see|take|order|make|try|add|drop|keep|change|not)(?![a-z]))"
)
I_WILL = re.compile(
    r"(?<![a-z0-9'-])ill(?= (?:take|have|order|need|go|get|do|pay|send|be|let|ask|check|confirm)(?![a-z]))"
)
OF_A_TIME = re.compile(
    r"(?<![a-z0-9'-])(today|yesterday|(?:(?:last|this) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:last|this|next) (?:week|month|quarter|year))s"
    r"(?= (?:[a-z]+ )?(?:orders?|one|ones|delivery|deliveries|shipment|total|sales|rebates?|figures?|numbers?"
    r"|prices?)(?![a-z]))"
)


def with_apostrophes(text: str) -> str:
    """The folded text as it would be in print; it never becomes a yes by that."""
    if not text.isascii() and not LATIN.search(text):
        return text
    found = CONTRACTED.sub(lambda match: JOINED[match.group()], text)
    found = OF_A_TIME.sub(r"\1's", I_WILL.sub("i'll", LETS.sub("let's", found)))
    return text if confirms(found) and not confirms(text) else found


LATIN = re.compile(r"[a-z]{3}")
