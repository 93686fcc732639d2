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


def in_the_contract(last: Call, reading: Reading, mind: Mind) -> bool:
    """「里面绿茶的固定价是多少」 behind a contract: what that says; who sees no prices asks no other."""
    looked_at = last.name in READ and "ask_contract" in mind.schemas
    return looked_at and ("quote" not in mind.schemas or IN_IT.search(reading.text) is not None)


READ = frozenset({"ask_contract", "review_contract", "compare_contracts", "check_contract_against_system"})
IN_IT = re.compile(
    r"里[面头边]|它|合同|协议|约定|条款|写[明的了]|(?<![a-z])(?:contract|agreement|clause|in (?:it|there|that)"
    r"|(?:it|they) (?:say|says|give|gives|fix|fixes|set|sets|state|states|name|names|list|lists|have|has)"
    r"|does (?:it|that|this) (?:say|give|fix|set|state|name|list|have|allow|promise|guarantee))(?![a-z])"
)


def by_its_end(reading: Reading, mind: Mind) -> str | None:
    """The one contract of those listed whose number ends as the words say."""
    found = SHORT_NUMBER.search(reading.text)
    listed = [number for number in mind.state.shown.get("contract", ()) if found and number.endswith(f"-{found[1]}")]
    return listed[0] if len(listed) == 1 else None
