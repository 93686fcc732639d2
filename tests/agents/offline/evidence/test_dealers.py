"""What the words of those who look after dealers say for an intent."""

import pytest

from agents.offline.evidence.dealers import of_dealers
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from core.actor import Role
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of(
    (
        Known("dealer", "D034", ("福州榕城泉商贸有限公司", "福州榕城泉", "Fuzhou Rongchengquan")),
        Known("product", "J-450O", ("橙汁", "Orange juice")),
    )
)


def likeliest(said: str) -> str | None:
    found = of_dealers(read(said, BRIEFING), Role.REP)
    return max(found, key=lambda name: found[name]) if found else None


@pytest.mark.parametrize(
    "said",
    [
        "福州榕城泉十月份落咗啲咩單，總數幾多",
        "福州榕城泉10月下了哪些单，一共多少钱",
        "D034上個月落過邊啲單",
        "D034 11月下了几张单",
        "D034上个月有哪些订单",
        "what orders did D034 put in in October, and the total",
        "how many orders from D034 in october",
    ],
)
def test_which_orders_a_dealer_placed_in_a_month_is_a_list(said: str) -> None:
    assert likeliest(said) == "list_orders"


@pytest.mark.parametrize("said", ["福州榕城泉十月份卖了多少", "how much did D034 buy in october"])
def test_how_much_a_dealer_bought_is_a_sum(said: str) -> None:
    assert likeliest(said) == "sales_summary"


@pytest.mark.parametrize(
    "said",
    [
        "would a cheaper orange juice actually pay in the south?",
        "does a lower orange juice price ever pay for itself",
        "would cutting the orange juice price really pay?",
        "橙汁降点价划得来吗",
        "橙汁便宜点卖，有没有赚头",
        "橙汁降价有赚头吗",
    ],
)
def test_whether_a_cheaper_one_pays_asks_for_advice(said: str) -> None:
    assert likeliest(said) == "suggest_price"


@pytest.mark.parametrize("said", ["who pays the most for orange juice", "does D034 pay a lower orange juice price"])
def test_who_pays_what_asks_for_none(said: str) -> None:
    assert likeliest(said) != "suggest_price"
