"""Whom to remind of what, on a day: each day of a contract once, a purchase target only where it is at risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Role
from core.contracts.models import Contract, ContractDate, DateKind, State
from core.contracts.pace import Pace, pace_of
from core.contracts.service import Due
from core.dealers.models import Dealer
from core.people.models import Person
from core.scope import visible
from core.statements import changed_rows


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day to remind people of; ``pace`` where it is about a purchase target."""

    due: Due
    pace: Pace | None = None


async def waiting(session: AsyncSession, actor: Actor, day: date) -> list[Reminder]:
    """What nobody was reminded of yet; days that have passed are left alone."""
    statement = (
        select(ContractDate, Contract, Dealer)
        .join(Contract, Contract.id == ContractDate.contract_id)
        .join(Dealer, Dealer.id == Contract.dealer_id)
        .where(visible(actor, ContractDate), visible(actor, Contract), visible(actor, Dealer))
        .where(
            ContractDate.told_at.is_(None),
            ContractDate.remind_on <= day,
            ContractDate.day >= day,
            Contract.state == State.SIGNED,
        )
        .order_by(ContractDate.day, ContractDate.id)
    )
    found = []
    for row in (await session.execute(statement)).all():
        due = Due(*row)
        if due.contract.renews and due.date.kind == DateKind.ENDS:
            continue  # the day of notice says more
        pace = None
        if due.date.kind == DateKind.MINIMUM_PURCHASE:
            pace = await pace_of(session, actor, due.contract, due.dealer, day)
            if pace is None or not pace.short:
                continue
        found.append(Reminder(due, pace))
    return found


async def claim(session: AsyncSession, actor: Actor, date_id: int, at: datetime) -> bool:
    """Whether this is the one that reminds: of several servers one does, in the transaction that sends it."""
    mine = update(ContractDate).where(
        visible(actor, ContractDate), ContractDate.id == date_id, ContractDate.told_at.is_(None)
    )
    return bool(await changed_rows(session, mine.values(told_at=at)))


async def concerned(session: AsyncSession, due: Due, day: date) -> Sequence[Person]:
    """Whoever looks after the contract, the brand's lawyers, and the dealer's owners."""
    owners = (Person.role == Role.OWNER) & (Person.dealer_id == due.dealer.id)
    statement = select(Person).where(
        or_(Person.id == due.contract.owner_id, Person.role == Role.LEGAL, owners),
        or_(Person.active_until.is_(None), Person.active_until > day),
    )
    return (await session.execute(statement.order_by(Person.id))).scalars().all()
