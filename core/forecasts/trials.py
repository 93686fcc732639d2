"""How wrong forecasts have been: each month that was forecast against what came, and what plain methods had said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.forecasts.paths import YEAR, Point
from core.money import ZERO
from core.sales.rules import add_months

ERROR_MONTHS = 3  # how far ahead errors are measured
FEW = 9  # fewer trials than this say nothing about a width
NARROWEST, WIDEST = Decimal("0.5"), Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Trial:
    """A month that was forecast ``ahead`` months before, and what came; ``last_year`` and ``mean3`` are what the
    same month of the year before and the mean of the three months before would have said.
    """

    month: date
    ahead: int
    forecast: Decimal
    actual: Decimal
    last_year: Decimal | None
    mean3: Decimal
    inside80: bool
    inside95: bool
    sigma: Decimal

    @property
    def miss(self) -> Decimal:
        """How far off it was, in cases."""
        return abs(self.forecast - self.actual)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How wrong forecasts have been: WAPE is the sum of misses over the sum of what came, as a share of one.

    ``last_year`` and ``mean3`` are the same of the plain methods over the same months; ``bias`` above zero says that
    too much was expected. ``worst`` are single months, the largest miss first.
    """

    trials: int
    wape: Decimal | None
    last_year: Decimal | None
    mean3: Decimal | None
    bias: Decimal | None
    inside80: Decimal | None
    inside95: Decimal | None
    worst: tuple[Trial, ...]

    @property
    def better(self) -> bool | None:
        """Whether it beat the better of the two plain methods; None where that can't be said."""
        plain = [value for value in (self.last_year, self.mean3) if value is not None]
        return None if self.wape is None or not plain else self.wape < min(plain)


def trials_of(paths: Mapping[date, Sequence[Point]], history: Mapping[date, Decimal], end: date) -> list[Trial]:
    """Each forecast month, one to three ahead of its origin, that has ended before ``end``, against what came."""
    found = []
    first = min(history, default=end)
    for origin, points in sorted(paths.items()):
        recent = [history.get(add_months(origin, -back), ZERO) for back in (1, 2, 3)]
        for ahead, point in enumerate(points[:ERROR_MONTHS], 1):
            if point.month >= end:
                continue
            actual = history.get(point.month, ZERO)
            before = add_months(point.month, -YEAR)
            found.append(
                Trial(
                    point.month,
                    ahead,
                    point.mean,
                    actual,
                    history.get(before, ZERO) if before >= first else None,
                    sum(recent, ZERO) / 3,
                    point.low80 <= actual <= point.high80,
                    point.low95 <= actual <= point.high95,
                    point.sigma,
                )
            )
    return found


def accuracy_of(trials: Sequence[Trial], worst: int = 3) -> Accuracy | None:
    """Errors over all trials; None without any."""
    if not trials:
        return None
    actual = sum((trial.actual for trial in trials), ZERO)
    single = [trial for trial in trials if trial.ahead == 1]
    return Accuracy(
        len(trials),
        _share(sum((trial.miss for trial in trials), ZERO), actual),
        _wape_of([(trial.last_year, trial.actual) for trial in trials]),
        _wape_of([(trial.mean3, trial.actual) for trial in trials]),
        _share(sum((trial.forecast - trial.actual for trial in trials), ZERO), actual),
        Decimal(sum(trial.inside80 for trial in trials)) / len(trials),
        Decimal(sum(trial.inside95 for trial in trials)) / len(trials),
        tuple(sorted(single, key=lambda trial: (-trial.miss, trial.month))[:worst]),
    )


def calibration(trials: Sequence[Trial]) -> Decimal:
    """What the intervals' width has to be multiplied by to be as wide as the misses were; 1 where there are few."""
    promised = sum((trial.sigma**2 for trial in trials), ZERO)
    if len(trials) < FEW or promised <= 0:
        return Decimal(1)
    missed = sum((trial.miss**2 for trial in trials), ZERO)
    return min(max((missed / promised).sqrt(), NARROWEST), WIDEST)


def _wape_of(pairs: Sequence[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """None unless every month has a forecast of that method: else other months would be compared."""
    if any(forecast is None for forecast, _ in pairs):
        return None
    misses = sum((abs((forecast or ZERO) - actual) for forecast, actual in pairs), ZERO)
    return _share(misses, sum((actual for _, actual in pairs), ZERO))


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if whole > 0 else None
