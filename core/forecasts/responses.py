"""How demand answers to price: an elasticity with its interval from a product's history, or why there is none.

A product is held against the rest of its category, so that season and growth, which both share, fall out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy.typing as npt

LEAST_MONTHS = 18
LEAST_CHANGES = 3
LEAST_MOVE = 0.02
WIDEST = 2.0
QUANTILES = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13)


@dataclass(frozen=True, slots=True)
class Month:
    """Cases of a product and what a case of it really cost (free ones included); the same of its category's rest."""

    cases: float
    price: float
    other_cases: float
    other_price: float

    @property
    def counts(self) -> bool:
        """Whether all of it is known."""
        return min(self.cases, self.price, self.other_cases, self.other_price) > 0


@dataclass(frozen=True, slots=True)
class Response:
    """A per cent of price moves demand by ``elasticity`` per cent; with 95 % certainty between ``low`` and ``high``."""

    elasticity: float
    low: float
    high: float
    months: int
    changes: int

    def effect(self, price_change: float) -> tuple[Decimal, Decimal, Decimal]:
        """What multiplies demand when the price is multiplied by ``1 + price_change``: mean, least, most."""
        move = log(1 + price_change)
        mean, *ends = (exp(value * move) for value in (self.elasticity, self.low, self.high))
        return Decimal(str(round(mean, 4))), Decimal(str(round(min(ends), 4))), Decimal(str(round(max(ends), 4)))


@dataclass(frozen=True, slots=True)
class NoResponse:
    """Why the history can't carry one: a catalogue key after ``forecast.response.``, with what was found."""

    reason: str
    months: int
    changes: int


def response(months: Sequence[Month]) -> Response | NoResponse:
    """The elasticity of relative demand to relative price, by least squares over the months that are whole."""
    whole = [month for month in months if month.counts]
    price = [log(month.price / month.other_price) for month in whole]
    changes = _changes(price)
    if len(whole) < LEAST_MONTHS:
        return NoResponse("too_short", len(whole), changes)
    if changes < LEAST_CHANGES:
        return NoResponse("too_few_changes", len(whole), changes)
    demand = [log(month.cases / month.other_cases) for month in whole]
    slope, error = _slope(price, demand)
    half = _quantile(changes) * error
    if half > WIDEST or slope - half > 0:
        return NoResponse("unclear", len(whole), changes)
    if slope + half >= 0:
        return NoResponse("none_seen", len(whole), changes)
    return Response(slope, slope - half, slope + half, len(whole), changes)


def _changes(price: Sequence[float]) -> int:
    """How often the relative price moved to another level: only such moves tell anything."""
    count, level = 0, price[0] if price else 0.0
    for now in price[1:]:
        if abs(now - level) >= LEAST_MOVE:
            count, level = count + 1, now
    return count


def _slope(price: Sequence[float], demand: Sequence[float]) -> tuple[float, float]:
    """With a trend beside it: a product that grows while its price falls hasn't answered to it."""
    import numpy as np

    steps = np.arange(len(price), dtype=np.float64)
    columns: npt.NDArray[np.float64] = np.column_stack([np.ones(len(price)), np.array(price), steps])
    found, *_ = np.linalg.lstsq(columns, np.array(demand), rcond=None)
    rest = np.array(demand) - columns @ found
    variance = float(rest @ rest) / max(1, len(price) - 3)
    spread = float(np.linalg.pinv(columns.T @ columns)[1, 1])
    return float(found[1]), (variance * spread) ** 0.5


def _quantile(changes: int) -> float:
    """Student's t for 95 %, with the price's moves as degrees of freedom: months at one price are no news."""
    return QUANTILES[min(changes, len(QUANTILES)) - 1]


def rebased(paid: int, free: int) -> float:
    """The price change that pay ``paid``, get ``paid + free`` amounts to: ten and one are −9.1 %."""
    return paid / (paid + free) - 1
