"""Which registered contract words mean behind the contracts' dates: "the huanmao one", 「005那份」, "what 001 says"."""

import re

from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading
from agents.turns import Call

CONTRACTS = frozenset({"list_contract_dates", "ask_contract", "review_contract", "compare_contracts"})
THE_ONE = re.compile(
    r"(?:那|这)[份个张家]|的呢|家的?|合同|协议|(?<![a-z])(?:one|ones|contract|agreement|theirs)(?![a-z])|'s(?![a-z])"
)
SHORT_NUMBER = re.compile(r"(?<![\d-])(0\d{2})(?!\d)")


def of_their_contract(last: Call, reading: Reading, mind: Mind) -> bool:
    """ "Notice to terminate in the huanmao one?" behind contracts: what that dealer's contract says."""
    of_contracts = last.name in CONTRACTS and "ask_contract" in mind.schemas
    return of_contracts and bool(reading.code("dealer")) and THE_ONE.search(reading.text) is not None


def by_its_end(reading: Reading, mind: Mind) -> str | None:
    """The one contract of those listed whose number ends as the words say."""
    found = SHORT_NUMBER.search(reading.text)
    listed = [number for number in mind.state.shown.get("contract", ()) if found and number.endswith(f"-{found[1]}")]
    return listed[0] if len(listed) == 1 else None
