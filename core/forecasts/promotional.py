"""What prices, promotions and holidays make of a period's sales, as a factor.

Sales and positive features are taken as logarithms; a series' own level, trend and season are set aside first. Features
count by themselves and multiplied: a low price does more when it is advertised, and less when it was low before. Two
models are averaged: a ridge for each series, drawn in towards one over all series, and LightGBM on what the latter
leaves. Sales divided by the factor are then forecast like any others, so that the mean of what was sold, and not the
smaller mean of its logarithms, sets the level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.forecasts.arrays import Floats, Ints
from core.forecasts.frames import Series, features_of

DRAWN_IN = 10.0
"""So many periods' worth of trust has the ridge over all series against a series' own."""
PRODUCTS_DRAWN_IN = 10.0
"""Products of two features are trusted so many times less than features."""
MULTIPLIED = 8
"""More features than this have too many products to learn."""
TREES_FROM = 1_000
"""Fewer rows than this teach trees nothing."""
OFFSET = 0.02
"""Added to sales, as a share of their mean, so that zero has a logarithm."""
BEYOND = 0.7
"""How far a factor may exceed those seen, as a logarithm: twofold."""
HALF_LIFE = 52


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All rows of all series below one another; a series' own course is set aside from ``x`` and ``z``."""

    starts: Ints
    centred: Floats
    raw: Floats
    x: Floats
    z: Floats
    weight: Floats

    def rows(self, which: int) -> slice:
        """Where one series lies."""
        return slice(int(self.starts[which]), int(self.starts[which + 1]))


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """How features are brought to one scale: logarithms of the positive ones, and each about its series' mean."""

    logged: Sequence[bool]
    middle: Floats
    size: Floats

    def __call__(self, features: Floats) -> Floats:
        columns = [
            np.log(np.maximum(column, 1e-12)) if logged else column
            for column, logged in zip(features.T, self.logged, strict=True)
        ]
        return np.asarray((np.stack(columns, axis=1) - self.middle) / self.size, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """What was learned, for the series in the order they were given."""

    scaling: Scaling
    centres: Sequence[Floats]
    common: Floats
    own: Sequence[Floats]
    trees: Any
    bounds: tuple[float, float]

    def factors(self, which: int, features: Floats) -> Floats:
        """What each row of features multiplies the sales of a series by."""
        raw = self.scaling(features)
        effect = self.logs(which, np.where(np.isfinite(raw), raw, self.centres[which]))
        return np.exp(np.clip(effect, *self.bounds))

    def logs(self, which: int, raw: Floats) -> Floats:
        """The same as logarithms, of scaled features."""
        centred = multiplied(raw - self.centres[which])
        own = centred @ self.own[which]
        if self.trees is None:
            return np.asarray(own, dtype=np.float64)
        moved = centred @ self.common + self.trees.predict(np.hstack([centred, raw]))
        return np.asarray((own + moved) / 2, dtype=np.float64)


def learn(series: Sequence[Series], season: int, seed: int) -> Effects:
    """From what was planned and sold in the active periods; features of the period before stand on the right."""
    scaling = _scaling(series)
    scaled = [_filled(scaling(features_of(each))) for each in series]
    centres = [raw.mean(axis=0) for raw in scaled]
    table = _table(series, scaled, centres, season)
    common = _solved(table.x, table.z, table.weight, np.zeros(table.x.shape[1]), 1e-3 * np.ones(table.x.shape[1]))
    spread = np.maximum((table.x**2).mean(axis=0), 1e-9)
    spread[scaled[0].shape[1] :] *= PRODUCTS_DRAWN_IN
    own = [_own(table, which, common, DRAWN_IN * spread) for which in range(len(series))]
    effects = Effects(scaling, centres, common, own, _trees(table, common, seed), (-20.0, 20.0))
    seen = np.concatenate([effects.logs(which, raw) for which, raw in enumerate(scaled)])
    low, high = float(seen.min()) - BEYOND, float(seen.max()) + BEYOND
    return Effects(scaling, centres, common, own, effects.trees, (low, high))


def _scaling(series: Sequence[Series]) -> Scaling:
    features = np.concatenate([features_of(each) for each in series])
    logged = [bool(np.nanmin(column) > 0 and len(np.unique(column)) > 10) for column in features.T]
    columns = [np.log(column) if log else column for column, log in zip(features.T, logged, strict=True)]
    middle = np.array([np.nanmean(column) for column in columns])
    size = np.array([1.0 if log else np.nanstd(column) or 1.0 for column, log in zip(columns, logged, strict=True)])
    return Scaling(logged, middle, size)


def _filled(raw: Floats) -> Floats:
    """What wasn't noted was as usual."""
    usual = np.nan_to_num(np.nanmean(raw, axis=0))
    return np.where(np.isfinite(raw), raw, usual)


def _table(series: Sequence[Series], scaled: Sequence[Floats], centres: Sequence[Floats], season: int) -> Table:
    centred = [multiplied(raw - centre) for raw, centre in zip(scaled, centres, strict=True)]
    logs = [np.log(each.active / each.active.mean() + OFFSET) for each in series]
    weights = [0.5 ** (np.arange(len(z))[::-1] / HALF_LIFE) for z in logs]
    aside = [_aside(np.column_stack([x, z]), w, season) for x, z, w in zip(centred, logs, weights, strict=True)]
    starts = np.concatenate([[0], np.cumsum([len(z) for z in logs])])
    both = np.concatenate(aside)
    return Table(
        starts,
        np.concatenate(centred),
        np.concatenate(scaled),
        both[:, :-1],
        both[:, -1],
        np.concatenate(weights),
    )


def multiplied(centred: Floats) -> Floats:
    """Also the product of each two features of a period, and of each with itself in the period before (right half)."""
    count = centred.shape[1] // 2
    if count > MULTIPLIED:
        return centred
    one, other = np.triu_indices(count, 1)
    before = np.arange(count)
    products = centred[:, np.r_[one, before]] * centred[:, np.r_[other, before + count]]
    return np.hstack([centred, products])


def _aside(columns: Floats, weight: Floats, season: int) -> Floats:
    """What remains of each column when a level, a trend and, after a season and a half, a season are taken out."""
    length = len(columns)
    at = np.arange(length)
    course = [np.ones(length), at / length]
    if season >= 4 and length >= 1.5 * season:
        angles = [2 * np.pi * k * at / season for k in (1, 2)]
        course += [wave(angle) for angle in angles for wave in (np.sin, np.cos)]
    basis = np.stack(course, axis=1)
    heavy = basis * weight[:, None]
    found = np.linalg.lstsq(heavy.T @ basis, heavy.T @ columns, rcond=None)[0]
    return np.asarray(columns - basis @ found, dtype=np.float64)


def _solved(x: Floats, z: Floats, weight: Floats, towards: Floats, penalty: Floats) -> Floats:
    heavy = x * weight[:, None]
    found = np.linalg.lstsq(heavy.T @ x + np.diag(penalty), heavy.T @ z + penalty * towards, rcond=None)[0]
    return np.asarray(found, dtype=np.float64)


def _own(table: Table, which: int, common: Floats, penalty: Floats) -> Floats:
    rows = table.rows(which)
    return _solved(table.x[rows], table.z[rows], table.weight[rows], common, penalty)


def _trees(table: Table, common: Floats, seed: int) -> Any:
    """Trees on what the common ridge leaves; their loss is the square, which keeps totals."""
    if len(table.z) < TREES_FROM:
        return None
    import lightgbm

    options = {
        "objective": "regression",
        "learning_rate": 0.05,
        "num_leaves": 63,
        "min_data_in_leaf": 40,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "feature_fraction": 0.8,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbosity": -1,
    }
    left = table.z - table.x @ common
    rows = lightgbm.Dataset(np.hstack([table.centred, table.raw]), left, weight=table.weight)
    return lightgbm.train(options, rows, num_boost_round=200)
