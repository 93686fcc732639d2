"""A question with what it is asked of: 「想申请个特价，让5个点，谁批」 is one question, not three clauses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.evidence.cues import ASKS, HELD, PRICE, WANTS
from agents.offline.evidence.restocking import TO_GET
from agents.offline.reading.joining import put_together
from agents.offline.reading.understanding import Reading
from agents.offline.requests import SURE, Recogniser, Request
from agents.offline.wording.ownwords import own_matter, own_words
from core.actor import Role

RULES = "search_knowledge"
FRAMING = frozenset({"greet", "thanks", "chat", "affirm", "out_of_scope"})
WORDY_ALONE = 0.8
NAMES_A_MATTER, NAMES_SOMETHING = 4, 2  # characters


def with_their_premises(found: Sequence[Request], recogniser: Recogniser, role: Role) -> list[Request]:
    """「想申请个特价，让5个点，谁批」: a question of rules that names nothing is asked of what was said before."""
    kept: list[Request] = []
    for one in found:
        asked = one
        while kept and asked.intent == RULES and _names_nothing(asked.reading) and _is_a_premise(kept[-1]):
            together = recogniser.recognise(put_together(kept.pop().reading, asked.reading), role)
            surely = together.intent == RULES or together.probability >= WORDY_ALONE
            asked = together if surely else replace(asked, reading=together.reading)
        if kept and (_tells_the_stock(kept[-1].reading, asked) or _tells_the_stock(asked.reading, kept[-1])):
            both = put_together(kept.pop().reading, asked.reading)
            kept.append(replace(asked, intent=REPLENISH, probability=max(asked.probability, SURE), reading=both))
            continue
        behind = kept and kept[-1].intent == RULES and ASKS.search(kept[-1].reading.text)
        if behind and (_is_a_condition(asked.reading) or _asks_on(asked.reading)):
            kept[-1] = replace(kept[-1], reading=put_together(kept[-1].reading, asked.reading))
        else:
            kept.append(asked)
    return kept


def _tells_the_stock(reading: Reading, asking: Request) -> bool:
    """「库里还剩35箱蓝瓶水，帮我算算要补多少」: so many that there are, said beside what asks how many more to get."""
    told = reading.has_lines and len(reading.quantities) == 1 and HELD.search(reading.text) is not None
    told = told and not ASKS.search(reading.text) and not WANTS.search(reading.text)
    restocks = asking.intent == REPLENISH or TO_GET.search(asking.reading.text) is not None
    return told and restocks and not asking.reading.quantities


REPLENISH = "propose_replenishment"


def _asks_on(reading: Reading) -> bool:
    """「承兑汇票收吗，最长几个月」: a question behind another that names nothing, not even whom or when."""
    named = reading.mentions or reading.orders or reading.period or reading.stranger or PRICE.search(reading.text)
    return bool(IS_ASKED.search(reading.text)) and not named and own_matter(reading.text) < NAMES_SOMETHING


def _is_a_condition(reading: Reading) -> bool:
    """「…能退吗？卖不掉的话」: what a question is asked for, said behind it."""
    named = reading.has_lines or reading.orders or reading.of_kind("dealer")
    return CONDITION.search(reading.text) is not None and not named and not IS_ASKED.search(reading.text)


CONDITION = re.compile(
    r"(?:的话|的时候|的情况下?) *$|^ *(?:如果|要是|假如|万一|比如)|^ *(?:if|when|in case|assuming|suppose)(?![a-z])"
)
IS_ASKED = re.compile(r"[?？吗么呢几谁怎咋哪啥]|多少|什么|如何|(?<![a-z])(?:how|what|who|where|which)(?![a-z])")


def _names_nothing(reading: Reading) -> bool:
    named = reading.orders or reading.period or reading.of_kind("product")
    return bool(ASKS.search(reading.text)) and not named and own_matter(reading.text) < NAMES_A_MATTER


def _is_a_premise(request: Request) -> bool:
    """Whether a clause tells something and neither asks nor orders."""
    reading = request.reading
    said = request.intent not in FRAMING and own_words(reading.text) >= NAMES_SOMETHING
    return said and not ASKS.search(reading.text) and not reading.of_kind("product") and not reading.orders
