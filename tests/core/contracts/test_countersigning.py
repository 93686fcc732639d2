"""People of both sides sign at the same moment, in either form: each signature counts, and none under another text."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.actor import Actor, Role
from core.contracts import countersigning, registering, service
from core.contracts.countersigning import Consent, form_for
from core.contracts.lifecycle import Terms
from core.contracts.models import ContractSignature, ContractVersion, Form, State
from core.contracts.registering import Entry, Filed
from core.contracts.signing.authority import DemoAuthority
from core.contracts.signing.errors import NotPdf
from core.contracts.standing_signatures import Standing, kept, one_text, standing
from core.db import Database
from core.documents import files
from core.errors import Refused, Stale
from core.events.models import Event
from core.people.service import actor_by_handle
from core.scope import visible
from tests.core.contracts import making
from tests.factories import NOW, make_brand, make_dealer, make_person, make_region
from tests.races import Act, race, results

pytestmark = pytest.mark.database
PARTIES = {"D001-owner": "dealer", "legal": "brand"}
PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def found(database: Database) -> None:
    """A brand with a dealer, and somebody of each side who may sign."""
    async with database.writes.begin() as session:
        await make_brand(session)
        dealer = await make_dealer(session, await make_region(session))
        await make_person(session, "D001-owner", Role.OWNER, dealer_id=dealer.id)
        await make_person(session, "legal", Role.LEGAL)


async def approved(database: Database, data: bytes, name: str = "contract.pdf") -> tuple[str, str]:
    """A contract that waits for both signatures: its number, and its file's sha256."""
    await found(database)
    async with database.writes.begin() as session:
        lawyer = await actor_of("legal", database)
        sha256 = await files.store(session, data, PDF if name.endswith("pdf") else WORD, NOW)
        entry = Entry("D001", "dealer", "Contract", "brand", State.IN_REVIEW, Terms())
        made = await registering.register(session, lawyer, entry, Filed(name, sha256), NOW)
        await registering.advance(session, lawyer, made.number, State.APPROVED, NOW)
    return made.number, sha256


async def actor_of(who: str, database: Database) -> Actor:
    async with database.reads() as session:
        actor = await actor_by_handle(session, who, NOW.date())
    assert actor is not None
    return actor


def consent_of(who: str, number: str, sha256: str, form: Form) -> Consent:
    return Consent(number, sha256, PARTIES[who], "agreed", "I sign", form)


async def pressed(database: Database, who: str, consent: Consent, authority: DemoAuthority) -> State:
    actor = await actor_of(who, database)
    async with database.writes.begin() as session:
        made = await countersigning.countersign(session, actor, consent, [*PARTIES.values()], authority, NOW)
    return made.state


def press(who: str, consent: Consent, authority: DemoAuthority) -> Act[State]:
    return lambda database: pressed(database, who, consent, authority)


def take_away(folder: Path) -> None:
    for key in folder.glob("*.sm2"):
        key.unlink()


async def under(database: Database, number: str, authority: DemoAuthority) -> tuple[State, Standing]:
    lawyer = await actor_of("legal", database)
    async with database.reads() as session:
        held = await service.held(session, lawyer, await service.find(session, lawyer, number))
        return State(held.contract.state), await standing(session, lawyer, held, authority, NOW)


@pytest.mark.parametrize("forms", list(product(Form, Form)), ids="-".join)
async def test_two_who_sign_at_once_both_count(
    database: Database, database_url: str, tmp_path: Path, forms: tuple[Form, Form]
) -> None:
    authority = DemoAuthority(tmp_path)
    authority.root(NOW)
    number, sha256 = await approved(database, making.pdf("hard"))
    consents = {who: consent_of(who, number, sha256, form) for who, form in zip(PARTIES, forms, strict=True)}
    outcomes = await race(database_url, [press(who, consent, authority) for who, consent in consents.items()])
    assert sorted(results(outcomes)) == [State.APPROVED, State.SIGNED]
    state, stands = await under(database, number, authority)
    assert state is State.SIGNED
    assert stands.organisations == set(PARTIES.values())
    assert len(stands.within) + len(stands.beside) == 2


async def test_a_word_file_is_signed_beside_it_by_both(database: Database, tmp_path: Path) -> None:
    authority = DemoAuthority(tmp_path)
    data = making.word("hard")
    number, sha256 = await approved(database, data, "contract.docx")
    assert form_for(data, "contract.docx", None) is Form.SM2
    with pytest.raises(NotPdf):
        form_for(data, "contract.docx", Form.PADES)
    states = [await pressed(database, who, consent_of(who, number, sha256, Form.SM2), authority) for who in PARTIES]
    assert states == [State.APPROVED, State.SIGNED]
    lawyer = await actor_of("legal", database)
    async with database.reads() as session:
        versions = select(func.count()).select_from(ContractVersion).where(visible(lawyer, ContractVersion))
        assert await session.scalar(versions) == 1
        rows = await kept(session, lawyer, (await service.find(session, lawyer, number)).id)
        kinds = (await session.execute(select(Event.after).where(Event.kind == "contract.signature"))).scalars().all()
    assert [(one.form, one.signed_sha256, one.name) for one in rows] == [
        ("sm2", sha256, f"{number}-{party}.sig") for party in PARTIES.values()
    ]
    assert [one["form"] for one in kinds if one] == ["sm2", "sm2"]
    assert all(one and one["consent"] == "I sign" and one["sha256_before"] == sha256 for one in kinds)


async def test_nobody_signs_beside_a_file_twice(database: Database, tmp_path: Path) -> None:
    authority = DemoAuthority(tmp_path)
    number, sha256 = await approved(database, making.word("hard"), "contract.docx")
    consent = consent_of("legal", number, sha256, Form.SM2)
    await pressed(database, "legal", consent, authority)
    with pytest.raises(Refused):
        await pressed(database, "legal", consent, authority)
    _, stands = await under(database, number, authority)
    assert len(stands.beside) == 1


@pytest.mark.parametrize("form", list(Form))
async def test_another_text_is_not_signed_and_takes_what_was_signed_with_it(
    database: Database, tmp_path: Path, form: Form
) -> None:
    authority = DemoAuthority(tmp_path)
    data = making.pdf("hard")
    number, sha256 = await approved(database, data)
    await pressed(database, "legal", consent_of("legal", number, sha256, Form.SM2), authority)
    lawyer = await actor_of("legal", database)
    async with database.writes.begin() as session:
        revised = await files.store(session, data + b"\n% another text that begins with the same bytes\n", PDF, NOW)
        await registering.revise(session, lawyer, number, Filed("contract.pdf", revised), Terms(), NOW)
        await registering.advance(session, lawyer, number, State.APPROVED, NOW)
    with pytest.raises(Stale):
        await pressed(database, "D001-owner", consent_of("D001-owner", number, sha256, form), authority)
    state, stands = await under(database, number, authority)
    assert state is State.APPROVED
    assert not stands.organisations
    assert await pressed(database, "D001-owner", consent_of("D001-owner", number, revised, form), authority) is state
    async with database.reads() as session:
        rows = await kept(session, lawyer, (await service.find(session, lawyer, number)).id)
    assert len(rows) == 2


async def test_a_key_that_was_taken_away_no_longer_counts(database: Database, tmp_path: Path) -> None:
    authority = DemoAuthority(tmp_path)
    number, sha256 = await approved(database, making.word("hard"), "contract.docx")
    await pressed(database, "legal", consent_of("legal", number, sha256, Form.SM2), authority)
    take_away(tmp_path)
    _, stands = await under(database, number, authority)
    assert stands.beside
    assert not stands.organisations
    await pressed(database, "legal", consent_of("legal", number, sha256, Form.SM2), authority)
    _, again = await under(database, number, authority)
    assert again.organisations == {"brand"}


async def test_what_isnt_approved_is_not_signed(database: Database, tmp_path: Path) -> None:
    authority = DemoAuthority(tmp_path)
    number, sha256 = await approved(database, making.pdf("hard"))
    lawyer = await actor_of("legal", database)
    async with database.writes.begin() as session:
        await registering.advance(session, lawyer, number, State.IN_REVIEW, NOW)
    with pytest.raises(Refused):
        await pressed(database, "legal", consent_of("legal", number, sha256, Form.SM2), authority)
    async with database.reads() as session:
        signatures = select(func.count()).select_from(ContractSignature).where(visible(lawyer, ContractSignature))
        assert await session.scalar(signatures) == 0


async def test_signatures_are_out_of_sight_for_others(database: Database, tmp_path: Path) -> None:
    authority = DemoAuthority(tmp_path)
    number, sha256 = await approved(database, making.word("hard"), "contract.docx")
    await pressed(database, "D001-owner", consent_of("D001-owner", number, sha256, Form.SM2), authority)
    lawyer = await actor_of("legal", database)
    async with database.reads() as session:
        contract = await service.find(session, lawyer, number)
        assert len(await kept(session, lawyer, contract.id)) == 1
        another = replace(await actor_of("D001-owner", database), dealer_id=contract.dealer_id + 1)
        assert await kept(session, another, contract.id) == []


def test_the_text_of_a_file_goes_back_through_signatures_alone() -> None:
    def signature(form: Form, signed: str, made: str) -> ContractSignature:
        return ContractSignature(form=form, signed_sha256=signed, sha256=made)

    known = [
        signature(Form.PADES, "first", "second"),
        signature(Form.SM2, "second", "beside"),
        signature(Form.PADES, "second", "third"),
        signature(Form.PADES, "of another", "other"),
    ]
    assert one_text("third", known) == {"first", "second", "third"}
    assert one_text("first", known) == {"first"}
    assert one_text("revised", known) == {"revised"}
    round_about = [signature(Form.PADES, "a", "b"), signature(Form.PADES, "b", "a")]
    assert one_text("a", round_about) == {"a", "b"}
