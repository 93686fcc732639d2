"""「还有谁也这样」 behind one dealer's account: all whose invoices are overdue."""

from agents.offline.evidence.telling import EVERYONE
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

REPORT = "sales_summary"


def other_debtors(reading: Reading, mind: Mind) -> Plan | None:
    """The overdue dealers; None where the words name whom or what else they are about."""
    last = mind.state.last
    if last is None or last.name != "show_account" or not last.args.get("dealer") or REPORT not in mind.schemas:
        return None
    named = reading.mentions or reading.orders or reading.quantities or reading.period or reading.stranger
    if named or not EVERYONE.search(reading.text) or not is_brief(reading.text):
        return None
    measure = mind.lexicon.value(REPORT, "measure", reading.text)
    if measure not in {None, "overdue"} or mind.lexicon.value(REPORT, "filter", reading.text) is not None:
        return None
    return Plan((Do(REPORT, {"measure": "overdue", "by": "dealer"}),))
