"""Levels that add up: what dealers are expected to buy of a product, its regions and the brand are made one figure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.forecasts.foreseeing import Foreseen
from core.forecasts.paths import Point, tenths
from core.money import ZERO

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def ancestors(region_path: str) -> list[str]:
    """Every region around, from the brand (an empty path) down to the dealer's own."""
    parts = region_path.split("/")[:-1]
    return ["/".join(parts[:depth]) + "/" if depth else "" for depth in range(len(parts) + 1)]


def reconciled(
    dealers: Mapping[int, Foreseen], regions: Mapping[str, Foreseen], places: Mapping[int, str]
) -> tuple[dict[int, Foreseen], dict[str, Foreseen]]:
    """One product's forecasts of dealers and of the regions around them, changed as little as makes them add up.

    MinTrace with the number of dealers below a node as its variance; nobody buys less than nothing. Intervals move
    with their means.
    """
    if not dealers:
        return {}, {}
    ids, paths = sorted(dealers), sorted(regions)
    means = _reconciled_means(ids, paths, dealers, regions, places)
    bottom = {
        dealer_id: _moved(dealers[dealer_id], [tenths(float(value)) for value in row])
        for dealer_id, row in zip(ids, means, strict=True)
    }
    tops = {
        path: _moved(regions[path], _sum([bottom[one] for one in ids if path in ancestors(places[one])]))
        for path in paths
    }
    return bottom, tops


def _reconciled_means(
    ids: Sequence[int],
    paths: Sequence[str],
    dealers: Mapping[int, Foreseen],
    regions: Mapping[str, Foreseen],
    places: Mapping[int, str],
) -> "npt.NDArray[np.float64]":
    """The dealers' rows, in the order of ``ids``."""
    import numpy as np
    from hierarchicalforecast.methods import MinTrace

    above = [[float(path in ancestors(places[one])) for one in ids] for path in paths]
    summing = np.vstack([np.array(above).reshape(len(paths), len(ids)), np.eye(len(ids))])
    nodes = [*(regions[path] for path in paths), *(dealers[one] for one in ids)]
    base = np.array([[float(point.mean) for point in node.points] for node in nodes])
    found = MinTrace(method="wls_struct").fit_predict(S=summing, y_hat=base)["mean"]
    return np.asarray(np.clip(found[len(paths) :], 0, None), dtype=np.float64)


def _sum(parts: Sequence[Foreseen]) -> list[Decimal]:
    return [sum((point.mean for point in column), ZERO) for column in zip(*(one.points for one in parts), strict=True)]


def _moved(one: Foreseen, means: Sequence[Decimal]) -> Foreseen:
    points = tuple(moved(point, mean) for point, mean in zip(one.points, means, strict=True))
    return replace(one, points=points)


def moved(point: Point, mean: Decimal) -> Point:
    """The same interval around another mean, never below zero."""
    by = mean - point.mean
    low80, high80, low95, high95 = (
        max(ZERO, value + by) for value in (point.low80, point.high80, point.low95, point.high95)
    )
    return Point(point.month, mean, min(low80, mean), high80, min(low95, mean), high95)
