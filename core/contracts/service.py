"""The register as people may read it: whoever isn't concerned finds nothing there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.contracts.models import Contract, ContractDate, ContractTemplate, ContractVersion, State
from core.dealers.models import Dealer, Region
from core.errors import BadInput, NotFound
from core.policy import as_of
from core.scope import visible

LIVE = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SIGNED)


@dataclass(frozen=True, slots=True)
class Held:
    """A registered contract with its dealer and its newest file."""

    contract: Contract
    dealer: Dealer
    version: ContractVersion


@dataclass(frozen=True, slots=True)
class Due:
    """A day of a contract."""

    date: ContractDate
    contract: Contract
    dealer: Dealer


async def find(session: AsyncSession, actor: Actor, number: str) -> Contract:
    """The contract of that number as the database has it now; another's and none look the same."""
    return await _one(session, _named(actor, number))


async def lock(session: AsyncSession, actor: Actor, number: str) -> Contract:
    """The same, locked until the transaction ends: who changes a contract sees what the one before made of it."""
    return await _one(session, _named(actor, number).with_for_update())


def _named(actor: Actor, number: str) -> Select[Contract]:
    return select(Contract).where(visible(actor, Contract), Contract.number == number.strip().upper())


async def _one(session: AsyncSession, named: Select[Contract]) -> Contract:
    found = (await session.execute(named.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise NotFound("contracts.not_found")
    return found


async def by_id(session: AsyncSession, actor: Actor, contract_id: int) -> Held:
    """A contract that was looked at before, if it may still be seen."""
    found = await session.scalar(select(Contract).where(visible(actor, Contract), Contract.id == contract_id))
    if found is None:
        raise NotFound("contracts.not_found")
    return await held(session, actor, found)


async def of_dealer(session: AsyncSession, actor: Actor, dealer_id: int) -> Contract | None:
    """The contract that counts for a dealer: the signed one before others, the latest of them."""
    theirs = select(Contract).where(visible(actor, Contract), Contract.dealer_id == dealer_id, Contract.state.in_(LIVE))
    rows = (await session.execute(theirs)).scalars().all()
    return max(rows, key=lambda one: (one.state == State.SIGNED, one.recorded_at, one.id), default=None)


async def held(session: AsyncSession, actor: Actor, contract: Contract) -> Held:
    """With its dealer and the file that counts."""
    newest = (
        select(ContractVersion)
        .where(visible(actor, ContractVersion), ContractVersion.contract_id == contract.id)
        .order_by(ContractVersion.number.desc())
        .limit(1)
    )
    version = (await session.execute(newest)).scalar_one()
    dealer = select(Dealer).where(visible(actor, Dealer), Dealer.id == contract.dealer_id)
    return Held(contract, (await session.execute(dealer)).scalar_one(), version)


async def versions(session: AsyncSession, actor: Actor, contract_id: int) -> Sequence[ContractVersion]:
    """All files of a contract, the oldest first."""
    theirs = select(ContractVersion).where(visible(actor, ContractVersion), ContractVersion.contract_id == contract_id)
    return (await session.execute(theirs.order_by(ContractVersion.number))).scalars().all()


async def dates(
    session: AsyncSession,
    actor: Actor,
    *,
    since: date,
    until: date,
    dealer_id: int | None = None,
    region_path: str | None = None,
) -> list[Due]:
    """What ends, renews itself or is due on ``since <= day < until``, of contracts that bind, by day."""
    statement = (
        select(ContractDate, Contract, Dealer)
        .join(Contract, Contract.id == ContractDate.contract_id)
        .join(Dealer, Dealer.id == Contract.dealer_id)
        .where(
            visible(actor, ContractDate),
            visible(actor, Contract),
            visible(actor, Dealer),
            Contract.state == State.SIGNED,
            ContractDate.day >= since,
            ContractDate.day < until,
        )
        .order_by(ContractDate.day, ContractDate.id)
    )
    if dealer_id is not None:
        statement = statement.where(ContractDate.dealer_id == dealer_id)
    if region_path is not None:
        within = Region.path.startswith(region_path, autoescape=True)
        statement = statement.where(Dealer.region_id.in_(select(Region.id).where(within)))
    return [Due(*row) for row in await session.execute(statement)]


async def template(session: AsyncSession, kind: str, language: str, day: date) -> ContractTemplate:
    """The brand's own wording of a kind of contract; of all kinds of that language where there is none of it."""
    known = select(ContractTemplate).where(as_of(ContractTemplate, day))
    rows = (await session.execute(known.order_by(ContractTemplate.id))).scalars().all()
    spoken = [one for one in rows if one.language == language.partition("_")[0]]
    found = next((one for one in spoken if one.kind == kind), None) or next(iter(spoken), None)
    if found is None:
        raise BadInput("contracts.no_template")
    return found
