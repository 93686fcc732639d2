"""Lots on a real cluster give what this processor gives: where its extra is installed (``make cluster``)."""

from importlib.util import find_spec

import pandas as pd
import pytest

from core.forecasts.engine import Asked
from core.forecasts.engines import LIBRARY, Engine, work_on
from core.forecasts.lots import Work
from tests.core.forecasts.series import several


def missing(engine: str) -> pytest.MarkDecorator:
    absent = find_spec(engine) is None or find_spec(LIBRARY[engine]) is None
    return pytest.mark.skipif(absent, reason=f"qudao[{engine}] isn't installed")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("engine", [pytest.param(each, marks=missing(each)) for each in LIBRARY])
def test_a_cluster_forecasts_what_this_processor_does(engine: Engine) -> None:
    history = several(20)
    here = work_on(history, Work(Asked(), 3), size=10)
    pd.testing.assert_frame_equal(work_on(history, Work(Asked(), 3), engine=engine, size=10), here)
