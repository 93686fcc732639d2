"""How much of a question names something."""

import pytest

from agents.offline.wording.ownwords import own_matter, own_words


@pytest.mark.parametrize(
    "words", ["10个点以上呢", "第二次呢", "再犯呢", "让到10%呢", "and at 9%", "more than 30 days?"]
)
def test_another_case_names_nothing(words: str) -> None:
    assert own_matter(words) < 2


@pytest.mark.parametrize("words", ["冰柜押金多少", "逾期三十天怎么处理", "what is the deposit for a cooler"])
def test_a_matter_is_named_beside_its_case(words: str) -> None:
    assert own_matter(words) >= 2
    assert own_words(words) >= own_matter(words)
