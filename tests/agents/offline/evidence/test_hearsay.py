"""What somebody is said to have told."""

import pytest

from agents.offline.evidence.hearsay import of_hearsay, without_teller
from agents.offline.reading.understanding import Reading


def weights(said: str) -> dict[str, float]:
    return of_hearsay(Reading(said, said))


@pytest.mark.parametrize(
    "said",
    [
        "业务员跟我讲还有年返,真的假的",
        "听你们王经理讲今年保证金要涨,是真的吗",
        "送货师傅说空瓶可以退钱，有这回事吗",
        "听同行讲月结要改成45天，靠谱吗",
        "our rep mentioned a year end bonus, is that official",
        "i heard rebates will be paid in cash next year, is it true",
        "the driver told me damage can be claimed for a week, really?",
    ],
)
def test_whether_it_is_so_is_a_rule_and_nobody_is_wanted(said: str) -> None:
    assert weights(said)["search_knowledge"] > 1
    assert weights(said)["ask_for_person"] < 0


@pytest.mark.parametrize(
    "said", ["让业务跟我说", "叫你们经理跟我讲", "投诉司机说话难听", "have your rep call me", "绿茶多少钱一箱"]
)
def test_a_wish_for_somebody_stays_one(said: str) -> None:
    assert not weights(said)


@pytest.mark.parametrize("said", ["你们销售讲我这季返利能到3%，对吗", "业务说先下100箱"])
def test_ones_own_figures_and_orders_are_looked_up_as_such(said: str) -> None:
    assert "search_knowledge" not in weights(said)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("业务员跟我讲还有年返,真的假的", "还有年返"),
        ("听你们王经理讲今年保证金要涨,是真的吗", "今年保证金要涨"),
        ("our rep mentioned a year end bonus, is that official", "a year end bonus"),
        ("保证金要涨吗", "保证金要涨吗"),
    ],
)
def test_documents_are_asked_what_was_told(said: str, asked: str) -> None:
    assert without_teller(said) == asked
