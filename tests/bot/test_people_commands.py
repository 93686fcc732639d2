"""What an operator does with people and the outbox at the command line."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner, Result

from bot.cli import qudao
from core.clock import parse_moment, system_clock
from core.db import Database
from core.demo.factors import code_of
from core.inbox import service as inbox
from core.replies import say
from core.settings import Settings

Run = Callable[..., Result]
DAY = ("--today", "2026-11-20")


@pytest.fixture
def run(tmp_path: Path, demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a copy of the demo."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"QUDAO_{field.upper()}", raising=False)
    monkeypatch.setenv("QUDAO_EMBEDDER", "none")
    monkeypatch.setenv("QUDAO_DATABASE_URL", demo_url)

    def go(*arguments: str, code: int = 0) -> Result:
        done = CliRunner().invoke(qudao, arguments)
        assert done.exit_code == code, done.output
        return done

    return go


def test_people_are_listed_by_word_role_and_dealer(run: Run) -> None:
    listed = run("people", "list", "--dealer", "D001").output
    assert re.findall(r"^\S+", listed, re.MULTILINE) == ["D001-buyer", "D001-owner"]
    assert "rep-east" in run("people", "list", "--role", "rep").output
    assert "王丽" in run("people", "list", "王").output
    assert run("people", "list", "nobody-like-this").output == "Nobody.\n"


def test_somebody_is_added_changed_and_ended(run: Run) -> None:
    run("people", "add", "D001-second", "--name", "李四", "--role", "buyer", "--dealer", "D001")
    assert "D001-second" in run("people", "list", "--dealer", "D001").output
    assert (
        "taken"
        in run("people", "add", "D001-second", "--name", "x", "--role", "buyer", "--dealer", "D001", code=1).output
    )
    run("people", "role", "D001-second", "owner")
    assert "owner" in run("people", "show", "D001-second").output
    run("people", "bind", "D001-second", "telegram", "4242")
    assert "telegram  4242" in run("people", "show", "D001-second").output
    assert run("people", "end", "D001-second").output.startswith("D001-second ended; 1 ")
    assert "taken away" in run("people", "show", "D001-second").output
    run("invite", "D001-second", code=1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "x-1", "--name", "x", "--role", "buyer"),
        ("add", "x-1", "--name", "x", "--role", "rep"),
        ("add", "x-1", "--name", "x", "--role", "trainer", "--dealer", "D001"),
        ("role", "D001-buyer", "trainer"),
    ],
)
def test_a_role_that_does_not_fit_is_refused_and_nobody_is_added(run: Run, arguments: tuple[str, ...]) -> None:
    run("people", *arguments, code=1)
    run("people", "show", "x-1", code=2)
    assert "buyer" in run("people", "show", "D001-buyer").output


def test_an_account_is_unbound(run: Run) -> None:
    run("people", "bind", "D001-buyer", "telegram", "1")
    run("people", "bind", "D001-buyer", "telegram", "2")
    assert run("people", "unbind", "D001-buyer", "telegram", "1").output == "1 taken away.\n"
    assert run("people", "unbind", "D001-buyer", "telegram").output == "1 taken away.\n"
    run("people", "show", "nobody", code=2)


def test_an_authenticator_is_enrolled_shown_and_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUDAO_SECRET_KEY", "0123456789abcdef0123456789abcdef")
    uri = run("people", "second-factor", "D001-buyer").stdout.strip()
    assert isinstance(pyotp.parse_uri(uri), pyotp.TOTP)
    shown = run("people", "show", "D001-buyer").output
    assert "authenticator since" in shown
    assert uri.split("secret=")[1][:16] not in shown
    run("people", "second-factor", "D001-buyer", "--unlock")
    run("people", "second-factor", "D001-buyer", "--remove")
    assert "no authenticator" in run("people", "show", "D001-buyer").output
    run("people", "second-factor", "D001-buyer", "--remove", code=2)


def test_ask_presses_with_a_code(run: Run) -> None:
    ask = ("ask", "--as", "D001-owner", *DAY)
    run(*ask, "要7500箱矿泉水")
    assert "验证码" in run(*ask, "--press", "confirm").output
    at = parse_moment("2026-11-20", "Asia/Shanghai")
    assert "不对" in run(*ask, "--press", "confirm", "--code", code_of("D001-owner", at, "wrong")).output
    assert "已下单" in run(*ask, "--press", "confirm", "--code", code_of("D001-owner", at)).output


def test_the_outbox_says_what_waits_and_why_and_tries_again(run: Run, demo_url: str) -> None:
    first, second = asyncio.run(stick(demo_url))
    waits = run("outbox", "list").output
    assert f"{second}  telegram 2  tries 1" in waits
    assert "Flood control" in waits
    assert "D001-buyer" not in waits
    assert "blocked by the user" in run("outbox", "list", "--failed").output
    assert run("outbox", "retry", "--failed").output == "1 to be tried again.\n"
    assert run("outbox", "list", "--failed").output == "Nothing was given up.\n"
    assert run("outbox", "drop", str(first), str(second)).output == "2 dropped.\n"
    assert run("outbox", "list").output == "Nothing waits.\n"
    assert "dropped by system:cli" in run("outbox", "list", "--failed").output
    run("outbox", "retry", code=2)


async def stick(url: str) -> tuple[int, int]:
    """A message that was given up, one that waits, and one of the page, which fetches its own."""
    database = Database(url)
    now = system_clock()
    async with database.writes.begin() as session:
        made = []
        for channel, chat in (("telegram", "1"), ("telegram", "2"), ("web", "D001-buyer")):
            payload = {"turn": None, "in_reply_to": None, "reply": say(f"to {chat}").as_json()}
            made.append(await inbox.send(session, channel, chat, f"{channel}-{chat}", payload, now))
        await inbox.give_up(session, made[0].id, now, "Forbidden: bot was blocked by the user")
        await inbox.failed(session, made[1].id, now, timedelta(hours=9), "RetryAfter: Flood control exceeded")
        ids = (made[0].id, made[1].id)
    await database.close()
    return ids
