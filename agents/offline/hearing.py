"""What a message was taken for, for whoever looks later at what the brain should have known."""

from collections.abc import Sequence

from agents.offline.requests import SURE, Request
from agents.turns import Heard
from core.learning.rules import Kind

FOREIGN = frozenset({"out_of_scope"})


def heard(requests: Sequence[Request]) -> Heard:
    """The likeliest intents of the clause that the brain is least sure of, and why it isn't, where it isn't."""
    if not requests:
        return Heard()
    least = min(requests, key=lambda request: request.probability)
    likely = ((least.intent, _score(least.probability)), (least.second, _score(least.probability - least.margin)))
    doubt = ""
    if least.probability < SURE:
        doubt = Kind.UNSURE
    elif least.intent in FOREIGN:
        doubt = Kind.FOREIGN
    return Heard(likely, str(doubt))


def _score(value: float) -> float:
    return round(max(0.0, min(1.0, value)), 3)
