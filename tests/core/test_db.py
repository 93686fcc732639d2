"""The column types mean the same on every database: exact, aware, case-sensitive, whole."""

import shutil
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, func, make_url, select, update
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import DetachedInstanceError

from core.accounts.models import Payment
from core.actor import system
from core.conversations.models import Message
from core.db import Database, Exact, Money, Rate, UtcDateTime
from core.dealers.models import Dealer, Region
from core.documents.models import StoredFile
from core.errors import NotSetUp
from core.events.models import Event
from core.scope import visible
from core.statements import changed_rows
from tests.factories import NOW, TODAY, add, make_conversation, make_dealer, make_person, make_product, make_region

pytestmark = pytest.mark.database
EVERYONE = system("test")
DIALECTS: list[Dialect] = [sqlite.dialect(), postgresql.dialect(), mysql.dialect()]  # type: ignore[no-untyped-call]


async def paid(session: AsyncSession, *amounts: Decimal) -> Dealer:
    dealer = await make_dealer(session, await make_region(session))
    for amount in amounts:
        payment = Payment(dealer_id=dealer.id, received_on=TODAY, amount=amount, currency="CNY", reference=uuid4().hex)
        session.add(payment)
    await session.flush()
    session.expire_all()
    return dealer


async def total(session: AsyncSession, *where: Any) -> Decimal:
    summed = select(func.sum(Payment.amount)).where(visible(EVERYONE, Payment), *where)
    amount: Decimal = (await session.execute(summed)).scalar_one()
    return amount


async def test_ten_cents_a_thousand_times_is_a_hundred(session: AsyncSession) -> None:
    await paid(session, *[Decimal("0.10")] * 1000)
    assert await total(session) == Decimal(100)


@pytest.mark.parametrize("amount", ["0", "0.0001", "-0.0001", "0.30", "922337203685477.5807", "-99999999999.9999"])
async def test_an_amount_comes_back_as_it_went_in(session: AsyncSession, amount: str) -> None:
    await paid(session, Decimal(amount))
    found = (await session.execute(select(Payment).where(visible(EVERYONE, Payment)))).scalar_one()
    assert found.amount == Decimal(amount)
    assert isinstance(found.amount, Decimal)


async def test_amounts_compare_exactly_in_the_database(session: AsyncSession) -> None:
    await paid(session, Decimal("0.10"), Decimal("0.20"), Decimal("0.30"), Decimal(-7))
    assert await total(session, Payment.amount == Decimal("0.30")) == Decimal("0.30")
    assert await total(session, Payment.amount + Decimal("0.20") == Decimal("0.30")) == Decimal("0.10")
    assert await total(session, Payment.amount >= Decimal("0.20")) == Decimal("0.50")
    assert await total(session, Payment.amount > 0) == Decimal("0.60")
    assert await total(session, Payment.amount.in_([Decimal("0.1"), -7])) == Decimal("-6.90")
    largest = select(func.max(Payment.amount), func.min(Payment.amount)).where(visible(EVERYONE, Payment))
    assert tuple((await session.execute(largest)).one()) == (Decimal("0.30"), Decimal(-7))


async def test_nothing_summed_is_none_and_coalesces_to_zero(session: AsyncSession) -> None:
    none = select(func.sum(Payment.amount), func.coalesce(func.sum(Payment.amount), 0))
    row: Any = (await session.execute(none.where(visible(EVERYONE, Payment)))).one()
    assert tuple(row) == (None, Decimal(0))


async def test_amounts_are_added_to_in_place(session: AsyncSession) -> None:
    await paid(session, Decimal("0.10"))
    more = update(Payment).where(visible(EVERYONE, Payment)).values(amount=Payment.amount + Decimal("0.2"))
    assert await changed_rows(session, more) == 1
    assert await total(session) == Decimal("0.30")


@pytest.mark.parametrize(
    "amount", [Decimal("0.00001"), Decimal("1E+15"), Decimal("NaN"), Decimal("Infinity"), 0.1, True]
)
async def test_what_does_not_fit_is_refused_rather_than_rounded(session: AsyncSession, amount: Any) -> None:
    with pytest.raises(StatementError):
        await paid(session, amount)


async def test_a_rate_keeps_six_decimals(session: AsyncSession) -> None:
    product = await make_product(session, tax_rate=Decimal("0.065001"))
    await session.refresh(product)
    assert product.tax_rate == Decimal("0.065001")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: str(dialect.name))
@given(units=st.integers(-(2**63) + 1, 2**63 - 1), zeros=st.integers(0, 30))
def test_every_amount_of_the_scale_survives(dialect: Dialect, units: int, zeros: int) -> None:
    for kind in (Money(), Rate()):
        value = Decimal(f"{Decimal(units).scaleb(-kind.scale):f}" + "0" * zeros)
        stored = kind.process_bind_param(value, dialect)
        assert kind.process_result_value(stored, dialect) == value


@given(value=st.decimals(allow_nan=True, allow_infinity=True))
def test_a_bound_value_is_exact_or_refused(value: Decimal) -> None:
    kind = Exact(4)
    try:
        stored = kind.process_bind_param(value, sqlite.dialect())
    except ValueError:
        return
    assert Decimal(stored).scaleb(-4) == value


@pytest.mark.parametrize("spoken", [lambda: Payment.amount * 2, lambda: 2 * Payment.amount, lambda: Payment.amount / 3])
def test_products_of_amounts_are_left_to_python(spoken: Any) -> None:
    with pytest.raises(TypeError):
        spoken()


SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=SHANGHAI),
        datetime(2026, 11, 20, 1, 30, 0, 999999, tzinfo=UTC),
        datetime(2026, 1, 1, 0, 0, tzinfo=SHANGHAI),
        datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
async def test_an_instant_keeps_its_microseconds_and_is_aware(session: AsyncSession, moment: datetime) -> None:
    event = await add(session, Event(at=moment, actor="x", kind="k", subject="s"))
    await session.refresh(event)
    assert event.at == moment
    assert event.at.tzinfo is UTC
    found = select(func.count()).select_from(Event)
    assert (await session.execute(found.where(Event.at == moment))).scalar_one() == 1
    assert (await session.execute(found.where(Event.at < moment))).scalar_one() == 0
    assert (await session.execute(found.where(Event.at < moment + timedelta(microseconds=1)))).scalar_one() == 1


async def test_an_instant_without_a_zone_is_refused(session: AsyncSession) -> None:
    with pytest.raises(StatementError, match="zone"):
        await add(session, Event(at=datetime(2026, 11, 20), actor="x", kind="k", subject="s"))  # noqa: DTZ001
    assert UtcDateTime().process_bind_param(None, sqlite.dialect()) is None


async def test_codes_are_told_apart_by_case_accent_and_trailing_space(session: AsyncSession) -> None:
    codes = ["W-550", "w-550", "W-550 ", "Ｗ-550", "É", "E", "ß", "ss"]
    for code in codes:
        await make_region(session, code)
    for code in codes:
        assert (await session.execute(select(Region.code).where(Region.code == code))).scalars().all() == [code]
    assert (await session.execute(select(Region.id).where(Region.code == "W-551"))).first() is None
    with pytest.raises(IntegrityError):
        async with session.begin_nested():
            await make_region(session, "W-550")


async def test_codes_sort_by_their_bytes(session: AsyncSession) -> None:
    for code in ("b", "B", "a", "_", "中", "1"):
        await make_region(session, code)
    ordered = (await session.execute(select(Region.code).order_by(Region.code))).scalars().all()
    assert ordered == ["1", "B", "_", "a", "b", "中"]


async def test_json_comes_back_whole(session: AsyncSession) -> None:
    content: dict[str, Any] = {
        "中文": "矿泉水 👌",
        "nested": [1, 2.5, None, True, {"a": []}],
        "quote": "'\"\\",
        "zero": "\u0000",
    }
    event = await add(session, Event(at=NOW, actor="x", kind="k", subject="s", after=content))
    await session.refresh(event)
    assert event.after == content
    assert event.before is None


async def test_half_a_letter_in_json_becomes_a_replacement_mark(session: AsyncSession) -> None:
    event = await add(session, Event(at=NOW, actor="x", kind="k", subject="s", after={"half": "a\ud83d"}))
    await session.refresh(event)
    assert event.after == {"half": "a\ufffd"}


async def test_what_json_has_no_word_for_is_refused(session: AsyncSession) -> None:
    with pytest.raises((StatementError, ValueError)):
        await add(session, Event(at=NOW, actor="x", kind="k", subject="s", after={"x": float("nan")}))


async def test_bytes_come_back_whole_and_only_when_asked_for(session: AsyncSession) -> None:
    data = bytes(range(256)) * 8_000
    await add(session, StoredFile(sha256="ab" * 32, size=len(data), mime="application/pdf", data=data, stored_at=NOW))
    session.expunge_all()
    found = (await session.execute(select(StoredFile))).scalar_one()
    session.expunge(found)
    with pytest.raises(DetachedInstanceError):
        _ = found.data
    assert (await session.execute(select(StoredFile.data))).scalar_one() == data


async def test_long_words_and_every_script_come_back_whole(session: AsyncSession) -> None:
    words = "经销商👩‍👩‍👧 – “quotes” \\ % _ ' " * 5_000
    conversation = await make_conversation(session, await make_person(session))
    values = {"turn_id": uuid4(), "position": 0, "by_desk": False, "at": NOW}
    message = await add(session, Message(conversation_id=conversation.id, text=words, **values))
    await session.refresh(message)
    assert message.text == words


async def test_an_unknown_database_is_named() -> None:
    with pytest.raises(NotSetUp) as caught:
        Database("oracle+oracledb_async://x/y")
    assert caught.value.params == {"dialect": "oracle"}


async def test_reads_can_not_write(database: Database) -> None:
    if database.dialect == "mysql":
        pytest.skip("MariaDB has no read-only mode that costs nothing; services write through writes only")
    with pytest.raises(Exception, match=r"readonly|read-only|read only"):
        async with database.reads() as session:
            await make_region(session)


async def test_what_was_not_committed_is_not_there(database: Database) -> None:
    async with database.writes() as session:
        await make_region(session)
    async with database.reads() as session:
        assert (await session.execute(select(func.count()).select_from(Region))).scalar_one() == 0


async def test_a_snapshot_goes_on_seeing_what_was_there(database: Database) -> None:
    async with database.snapshot() as before:
        async with database.writes.begin() as session:
            await make_region(session)
        seen = select(func.count()).select_from(Region)
        assert (await before.execute(seen)).scalar_one() == 0
        async with database.snapshot() as after:
            assert (await after.execute(seen)).scalar_one() == 1


async def test_a_database_that_is_there_answers(database: Database) -> None:
    assert await database.answers()


async def test_a_checkpointed_file_may_be_copied(database: Database, tmp_path: Path) -> None:
    async with database.writes.begin() as session:
        await make_region(session)
    await database.checkpoint()
    async with database.writes.begin() as session:
        await make_region(session, "WEST")
    if database.dialect != "sqlite":
        return
    await database.checkpoint()
    shutil.copyfile(str(make_url(database.url).database), tmp_path / "copy.db")
    copy = Database(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}")
    async with copy.reads() as session:
        assert (await session.execute(select(func.count()).select_from(Region))).scalar_one() == 2
    await copy.close()
