"""Why a forecast says what it says: last year, the trend, the season, what is on offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.brand.models import Brand
from core.dealers.models import Region
from core.dealers.service import place_of
from core.errors import Refused
from core.forecasts.paths import YEAR
from core.forecasts.questions import Subject
from core.forecasts.series import Months
from core.forecasts.service import Known
from core.forecasts.unstored import LEAST_MONTHS
from core.money import ZERO
from core.policy import as_of
from core.products.models import Promotion
from core.products.promotions import Offer
from core.products.trading import offer_of
from core.sales.rules import add_months

RECENT = 3
BEFORE = (6, 5, 7, 4, 8, 3, 9, 2, 10, 1, 11, 0)  # months of the year around a month that lie before it


@dataclass(frozen=True, slots=True)
class Reasons:
    """Of one month. ``last_year`` is that month's cases a year before; ``trend`` is the last twelve months against the
    twelve before (or, with less history, the last three against the same of last year); ``season`` is what the month
    usually is against an average one, both as shares of one. Names of promotions come by language.
    """

    month: date
    last_year: Decimal | None
    trend: Decimal | None
    season: Decimal | None
    recent: Decimal
    promotions: tuple[Mapping[str, str], ...] = ()
    promotions_before: tuple[Mapping[str, str], ...] = ()


def reasons(history: Months, month: date) -> Reasons:
    """From a history of whole months alone."""
    end = add_months(max(history), 1)
    recent = sum((history.get(add_months(end, -back), ZERO) for back in range(1, RECENT + 1)), ZERO) / RECENT
    return Reasons(month, history.get(add_months(month, -YEAR)), _trend(history, end), _season(history, month), recent)


def _trend(history: Months, end: date) -> Decimal | None:
    for span in (YEAR, RECENT):
        now = [history.get(add_months(end, -back)) for back in range(1, span + 1)]
        before = [history.get(add_months(end, -back - YEAR)) for back in range(1, span + 1)]
        if all(value is not None for value in (*now, *before)) and (base := sum(filter(None, before), ZERO)):
            return sum(filter(None, now), ZERO) / base - 1
    return None


def _season(history: Months, month: date) -> Decimal | None:
    """The mean over years of the month against twelve months around it, the nearest that are known."""
    shares = []
    for at, cases in history.items():
        if at.month != month.month:
            continue
        for first in (add_months(at, -before) for before in BEFORE):
            year = [history.get(add_months(first, step)) for step in range(YEAR)]
            if all(value is not None for value in year) and (whole := sum(filter(None, year), ZERO)):
                shares.append(cases * YEAR / whole)
                break
    return sum(shares, ZERO) / len(shares) if shares else None


async def promotions_in(session: AsyncSession, subject: Subject, month: date) -> tuple[Mapping[str, str], ...]:
    """What is on offer in a month on the product or category meant, for the dealer or the region."""
    product_id = subject.product.id if subject.product else None
    category = subject.product.category if subject.product else subject.category
    if product_id is None and category is None:
        return ()
    touching = (
        Promotion.superseded_at.is_(None),
        Promotion.valid_from < add_months(month, 1),
        or_(Promotion.valid_to.is_(None), Promotion.valid_to > month),
    )
    meant = [Promotion.category == category, *([Promotion.product_id == product_id] if product_id else [])]
    statement = select(Promotion, Brand.currency).outerjoin(Brand, as_of(Brand, month)).where(*touching, or_(*meant))
    rows = await session.execute(statement.order_by(Promotion.valid_from, Promotion.id))
    regions = await _regions(session, subject)
    return tuple(offer.names for row, own in rows if _meets(offer := offer_of(row, own), subject, regions))


def _meets(offer: Offer, subject: Subject, regions: Sequence[int]) -> bool:
    if subject.dealer is None:
        return offer.region_id is None or offer.region_id in regions
    return offer.applies(regions, subject.dealer.tier, subject.dealer.currency)


async def _regions(session: AsyncSession, subject: Subject) -> Sequence[int]:
    if subject.dealer is not None:
        return (await place_of(session, subject.dealer)).regions
    rows = await session.execute(select(Region.id, Region.path))
    own = subject.region_path
    return [region_id for region_id, path in rows if path.startswith(own) or own.startswith(path)]


async def explain(session: AsyncSession, known: Known) -> Reasons:
    """Of the first month asked about."""
    if not known.alive:
        raise Refused("forecast.too_little", least=LEAST_MONTHS)
    month = known.months[0]
    return replace(
        reasons(known.history, month),
        promotions=await promotions_in(session, known.subject, month),
        promotions_before=await promotions_in(session, known.subject, add_months(month, -YEAR)),
    )
