"""What a sentence lets the side that reads do to the other one: nothing to ask to be softened."""

import re

from core.contracts.findings import Side
from core.contracts.parties import Parties

SANCTIONS = frozenset({"deposit", "termination", "diversion", "liquidated_damages"})
_MAY = r"[^，,。；;]{0,4}(?:有权|可以|可(?!能)|may\b|is entitled|shall be entitled)"


def is_own_right(category: str, sentence: str, parties: Parties, side: Side) -> bool:
    """Whether a sanction is the reader's own alone: 「乙方窜货的，甲方有权没收保证金」 to the brand."""
    if category not in SANCTIONS:
        return False
    other = Side.BRAND if side is Side.DEALER else Side.DEALER
    return _may(parties.pattern(side), sentence) and not _may(parties.pattern(other), sentence)


def _may(party: str, sentence: str) -> bool:
    return bool(party) and re.search(f"(?:{party}){_MAY}", sentence) is not None
