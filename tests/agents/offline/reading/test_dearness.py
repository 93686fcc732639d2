"""The cheaper or dearer of what was priced a moment ago."""

from decimal import Decimal

import pytest

from agents.offline.reading.dearness import by_price, priced_after

ALMOND, WALNUT, OAT = ("P-240A", Decimal("67.39")), ("P-240W", Decimal("74.88")), ("P-1000O", Decimal("118.75"))


@pytest.mark.parametrize(
    "words",
    [
        "便宜那个来30件",
        "便宜的那款拿30箱",
        "就要便宜点的那种",
        "便宜的来20",
        "20 of the cheaper one please",
        "the cheapest one",
        "ok the cheaper, 30 cases",
        "give me 30 of the cheaper of the two",
    ],
)
def test_the_cheaper_is_pointed_at(words: str) -> None:
    assert [one.codes for one in by_price(words, (WALNUT, ALMOND))] == [("P-240A",)]


@pytest.mark.parametrize("words", ["贵的那个来10件", "the more expensive one, 10 cases", "贵点的那款"])
def test_the_dearer_is_pointed_at(words: str) -> None:
    assert [one.codes for one in by_price(words, (WALNUT, ALMOND))] == [("P-240W",)]


@pytest.mark.parametrize(
    "words", ["能便宜点吗", "有没有便宜的", "太贵了", "is it cheaper from 100", "any cheaper", "便宜吗"]
)
def test_a_question_about_prices_points_at_nothing(words: str) -> None:
    assert not list(by_price(words, (WALNUT, ALMOND)))


def test_of_equal_prices_none_is_the_cheaper() -> None:
    assert not list(by_price("便宜那个来30件", (ALMOND, ("P-245C", Decimal("67.39")))))
    assert not list(by_price("便宜那个来30件", (ALMOND,)))


def test_prices_of_one_reply_are_compared_or_the_last_two() -> None:
    assert priced_after((OAT,), (ALMOND, WALNUT)) == (ALMOND, WALNUT)
    assert priced_after((OAT, ALMOND), (WALNUT,)) == (ALMOND, WALNUT)
    assert priced_after((ALMOND,), (ALMOND,)) == (ALMOND,)
    assert priced_after((ALMOND, WALNUT), ()) == (ALMOND, WALNUT)
