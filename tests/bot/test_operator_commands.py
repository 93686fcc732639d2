"""The operator's commands for keys, webhooks and conversations, each on a demo of its own."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import qudao
from core.db import Database
from core.keys import service as keys
from core.people.models import Person
from tests.conftest import NOW


@pytest.fixture
def url(demo_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("QUDAO_DATABASE_URL", demo_url)
    monkeypatch.setenv("QUDAO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("QUDAO_EMBEDDER", "none")
    return demo_url


def run(*words: str) -> Result:
    return CliRunner().invoke(qudao, list(words), catch_exceptions=False)


def lets_in(url: str, key: str) -> bool:
    async def asked() -> bool:
        database = Database(url)
        try:
            async with database.reads() as session:
                return await keys.check(session, key, NOW) is not None
        finally:
            await database.close()

    return asyncio.run(asked())


def test_a_key_is_made_listed_without_its_secret_and_revoked(url: str) -> None:
    made = run("keys", "new", "D001-buyer", "--scope", "orders", "--name", "erp", "--days", "400")
    assert made.exit_code == 0
    key = made.stdout.strip()
    assert lets_in(url, key)
    listed = run("keys", "list").stdout
    assert key[:15] in listed
    assert "D001-buyer" in listed
    assert "orders" in listed
    assert "erp" in listed
    assert re.search(r"until \d{4}-\d{2}-\d{2}", listed)
    assert key not in listed
    assert run("keys", "revoke", key[:15]).exit_code == 0
    assert not lets_in(url, key)
    assert "revoked" in run("keys", "list").stdout


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["outbox", "drop", "17"], 1),
        (["outbox", "retry", "17"], 1),
        (["keys", "new"], 2),
        (["keys", "new", "nobody"], 2),
        (["keys", "new", "--service", "erp"], 2),
        (["keys", "new", "--service", "erp", "--scope", "messages"], 1),
        (["keys", "new", "D001-buyer", "--scope", "webhooks"], 1),
        (["keys", "revoke", "qd_000000000000"], 2),
        (["webhooks", "new", "erp", "http://erp.example/", "--kind", "order.*"], 1),
        (["webhooks", "new", "erp", "https://erp.example/", "--kind", "person.*"], 1),
        (["webhooks", "new", "erp", "https://erp.example/", "--kind", "order.*", "--dealer", "D999"], 2),
        (["webhooks", "test", "erp"], 2),
        (["conversations", "show", "6f1c0c52-9a53-4f0e-8f3f-0f3a1f3b8c11"], 2),
    ],
)
def test_what_can_not_be_is_refused_in_words(words: list[str], status: int) -> None:
    refused = run(*words)
    assert refused.exit_code == status, refused.output
    assert refused.stdout == ""
    assert refused.stderr


@pytest.mark.usefixtures("url")
def test_a_webhook_is_made_listed_tested_and_ended() -> None:
    made = run("webhooks", "new", "erp", "http://127.0.0.1:9/hook", "--kind", "order.*")
    secret = made.stdout.strip()
    assert secret.startswith("whsec_")
    assert run("webhooks", "test", "erp").exit_code == 1
    listed = run("webhooks", "list").stdout
    assert "1 waiting" in listed
    assert "ConnectError" in listed
    assert secret not in listed
    assert "ping" in run("webhooks", "list", "erp").stdout
    assert run("webhooks", "redeliver", "erp").exit_code == 0
    assert run("webhooks", "end", "erp").exit_code == 0
    assert "ended" in run("webhooks", "list").stdout


def test_what_was_said_is_found_shown_and_exported(url: str, tmp_path: Path) -> None:
    assert run("ask", "--as", "D001-buyer", "--today", "2026-11-20", "W-550多少钱").exit_code == 0
    found = run("conversations", "search", "w-550多少钱", "--person", "D001-buyer", "--json").stdout
    (entry,) = [json.loads(line) for line in found.splitlines()]
    assert (entry["person"], entry["by"]) == ("D001-buyer", "person")
    shown = run("conversations", "show", entry["conversation"]).stdout
    assert 'quote {"sku": "W-550"' in shown
    out = tmp_path / "out.jsonl"
    assert "2 messages" in run("conversations", "export", str(out), "--since", "2026-11-20").stdout
    assert len(out.read_text("utf-8").splitlines()) == 2
    assert "0 messages" in run("conversations", "export", str(out), "--until", "2026-11-19").stdout

    async def erase() -> None:
        from sqlalchemy import update

        database = Database(url)
        async with database.writes.begin() as session:
            await session.execute(update(Person).where(Person.handle == "D001-buyer").values(erased_at=NOW))
        await database.close()

    asyncio.run(erase())
    run("conversations", "export", str(out))
    assert "W-550" not in out.read_text("utf-8")
    assert run("conversations", "search", "W-550").stdout == ""


def test_whether_a_signature_takes_a_code_is_shown_and_set(url: str) -> None:
    assert run("brand", "signing-code").stdout.startswith("by-limit: a signature under a contract takes no code")
    assert run("brand", "signing-code", "yes").stdout.startswith("yes: a signature under a contract takes a code")
    assert run("brand", "signing-code").stdout.startswith("yes")
    assert run("brand", "signing-code", "no").stdout.startswith("no: a signature under a contract takes no code")
    assert run("brand", "signing-code", "perhaps").exit_code == 2
