"""Whether a contract's minimum purchase will be reached: bought so far, and what the forecast adds until the end."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice
from core.actor import Actor
from core.contracts.models import Contract
from core.dealers.models import Dealer
from core.errors import QudaoError
from core.forecasts import service as forecasts
from core.forecasts.paths import Point
from core.money import ZERO, round_money
from core.sales.facts import cases_ordered
from core.sales.rules import Span, add_months
from core.scope import visible

YEAR = 12


@dataclass(frozen=True, slots=True)
class Pace:
    """Amounts in the contract's currency; ``foreseen`` is False where only the pace so far could be drawn on."""

    target: Decimal
    bought: Decimal
    expected: Decimal
    currency: str
    foreseen: bool

    @property
    def short(self) -> Decimal:
        """What would be lacking at the end; zero where the target is reached."""
        return max(ZERO, self.target - self.bought - self.expected)


async def pace_of(session: AsyncSession, actor: Actor, contract: Contract, dealer: Dealer, day: date) -> Pace | None:
    """As it stands on ``day``; None where the contract asks for no purchases or names no term."""
    start, end, target = contract.starts_on, contract.ends_on, contract.minimum_purchase
    if start is None or end is None or not target or not start <= day:
        return None
    bought = await _invoiced(session, actor, dealer, start, min(day, end))
    expected, foreseen = ZERO, True
    if day < end:
        ahead = await _foreseen(session, actor, dealer, day, end)
        foreseen = ahead is not None
        expected = ahead if ahead is not None else bought * (end - day).days / max(1, (day - start).days + 1)
    return Pace(target, bought, round_money(expected, dealer.currency), dealer.currency, foreseen)


async def _invoiced(session: AsyncSession, actor: Actor, dealer: Dealer, start: date, end: date) -> Decimal:
    total = select(func.sum(Invoice.amount)).where(
        visible(actor, Invoice), Invoice.dealer_id == dealer.id, Invoice.issued_on >= start, Invoice.issued_on <= end
    )
    return await session.scalar(total) or ZERO


async def _foreseen(session: AsyncSession, actor: Actor, dealer: Dealer, day: date, end: date) -> Decimal | None:
    """The forecast's cases until the end, at what a case came to in the last twelve months."""
    question = forecasts.Question(dealer=dealer.code)
    try:
        known = await forecasts.known(session, actor, question, day)
        found = await forecasts.outlook(known)
    except QudaoError:
        return None
    year_ago = add_months(day.replace(day=1), -YEAR)
    cases = await cases_ordered(session, replace(known.subject.within, currency=dealer.currency), Span(year_ago, day))
    spent = await _invoiced(session, actor, dealer, year_ago, day)
    return cases_until(found.path, day, end) * spent / cases if cases else None


def cases_until(path: tuple[Point, ...], day: date, end: date) -> Decimal:
    """Of a path that begins with the running month; months beyond it are taken as its mean."""
    total, month, mean = ZERO, day.replace(day=1), sum((point.mean for point in path), ZERO) / max(1, len(path))
    by_month = {point.month: point.mean for point in path}
    while month <= end:
        after = add_months(month, 1)
        days = (after - month).days
        counted = (min(end + timedelta(days=1), after) - max(day + timedelta(days=1), month)).days
        total += by_month.get(month, mean) * counted / days
        month = after
    return total
