"""Series with a known plan: what they would have sold without it, and what it adds ahead.

A period sells by its own plan and by that of the period before: who stocked up at a low price buys less afterwards.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

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
    last = {each.uid: features_of(each)[-1] for each in series}
    series = [_followed(each) for each in series]
    whole = learn(series, season, seed)
    early = learn([each.until(len(each.values) - HIDDEN) for each in series], season, seed) if checked else None
    found: dict[Hashable, Promotion] = {}
    for which, each in enumerate(series):
        past = features_of(each)
        ahead = plan.get(each.uid)
        found[each.uid] = Promotion(
            each.active / whole.factors(which, past),
            each.active / early.factors(which, past) if early else None,
            whole.factors(which, _beside_before(ahead, last[each.uid])) if ahead is not None else np.empty(0),
        )
    return found


def _followed(series: Series) -> Series:
    """The same with the plan of the period before in further columns."""
    assert series.features is not None
    return replace(series, features=_beside_before(series.features, series.features[0]))


def _beside_before(features: Floats, before: Floats) -> Floats:
    return np.hstack([features, np.vstack([before, features[:-1]])])
