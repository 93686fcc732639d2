"""How wide intervals have to be, from those made before and what came: conformal, over all series of a level.

The engine cross-validates single series; what a dealer orders jumps more than that shows, and sums jump less.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.forecasts.foreseeing import Foreseen
from core.forecasts.paths import Point, of_path, tenths
from core.money import ZERO

LEAST = 100  # months compared; fewer say nothing of a level
SHARE = Decimal("0.8")
NARROWEST, WIDEST = Decimal("0.5"), Decimal(3)
Compared = tuple[str, Point, Decimal]


def widths(compared: Iterable[Compared]) -> dict[str, Decimal]:
    """By level: what the halves of intervals have to be multiplied by so that four months in five fall within 80 %."""
    ratios: dict[str, list[Decimal]] = {}
    for level, point, actual in compared:
        half = point.high80 - point.mean if actual > point.mean else point.mean - point.low80
        if half > 0:
            ratios.setdefault(level, []).append(abs(actual - point.mean) / half)
    return {level: _quantile(found) for level, found in ratios.items() if len(found) >= LEAST}


def _quantile(ratios: list[Decimal]) -> Decimal:
    ordered = sorted(ratios)
    place = min(len(ordered) - 1, int(SHARE * (len(ordered) + 1)))
    return round(min(max(ordered[place], NARROWEST), WIDEST), 3)


def level_of(place: str, what: str) -> str:
    """Which series are measured together: dealers', regions' or the brand's, of products, categories or all."""
    whose = "dealer" if place.startswith("D") else "region" if place[1:] else "brand"
    return f"{whose} {what.partition(':')[0]}"


def width_of(found: Mapping[str, Decimal], place: str, what: str) -> Decimal:
    """A level's own; of few series, that of the same people's products."""
    level = level_of(place, what)
    return found.get(level, found.get(f"{level.partition(' ')[0]} sku", Decimal(1)))


def widened(one: Foreseen, width: Decimal) -> Foreseen:
    """The same with each bound so many times as far from the mean; none below zero."""
    return one if width == 1 else replace(one, points=tuple(_widened(point, width) for point in one.points))


def _widened(point: Point, width: Decimal) -> Point:
    low80, high80, low95, high95 = (
        tenths(max(ZERO, point.mean + (bound - point.mean) * width))
        for bound in (point.low80, point.high80, point.low95, point.high95)
    )
    return Point(point.month, point.mean, low80, high80, low95, high95)


def as_shown(path: Sequence[Sequence[Any]], method: str, confidence: str, width: Decimal) -> Foreseen:
    """A stored forecast at its width."""
    return widened(Foreseen(of_path(path), method, confidence), width)
