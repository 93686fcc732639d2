"""「先别取消，把奶茶去掉就行」, "don't cancel, just take the milk tea out": the order stays, and is changed."""

import re
from dataclasses import replace

from agents.offline.evidence.cues import ALTERS
from agents.offline.mind import Mind
from agents.offline.orders import planning
from agents.offline.orders.changewords import ADD, REMOVE
from agents.offline.plans import Plan
from agents.offline.reading.understanding import Reading

KEPT = re.compile(
    r"(?:先|还是|都)?(?:别|不要?|不用|甭|先不|勿)(?:急着|忙着|给我|再)?(?:取消|撤|退|作废)(?:了|掉|单)?|留着|保留|照留|不是(?:要)?取消"
    r"|(?<![a-z])(?:do not|don't|no need to|not|rather not|never mind) (?:to )?(?:cancel\w*|call it off|scrap"
    r"|the cancell?ation)(?![a-z])"
    r"|(?<![a-z])keep (?:it|that|this|the (?:order|rest|others?))(?![a-z])|(?<![a-z])leave the (?:order|rest)(?![a-z])"
)


def kept_but_changed(reading: Reading, mind: Mind) -> Plan | None:
    """A change of the order whose cancellation waits, where the words take the cancellation back."""
    draft = mind.state.draft
    if draft is None or draft.name != "propose_cancellation" or "propose_order_change" not in mind.schemas:
        return None
    number = reading.orders[0] if reading.orders else draft.args.get("order") or mind.state.only("order")
    if number not in mind.briefing.changeable or not KEPT.search(reading.text):
        return None
    said = KEPT.sub(lambda found: " " * len(found.group()), reading.text)
    changes = ALTERS.search(said) or REMOVE.search(said) or ADD.search(said)
    if not changes or not (reading.of_kind("product") or reading.of_kind("ship_to") or reading.wanted):
        return None
    return planning.change_order(replace(reading, text=said, orders=(str(number),)), mind)
