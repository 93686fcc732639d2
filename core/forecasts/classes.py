"""ABC by what a product brings, XYZ by how evenly it is asked for, and the service level that follows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO

A_SHARE, B_SHARE = Decimal("0.80"), Decimal("0.95")
X_MOST, Y_MOST = Decimal("0.5"), Decimal("1.0")
XYZ_MONTHS = 12


class Abc(StrEnum):
    """A: the products that make up the first 80 % of the amount; B: up to 95 %; C: the rest."""

    A = "A"
    B = "B"
    C = "C"


class Xyz(StrEnum):
    """By the standard deviation of a year's months over their mean: X up to 0.5, Y up to 1, Z above."""

    X = "X"
    Y = "Y"
    Z = "Z"


SERVICE: Mapping[Abc, tuple[Decimal, Decimal]] = {
    Abc.A: (Decimal("0.95"), Decimal("1.6449")),
    Abc.B: (Decimal("0.90"), Decimal("1.2816")),
    Abc.C: (Decimal("0.85"), Decimal("1.0364")),
}
"""The share of cycles without a stock-out that a class is worth, and how many standard deviations that takes."""


def abc(amounts: Mapping[str, Decimal]) -> dict[str, Abc]:
    """By key; what begins within a class's share belongs to it, so that the largest is an A."""
    whole, before = sum((max(ZERO, amount) for amount in amounts.values()), ZERO), ZERO
    found: dict[str, Abc] = {}
    for key, amount in sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0])):
        share = before / whole if whole else Decimal(1)
        found[key] = Abc.A if share < A_SHARE else Abc.B if share < B_SHARE else Abc.C
        before += max(ZERO, amount)
    return found


def xyz(months: Sequence[Decimal]) -> Xyz:
    """Of the last twelve months; a product that nobody bought is a Z."""
    lately = months[-XYZ_MONTHS:]
    mean = sum(lately, ZERO) / len(lately) if lately else ZERO
    if not mean:
        return Xyz.Z
    variance = sum(((month - mean) ** 2 for month in lately), ZERO) / len(lately)
    spread = variance.sqrt() / mean
    return Xyz.X if spread <= X_MOST else Xyz.Y if spread <= Y_MOST else Xyz.Z
