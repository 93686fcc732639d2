"""Keys that aren't those that the signatures in the database were made with are noticed, and none are made."""

import shutil
from pathlib import Path

import pytest

from core.contracts.known_signatures import known
from core.contracts.models import Form
from core.contracts.signing.authority import DemoAuthority
from core.db import Database
from tests.core.contracts import making
from tests.core.contracts.test_countersigning import approved, consent_of, pressed
from tests.factories import NOW


async def strange(database: Database, folder: Path) -> frozenset[Form]:
    async with database.reads() as session:
        return (await known(session, DemoAuthority(folder), NOW)).strange


async def signed(database: Database, folder: Path) -> None:
    """A contract signed by one person, in both forms."""
    number, sha256 = await approved(database, making.pdf("hard"))
    for form in (Form.SM2, Form.PADES):
        consent = consent_of("legal", number, sha256, form)
        await pressed(database, "legal", consent, DemoAuthority(folder))


async def test_their_own_keys_know_them_and_no_others_do(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "authority"
    await signed(database, folder)
    assert await strange(database, folder) == frozenset()
    other = DemoAuthority(tmp_path / "other")
    other.root(NOW)
    assert await strange(database, tmp_path / "other") == {Form.PADES, Form.SM2}
    shutil.rmtree(folder)
    assert await strange(database, folder) == {Form.PADES, Form.SM2}
    assert not folder.exists()


async def test_the_oldest_are_looked_at_too(database: Database, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    number, sha256 = await approved(database, making.pdf("hard"))
    for who, folder in (("legal", first), ("D001-owner", second)):
        await pressed(database, who, consent_of(who, number, sha256, Form.PADES), DemoAuthority(folder))
    assert await strange(database, second) == {Form.PADES}


async def test_where_nobody_signed_nothing_is_looked_for(database: Database, tmp_path: Path) -> None:
    await approved(database, making.pdf("hard"))
    async with database.reads() as session:
        found = await known(session, DemoAuthority(tmp_path / "authority"), NOW)
    assert (found.count, found.strange) == (0, frozenset())


@pytest.mark.parametrize("state", ["kept", "lost"])
async def test_doctor_says_it(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    from bot.commands.doctor import examine

    monkeypatch.setenv("QUDAO_DATABASE_URL", database_url)
    monkeypatch.setenv("QUDAO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("QUDAO_EMBEDDER", "none")
    folder = tmp_path / "authority"
    await signed(database, folder if state == "kept" else tmp_path / "elsewhere")
    (line,) = [one for one in await examine() if one.what == "signatures"]
    assert line.is_wrong == (state == "lost")
    assert str(folder) in str(line)
