"""The rate of sparse series is learned from all of them, in each one's own units."""

import numpy as np
import pytest

from core.forecasts import fits
from core.forecasts.arrays import Floats
from core.forecasts.fits import Candidate
from core.forecasts.rates import Pasts
from core.forecasts.routing import Route

COUNT, LENGTH = 300, 48


def dying(seed: int = 3) -> list[Floats]:
    """Goods that sell now and then until some month, and never again; every other one still lives."""
    draw = np.random.default_rng(seed)
    found = []
    for at in range(COUNT):
        sales = draw.poisson(0.6, LENGTH).astype(np.float64) * (1.0 + at % 3)
        if at % 2:
            sales[int(draw.integers(12, LENGTH - 6)) :] = 0
        sales[at % 10] = 1.0
        found.append(sales)
    return found


def test_what_has_been_silent_for_long_is_expected_to_stay_so() -> None:
    rates = Pasts.of(dying()).rates(0)
    assert rates is not None
    alive, gone = rates[::2], rates[1::2]
    assert gone.mean() < 0.25 * alive.mean()
    assert np.all(rates >= 0)


def test_hidden_periods_teach_nothing() -> None:
    sold = dying()
    told = Pasts.of(sold).rates(6)
    changed = [np.concatenate([each[:-6], np.full(6, 99.0)]) for each in sold]
    again = Pasts.of(changed).rates(6)
    assert told is not None
    assert again is not None
    np.testing.assert_array_equal(told, again)


def test_ten_times_the_sales_give_ten_times_the_rate() -> None:
    sold = dying()
    once, more = Pasts.of(sold).rates(0), Pasts.of([10 * each for each in sold]).rates(0)
    assert once is not None
    assert more is not None
    np.testing.assert_allclose(more, 10 * once, rtol=1e-6)


def test_a_few_series_teach_nothing() -> None:
    assert Pasts.of(dying()[:20]).rates(0) is None
    assert Pasts.of([]).rates(0) is None


def test_series_of_other_lengths_end_together() -> None:
    sold = dying()
    cut = [each[20:] if at % 5 == 0 and each[20:].any() else each for at, each in enumerate(sold)]
    rates = Pasts.of(cut).rates(0)
    assert rates is not None
    assert len(rates) == COUNT


def test_a_rate_is_kept_with_the_weights() -> None:
    candidates = [Candidate(f"s{at}", each, Route.INTERMITTENT) for at, each in enumerate(dying())]
    known = fits.fit_all(candidates, 12)
    again = fits.from_table(fits.to_table(known))
    assert any(each.rate > 0 for each in known.values())
    for uid, each in known.items():
        assert again[uid].rate == pytest.approx(each.rate)
        assert again[uid].weights == pytest.approx(each.weights)
