"""「啥时候到账」「能不能抵货款」 behind a rebate that was shown: how it is paid out stands in the rules."""

import re

from agents.offline.evidence.cues import ASKS
from agents.offline.evidence.money import PAYOUT
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

WHEN = re.compile(r"时候|到账|到賬|几号|多久|(?<![a-z])(?:when|how (?:soon|long))(?![a-z])")
MAY_WE = re.compile(r"[能可]不[能可]|可以|可否|能否|啥|还是|[能给有][^,，。 ]{0,12}[不没吗么](?![能可])")


def paid_out(reading: Reading, mind: Mind) -> Plan | None:
    """The question for the documents, with what it is about; None where no rebate was shown a moment ago."""
    recent = [call.name for call in mind.state.recent[-2:]]
    shown = bool(recent) and (recent[-1] == "explain_rebate" or recent == ["explain_rebate", "search_knowledge"])
    last = mind.state.last
    if last is not None and last.name == "search_knowledge":
        shown = shown or str(last.args.get("question")) == mind.words("about.rebate.when")
    if not shown or "search_knowledge" not in mind.schemas or not PAYOUT.search(reading.text):
        return None
    of_a_time = reading.period and not (MAY_WE.search(reading.text) and not WHEN.search(reading.text))
    if reading.mentions or reading.orders or of_a_time or reading.quantities:
        return None  # 「能抵下个月的货款吗」 asks how, 「上季度的什么时候到账」 of that one
    if not ASKS.search(reading.text) and not MAY_WE.search(reading.text):
        return None
    if WHEN.search(reading.text):
        question = mind.words("about.rebate.when")
    else:
        question = f"{mind.words('about.rebate.how')}{reading.original.strip()}"
    return Plan((Do("search_knowledge", {"question": question}),))
