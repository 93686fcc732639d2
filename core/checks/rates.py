"""The rate that a stretch of time earned, which its own figures prove: 3% of what counted in Q3 is what Q3 earned."""

from decimal import ROUND_HALF_UP, Decimal

from core.checks.belonging import of_kind
from core.checks.said import Said
from core.checks.view import Fact, View

CENT = Decimal("0.01")


def of_its_time(place: int, said: Said, view: View) -> bool | None:
    """Whether a percentage is the rate of the one time that its phrase names; nothing where results don't say."""
    one = said.numbers[place]
    periods = of_kind(one.own, "period")
    if one.kind != "percent" or not periods:
        return None
    money = [fact for same in view.facts.values() for fact in same if fact.kind == "money" and "next" not in fact.cues]
    earned, counted = (_of(name, periods, money) for name in ("rebate", "rebate_base"))
    if not earned or not counted:
        return None
    rate = one.number.value / 100
    return any((base * rate).quantize(CENT, ROUND_HALF_UP) in earned for base in counted)


def _of(name: str, periods: frozenset[str], facts: list[Fact]) -> set[Decimal]:
    return {fact.value for fact in facts if name in fact.cues and periods & fact.entities}
