"""What larger units hold of smaller ones, where results say it of bottles alone."""

from collections.abc import Mapping
from decimal import Decimal

LARGER = ("pack", "case", "pallet")


def with_steps_between(sizes: Mapping[tuple[str, str], set[Decimal]]) -> Mapping[tuple[str, str], frozenset[Decimal]]:
    """With packs to a case where the bottles of both are known."""
    whole = {units: frozenset(values) for units, values in sizes.items()}
    for larger in LARGER:
        for smaller in LARGER[: LARGER.index(larger)]:
            held, holds = whole.get((smaller, "bottle"), frozenset()), whole.get((larger, "bottle"), frozenset())
            if len(held) == len(holds) == 1 and (larger, smaller) not in whole:
                count = next(iter(holds)) / next(iter(held))
                if count == count.to_integral_value():
                    whole[larger, smaller] = frozenset({count})
    return whole
