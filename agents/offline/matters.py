"""What a question of few words is about, by what was told last: 「要是晚几天 罚多少」 behind an account is about paying."""

from collections.abc import Mapping

from agents.offline.mind import Mind

MATTERS: Mapping[str, str] = {
    "show_account": "about.matter.account",
    "explain_rebate": "about.matter.rebate",
    "list_promotions": "about.matter.promotion",
}  # by tool, the words in the catalogue that name its matter as documents do


def matter_of(tool: str, mind: Mind) -> str:
    """The matter of the last call; empty where it has none that rules are about."""
    key = MATTERS.get(tool)
    return mind.words(key) if key is not None else ""
