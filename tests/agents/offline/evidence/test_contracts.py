"""Which tool words about contracts want."""

import pytest

from agents.offline.evidence.contracts import of_contracts
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("dealer", "D040", ("广州环贸国际食品有限公司", "环贸", "Huanmao")),))


def likeliest(said: str) -> str | None:
    found = of_contracts(read(said, BRIEFING))
    return max(found, key=lambda name: found[name]) if found else None


@pytest.mark.parametrize(
    "said",
    [
        "未來三個月有哪些合約到期",
        "年底前有哪些合同要续",
        "春节前要到期的协议列一下",
        "which contracts are up in the next 3 months",
        "whose agreements lapse before january",
        "环贸的合同什么时候到期",
        "when does huanmao's contract end",
    ],
)
def test_contracts_that_end_are_listed(said: str) -> None:
    assert likeliest(said) == "list_contract_dates"


@pytest.mark.parametrize(
    "said",
    [
        "minimum purchase in HT-2026-040?",
        "HT-2026-040 payment terms?",
        "HT-2026-001里面窜货怎么罚",
        "HT-2026-005 多久之前通知不续约",
        "环贸的合同里返利怎么写的",
        "what does the huanmao contract say about notice",
    ],
)
def test_a_term_of_one_contract_is_asked_of_it(said: str) -> None:
    assert likeliest(said) == "ask_contract"


@pytest.mark.parametrize("said", ["看看HT-2026-001有啥坑", "HT-2026-040 any red flags", "HT-2026-040帮我审一下"])
def test_a_contract_that_is_only_named_is_looked_over(said: str) -> None:
    assert likeliest(said) == "review_contract"


@pytest.mark.parametrize("said", ["HT-2026-040", "环贸还欠多少", "合同到期怎么办"])
def test_other_words_say_nothing(said: str) -> None:
    assert likeliest(said) is None
