"""Lots are the same whichever engine works on them."""

import pandas as pd
import pytest

from core.forecasts import forecast
from core.forecasts.engine import Asked
from core.forecasts.engines import work_on
from core.forecasts.errors import EngineMissing
from core.forecasts.lots import Work, lots_of, worked
from tests.core.forecasts.series import several


def test_one_lot_is_the_forecast_itself() -> None:
    history = several()
    pd.testing.assert_frame_equal(work_on(history, Work(Asked(), 3)), forecast(history, 3))


def test_every_series_is_in_one_lot() -> None:
    lots = list(lots_of(several(7), None, None, 3))
    assert len(lots) == 3
    names = [name for lot in lots for name in worked(lot, Work(Asked(), 1))["unique_id"]]
    assert sorted(names) == [f"s{at}" for at in range(7)]


def test_kept_weights_make_lots_irrelevant() -> None:
    history = several(7)
    weights = work_on(history, Work(Asked(), None))
    told: list[tuple[int, int]] = []
    parts = work_on(
        history, Work(Asked(), 3), weights=weights, size=2, progress=lambda done, whole: told.append((done, whole))
    )
    pd.testing.assert_frame_equal(parts, forecast(history, 3, weights=weights))
    assert told[-1] == (4, 4)


def test_an_engine_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.forecasts.engines.find_spec", lambda _: None)
    with pytest.raises(EngineMissing) as caught:
        work_on(several(2), Work(Asked(), 2), engine="ray")
    assert caught.value.params == {"engine": "ray", "extra": "ray"}
