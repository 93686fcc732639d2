"""The engine as the trade uses it: monthly histories in, paths of points out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from core.forecasts.paths import Point, tenths

if TYPE_CHECKING:
    import pandas as pd

Histories = Mapping[str, Mapping[date, Decimal]]
Labels = Mapping[str, Mapping[str, str]]
COLUMNS = ("mean", "lo-80", "hi-80", "lo-95", "hi-95")


class Engine(Protocol):
    """What ``core.forecasts.forecast`` is; a test may hand in a simpler one."""

    def __call__(self, history: "pd.DataFrame", horizon: int, /) -> "pd.DataFrame": ...


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the engine says of one series."""

    points: tuple[Point, ...]
    method: str
    confidence: str


def built_in(history: "pd.DataFrame", horizon: int, /) -> "pd.DataFrame":
    """The engine that Qudao brings, imported where it is used: its libraries take seconds to load."""
    from core.forecasts import forecast

    return forecast(history, horizon, freq="MS")


def nightly() -> Engine:
    """The engine of the nightly run: with a network that learns from all series, where ``qudao[lstm]`` is installed."""
    from core.forecasts import forecast, lstm

    if not lstm.installed():
        return built_in

    def with_network(history: "pd.DataFrame", horizon: int, /) -> "pd.DataFrame":
        return forecast(history, horizon, freq="MS", lstm=True)

    return with_network


def foresee_now(
    histories: Histories, horizon: int, engine: Engine = built_in, labels: Labels | None = None
) -> dict[str, Foreseen]:
    """The months after each series' last, by the series' name. ``labels`` say which series are alike: category,
    region. Slow: it belongs in a thread.
    """
    made = engine(_frame(histories, labels or {}), horizon)
    made = made.sort_values(["unique_id", "ds"])
    return {str(name): _foreseen(rows) for name, rows in made.groupby("unique_id", sort=False)}


def _frame(histories: Histories, labels: Labels) -> "pd.DataFrame":
    import pandas as pd

    rows = [
        (name, month, float(cases)) for name, months in histories.items() for month, cases in sorted(months.items())
    ]
    frame = pd.DataFrame(rows, columns=["unique_id", "ds", "y"])
    words = {
        column: [labels.get(name, {}).get(column, "") for name in frame["unique_id"]]
        for column in sorted({column for columns in labels.values() for column in columns})
    }
    return frame.assign(ds=pd.to_datetime(frame["ds"]), **words)


def _foreseen(rows: Any) -> Foreseen:
    points = []
    for at, *values in rows[["ds", *COLUMNS]].itertuples(index=False):
        mean, low80, high80, low95, high95 = (max(Decimal(0), tenths(float(value))) for value in values)
        low80, high80 = min(low80, mean), max(high80, mean)
        points.append(Point(at.date(), mean, low80, high80, min(low95, low80), max(high95, high80)))
    return Foreseen(tuple(points), str(rows["method"].iloc[0]), str(rows["confidence"].iloc[0]))
