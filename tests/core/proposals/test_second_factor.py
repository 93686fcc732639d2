"""Above the second limit nothing is claimed without a good code, whoever presses, however often, and at once."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pyotp
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Permission, system
from core.brand import service as brands
from core.db import Database
from core.errors import NotPermitted, NotSetUp
from core.events.models import Event
from core.keys.scopes import FOR_PEOPLE, narrowed
from core.people import factors
from core.people.factors import MOST_WRONG, Proof
from core.people.models import Factor
from core.proposals.models import Proposal, Status
from core.proposals.service import Outcome, confirm, open_for_word
from core.sealing import unseal
from tests.core.proposals.desk import Office, open_office
from tests.factories import NOW
from tests.races import Act, race, results

pytestmark = pytest.mark.database
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEY = "a key of the installation, long enough"
LATER = NOW + timedelta(minutes=5)
LARGE = Decimal("500000.01")


@pytest.fixture
async def office(database: Database) -> Office:
    made = await open_office(database)
    async with database.writes.begin() as session:
        for handle in ("D001-buyer", "D001-buyer-2"):
            await enrol(session, made, handle)
    return made


async def enrol(session: AsyncSession, office: Office, handle: str) -> str:
    return await factors.enrol(
        session, system("test"), office.people[handle], NOW, key=KEY, issuer="清源饮品", secret=SECRET
    )


def code(at: datetime = LATER, steps: int = 0) -> Proof:
    return Proof(pyotp.TOTP(SECRET).at(at, counter_offset=steps), KEY)


def wrong(at: datetime = LATER) -> Proof:
    near = {pyotp.TOTP(SECRET).at(at, counter_offset=steps) for steps in range(-3, 4)}
    return Proof(next(f"{number:06d}" for number in range(10) if f"{number:06d}" not in near), KEY)


async def press(
    database: Database,
    office: Office,
    proposal: UUID,
    proof: Proof | None,
    by: str = "D001-buyer",
    at: datetime = LATER,
) -> Outcome:
    async with database.writes.begin() as session:
        return await confirm(session, office.actors[by], proposal, at, office.carry_out, proof)


async def large(database: Database, office: Office, **changes: Any) -> UUID:
    async with database.writes.begin() as session:
        return (await office.propose(session, office.draft(**{"amount": LARGE, **changes}))).id


async def orders(database: Database) -> int:
    async with database.reads() as session:
        found: int = (await session.execute(text("SELECT count(*) FROM orders"))).scalar_one()
        return found


def why(outcome: Outcome) -> str:
    assert outcome.refusal is not None
    return outcome.refusal[0]


async def test_a_press_without_a_code_changes_nothing_and_says_what_is_lacking(
    database: Database, office: Office
) -> None:
    proposal = await large(database, office)
    outcome = await press(database, office, proposal, None)
    assert (outcome.status, why(outcome), outcome.lacks_code) == (Status.OPEN, "factor.needed", True)
    assert await orders(database) == 0
    async with database.reads() as session:
        assert (await session.get_one(Proposal, proposal)).status == Status.OPEN


async def test_at_the_limit_a_press_is_enough(database: Database, office: Office) -> None:
    proposal = await large(database, office, amount=Decimal(500_000))
    assert (await press(database, office, proposal, None)).status is Status.DONE


async def test_a_good_code_carries_out_once(database: Database, office: Office) -> None:
    proposal = await large(database, office)
    first = await press(database, office, proposal, code())
    again = await press(database, office, proposal, code())
    assert (first.status, first.first) == (Status.DONE, True)
    assert (again.status, again.first, again.result) == (Status.DONE, False, first.result)
    assert await orders(database) == 1


async def test_a_code_is_good_for_one_proposal_only(database: Database, office: Office) -> None:
    one = await large(database, office)
    assert (await press(database, office, one, code())).status is Status.DONE
    other = await large(database, office)
    outcome = await press(database, office, other, code())
    assert (outcome.status, why(outcome), outcome.lacks_code) == (Status.OPEN, "factor.used", True)
    assert await orders(database) == 1
    assert (await press(database, office, other, code(steps=1))).status is Status.DONE


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (1, True), (2, False)])
async def test_a_code_runs_out(database: Database, office: Office, steps: int, good: bool) -> None:
    outcome = await press(database, office, await large(database, office), code(steps=steps))
    assert (outcome.status is Status.DONE) == good
    assert await orders(database) == int(good)


async def test_five_wrong_codes_lock_and_only_the_operator_unlocks(database: Database, office: Office) -> None:
    proposal = await large(database, office)
    said = [await press(database, office, proposal, wrong()) for _ in range(MOST_WRONG)]
    assert [why(one) for one in said] == ["factor.wrong"] * 4 + ["factor.locked"]
    assert [(one.refusal or ("", {}))[1].get("left") for one in said] == [4, 3, 2, 1, None]
    outcome = await press(database, office, proposal, code(), at=LATER)
    assert (why(outcome), outcome.lacks_code) == ("factor.locked", False)
    assert (await press(database, office, proposal, code(), by="D001-buyer-2")).status is Status.DONE
    async with database.writes.begin() as session:
        await factors.unlock(session, system("test"), office.people["D001-buyer"], LATER)
    assert (await press(database, office, await large(database, office), code())).status is Status.DONE


async def test_a_good_code_forgives_the_wrong_ones(database: Database, office: Office) -> None:
    for step in range(3):
        proposal = await large(database, office)
        assert why(await press(database, office, proposal, wrong())) == "factor.wrong"
        assert (await press(database, office, proposal, code(steps=step - 1))).status is Status.DONE
    async with database.reads() as session:
        assert (await session.execute(select(Factor.wrong))).scalars().all() == [0, 0]


async def test_somebody_without_an_authenticator_is_told_the_way_out(database: Database, office: Office) -> None:
    proposal = await large(database, office)
    outcome = await press(database, office, proposal, code(), by="D001-owner")
    assert (outcome.status, why(outcome), outcome.lacks_code) == (Status.OPEN, "factor.not_enrolled", False)
    assert outcome.refusal is not None
    assert outcome.refusal[1]["limit"].value == Decimal(500_000)
    assert await orders(database) == 0


async def test_each_of_two_approvers_gives_a_code_of_their_own(database: Database, office: Office) -> None:
    proposal = await large(database, office, approvers=2)
    one = await press(database, office, proposal, code())
    assert (one.status, one.waiting_for, one.first) == (Status.OPEN, 1, True)
    same = await press(database, office, proposal, None)
    assert (same.status, same.waiting_for, same.first, same.refusal) == (Status.OPEN, 1, False, None)
    assert why(await press(database, office, proposal, None, by="D001-buyer-2")) == "factor.needed"
    assert (await press(database, office, proposal, code(), by="D001-buyer-2")).status is Status.DONE


async def test_several_presses_with_one_code_at_once_place_one_order(database: Database, office: Office) -> None:
    proposal = await large(database, office)
    outcomes = results(await race(database.url, [pressing(office, proposal, code()) for _ in range(6)]))
    assert await orders(database) == 1
    assert {outcome.status for outcome in outcomes} == {Status.DONE}
    assert [outcome.first for outcome in outcomes].count(True) == 1


async def test_one_code_for_two_proposals_at_once_places_one_order(database: Database, office: Office) -> None:
    drafts = [office.draft(amount=LARGE, approvers=1, proposer_may=False) for _ in range(4)]
    async with database.writes.begin() as session:
        proposals = [(await office.propose(session, draft, by="rep-east")).id for draft in drafts]
    outcomes = results(await race(database.url, [pressing(office, one, code()) for one in proposals]))
    assert await orders(database) == 1
    assert sorted(outcome.status for outcome in outcomes) == [Status.DONE] + [Status.OPEN] * 3
    assert {why(outcome) for outcome in outcomes if outcome.status is Status.OPEN} == {"factor.used"}


async def test_wrong_codes_at_once_are_all_counted(database: Database, office: Office) -> None:
    proposal = await large(database, office)
    outcomes = results(await race(database.url, [pressing(office, proposal, wrong()) for _ in range(8)]))
    assert sorted(why(outcome) for outcome in outcomes) == ["factor.locked"] * 4 + ["factor.wrong"] * 4
    assert await orders(database) == 0


def pressing(office: Office, proposal: UUID, proof: Proof) -> Act[Outcome]:
    async def act(database: Database) -> Outcome:
        return await press(database, office, proposal, proof)

    return act


async def test_neither_secret_nor_code_is_told_to_anybody(
    database: Database, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    proposal = await large(database, office)
    await press(database, office, proposal, wrong())
    await press(database, office, proposal, code())
    async with database.reads() as session:
        events = (await session.execute(select(Event))).scalars().all()
        kept = (await session.execute(select(Factor.secret))).scalars().all()
    told = str([(event.kind, event.before, event.after) for event in events]) + caplog.text + repr(code())
    assert SECRET not in told + str(kept)
    assert code().code not in told
    assert {"factor.enrolled", "factor.wrong", "proposal.done"} <= {event.kind for event in events}
    assert [unseal(one, KEY) for one in kept] == [SECRET, SECRET]


async def test_another_key_opens_nothing(database: Database, office: Office) -> None:
    proposal = await large(database, office)
    with pytest.raises(NotSetUp, match="other_key"):
        await press(database, office, proposal, Proof(code().code, "another key of the installation, as long"))
    assert await orders(database) == 0


async def test_a_uri_carries_the_secret_to_the_authenticator(session: AsyncSession, office: Office) -> None:
    uri = await enrol(session, office, "D001-owner")
    read = pyotp.parse_uri(uri)
    assert isinstance(read, pyotp.TOTP)
    assert (read.secret, read.name) == (SECRET, "D001-owner")


@pytest.mark.parametrize(
    ("said", "is_code", "nearly"),
    [
        ("123456", "123456", True),
        ("１２３ ４５６", "123456", True),
        ("123-456", "123456", True),
        ("12345", "", True),
        ("123", "", False),
        ("123456箱", "", False),
        ("确认", "", False),
    ],
)
def test_what_is_taken_for_a_code(said: str, is_code: str, nearly: bool) -> None:
    assert factors.as_code(said) == is_code
    assert factors.nearly_a_code(said) == nearly


SIGNING: dict[str, Any] = {"permission": Permission.CONTRACTS_SIGN, "amount": None, "currency": None}


async def to_sign(database: Database, office: Office) -> UUID:
    async with database.writes.begin() as session:
        return (await office.propose(session, office.draft(**SIGNING), by="D001-owner")).id


async def settle(database: Database, **values: Any) -> None:
    async with database.writes.begin() as session:
        await brands.change(session, system("test"), NOW, **values)


@pytest.mark.parametrize(
    ("settings", "asks"),
    [
        ({"button_limit": brands.BUTTON_LIMIT}, False),
        ({"button_limit": Decimal(300_000)}, True),
        ({"button_limit": brands.BUTTON_LIMIT, "signing_factor": True}, True),
        ({"button_limit": Decimal(300_000), "signing_factor": False}, False),
    ],
)
async def test_a_signature_takes_a_code_where_the_brand_says_so(
    database: Database, office: Office, settings: dict[str, Any], asks: bool
) -> None:
    await settle(database, **settings)
    proposal = await to_sign(database, office)
    outcome = await press(database, office, proposal, None, by="D001-owner")
    assert (outcome.status is Status.OPEN) == asks
    assert await orders(database) == int(not asks)


async def test_a_signer_is_told_of_signing_and_not_of_limits(database: Database, office: Office) -> None:
    await settle(database, signing_factor=True)
    proposal = await to_sign(database, office)
    assert why(await press(database, office, proposal, code(), by="D001-owner")) == "factor.not_enrolled.signing"
    async with database.writes.begin() as session:
        await enrol(session, office, "D001-owner")
    lacking = await press(database, office, proposal, None, by="D001-owner")
    assert (why(lacking), lacking.lacks_code) == ("factor.needed.signing", True)
    said = [await press(database, office, proposal, wrong(), by="D001-owner") for _ in range(MOST_WRONG)]
    assert [why(one) for one in said] == ["factor.wrong"] * 4 + ["factor.locked.signing"]
    assert why(await press(database, office, proposal, code(), by="D001-owner")) == "factor.locked.signing"
    async with database.writes.begin() as session:
        await factors.unlock(session, system("test"), office.people["D001-owner"], LATER)
    assert (await press(database, office, proposal, code(), by="D001-owner")).status is Status.DONE
    assert await orders(database) == 1


async def test_no_word_signs_whatever_the_brand_says(database: Database, office: Office) -> None:
    for signing_factor in (False, True, None):
        await settle(database, signing_factor=signing_factor)
        proposal = await to_sign(database, office)
        async with database.reads() as session:
            brand, _ = await brands.current_at(session, NOW)
            actor = office.actors["D001-owner"]
            assert await open_for_word(session, actor, proposal, "确认", NOW, brand) is None


async def test_no_key_signs(database: Database, office: Office) -> None:
    await settle(database, signing_factor=False)
    proposal = await to_sign(database, office)
    by_key = narrowed(office.actors["D001-owner"], FOR_PEOPLE)
    async with database.writes.begin() as session:
        with pytest.raises(NotPermitted):
            await confirm(session, by_key, proposal, LATER, office.carry_out, code())
    assert await orders(database) == 0
