"""What every response carries, and what the shell tells its scripts."""

import json
import re
from importlib.resources import files

import pytest
from fastapi import FastAPI

from bot.desk import Desk
from core.db import Database
from tests.bot.web.conftest import Browse

STATIC = re.compile(r"/static/[0-9a-f]{12}/[\w./-]+")


async def test_every_response_keeps_the_browser_from_mischief(browse: Browse) -> None:
    client = await browse("D001-buyer")
    for path in ("/", "/sign-in/x", "/desk/messages", "/healthz", "/nowhere", "/files/x"):
        headers = (await client.get(path)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


async def test_pages_have_no_inline_script_or_style(browse: Browse) -> None:
    client = await browse("D001-buyer")
    policy = (await client.get("/")).headers["content-security-policy"]
    assert "unsafe" not in policy
    for page in [(await client.get("/")).text, (await client.get("/sign-in/x")).text]:
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*(?:src=|application/json))", page)


async def test_everything_that_the_shell_asks_for_is_there(browse: Browse) -> None:
    client = await browse("D001-buyer")
    wanted = set(STATIC.findall((await client.get("/")).text))
    assert len(wanted) >= 3
    for path in wanted:
        answer = await client.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    older = await client.get("/static/000000000000/desk.css")
    assert (older.status_code, older.headers["cache-control"]) == (200, "no-cache")
    assert (await client.get("/static/000000000000/../templates/shell.html")).status_code == 404


async def test_the_shell_can_not_be_broken_by_a_name(desk: Desk, browse: Browse) -> None:
    from sqlalchemy import update

    from core.people.models import Person

    evil = "</script><script>alert(1)</script>"
    async with desk.database.writes.begin() as session:
        await session.execute(update(Person).where(Person.handle == "D001-buyer").values(name=evil))
    page = (await (await browse("D001-buyer")).get("/")).text
    assert "<script>alert" not in page
    start = re.search(r'<script type="application/json" id="start">(.*?)</script>', page)
    assert start
    assert json.loads(start[1])["person"]["name"] == evil


async def test_suggestions_fit_the_person(browse: Browse) -> None:
    for handle, expected in (("D001-buyer", "查一下返利"), ("rep-east", "本月销售情况"), ("trainer", "你能做什么")):
        assert expected in (await (await browse(handle)).get("/")).text


async def test_every_word_that_the_scripts_use_is_in_both_catalogues(app: FastAPI) -> None:
    folder = files("bot.pages") / "static" / "js"
    sources = [item.read_text(encoding="utf-8") for item in folder.iterdir()]
    sources.append((files("bot.pages") / "templates" / "shell.html").read_text(encoding="utf-8"))
    used = {key for text in sources for key in re.findall(r"""(?:\.t\(|data-t(?:-\w+)?=)["'](\w[\w.]*)["']""", text)}
    assert len(used) > 30
    for language in ("zh", "en"):
        words = app.state.desk.catalogues.words(language)
        assert {key for key in used if f"web.{key}" not in words} == set()


async def test_health_and_readiness(browse: Browse) -> None:
    stranger = await browse()
    assert (await stranger.get("/healthz")).json() == {"status": "ok"}
    ready = await stranger.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]) == (200, {"database": "ok", "migrations": "ok"})


async def test_not_ready_without_a_database(
    desk: Desk, browse: Browse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Database("sqlite+aiosqlite:////nowhere/at/all.db")
    object.__setattr__(desk, "database", gone)
    answer = await (await browse()).get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "unreachable")
    assert (await (await browse()).get("/healthz")).status_code == 200
    await gone.close()


async def test_nothing_is_there_for_strangers(browse: Browse) -> None:
    stranger = await browse()
    for path in ("/desk/messages", "/desk/stream", "/documents/1/handbook.pdf", "/files/" + "0" * 64):
        answer = await stranger.get(path)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
    for path in ("/docs", "/openapi.json", "/redoc"):
        assert (await stranger.get(path)).status_code == 404
