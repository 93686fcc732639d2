"""Which way of forecasting suits a series: by its active periods, its zeros, and whether the plan is known."""

from enum import StrEnum

import numpy as np

from core.forecasts.arrays import Floats

COLD = 4
"""Fewer active periods than this say nothing of their own."""
YEAR = 12
SPARSE = 0.3
"""At a higher share of zeros (a sale every 1.4 periods or fewer) the level of a period means little."""
PLANNED = 26
"""A plan's effect is learned from at least so many periods."""


class Route(StrEnum):
    """The first word of ``method`` in a forecast."""

    REGULAR = "regular"
    SHORT = "short"
    BRIEF = "brief"
    INTERMITTENT = "intermittent"
    PROMOTIONAL = "promotional"
    ANALOGUE = "analogue"
    CONSTANT = "constant"
    ZERO = "zero"


def route_of(active: Floats, *, planned: bool = False) -> Route:
    """``active`` begins with the first sale. Brief is up to 12 periods, short up to 36."""
    if len(active) == 0:
        return Route.ZERO
    if len(active) < COLD:
        return Route.ANALOGUE
    if np.ptp(active) == 0:
        return Route.CONSTANT
    sparse = float(np.mean(active == 0)) > SPARSE
    if planned and len(active) >= PLANNED and not sparse:
        return Route.PROMOTIONAL
    if sparse:
        return Route.INTERMITTENT
    if len(active) <= YEAR:
        return Route.BRIEF
    return Route.SHORT if len(active) <= 3 * YEAR else Route.REGULAR
