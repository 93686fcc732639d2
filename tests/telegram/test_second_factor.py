"""Above the second limit the desk asks for a code in the conversation, and keeps nothing of it."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from core.actor import system
from core.brand.models import Brand
from core.conversations.models import Message
from core.db import Database
from core.events.models import Event
from core.inbox.models import Inbound, Outbound
from core.people import factors
from core.people.models import Person
from tests.telegram.bot_api import Shown
from tests.telegram.line import BUYER, OWNER, Hands, Line

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ORDERED = "来10箱W-550"


@pytest.fixture(autouse=True)
async def strict(market: Database, hands: Hands) -> None:
    """A brand whose every order takes a code, and a buyer who has an authenticator."""
    async with market.writes.begin() as session:
        brand = (await session.execute(select(Brand))).scalar_one()
        brand.word_limit = brand.button_limit = brand.button_limit.__class__(1)
        person = (await session.execute(select(Person).where(Person.handle == "D001-buyer"))).scalar_one()
        await factors.enrol(session, system("test"), person, hands(), key="", issuer="Q", secret=SECRET)


def code(hands: Hands, steps: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(hands(), counter_offset=steps)


async def pressed(line: Line, user: int = BUYER) -> Shown:
    return await line.presses(await line.says(ORDERED, user), "confirm", user)


@pytest.mark.database
async def test_press_code_order(line: Line, hands: Hands) -> None:
    assert "6位验证码" in (await pressed(line)).text
    assert await line.orders() == []
    done = await line.says(code(hands))
    (number,) = await line.orders()
    assert number in done.text


async def test_nothing_of_a_code_is_kept(line: Line, hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    wrong = f"{(int(code(hands)) + 500_000) % 1_000_000:06d}"
    await pressed(line)
    assert "还可以试4次" in (await line.says(wrong)).text
    await line.says(code(hands))
    assert len(await line.orders()) == 1
    kept = [
        await line.rows(select(Message.text, Message.record, Message.reply)),
        await line.rows(select(Inbound.payload)),
        await line.rows(select(Outbound.payload)),
        await line.rows(select(Event.before, Event.after)),
        caplog.text,
    ]
    assert code(hands) not in str(kept)
    assert wrong not in str(kept)
    assert "（验证码）" in str(kept)


async def test_a_mistyped_code_is_asked_for_again_and_not_kept(line: Line, hands: Hands) -> None:
    await pressed(line)
    assert "6位验证码" in (await line.says("12345")).text
    assert "12345'" not in str(await line.rows(select(Message.text)))
    await line.says(f"{code(hands)[:3]} {code(hands)[3:]}")
    assert len(await line.orders()) == 1


async def test_a_question_in_between_does_not_lose_the_press(line: Line, hands: Hands) -> None:
    await pressed(line)
    assert "¥" in (await line.says("W-550多少钱")).text
    await line.says(code(hands))
    assert len(await line.orders()) == 1


async def test_a_code_that_nobody_waits_for_any_more_orders_nothing(line: Line, hands: Hands) -> None:
    await pressed(line)
    hands.now += timedelta(minutes=6)
    await line.says(code(hands))
    assert await line.orders() == []


async def test_somebody_without_an_authenticator_is_told_the_way_out(line: Line) -> None:
    told = (await pressed(line, OWNER)).text
    assert "还没有登记" in told
    assert "管理员" in told
    assert await line.orders() == []


async def test_five_wrong_codes_lock(line: Line, hands: Hands) -> None:
    wrong = f"{(int(code(hands)) + 500_000) % 1_000_000:06d}"
    await pressed(line)
    told = [(await line.says(wrong)).text for _ in range(5)]
    assert "已锁定" in told[-1]
    assert "已锁定" in (await pressed(line)).text
    await line.says(code(hands))
    assert await line.orders() == []


@pytest.mark.database
async def test_a_killed_turn_with_a_code_orders_once_and_says_so(line: Line, hands: Hands) -> None:
    await pressed(line)
    await line.api.say(BUYER, code(hands))
    await line.fetch()
    await line.crash("desk.before_save", line.worker.drain)
    (number,) = await line.orders()
    hands.wait(line.desk.settings.lease_seconds)
    await line.work()
    assert number in line.api.shown[BUYER][-1].text
    assert await line.orders() == [number]
    assert code(hands, -2) not in str(await line.rows(select(Inbound.payload)))
