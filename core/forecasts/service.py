"""Forecasts as people ask for them: read where a run stored them, computed where it didn't; never out of scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer
from core.errors import Refused
from core.forecasts.computing import ALL, QUIET, category_key
from core.forecasts.foreseeing import Engine, Foreseen, built_in
from core.forecasts.models import DealerForecast, RegionForecast
from core.forecasts.paths import Point, of_path, summed
from core.forecasts.questions import Question, Subject, months_asked, subject_of
from core.forecasts.series import Months, monthly
from core.forecasts.trials import Accuracy, accuracy_of, trials_of
from core.forecasts.unstored import LEAST_MONTHS, Bare, computed, groups
from core.forecasts.widths import as_shown
from core.money import ZERO
from core.sales.rules import add_months
from core.scope import visible

ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Known:
    """All that the database says about a question: its history, and forecasts made of it, by origin; ``group`` is what
    its category's dealers bought, where nothing was stored.
    """

    subject: Subject
    months: tuple[date, ...]
    origin: date
    history: Months
    stored: Mapping[date, Foreseen]
    group: Months = field(default_factory=dict)

    @property
    def alive(self) -> bool:
        """Whether there is enough to foresee from, and something was bought lately."""
        since = add_months(self.origin, -QUIET)
        lately = any(cases > 0 for month, cases in self.history.items() if month >= since)
        return len(self.history) >= LEAST_MONTHS and lately


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answer: the months asked for, all that was foreseen, what it stands on, and how wrong such forecasts were.

    ``cut_off`` is the last day that counts. ``points`` are of the months asked for, ``path`` goes from the running
    month on.
    """

    subject: Subject
    history: Months
    cut_off: date
    points: tuple[Point, ...]
    path: tuple[Point, ...]
    method: str
    confidence: str
    accuracy: Accuracy | None

    @property
    def total(self) -> Point:
        """The months asked for together."""
        return summed(self.points)


async def known(session: AsyncSession, actor: Actor, question: Question, day: date) -> Known:
    """Read what a question needs; a single dealer's person has no other to ask about."""
    subject = await subject_of(session, actor, question, day)
    origin = day.replace(day=1)
    history = await monthly(session, subject.within, origin)
    stored = await stored_forecasts(session, subject, origin)
    group = {} if origin in stored else (await groups(session, origin)).get(_group_of(subject), {})
    return Known(subject, months_asked(question, day), origin, history, stored, group)


def _group_of(subject: Subject) -> str:
    """Whose season it shares."""
    category = subject.product.category if subject.product else subject.category
    return category_key(category) if category else ALL


async def stored_forecasts(session: AsyncSession, subject: Subject, origin: date) -> dict[date, Foreseen]:
    """Every forecast made of a subject up to ``origin``, by its own."""
    statement: Any
    if subject.dealer is not None:
        model: Any = DealerForecast
        statement = select(model).where(visible(subject.actor, model), model.dealer_id == subject.dealer.id)
    else:
        model = RegionForecast
        statement = select(model).where(model.region_path == subject.region_path)
    rows = await session.scalars(statement.where(model.what == subject.what, model.origin <= origin))
    return {row.origin: as_shown(row.path, row.method, row.confidence, row.width) for row in rows}


async def outlook(asked: Known, engine: Engine = built_in) -> Outlook:
    """What the months asked for will bring; Refused where there is too little to say so."""
    if not asked.alive:
        raise Refused("forecast.too_little", least=LEAST_MONTHS)
    made = asked.stored
    if asked.origin not in made:
        made = (await computed({ASKED: Bare(asked.history, asked.group)}, asked.origin, engine))[ASKED]
    now = made[asked.origin]
    paths = {origin: one.points for origin, one in made.items() if origin < asked.origin}
    wanted = set(asked.months)
    return Outlook(
        subject=asked.subject,
        history=asked.history,
        cut_off=asked.origin - timedelta(days=1),
        points=tuple(point for point in now.points if point.month in wanted),
        path=now.points,
        method=now.method,
        confidence=now.confidence,
        accuracy=accuracy_of(trials_of(paths, asked.history, asked.origin)),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A dealer's share of a sum."""

    dealer_code: str
    dealer_names: Mapping[str, str]
    cases: Decimal


async def parts(session: AsyncSession, asked: Known) -> list[Part]:
    """What each dealer is expected to buy in the months asked for, the most first; empty where no run stored it."""
    subject, model = asked.subject, DealerForecast
    statement = (
        select(Dealer.code, Dealer.name, Dealer.name_en, model.path)
        .join(Dealer, Dealer.id == model.dealer_id)
        .where(visible(subject.actor, Dealer), *subject.within.rows(model))
        .where(model.what == subject.what, model.origin == asked.origin)
    )
    found = []
    for code, name, name_en, path in await session.execute(statement):
        cases = sum((point.mean for point in of_path(path) if point.month in asked.months), ZERO)
        found.append(Part(code, {"zh": name, "en": name_en}, cases))
    return sorted(found, key=lambda part: (-part.cases, part.dealer_code))


__all__ = ["Known", "Outlook", "Part", "Question", "known", "outlook", "parts", "stored_forecasts"]
