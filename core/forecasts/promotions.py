"""Series with a known plan: what they would have sold without it, and what it adds ahead."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.frames import Series, features_of
from core.forecasts.promotional import learn
from core.forecasts.routing import Route, route_of

HIDDEN = 12
"""Effects that are checked are learned without the last so many periods: those of cross-validation."""


@dataclass(frozen=True, slots=True, eq=False)
class Promotion:
    """Sales without the plan's effect, the same with effects that never saw the last periods, and factors ahead."""

    plain: Floats
    checked: Floats | None
    ahead: Floats


def promoted(series: Sequence[Series], planned: Collection[Hashable]) -> list[Series]:
    """The series whose plan is known and long enough to learn from."""
    return [each for each in series if each.uid in planned and route_of(each.active, planned=True) is Route.PROMOTIONAL]


def promotions(
    series: Sequence[Series], plan: Mapping[Hashable, Floats], season: int, seed: int, *, checked: bool
) -> dict[Hashable, Promotion]:
    """For each series; ``plan`` may be empty where only the past matters."""
    if not series:
        return {}
    whole = learn(series, season, seed)
    early = learn([each.until(len(each.values) - HIDDEN) for each in series], season, seed) if checked else None
    found: dict[Hashable, Promotion] = {}
    for which, each in enumerate(series):
        past = features_of(each)
        ahead = plan.get(each.uid)
        found[each.uid] = Promotion(
            each.active / whole.factors(which, past),
            each.active / early.factors(which, past) if early else None,
            whole.factors(which, ahead) if ahead is not None else np.empty(0),
        )
    return found
