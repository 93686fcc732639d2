"""「特价的呢」 behind what counts for a rebate, "and 40" behind a rule for 20 days: the same rule, asked of another."""

import re

from agents.offline.evidence.cues import OWN_CASE, PRICE, WANTS
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from agents.offline.wording.handbookwords import in_handbook_words
from agents.offline.wording.length import length
from agents.offline.wording.ownwords import ANOTHER_CASE, own_matter
from core.language.normalise import fold

MOST = 9  # characters of such a question, a Latin letter counting a third
WHAT_COUNTS = re.compile(
    r"[算计](?:不[算计])?(?:进|入|在|到)?[^,，。]{0,6}(?:返利|回馈|基数|任务|目标|里)|(?:返利|回馈|基数)[^,，。]{0,10}(?:算|计|扣)|计入|算不算|计不计"
    r"|从[^,，。]{0,6}扣"
    r"|(?<![a-z])(?:counts?|counted|included?|qualif\w+|eligible|deducted)(?![a-z])"
)
ANOTHER_THING = re.compile(r"呢[?？]?$|^(?:那|还有)|(?<![a-z])(?:what about|how about|and)(?![a-z])")
NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.])")


def further_of_a_rule(reading: Reading, mind: Mind) -> Plan | None:
    """The documents once more; None where the words want something, or ask for one's own or a price."""
    last = mind.state.last
    if last is None or last.name != "search_knowledge" or "search_knowledge" not in mind.schemas:
        return None
    waits = mind.state.draft or mind.state.attempt or mind.state.asked
    counted = any(one.unit for one in reading.quantities)
    named = reading.orders or reading.period or reading.stranger or reading.of_kind("dealer") or counted or waits
    own = OWN_CASE.search(reading.text) or PRICE.search(reading.text) or WANTS.search(reading.text)
    if named or own:
        return None
    asked = str(last.args.get("question", ""))
    of_another = _of_another_number(asked, reading.text)
    if of_another is not None:
        return Plan((Do("search_knowledge", {"question": of_another}),))
    brief = length(FILLER.sub("", reading.text)) <= MOST and ANOTHER_THING.search(reading.text)
    rule = f"{last.args.get('about') or ''} {asked}".strip()
    if not brief or not WHAT_COUNTS.search(fold(rule)):
        return None
    thing = PARTICLES.sub("", in_handbook_words(reading.asked))
    if not reading.text.isascii() and REBATE.search(rule) and thing:
        return Plan((Do("search_knowledge", {"question": mind.words("about.counted", thing=thing)}),))
    return Plan((Do("search_knowledge", {"question": in_handbook_words(reading.asked), "about": rule}),))


REBATE = re.compile(r"返利|回[馈饋]|基[数數]")
PARTICLES = re.compile(r"^(?:那|那么|那麼|还有|還有)+|[呢啊呀?？。 ]+$")


def _of_another_number(asked: str, text: str) -> str | None:
    """The question before with this number for its own, where the words are a number and no more."""
    numbers, said = NUMBER.findall(asked), NUMBER.findall(text)
    bare = len(numbers) == 1 == len(said) and not FILLER.sub("", ANOTHER_CASE.sub("", text))
    if not bare or own_matter(text) > 0 or "%" in asked or "个点" in text:
        return None
    more = MORE.search(text)
    above = "" if more is None or MORE.search(fold(asked)) else "over " if asked.isascii() else "超过"
    return NUMBER.sub(f"{above}{said[0]}", asked, count=1)


MORE = re.compile(r"以上|往上|超过?|(?<![a-z])(?:over|more than|above|beyond|after)(?![a-z])")
