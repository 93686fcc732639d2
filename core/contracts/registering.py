"""Changes to the register, in the transaction of the press that lawyers confirmed them with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.contracts.lifecycle import Terms, days_of, may_follow
from core.contracts.models import Contract, ContractDate, ContractVersion, State
from core.contracts.service import lock
from core.dealers.service import resolve
from core.errors import Refused, Stale
from core.events.service import record
from core.scope import visible
from core.statements import changed_rows, insert_new

SERIES, ATTEMPTS = "HT", 5


@dataclass(frozen=True, slots=True)
class Filed:
    """A stored file that is to be a contract's newest version."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A contract as it is to stand in the register, which gives it its number."""

    dealer: str
    kind: str
    title: str
    side: str
    state: State
    terms: Terms
    owner_id: int | None = None


async def register(session: AsyncSession, actor: Actor, entry: Entry, file: Filed, at: datetime) -> Contract:
    """Put a new contract into the register; Refused where no contract begins so."""
    if not may_follow(None, entry.state):
        raise Refused("contracts.cannot_begin", state=entry.state)
    dealer = await resolve(session, actor, entry.dealer)
    values = {
        "dealer_id": dealer.id,
        "kind": entry.kind,
        "title": entry.title,
        "side": entry.side,
        "owner_id": entry.owner_id,
        "state": entry.state,
        "recorded_at": at,
        "changed_at": at,
        **_columns(entry.terms),
    }
    contract = await _numbered(session, actor, values, at)
    await _add_version(session, actor, contract, file, at)
    _write_days(session, contract, entry.terms)
    after = {"dealer": dealer.code, "state": str(entry.state), "sha256": file.sha256}
    record(session, actor, "contract.registered", f"contracts:{contract.number}", at=at, after=after)
    return contract


async def _numbered(session: AsyncSession, actor: Actor, values: dict[str, object], at: datetime) -> Contract:
    """Under the year's next free number; somebody else may be taking it at the same moment."""
    series = f"{SERIES}-{at.year}-"
    taken = select(Contract.number).where(visible(actor, Contract), Contract.number.startswith(series, autoescape=True))
    numbers = [number.removeprefix(series) for number in (await session.execute(taken)).scalars()]
    last = max((int(one) for one in numbers if one.isdigit()), default=0)
    for number in range(last + 1, last + ATTEMPTS + 1):
        contract = await insert_new(session, Contract, {**values, "number": f"{series}{number:03d}"})
        if contract is not None:
            return contract
    raise Stale("contracts.changed_meanwhile", number=series)


async def revise(
    session: AsyncSession, actor: Actor, number: str, file: Filed, terms: Terms, at: datetime
) -> ContractVersion:
    """Add a newer file to a contract that isn't signed yet; lawyers look at it again."""
    contract = await lock(session, actor, number)
    if contract.state in {State.SIGNED, State.ENDED}:
        raise Refused("contracts.is_settled", number=number)
    await _move(session, actor, contract, State.IN_REVIEW, at, **_columns(terms))
    version = await _add_version(session, actor, contract, file, at)
    mine = delete(ContractDate).where(visible(actor, ContractDate), ContractDate.contract_id == contract.id)
    await changed_rows(session, mine)
    _write_days(session, contract, terms)
    after = {"version": version.number, "sha256": file.sha256}
    record(session, actor, "contract.revised", f"contracts:{number}", at=at, after=after)
    return version


async def add_signed(
    session: AsyncSession, actor: Actor, contract: Contract, file: Filed, state: State, at: datetime
) -> ContractVersion:
    """The same contract with one more signature in its file."""
    await _move(session, actor, contract, state, at)
    return await _add_version(session, actor, contract, file, at)


async def settle(session: AsyncSession, actor: Actor, contract: Contract, state: State, at: datetime) -> None:
    """What the signatures under a contract make of it."""
    await _move(session, actor, contract, state, at)


async def advance(session: AsyncSession, actor: Actor, number: str, state: State, at: datetime) -> Contract:
    """Bring a contract into its next state; Refused where that can't follow, Stale where somebody was first."""
    contract = await lock(session, actor, number)
    before = State(contract.state)
    if not may_follow(before, state):
        raise Refused("contracts.cannot_become", state=state, number=number)
    await _move(session, actor, contract, state, at)
    record(
        session, actor, f"contract.{state}", f"contracts:{number}", at=at,
        before={"state": str(before)}, after={"state": str(state)},
    )  # fmt: skip
    return contract


async def _move(
    session: AsyncSession, actor: Actor, contract: Contract, state: State, at: datetime, **values: object
) -> None:
    """By the state that was seen: of two presses at once the second finds another."""
    seen = update(Contract).where(
        visible(actor, Contract), Contract.id == contract.id, Contract.state == contract.state
    )
    if not await changed_rows(session, seen.values(state=state, changed_at=at, **values)):
        raise Stale("contracts.changed_meanwhile", number=contract.number)


def _columns(terms: Terms) -> dict[str, object]:
    return {
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "renews": terms.renews,
        "notice_days": terms.notice_days,
        "minimum_purchase": terms.minimum_purchase,
        "currency": terms.currency,
    }


async def _add_version(
    session: AsyncSession, actor: Actor, contract: Contract, file: Filed, at: datetime
) -> ContractVersion:
    mine = visible(actor, ContractVersion), ContractVersion.contract_id == contract.id
    newest = await session.scalar(select(func.max(ContractVersion.number)).where(*mine)) or 0
    version = ContractVersion(
        contract_id=contract.id,
        dealer_id=contract.dealer_id,
        number=newest + 1,
        sha256=file.sha256,
        name=file.name,
        recorded_at=at,
        recorded_by=actor.handle,
    )
    session.add(version)
    await session.flush()
    return version


def _write_days(session: AsyncSession, contract: Contract, terms: Terms) -> None:
    session.add_all(
        ContractDate(
            contract_id=contract.id, dealer_id=contract.dealer_id, kind=one.kind, day=one.day, remind_on=one.remind_on
        )
        for one in days_of(terms)
    )
