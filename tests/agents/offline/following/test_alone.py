"""Messages that name a thing or a time and say nothing beside it."""

import pytest

from agents.offline.following.alone import names_alone
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of(
    (Known("dealer", "D005", ("上海虹桥佳味食品有限公司", "虹桥佳味", "Hongqiao")), Known("region", "SOUTH", ("华南",)))
)


@pytest.mark.parametrize(
    "said",
    [
        "D005 same",
        "same but october",
        "the same for d005",
        "ditto for d005",
        "d005 instead",
        "D005同样",
        "虹桥佳味也一样",
        "同上，D005",
        "华南同樣",
        "10月同样看下",
    ],
)
def test_the_same_of_another_names_it_alone(said: str) -> None:
    assert names_alone(read(said, BRIEFING))


@pytest.mark.parametrize("said", ["D005 same again", "same", "D005 owes the same as whom", "虹桥佳味欠多少", "同样"])
def test_an_order_again_a_bare_same_and_a_question_do_not(said: str) -> None:
    assert not names_alone(read(said, BRIEFING))
