"""Costs are exact, and a limit that is reached is spent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.usage.rules import Limit, Spent, cost_of, in_units, spent_over

TOKENS = st.integers(0, 10**7)
PRICES = st.decimals(0, 1000, places=3)


def test_a_million_tokens_cost_their_price() -> None:
    assert in_units(cost_of(1_000_000, 0, Decimal("2.5"), Decimal(9))) == Decimal("2.5")
    assert in_units(cost_of(0, 1_000_000, Decimal("2.5"), Decimal(9))) == Decimal(9)


@given(TOKENS, TOKENS, PRICES, PRICES)
def test_more_tokens_never_cost_less(few: int, more: int, price_in: Decimal, price_out: Decimal) -> None:
    assert cost_of(few, 0, price_in, price_out) <= cost_of(few + more, more, price_in, price_out)


def test_half_a_millionth_is_rounded_up() -> None:
    assert cost_of(1, 0, Decimal("0.5"), Decimal(0)) == 1


def test_no_limit_is_never_spent() -> None:
    assert spent_over({"day": Spent(10**9, 10**12)}, {"day": Limit()}) is None


def test_a_limit_is_spent_when_it_is_reached() -> None:
    limits = {"conversation": Limit(tokens=100), "day": Limit(cost=Decimal(5))}
    assert spent_over({"conversation": Spent(99, 0), "day": Spent(99, 4_999_999)}, limits) is None
    assert spent_over({"conversation": Spent(100, 0)}, limits) == "conversation"
    assert spent_over({"day": Spent(0, 5_000_000)}, limits) == "day"
