"""A person enrols an authenticator in the private chat: the secret is shown once and kept nowhere but sealed."""

import re
from datetime import timedelta

import pyotp
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.actor import system
from core.brand.models import Brand
from core.conversations.models import Message
from core.db import Database
from core.events.models import Event
from core.inbox.models import Inbound, Outbound
from core.people import factors
from core.people.models import Enrolment, Factor, Person
from core.sealing import unseal
from tests.telegram.bot_api import BROKEN_AFTERWARDS
from tests.telegram.line import BUYER, Hands, Line

ASKS = "登记身份验证器"
ORDERED = "来10箱W-550"
OLD = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEY = "a long and random key of the installation"


@pytest.fixture(autouse=True)
async def strict(market: Database) -> None:
    """A brand whose every order takes a code."""
    async with market.writes.begin() as session:
        brand = (await session.execute(select(Brand))).scalar_one()
        brand.word_limit = brand.button_limit = brand.button_limit.__class__(1)


async def enrolled(line: Line, hands: Hands) -> None:
    """The buyer has an authenticator from the operator."""
    async with line.desk.database.writes.begin() as session:
        person = (await session.execute(select(Person).where(Person.handle == "D001-buyer"))).scalar_one()
        await factors.enrol(session, system("test"), person, hands(), key="", issuer="Q", secret=OLD)


def secret_in(text: str) -> str:
    found = re.search(r"密钥：([A-Z2-7 ]+)", text)
    assert found is not None, text
    return found[1].replace(" ", "").strip()


def code(secret: str, hands: Hands, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(hands(), counter_offset=steps)


def wrong(secret: str, hands: Hands) -> str:
    return f"{(int(code(secret, hands)) + 500_000) % 1_000_000:06d}"


async def counts(line: Line) -> list[str]:
    return [unseal(secret, line.desk.settings.sealing_key) for (secret,) in await line.rows(select(Factor.secret))]


@pytest.mark.database
async def test_asked_for_shown_once_and_in_force_after_a_right_code(line: Line, hands: Hands) -> None:
    shown = await line.says(ASKS)
    secret = secret_in(shown.text)
    assert f"secret={secret}" in shown.text
    assert await counts(line) == []
    done = await line.says(code(secret, hands))
    assert "已启用" in done.text
    assert await counts(line) == [secret]
    await line.presses(await line.says(ORDERED), "confirm")
    assert await line.orders() == []
    await line.says(code(secret, hands))
    assert await line.orders() == [], "the code that finished the enrolment is used up"
    await line.says(code(secret, hands, 1))
    assert len(await line.orders()) == 1


async def test_the_message_with_the_secret_is_taken_back_when_it_has_done_its_work(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    await line.says(code(secret, hands))
    assert secret not in str([shown.text for shown in line.api.shown[BUYER]])


async def test_nothing_of_the_secret_or_a_code_is_kept(
    line: Line, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    settings = line.desk.settings.model_copy(update={"secret_key": SecretStr(KEY)})
    object.__setattr__(line.desk, "settings", settings)
    secret = secret_in((await line.says(ASKS)).text)
    mistyped, right = wrong(secret, hands), code(secret, hands)
    assert "还可以试4次" in (await line.says(mistyped)).text
    await line.says(right)
    kept = [
        await line.rows(select(Message.text, Message.record, Message.reply)),
        await line.rows(select(Inbound.payload)),
        await line.rows(select(Outbound.payload)),
        await line.rows(select(Event.before, Event.after)),
        await line.rows(select(Factor.secret)),
        await line.rows(select(Enrolment.secret)),
        caplog.text,
    ]
    for one in (secret, f"{secret[:4]} {secret[4:8]}", mistyped, right):
        assert one not in str(kept)
    assert await counts(line) == [secret]


async def test_a_message_that_may_have_arrived_is_sent_again_with_the_secret(line: Line, hands: Hands) -> None:
    line.api.fail("sendMessage", BROKEN_AFTERWARDS)
    await line.says(ASKS)
    hands.wait(30)
    await line.work()
    first, again = line.api.shown[BUYER]
    assert secret_in(first.text) == secret_in(again.text)


async def test_asking_again_gives_another_secret_and_the_first_is_worth_nothing(line: Line, hands: Hands) -> None:
    first = secret_in((await line.says(ASKS)).text)
    second = secret_in((await line.says(ASKS)).text)
    assert first != second
    await line.says(code(first, hands))
    assert await counts(line) == []
    await line.says(code(second, hands))
    assert await counts(line) == [second]


async def test_five_wrong_codes_end_it(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    told = [(await line.says(wrong(secret, hands))).text for _ in range(5)]
    assert "作废" in told[-1]
    await line.says(code(secret, hands))
    assert await counts(line) == []
    assert await line.rows(select(Enrolment.id)) == []


async def test_it_runs_out(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    hands.now += timedelta(minutes=11)
    await line.says(code(secret, hands))
    assert await counts(line) == []


async def test_a_mistyped_code_counts_for_nothing(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    assert "6位" in (await line.says("12345")).text
    await line.says(code(secret, hands))
    assert await counts(line) == [secret]


async def test_replacing_takes_the_old_code(line: Line, hands: Hands) -> None:
    await enrolled(line, hands)
    assert "旧验证器" in (await line.says(ASKS)).text
    assert await line.rows(select(Enrolment.id)) == []
    assert "还可以试4次" in (await line.says(wrong(OLD, hands))).text
    secret = secret_in((await line.says(code(OLD, hands))).text)
    assert await counts(line) == [OLD], "the old one counts until the new one has shown a code"
    await line.says(code(secret, hands))
    assert await counts(line) == [secret]


async def test_a_locked_authenticator_is_the_operators_to_replace(line: Line, hands: Hands) -> None:
    await enrolled(line, hands)
    await line.says(ASKS)
    told = [(await line.says(wrong(OLD, hands))).text for _ in range(5)]
    assert "已锁定" in told[-1]
    assert "管理员" in (await line.says(ASKS)).text
    await line.says(code(OLD, hands))
    assert await counts(line) == [OLD]
    assert await line.rows(select(Enrolment.id)) == []


async def test_what_the_operator_does_meanwhile_counts(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    await enrolled(line, hands)
    await line.says(code(secret, hands))
    assert await counts(line) == [OLD]


async def test_not_in_a_group(line: Line) -> None:
    await line.api.say(BUYER, f"@qudao_test_bot {ASKS}", chat=-5)
    await line.turn()
    assert "私聊" in line.api.shown[-5][-1].text
    assert await line.rows(select(Enrolment.id)) == []


async def test_the_persons_other_chats_are_told(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    await line.says(code(secret, hands))
    told = await line.rows(select(Outbound.channel, Outbound.chat, Outbound.payload).where(Outbound.channel == "web"))
    ((channel, chat, payload),) = told
    assert (channel, chat) == ("web", "D001-buyer")
    assert "不是您本人" in str(payload)


@pytest.mark.database
async def test_a_killed_turn_with_the_right_code_says_that_it_is_done(line: Line, hands: Hands) -> None:
    secret = secret_in((await line.says(ASKS)).text)
    await line.api.say(BUYER, code(secret, hands))
    await line.fetch()
    await line.crash("desk.before_save", line.worker.drain)
    hands.wait(line.desk.settings.lease_seconds)
    await line.work()
    assert "已启用" in line.api.shown[BUYER][-1].text
    assert await counts(line) == [secret]


async def test_somebody_without_one_is_told_how_to_get_one(line: Line) -> None:
    told = (await line.presses(await line.says(ORDERED), "confirm")).text
    assert ASKS in told
    assert "密钥" in (await line.says(ASKS)).text
