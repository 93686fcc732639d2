"""Mix and spread of every series as one table, which a nightly job can store and a request can use again.

Columns: ``unique_id, route, member, weight, scale, growth`` and ``q-…``, the quantiles of the route's spread. The
member ``rate`` is none of the methods: its weight is so much a period.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.forecasts.arrays import Floats
from core.forecasts.errors import MissingColumns
from core.forecasts.intervals import PROBABILITIES, Spread, measured, spreads, usual_ratios
from core.forecasts.mixing import PRIORS, Fit, fit
from core.forecasts.routing import Route
from core.forecasts.sparse import among_sparse, pooled

if TYPE_CHECKING:
    import pandas as pd

QUANTILES = tuple(f"q-{probability}" for probability in PROBABILITIES)
RATE = "rate"
COLUMNS = ("unique_id", "route", "member", "weight", "scale", "growth", *QUANTILES)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What a stored table says of one series; ``rate`` is added to its mix in every period; ``fit`` is what it came
    from, where that was just now.
    """

    route: Route
    weights: Mapping[str, float]
    scale: float
    spread: Spread
    fit: Fit | None = None
    rate: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A series to be mixed: its active periods (a plan's effect taken out) and its route."""

    uid: Hashable
    active: Floats
    route: Route


def fit_all(candidates: Sequence[Candidate], season: int) -> dict[Hashable, Known]:
    """Each series that has a mix; the spread of each route is of all its series together."""
    chosen = [each for each in candidates if each.route in PRIORS]
    actives = [each.active for each in chosen]
    fits = [fit(each.active, each.route, season) for each in chosen]
    sparse = [at for at, each in enumerate(fits) if each.route is Route.INTERMITTENT]
    together = pooled([fits[at] for at in sparse], [actives[at] for at in sparse])
    for at, each in zip(sparse, together, strict=True):
        fits[at] = each
    others = [at for at, each in enumerate(fits) if each.route not in {Route.INTERMITTENT, Route.PROMOTIONAL}]
    like_them = among_sparse(
        [fits[at] for at in others], [actives[at] for at in others], [actives[at] for at in sparse]
    )
    for at, each in zip(others, like_them, strict=True):
        fits[at] = each
    ratios = usual_ratios(fits, actives, season)
    measures = [
        measured(each, active, season, ratios.get(each.route, 1.0)) for each, active in zip(fits, actives, strict=True)
    ]
    wide = spreads(fits, measures, actives)
    return {
        one.uid: Known(one.route, each.weights, size.whole, wide[one.route], each, each.rate)
        for one, each, size in zip(chosen, fits, measures, strict=True)
    }


def to_table(known: Mapping[Hashable, Known]) -> "pd.DataFrame":
    """A row for each series and method."""
    import pandas as pd

    rows = [
        (uid, str(each.route), member, weight, each.scale, each.spread.growth, *each.spread.quantiles.tolist())
        for uid, each in known.items()
        for member, weight in (*each.weights.items(), *([(RATE, each.rate)] if each.rate else ()))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def from_table(table: "pd.DataFrame") -> dict[Hashable, Known]:
    """What :func:`to_table` wrote."""
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise MissingColumns(columns=missing)
    known: dict[Hashable, Known] = {}
    for row in table[list(COLUMNS)].itertuples(index=False, name=None):
        uid, route, member, weight, scale, growth, *quantiles = row
        if uid not in known:
            known[uid] = Known(Route(route), {}, scale, Spread(growth, np.array(quantiles)))
        known[uid] = _with(known[uid], member, weight)
    return known


def _with(known: Known, member: str, weight: float) -> Known:
    if member == RATE:
        return replace(known, rate=weight)
    return replace(known, weights={**known.weights, member: weight})
