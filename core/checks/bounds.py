"""Amounts that rows are told to be above or below."""

from decimal import Decimal

from core.checks.row_conditions import BOUNDED
from core.checks.said import Said

LEAST_BOUND = 1000


def bounds_in(said: Said) -> frozenset[Decimal]:
    """Amounts that the sentence says something is above."""
    return frozenset(
        one.number.value
        for one in said.numbers
        if one.number.value >= LEAST_BOUND
        and any(
            before.search(said.text[: one.number.span[0]]) or after.match(said.text, one.number.span[1])
            for before, after in BOUNDED.values()
        )
    )
