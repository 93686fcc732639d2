"""「桶装水算进去没」 behind a rebate that was told: the rule on what counts towards it."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.handbookwords import in_handbook_words
from agents.offline.wording.length import is_brief

ASIDE = r"(?:有没有|有无|是不是|会不会|也|都|又|还|要|能|可以)*"
GOES_IN = re.compile(
    rf"(?:那|那么)?{ASIDE}(?:被)?(?:[算计包](?:不[算计包])?(?:进|入|在|括|含|到)[去来内里]?[面头边]?(?:在?[里内][面头边]?)?"
    r"|算不算|计不计)(?:了)?(?:没有|[没吗么不呢吧])?[?？]?$"
)
GO_INTO_IT = re.compile(
    r"^(?:and |so )?(?:do|does|did|are|is|were|was) (?:the |our |my )?(?P<thing>[a-z0-9' -]{3,30}?) (?:also )?"
    r"(?:go into|go towards?|counted?|included?|part of|in)(?: in| towards?)?(?: (?:that|it|this|there|the (?:rebate"
    r"|total|figure)))? *\??$"
)
OWN_PAPERS = re.compile(r"单|票|那?笔|(?<![a-z])(?:orders?|invoices?|payments?)(?![a-z])")


def what_counts(reading: Reading, mind: Mind) -> Plan | None:
    """The documents; None where an order, an invoice or a time of one's own is asked about."""
    last = mind.state.last
    if last is None or last.name != "explain_rebate" or "search_knowledge" not in mind.schemas:
        return None
    if reading.orders or reading.period or reading.quantities or OWN_PAPERS.search(reading.text):
        return None
    asked = in_handbook_words(reading.asked).strip()
    found, spoken = GOES_IN.search(asked), GO_INTO_IT.match(reading.text.strip())
    thing = asked[: found.start()] if found is not None else spoken["thing"] if spoken is not None else ""
    if not thing.strip() or not is_brief(reading.text):
        return None
    return Plan((Do("search_knowledge", {"question": mind.words("about.counted", thing=thing.strip())}),))
