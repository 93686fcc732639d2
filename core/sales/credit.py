"""How much of their credit dealers use: what they owe and what is confirmed and not invoiced, over their limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.service import temporary_on
from core.dealers.models import Dealer
from core.money import ZERO
from core.orders.models import Order
from core.orders.reading import open_orders_of
from core.sales.facts import Within, balances


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A dealer's limit, the temporary part included, and what of it is used; below zero it is paid in advance."""

    used: Decimal
    limit: Decimal


async def credit_lines(session: AsyncSession, within: Within, day: date) -> Mapping[str, CreditLine]:
    """By dealer's code, of those who have a limit in that currency."""
    dealers = select(Dealer).where(*within.rows(Dealer), Dealer.currency == within.currency).order_by(Dealer.code)
    owed = await balances(session, within, day)
    orders = [*within.rows(Order), Order.currency == within.currency]
    ordered = await open_orders_of(session, within.actor, orders)
    found: dict[str, CreditLine] = {}
    for dealer in (await session.execute(dealers)).scalars():
        limit = dealer.credit_limit + temporary_on(dealer, day)
        if limit > ZERO:
            found[dealer.code] = CreditLine(owed.get(dealer.code, ZERO) + ordered.get(dealer.id, ZERO), limit)
    return found


def share_used(lines: Mapping[str, CreditLine]) -> Mapping[str, Decimal | None]:
    """Each dealer's part of the limit that is used, as a share of one; nobody uses less than none."""
    return {code: max(ZERO, line.used) / line.limit for code, line in lines.items()}


def whole_share(lines: Mapping[str, CreditLine]) -> Decimal | None:
    """Of all limits together."""
    limits = sum((line.limit for line in lines.values()), ZERO)
    used = sum((max(ZERO, line.used) for line in lines.values()), ZERO)
    return used / limits if limits else None
