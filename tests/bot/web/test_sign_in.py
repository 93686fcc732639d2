"""The way in: a link that works once, and only by the press of a button on our own page."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select

from bot.app import put_together
from bot.desk import Desk
from bot.server import create_app
from core.actor import system
from core.clock import Clock
from core.db import Database
from core.people import service as people
from core.people.models import Identity, Invite, Person
from core.settings import Settings
from tests.bot.web.conftest import ORIGIN, Browse, Parts, invite_for


async def unused(desk: Desk) -> int:
    async with desk.database.reads() as session:
        return len((await session.execute(select(Invite).where(Invite.used_at.is_(None)))).scalars().all())


async def test_looking_at_the_link_shows_a_button_and_does_not_use_it_up(desk: Desk, browse: Browse) -> None:
    stranger = await browse()
    token = await invite_for(desk, "D001-buyer")
    for _ in range(3):
        page = await stranger.get(f"/sign-in/{token}")
        assert page.status_code == 200
        assert f'action="/sign-in/{token}"' in page.text
        assert "set-cookie" not in page.headers
    assert await unused(desk) == 1


async def test_the_link_signs_in_once(desk: Desk, browse: Browse) -> None:
    first, second = await browse(), await browse()
    token = await invite_for(desk, "D001-buyer")
    entered = await first.post(f"/sign-in/{token}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "王丽" in (await first.get("/")).text

    again = await second.post(f"/sign-in/{token}")
    assert again.status_code == 410
    assert "set-cookie" not in again.headers
    assert (await second.get("/desk/messages")).status_code == 401


async def test_the_cookie_is_kept_from_scripts_and_from_other_sites(desk: Desk, browse: Browse) -> None:
    stranger = await browse()
    entered = await stranger.post(f"/sign-in/{await invite_for(desk, 'D001-buyer')}")
    cookie = entered.headers["set-cookie"].lower()
    assert cookie.startswith("qudao=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=2592000" in cookie
    assert "secure" not in cookie


async def test_with_https_the_cookie_is_bound_to_the_host(
    demo_database: Database, clock: Clock, parts: Parts, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, public_url="https://desk.example.com", _env_file=None)
    desk = put_together(settings, demo_database, parts, clock)
    transport = ASGITransport(app=create_app(desk, chores=False))
    headers = {"origin": "https://desk.example.com"}
    async with AsyncClient(transport=transport, base_url="https://inside.test", headers=headers) as client:
        entered = await client.post(f"/sign-in/{await invite_for(desk, 'D001-buyer')}")
    assert entered.headers["set-cookie"].startswith("__Host-qudao=")
    assert "secure" in entered.headers["set-cookie"].lower()
    assert "max-age" in entered.headers["strict-transport-security"]


async def test_the_database_holds_no_session_token(desk: Desk, browse: Browse) -> None:
    client = await browse("D001-buyer")
    async with desk.database.reads() as session:
        accounts = (await session.execute(select(Identity.account).where(Identity.channel == "web"))).scalars().all()
    assert accounts
    assert client.cookies["qudao"] not in accounts


async def test_a_session_ends_after_thirty_days(desk: Desk, app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    assert (await client.get("/desk/messages")).status_code == 200
    later = desk.clock() + timedelta(days=30)
    object.__setattr__(desk, "clock", lambda: later)
    assert (await client.get("/desk/messages")).status_code == 401


async def test_an_invented_and_a_foreign_cookie_open_nothing(browse: Browse) -> None:
    stranger = await browse()
    for value in ("x", "A" * 43, "中"):
        headers = {b"cookie": f"qudao={value}".encode()}
        assert (await stranger.get("/desk/messages", headers=headers)).status_code == 401
        assert "王丽" not in (await stranger.get("/", headers=headers)).text


async def test_signing_out_ends_this_session_and_no_other(browse: Browse) -> None:
    here, there = await browse("D001-buyer"), await browse("D001-buyer")
    left = await here.post("/sign-out")
    assert left.status_code == 303
    assert (await here.get("/desk/messages")).status_code == 401
    assert (await there.get("/desk/messages")).status_code == 200


async def test_a_person_whose_accounts_are_revoked_is_out_at_once(desk: Desk, browse: Browse) -> None:
    client = await browse("D001-buyer")
    async with desk.database.writes.begin() as session:
        person = (await session.execute(select(Person).where(Person.handle == "D001-buyer"))).scalar_one()
        await people.revoke(session, system("test"), person, desk.clock())
    assert (await client.get("/desk/messages")).status_code == 401


async def test_another_sites_form_can_not_sign_in_or_out_or_speak(desk: Desk, browse: Browse) -> None:
    evil: list[Mapping[str, str]] = [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
        {"origin": ORIGIN, "sec-fetch-site": "same-site"},
    ]
    token = await invite_for(desk, "D002-buyer")
    client = await browse("D001-buyer")
    for headers in evil:
        assert (await client.post(f"/sign-in/{token}", headers=headers)).status_code == 403
        assert (await client.post("/sign-out", headers=headers)).status_code == 403
        sent = await client.post("/desk/messages", headers=headers, data={"id": "message-0001", "text": "你好"})
        assert sent.status_code == 403
    assert (await client.get("/desk/messages")).json()["waiting"] == []
    assert await unused(desk) == 1


async def test_a_post_that_does_not_say_where_it_comes_from_is_refused(app: FastAPI, browse: Browse) -> None:
    client = await browse("D001-buyer")
    del client.headers["origin"]
    assert (await client.post("/sign-out")).status_code == 403
    assert (await client.post("/sign-out", headers={"sec-fetch-site": "same-origin"})).status_code == 303


async def test_guessing_is_slowed_down(desk: Desk, browse: Browse) -> None:
    stranger = await browse()
    answers = [(await stranger.post(f"/sign-in/{'x' * 32}{i}")).status_code for i in range(12)]
    assert answers == [410] * 10 + [429] * 2
    refused = await stranger.post(f"/sign-in/{await invite_for(desk, 'D001-buyer')}")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert await unused(desk) == 1


async def test_strangers_read_how_to_get_in_in_their_language(browse: Browse) -> None:
    chinese, english = await browse(), await browse(**{"accept-language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert "登录链接" in (await chinese.get("/")).text
    page = (await english.get("/")).text
    assert "sign-in link" in page
    assert 'lang="en"' in page
    used = await english.post("/sign-in/never-was-one-of-ours")
    assert used.status_code == 410
    assert "Not signed in" in used.text
