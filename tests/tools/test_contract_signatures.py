"""Signature files sent beside a contract: whose they are, of which file, and what is said of those that don't hold."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.contracts.signing.authority import DemoAuthority
from core.contracts.signing.people import Person
from core.contracts.signing.sm2 import BadSignatureFile, Sm2Key, sign_detached
from core.db import Database
from core.documents import files
from core.errors import BadInput, NotFound
from tests.core.contracts import making
from tests.factories import NOW
from tests.tools.calls import call, context_for
from tools.context import Attachment, ToolContext
from tools.contract_signatures import verify_signature

WORD = making.word("hard")
SIGNER = Person("people:1", "张伟", "云岭食品有限公司")


@pytest.fixture
def authority(tmp_path: Path) -> DemoAuthority:
    return DemoAuthority(tmp_path)


def proof_of(key: Sm2Key, data: bytes = WORD, **statement: str) -> bytes:
    """A signature file; what ``statement`` names was changed in it afterwards."""
    made = sign_detached(
        data, key, signer=SIGNER.name, organisation=SIGNER.organisation, at=NOW, reason="同意", name="contract.docx"
    )
    whole = json.loads(made)
    whole["statement"] = json.dumps({**json.loads(whole["statement"]), **statement}, ensure_ascii=False, sort_keys=True)
    return json.dumps(whole, ensure_ascii=False).encode()


async def speaking(database: Database, authority: DemoAuthority, who: str = "D001-owner") -> ToolContext:
    return replace(await context_for(database, who), authority=authority)


async def with_files(database: Database, ctx: ToolContext, **sent: bytes) -> ToolContext:
    """The same in a turn that brings these files; an underscore in a name stands for its dot."""
    attached = []
    async with database.writes.begin() as session:
        for name, data in sent.items():
            sha256 = await files.store(session, data, "application/octet-stream", NOW)
            attached.append(Attachment(name.replace("_", "."), sha256, "application/octet-stream", len(data)))
    return replace(ctx, attachments=tuple(attached))


async def test_a_known_signers_file_holds(demo_database: Database, authority: DemoAuthority) -> None:
    proof = proof_of(authority.sm2_key_of(SIGNER))
    ctx = await with_files(
        demo_database, await speaking(demo_database, authority), contract_docx=WORD, contract_sig=proof
    )
    said = (await call(verify_signature, ctx)).plain()
    assert "均有效" in said
    assert "张伟" in said
    assert "云岭食品有限公司" in said


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [({"signer": "李四"}, "签名文件被改动过"), ({"sm3": "0" * 64}, "不是这份文件的签名")],
)
async def test_a_changed_one_does_not(
    demo_database: Database, authority: DemoAuthority, statement: dict[str, str], verdict: str
) -> None:
    proof = proof_of(authority.sm2_key_of(SIGNER), WORD, **statement)
    ctx = await with_files(demo_database, await speaking(demo_database, authority), a_docx=WORD, a_sig=proof)
    said = (await call(verify_signature, ctx)).plain()
    assert verdict in said
    assert "均有效" not in said


async def test_several_contracts_are_told_one_by_one(demo_database: Database, authority: DemoAuthority) -> None:
    key = authority.sm2_key_of(SIGNER)
    softer = making.word("hard", "双方同意。")
    ctx = await with_files(
        demo_database, await speaking(demo_database, authority), one_docx=WORD, two_docx=softer,
        two_sig=proof_of(key, softer),
    )  # fmt: skip
    lines = (await call(verify_signature, ctx)).plain().splitlines()
    assert "one.docx" in lines[0]
    assert "不是这份文件的签名" in lines[1]
    assert lines[2].startswith("two.docx")
    assert "均有效" in lines[2]
    only = await call(verify_signature, ctx, file="two.docx")
    assert "one.docx" not in only.plain()


@pytest.mark.parametrize("data", [b"{}", b"\xff\x00", b"", proof_of(Sm2Key.new(), signed_at="2026-11-20T09:30:00")])
async def test_what_is_no_signature_file_is_said(
    demo_database: Database, authority: DemoAuthority, data: bytes
) -> None:
    ctx = await with_files(demo_database, await speaking(demo_database, authority), a_docx=WORD, a_sig=data)
    with pytest.raises(BadSignatureFile):
        await call(verify_signature, ctx)


async def test_a_file_that_holds_none_inside_is_asked_for_with_its_signature(
    demo_database: Database, authority: DemoAuthority
) -> None:
    ctx = await with_files(demo_database, await speaking(demo_database, authority), a_docx=WORD)
    with pytest.raises(BadInput) as refused:
        await call(verify_signature, ctx)
    assert refused.value.message_key == "contracts.signatures.not_pdf"


async def test_a_signature_file_alone_is_of_the_contract_in_view_or_asked_for(
    demo_database: Database, authority: DemoAuthority
) -> None:
    proof = proof_of(authority.sm2_key_of(SIGNER))
    owner = await with_files(demo_database, await speaking(demo_database, authority), a_sig=proof)
    assert "不是这份文件的签名" in (await call(verify_signature, owner)).plain()
    finance = await with_files(demo_database, await speaking(demo_database, authority, "finance"), a_sig=proof)
    with pytest.raises(BadInput) as refused:
        await call(verify_signature, finance)
    assert refused.value.message_key == "contracts.signatures.send_both"


async def test_another_dealers_contract_is_as_missing(demo_database: Database, authority: DemoAuthority) -> None:
    with pytest.raises(NotFound):
        await call(verify_signature, await speaking(demo_database, authority), contract="HT-2026-005")
