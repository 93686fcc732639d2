"""What the conversation has in view and the words only touch: the order that waits, one looked at, a price not told."""

import re

from agents.offline.cues import AS_BEFORE, ASKS, CHANGES, CONFIRMING, ONTO_IT, PAYS
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.slots import fill
from agents.offline.understanding import Reading

BRIEF = 24
USUAL_PLACE = re.compile(r"(?:usual|same) (?:place|address|warehouse|store|shop)|老地方|一样的?(?:地址|地方)")


def shown_again(reading: Reading, mind: Mind) -> Plan | None:
    """「行，刚才那单确认」 is no word that confirms: what waits is shown again, with its button."""
    draft = mind.state.draft
    if draft is None or draft.name not in mind.schemas or not CONFIRMING.search(reading.text):
        return None
    said_more = reading.mentions or reading.quantities or reading.loose or reading.orders or reading.wanted
    if said_more or ASKS.search(reading.text) or CHANGES.search(reading.text) or len(reading.text) > BRIEF:
        return None
    return Plan((Do(draft.name, draft.args),))


def own_price(reading: Reading, mind: Mind) -> Plan | None:
    """ "What do we pay?" after a price that wasn't told: one's own, of the product that was named."""
    sku = mind.state.in_vain
    if (
        sku is None
        or "quote" not in mind.schemas
        or reading.of_kind("product")
        or mind.briefing.actor.dealer_id is None
    ):
        return None
    if not PAYS.search(reading.text) or reading.orders or reading.period or reading.stranger:
        return None
    return Plan((Do("quote", {"sku": sku, **fill(mind.schemas["quote"], reading, mind.briefing, mind.lexicon)}),))


def order_in_view(reading: Reading, mind: Mind) -> str | None:
    """ "Add 20 cases of cola to it", and a change after a cancellation was shown: the order that is spoken of."""
    draft = mind.state.draft
    if "propose_order_change" not in mind.schemas or not CHANGES.search(reading.text) or reading.orders:
        return None
    if draft is not None and draft.name == "propose_cancellation" and reading.of_kind("product"):
        return draft.args.get("order")
    last, seen = mind.state.last, mind.state.only("order")
    looked_at = last is not None and last.name in {"order_status", "list_orders"} and draft is None
    return seen if looked_at and seen in mind.briefing.changeable and ONTO_IT.search(reading.text) else None


def as_before(reading: Reading) -> bool:
    """Whether it is the order that is to be as before, and not only where it goes."""
    return AS_BEFORE.search(USUAL_PLACE.sub("", reading.text)) is not None


def of_a_span(reading: Reading) -> bool:
    """Orders of a week or a month, of which none is named."""
    return reading.period is not None and reading.period.grain != "day" and not reading.orders
