"""「我这季的呢」 behind a rule: one's own rebate or account, which that rule is about."""

import re
from collections.abc import Mapping

from agents.offline.arguments.slots import fill
from agents.offline.evidence.cues import ASKS, OUTCOME
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief
from agents.offline.wording.ownwords import own_matter
from core.language.normalise import fold

MINE = re.compile(
    r"我们?(?:家|这边|自己|公司)?(?:的|这|上|现在|目前|是?多少|呢|到|有|算|是|做)|咱们?(?:家)?(?:的|这|现在|呢)|本店"
    r"|(?<![a-z])(?:mine|ours|my own|our own|and (?:me|us)|for (?:me|us)|where (?:am i|are we)|do (?:i|we)"
    r"|have (?:i|we)|(?:am|are) (?:i|we))(?![a-z])"
)
OF_WHAT: Mapping[str, re.Pattern[str]] = {
    "explain_rebate": re.compile(r"返利|返点|回馈|几个点|档|(?<![a-z])(?:rebates?|tiers?)(?![a-z])"),
    "show_account": re.compile(
        r"额度|授信|欠|逾期|账期|月结|应付|(?<![a-z])(?:credit|overdue|owe[ds]?|limit|terms|balance)(?![a-z])"
    ),
}  # by tool that tells one's own, the rules' words
MATTER = 4


def own_of_a_rule(reading: Reading, mind: Mind) -> Plan | None:
    """That tool, where the words name nothing but oneself and a time."""
    last = mind.state.last
    if last is None or last.name != "search_knowledge" or mind.briefing.actor.dealer_id is None:
        return None
    named = reading.mentions or reading.orders or reading.quantities or reading.stranger
    asks = ASKS.search(reading.text) or OUTCOME.search(reading.text) is None
    if named or not is_brief(reading.text) or not MINE.search(reading.text) or not asks:
        return None
    spans = [reading.period.span] if reading.period else []
    if own_matter(MINE.sub(" ", reading.without(spans))) >= MATTER:
        return None
    rule = fold(f"{last.args.get('about') or ''} {last.args.get('question') or ''}")
    tool = next((name for name, words in OF_WHAT.items() if words.search(rule) and name in mind.schemas), None)
    if tool is None:
        return None
    return Plan((Do(tool, fill(mind.schemas[tool], reading, mind.briefing, mind.lexicon)),))
