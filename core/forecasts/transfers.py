"""Goods that one dealer has too many of and a neighbour soon lacks: suggested to reps, never to dealers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

LEAST = 5  # cases; fewer aren't worth a truck


@dataclass(frozen=True, slots=True)
class Spare:
    """Cases of a product over (or, below zero, short of) what a dealer needs, in one region."""

    region_path: str
    sku: str
    dealer: str
    cases: Decimal


@dataclass(frozen=True, slots=True)
class Transfer:
    """Move cases of a product from one dealer to another."""

    sku: str
    giver: str
    taker: str
    cases: int


def transfers(spares: Iterable[Spare]) -> list[Transfer]:
    """Within each region and product, the largest surplus to the largest lack first; whole cases, given once."""
    groups: dict[tuple[str, str], list[Spare]] = {}
    for spare in spares:
        groups.setdefault((spare.region_path, spare.sku), []).append(spare)
    found = [move for _, group in sorted(groups.items()) for move in _within(group)]
    return sorted(found, key=lambda move: (-move.cases, move.sku, move.giver, move.taker))


def _within(group: list[Spare]) -> Iterable[Transfer]:
    left = {spare.dealer: _whole(spare.cases) for spare in group if spare.cases > 0}
    lacking = sorted((spare for spare in group if spare.cases < 0), key=lambda spare: (spare.cases, spare.dealer))
    for taker in lacking:
        wanted = _whole(-taker.cases)
        for giver in sorted(left, key=lambda dealer: (-left[dealer], dealer)):
            cases = min(wanted, left[giver])
            if cases >= LEAST:
                left[giver] -= cases
                wanted -= cases
                yield Transfer(taker.sku, giver, taker.dealer, cases)


def _whole(cases: Decimal) -> int:
    return int(cases.to_integral_value(ROUND_FLOOR))
