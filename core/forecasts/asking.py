"""Whether what is asked for can be given."""

from collections.abc import Sequence
from operator import index
from typing import SupportsIndex, cast

from core.forecasts.errors import BadHorizon, BadLevel

LONGEST = 1000


def check(horizon: object, level: Sequence[float]) -> None:
    """A whole number of periods, and percentages."""
    try:
        steps = index(cast("SupportsIndex", horizon))
    except TypeError as error:
        raise BadHorizon(horizon=str(horizon), limit=LONGEST) from error
    if not 1 <= steps <= LONGEST:
        raise BadHorizon(horizon=str(horizon), limit=LONGEST)
    for share in level:
        if not 1 <= share <= 99:
            raise BadLevel(level=str(share))
