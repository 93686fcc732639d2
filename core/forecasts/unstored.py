"""Forecasts that no run has stored yet: each series by itself, with the season that its category shares over the brand.

By itself, so that a product is foreseen the same whatever else is asked about along with it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from core.forecasts.computing import ALL, HORIZON, category_key
from core.forecasts.foreseeing import Engine, Foreseen, built_in, foresee_now
from core.forecasts.running import REPLAYED, ROBOT
from core.forecasts.seasons import Season, season_of, within, without
from core.forecasts.series import Months, monthly_by_category
from core.forecasts.trials import ERROR_MONTHS
from core.money import ZERO
from core.sales.facts import Within
from core.sales.rules import add_months

LEAST_MONTHS = 3
Origins = dict[date, Foreseen]


@dataclass(frozen=True, slots=True)
class Bare:
    """A series without a stored forecast, and what its category's dealers bought together."""

    history: Months
    group: Months


async def groups(session: AsyncSession, origin: date) -> dict[str, Months]:
    """What all dealers bought before ``origin``, by category and of all; nobody is told more of it than a season."""
    found: dict[str, Months] = {ALL: {}}
    for category, months in (await monthly_by_category(session, Within(ROBOT, ""), origin)).items():
        found[category_key(category)] = months
        for month, cases in months.items():
            found[ALL][month] = found[ALL].get(month, ZERO) + cases
    return found


async def computed(
    series: Mapping[str, Bare], origin: date, engine: Engine = built_in, replayed: int = REPLAYED
) -> dict[str, Origins]:
    """Forecasts of series from ``origin`` and from some months before, each from what was known then; by series and
    origin. A series that is too short for an origin has none there.
    """
    return await asyncio.to_thread(_computed_now, series, origin, engine, replayed)


def _computed_now(series: Mapping[str, Bare], origin: date, engine: Engine, replayed: int) -> dict[str, Origins]:
    made: dict[str, Origins] = {name: {} for name in series}
    for back in range(replayed, -1, -1):
        start = add_months(origin, -back)
        for name, one in series.items():
            known = before(one.history, start)
            if len(known) >= LEAST_MONTHS and any(known.values()):
                made[name][start] = _one(
                    known, season_then(one.group, start), ERROR_MONTHS if back else HORIZON, engine
                )
    return made


def _one(known: Months, season: Season | None, horizon: int, engine: Engine) -> Foreseen:
    return within(foresee_now({"": without(known, season)}, horizon, engine)[""], season)


def before(months: Months, start: date) -> Months:
    """What was known when a month began."""
    return {month: cases for month, cases in months.items() if month < start}


def season_then(group: Months, start: date) -> Season | None:
    """The season of a group as it was known when a month began."""
    return season_of(before(group, start))
