"""So many of a product, wanted if there are."""

import pytest

from agents.offline.evidence.instock import of_goods_in_stock
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("product", "P-1000O", ("燕麦奶", "oat milk")),))


@pytest.mark.parametrize(
    "words", ["燕麦奶要20箱 还有库存吗", "来20箱燕麦奶 有货吗", "要20箱燕麦奶 还有没有货", "燕麦奶拿30件，现在有现货没"]
)
def test_it_is_an_order(words: str) -> None:
    assert of_goods_in_stock(read(words, BRIEFING))["propose_order"] > 1


@pytest.mark.parametrize("words", ["燕麦奶还有货吗", "燕麦奶有20箱库存吗", "燕麦奶要20箱多少钱"])
def test_a_question_of_stock_or_price_is_none(words: str) -> None:
    assert not of_goods_in_stock(read(words, BRIEFING))
