"""What rebate a dealer has earned, and from which invoices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice, InvoiceLine
from core.accounts.service import receivable
from core.actor import Actor
from core.dealers.models import Dealer, Region
from core.errors import NotFound
from core.money import ZERO, round_money
from core.products.models import Product
from core.rebates.models import Programme
from core.rebates.rules import (
    CountedInvoice,
    NextTier,
    Part,
    Period,
    PurchaseLine,
    Tier,
    accruals,
    count,
    next_tier,
    parts,
    periods,
    tier_reached,
)
from core.scope import visible


class NoProgramme(NotFound):
    """No rebate programme covers the dealer in that period."""

    key = "rebates.no_programme"


class NotBegun(NotFound):
    """The period lies in the future; ``start`` is its first day."""

    key = "rebates.not_begun"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the period: counting purchases, and what they add to the rebate."""

    start: date
    base: Decimal
    accrued: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """The rebate of one period as it stands with the invoices issued up to and including ``cut_off``.

    ``amount`` is rounded once, half up. ``overdue_days`` is how long the oldest invoice that is still unpaid had been
    overdue at the cut-off.
    """

    programme: Programme
    period: Period
    cut_off: date
    estimated: bool
    base: Decimal
    amount: Decimal
    arithmetic: tuple[Part, ...]
    tiers: tuple[Tier, ...]
    tier: Tier | None
    next: NextTier | None
    months: tuple[Month, ...]
    invoices: tuple[CountedInvoice, ...]
    overdue_days: int

    @property
    def currency(self) -> str:
        """Of every amount here."""
        return self.programme.currency

    @property
    def suspended(self) -> bool:
        """Whether the payout waits: something was overdue for longer than the programme bears, and is still unpaid."""
        limit = self.programme.suspended_overdue_days
        return limit is not None and self.overdue_days > limit


async def statements(
    session: AsyncSession, actor: Actor, dealer: Dealer, start: date, end: date, as_of: date, fiscal_year_start: int = 1
) -> list[Statement]:
    """A statement for each period of account that touches ``start <= day < end`` and has begun, in order of time.

    A month asked of a quarterly programme gives the quarter, a year gives its quarters. The programme in force on a
    period's first day governs the whole period.
    """
    programmes = await _programmes(session, dealer)
    chosen: dict[tuple[date, str], tuple[Programme, Period]] = {}
    for programme in programmes:
        for period in periods(programme.rhythm, start, end, fiscal_year_start):
            if _in_force(programme, period.start):
                chosen.setdefault((period.start, programme.code), (programme, period))
    if not chosen and start <= as_of:
        raise NoProgramme
    begun = [chosen[key] for key in sorted(chosen) if key[0] <= as_of]
    if not begun:
        raise NotBegun(start=min((day for day, _ in chosen), default=start))
    return [await statement(session, actor, dealer, programme, period, as_of) for programme, period in begun]


async def statement(
    session: AsyncSession, actor: Actor, dealer: Dealer, programme: Programme, period: Period, as_of: date
) -> Statement:
    """The rebate of one period under one programme, from the invoices issued up to and including ``as_of``."""
    cut_off = min(as_of, period.end - timedelta(days=1))
    lines = await _purchases(session, actor, dealer, programme, period, cut_off)
    invoices = count(lines, programme.excluded_categories)
    tiers = tuple(Tier(tier.threshold, tier.rate) for tier in programme.tiers)
    base = sum((invoice.counted for invoice in invoices), ZERO)
    arithmetic = parts(programme.form, base, tiers)
    account = await receivable(session, actor, dealer.id, as_of)
    return Statement(
        programme=programme,
        period=period,
        cut_off=cut_off,
        estimated=as_of < period.end,
        base=base,
        amount=round_money(sum((part.amount for part in arithmetic), ZERO), programme.currency),
        arithmetic=tuple(arithmetic),
        tiers=tiers,
        tier=tier_reached(base, tiers),
        next=next_tier(programme.form, base, tiers),
        months=_months(programme, period, cut_off, invoices, tiers),
        invoices=tuple(invoices),
        overdue_days=max((invoice.days_overdue(cut_off) for invoice in account.open), default=0),
    )


async def _programmes(session: AsyncSession, dealer: Dealer) -> list[Programme]:
    """Those that reach the dealer's region, in its currency; of the same code the nearest region comes first."""
    home = await session.scalar(select(Region.path).where(Region.id == dealer.region_id)) or ""
    rows = await session.execute(
        select(Programme, Region.path)
        .outerjoin(Region, Region.id == Programme.region_id)
        .where(Programme.superseded_at.is_(None), Programme.currency == dealer.currency)
        .order_by(Programme.code, Programme.id)
    )
    reaching = [(path or "", programme) for programme, path in rows if home.startswith(path or "")]
    return [programme for _, programme in sorted(reaching, key=lambda row: -len(row[0]))]


def _in_force(programme: Programme, day: date) -> bool:
    return programme.valid_from <= day and (programme.valid_to is None or day < programme.valid_to)


async def _purchases(
    session: AsyncSession, actor: Actor, dealer: Dealer, programme: Programme, period: Period, cut_off: date
) -> list[PurchaseLine]:
    rows = await session.execute(
        select(
            Invoice.number,
            Invoice.issued_on,
            Product.category,
            InvoiceLine.amount,
            InvoiceLine.counts_for_rebate,
            InvoiceLine.bottles,
        )
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(Product, Product.id == InvoiceLine.product_id)
        .where(
            visible(actor, Invoice),
            visible(actor, InvoiceLine),
            Invoice.dealer_id == dealer.id,
            Invoice.currency == programme.currency,
            Invoice.issued_on >= period.start,
            Invoice.issued_on < period.end,
            Invoice.issued_on <= cut_off,
        )
    )
    return [PurchaseLine(*row) for row in rows]


def _months(
    programme: Programme, period: Period, cut_off: date, invoices: Sequence[CountedInvoice], tiers: Sequence[Tier]
) -> tuple[Month, ...]:
    """The months of the period up to the cut-off; one without purchases stays in."""
    starts = [one.start for one in periods("month", period.start, cut_off + timedelta(days=1))]
    bases = [sum((one.counted for one in invoices if one.day.replace(day=1) == start), ZERO) for start in starts]
    added = accruals(programme.form, bases, tiers, programme.currency)
    return tuple(Month(*row) for row in zip(starts, bases, added, strict=True))
