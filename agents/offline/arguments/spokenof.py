"""What a question of few words is about, by what was told last: 「晚几天罚多少」 behind an account is of paying."""

import re
from collections.abc import Mapping

from agents.offline.evidence.cues import ASKS
from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading

NAMES_A_MATTER = 6  # characters that say what a rule is about by themselves
MATTERS: Mapping[str, str] = {
    "explain_rebate": "about.matter.rebate",
    "list_promotions": "about.matter.promotion",
}  # by tool, the words in the catalogue that name its matter as documents do


FINES = re.compile(
    r"罚|违约|滞纳|利息|晚[几两一]?天|晚点[付还打]|拖[几两一]天|(?<![a-z])(?:fine[ds]?|fees?|penal\w+|interest|late|charged?)(?![a-z])"
)
COUNTED = re.compile(
    r"[算计](?:不[算计])?(?:在|进|入|到)?(?:里头|里面|里边|内|里)|算不算|计不计|[算计][不吗么没]?$"
    r"|(?<![a-z])(?:counts?|counted|included?|in (?:it|there))(?![a-z])"
)


def matter_of(tool: str, text: str, mind: Mind, own: float) -> str:
    """The matter of the last call, where the words say too little (``own``: how much) or point into it; else empty."""
    key = MATTERS.get(tool)
    if key is None:
        return ""
    if tool == "explain_rebate" and COUNTED.search(text):
        return mind.words(key)
    if not ASKS.search(text) or own >= NAMES_A_MATTER:
        return ""
    return mind.words(key)


def asks_of_late_fees(text: str, own: float) -> bool:
    """「要是晚几天 罚多少」 behind an account, which says of what."""
    return own < NAMES_A_MATTER and FINES.search(text) is not None and ASKS.search(text) is not None


def of_its_kind(reading: Reading) -> str:
    """The question as it is asked of documents: 「鸿运这种停货了的」 asks of all who are stopped."""
    words = reading.asked
    for mention in reading.of_kind("dealer"):
        words = re.sub(rf"{re.escape(mention.text)}(?:家|公司)?(?:这|那)(?:种|类|样的?)(?:的|客户|经销商)?", "", words)
        words = re.sub(
            rf"(?i)(?:(?:an? )?dealers?|somebody|someone|one) like {re.escape(mention.text)}", "a dealer", words
        )
    return words
