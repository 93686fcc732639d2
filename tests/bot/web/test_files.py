"""Documents under audience and validity, files under the conversation that named them."""

from datetime import date
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import update

from bot.desk import Desk
from core.actor import Role, system
from core.conversations import service as conversations
from core.documents import files
from core.documents.models import Version
from core.documents.publishing import Edition
from core.people import service as people
from core.replies import File, Reply
from knowledge.publishing import publish_file
from tests.bot.web.conftest import Browse

PDF = b"%PDF-1.4\n%%EOF\n"
TEXT = "# 内部底价\n\n不得外传。".encode()


async def publish(
    desk: Desk, source: str, data: bytes, audience: tuple[Role, ...] = (), day: date = date(2026, 1, 1)
) -> int:
    edition = Edition(source, source, "zh", audience, day)
    version = await publish_file(desk.database.writes, system("test"), edition, data, desk.clock())
    return version.id


async def test_a_document_opens_in_the_browser_for_those_it_is_for(desk: Desk, browse: Browse) -> None:
    version = await publish(desk, "手册 2026.md", TEXT)
    shown = await (await browse("D001-buyer")).get(f"/documents/{version}/x.md")
    assert shown.status_code == 200
    assert shown.content == TEXT
    assert shown.headers["content-type"] == "text/plain; charset=utf-8"
    assert "content-encoding" not in shown.headers
    assert shown.headers["content-disposition"].startswith("inline; filename*=UTF-8''%E6%89%8B")
    assert "default-src" not in shown.headers["content-security-policy"]


async def test_a_document_for_others_looks_like_none(desk: Desk, browse: Browse) -> None:
    version = await publish(desk, "internal.md", TEXT, (Role.REP, Role.MANAGER))
    buyer = await browse("D001-buyer")
    foreign, missing = await buyer.get(f"/documents/{version}/x.md"), await buyer.get("/documents/999999/x.md")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json() == missing.json()
    assert (await (await browse("rep-east")).get(f"/documents/{version}/x.md")).status_code == 200


async def test_a_document_out_of_force_is_gone(desk: Desk, browse: Browse) -> None:
    version = await publish(desk, "old.md", TEXT)
    async with desk.database.writes.begin() as session:
        await session.execute(update(Version).where(Version.id == version).values(valid_to=date(2026, 11, 20)))
    assert (await (await browse("D001-buyer")).get(f"/documents/{version}/x.md")).status_code == 404


async def name_in_chat(desk: Desk, handle: str, file: File) -> None:
    """The desk shows the file in the person's conversation on the web."""
    now = desk.clock()
    async with desk.database.writes.begin() as session:
        actor = await people.actor_by_handle(session, handle, now.date())
        assert actor.person_id is not None
        thread = await conversations.open_conversation(session, "web", handle, actor.person_id, True, now)
        reply = Reply((file,))
        await conversations.add(
            session, thread.id, uuid4(), 1, by_desk=True, text=reply.plain(), reply=reply.as_json(), at=now
        )


async def fetched(browse: Browse, handle: str, sha256: str) -> Response:
    return await (await browse(handle)).get(f"/files/{sha256}")


@pytest.mark.database
async def test_a_file_is_for_those_whose_conversation_names_it(desk: Desk, browse: Browse) -> None:
    async with desk.database.writes.begin() as session:
        sha256 = await files.store(session, PDF, "application/pdf", desk.clock())
        unnamed = await files.store(session, b"secret", "text/plain", desk.clock())
    await name_in_chat(desk, "D001-buyer", File("对账单.pdf", sha256, "application/pdf"))

    own = await fetched(browse, "D001-buyer", sha256)
    assert (own.status_code, own.content) == (200, PDF)
    assert own.headers["content-type"] == "application/pdf"
    assert own.headers["content-disposition"].startswith("inline")
    for handle, one in (("D002-buyer", sha256), ("D001-owner", sha256), ("D001-buyer", unnamed), ("D001-buyer", "%")):
        assert (await fetched(browse, handle, one)).status_code == 404


@pytest.mark.parametrize(
    "mime", ["text/html", "image/svg+xml", "application/xhtml+xml", "application/octet-stream", "x"]
)
async def test_what_could_run_is_saved_and_not_shown(desk: Desk, browse: Browse, mime: str) -> None:
    async with desk.database.writes.begin() as session:
        sha256 = await files.store(session, b"<script>alert(1)</script>", mime, desk.clock())
    await name_in_chat(desk, "D001-buyer", File("x.html", sha256, mime))
    answer = await fetched(browse, "D001-buyer", sha256)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
