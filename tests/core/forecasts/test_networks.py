"""A network has a part where hidden months say that it helps, a third at most; those of most tests know the answer."""

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest

from core.forecasts import forecast, lstm, networks
from core.forecasts.arrays import Floats
from core.forecasts.engine import foresee
from core.forecasts.errors import EngineMissing
from core.forecasts.frames import read_history
from core.forecasts.mixing import STEP, WINDOWS, Fit
from core.forecasts.networks import HIDDEN, Network
from core.forecasts.routing import Route
from tests.core.forecasts.series import several


def fit_of(sold: Floats, ours: Floats) -> Fit:
    """Windows of three periods each, the same in all."""
    return Fit(
        Route.REGULAR,
        {},
        np.repeat(np.arange(WINDOWS), STEP),
        np.tile(np.arange(1, STEP + 1), WINDOWS),
        np.tile(sold - ours, WINDOWS),
        np.tile(sold, WINDOWS),
        np.empty((0, WINDOWS * STEP)),
    )


SOLD = np.array([100.0, 110.0, 90.0])
TOO_LOW, TOO_HIGH = SOLD - 20, SOLD + 20


def test_a_network_that_errs_the_other_way_gets_a_third_and_no_more() -> None:
    parts = networks.shares([fit_of(SOLD, TOO_LOW)] * 5, [np.tile(TOO_HIGH, (WINDOWS, 1))] * 5)
    assert parts.tolist() == [1 / 3] * 5


@pytest.mark.parametrize("said", [TOO_LOW - 30, TOO_LOW, SOLD * 0])
def test_a_network_that_adds_nothing_gets_nothing(said: Floats) -> None:
    assert not networks.shares([fit_of(SOLD, TOO_LOW)] * 5, [np.tile(said, (WINDOWS, 1))] * 5).any()


def test_what_helps_in_one_window_only_was_luck() -> None:
    said = np.tile(TOO_LOW - 1, (WINDOWS, 1))
    said[0] = SOLD + 60
    assert not networks.shares([fit_of(SOLD, TOO_LOW)] * 5, [said] * 5).any()


def test_a_series_that_it_harms_goes_without() -> None:
    good, bad = np.tile(TOO_HIGH, (WINDOWS, 1)), np.tile(TOO_LOW - 60, (WINDOWS, 1))
    parts = networks.shares([fit_of(SOLD, TOO_LOW)] * 9, [*[good] * 8, bad])
    assert (parts[:8] > 0).all()
    assert parts[8] == 0


def test_beyond_what_it_says_the_mean_moves_as_at_its_end() -> None:
    moved = networks.moved(np.array([100.0, 100.0, 50.0]), np.array([100.0, 130.0]), 1 / 3)
    assert moved.tolist() == pytest.approx([100, 110, 55])


def test_logarithms_without_season_lead_back_to_sales() -> None:
    season = np.array([0.5, 1.0, 2.0, 0.5])
    sold = 100 * np.tile(season, 8)
    seen = networks.plain(sold, 4)
    assert np.ptp(seen.logs) < 0.01
    assert seen.back(seen.logs[-4:]) == pytest.approx(100 * season, rel=0.01)


def test_noise_is_no_season() -> None:
    sold = np.random.default_rng(1).lognormal(4, 0.3, 48)
    assert np.ptp(networks.plain(sold, 12).season) < 0.5 * np.ptp(np.log(sold))


def test_sparse_and_young_series_are_none_for_it() -> None:
    assert networks.suits(np.ones(24), Route.SHORT)
    assert not networks.suits(np.ones(23), Route.SHORT)
    assert not networks.suits(np.tile([0.0, 1.0, 1.0, 1.0], 8), Route.REGULAR)
    assert not networks.suits(np.ones(60), Route.INTERMITTENT)


def seer(truth: dict[int, Floats], seen: list[int]) -> Network:
    """Says what came, as logarithms about the mean of what it was asked about; notes how long what it learned was."""

    def said(learned: Sequence[Floats], asked: Sequence[Floats], steps: int, season: int, seed: int) -> list[Floats]:
        seen.extend(len(each) for each in learned)
        rows = []
        for at, each in enumerate(asked):
            whole = truth[at * len(learned) // len(asked)]
            known = networks.plain(whole[: len(each)], season)
            ahead = whole[len(each) : len(each) + steps]
            places = (len(each) + np.arange(steps)) % len(known.season)
            rows.append(np.log(ahead / known.scale + networks.OFFSET) - known.season[places])
        return rows

    return said


def uneven(length: int) -> tuple[pd.DataFrame, dict[int, Floats]]:
    """Series of jumps that nobody foresees from the past, and what comes after ``length``."""
    draw = np.random.default_rng(3)
    truth = {at: 50 + 50 * draw.random(length + 12) for at in range(6)}
    months = pd.date_range(end="2026-10-01", periods=length, freq="MS")
    rows = [pd.DataFrame({"unique_id": f"s{at:02}", "ds": months, "y": y[:length]}) for at, y in truth.items()]
    return pd.concat(rows, ignore_index=True), truth


def test_who_knows_what_comes_is_listened_to_and_never_saw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "FEWEST", 6)
    history, truth = uneven(30)
    seen: list[int] = []
    panel = read_history(history, "MS")
    alone = foresee(panel, 3, 12, {}, {}, 0)
    found = foresee(panel, 3, 12, {}, {}, 0, seer(truth, seen))
    assert {each.method for each in found} == {"short+lstm"}
    assert set(seen) == {30 - HIDDEN, 30}
    off = [[np.abs(one.mean - truth[at][30:33]).mean() for at, one in enumerate(each)] for each in (alone, found)]
    assert np.mean(off[1]) == pytest.approx(np.mean(off[0]) * 2 / 3, rel=0.1)
    for one in found:
        low, high = one.bounds(0.8)
        assert (low <= one.mean).all()
        assert (one.mean <= high).all()


def test_few_series_are_forecast_as_without() -> None:
    history, truth = uneven(30)
    found = foresee(read_history(history, "MS"), 3, 12, {}, {}, 0, seer(truth, []))
    assert {each.method for each in found} == {"short"}


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.forecasts.lstm.find_spec", lambda _: None)
    with pytest.raises(EngineMissing) as caught:
        forecast(several(2), 2, lstm=True)
    assert caught.value.params == {"engine": "lstm", "extra": "lstm"}


@pytest.mark.skipif(find_spec("neuralforecast") is None, reason="qudao[lstm] isn't installed")
def test_a_tiny_network_learns_and_says_the_same_twice() -> None:
    tiny = lstm.network(steps=2, size=4, seeds=2)
    learned = [np.sin(np.arange(length) / 3) for length in (12, 30, 60)]
    first, second = (tiny(learned, learned, 4, 12, 7) for _ in range(2))
    assert [len(each) for each in first] == [4, 4, 4]
    assert np.isfinite(first).all()
    assert np.allclose(first, second)
