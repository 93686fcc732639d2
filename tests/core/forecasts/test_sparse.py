"""Sparse series learn their mix together."""

import numpy as np

from core.forecasts.mixing import PRIORS, Fit, fit
from core.forecasts.routing import Route
from core.forecasts.sparse import SHARE, among_sparse, pooled

USUAL = PRIORS[Route.INTERMITTENT]
STEADY = np.ones(3)
"""Too short a past to learn a rate from."""


def fit_of(sold: float, said: list[float]) -> Fit:
    """Windows of three periods each; each method says one rate in all of them."""
    count = 12
    off = np.array([[sold - each] * count for each in said])
    return Fit(
        Route.INTERMITTENT,
        dict(USUAL),
        np.repeat(np.arange(4), 3),
        np.tile(np.arange(1, 4), 4),
        np.array(list(USUAL.values())) @ off,
        np.full(count, sold),
        off,
    )


def test_a_method_that_says_too_much_loses_its_weight() -> None:
    many = [fit_of(sold, [sold * 3, sold * 2, sold, sold]) for sold in np.linspace(1, 2, 100)]
    mix = pooled(many, [STEADY] * 100)[0].weights
    assert mix["SBA"] < 0.02
    assert mix["TSB"] < USUAL["TSB"]
    rate = sum(weight * said for weight, said in zip(mix.values(), (3.0, 2.0, 1.0, 1.0), strict=True))
    assert abs(rate - 1) < 0.03


def test_a_single_series_keeps_the_usual_mix() -> None:
    mix = pooled([fit_of(1, [3, 2, 1, 1])], [STEADY])[0].weights
    assert all(abs(mix[name] - usual) < 0.12 for name, usual in USUAL.items())


def test_all_have_one_mix_and_none_is_negative() -> None:
    draw = np.random.default_rng(5)
    fits = [fit_of(float(draw.random()), [float(each) for each in draw.random(4)]) for _ in range(20)]
    mixes = [each.weights for each in pooled(fits, [STEADY] * 20)]
    assert all(mix == mixes[0] for mix in mixes)
    assert min(mixes[0].values()) >= 0
    assert pooled([], []) == []


def test_what_sold_for_a_few_months_among_sparse_goods_is_drawn_to_what_such_goods_do() -> None:
    draw = np.random.default_rng(3)
    ended = [
        np.concatenate([draw.poisson(5.0, 8).astype(np.float64) + 1.0, np.zeros(40)]) for _ in range(300)
    ]  # each sold for a while
    young = draw.poisson(5.0, 10).astype(np.float64) + 1.0
    before = fit(young, Route.BRIEF, 12)
    after = among_sparse([before], [young], ended)[0]
    assert after.weights == {name: (1 - SHARE) * weight for name, weight in before.weights.items()}
    assert 0 <= after.rate < SHARE * float(young.mean())
    assert not np.array_equal(after.missed, before.missed)


def test_a_panel_of_goods_that_sell_every_month_is_left_alone() -> None:
    draw = np.random.default_rng(3)
    young = draw.poisson(5.0, 10).astype(np.float64) + 1.0
    before = fit(young, Route.BRIEF, 12)
    assert among_sparse([before] * 2, [young] * 2, [np.zeros(48)] * 8) == [before] * 2
