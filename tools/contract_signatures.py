"""Whether signatures hold: those in a PDF, files kept with a registered contract, and files sent beside one."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Permission
from core.contracts.service import Held
from core.contracts.signing.signatures import Signature, verify
from core.contracts.signing.signed_pdf import is_pdf
from core.contracts.signing.sm2 import (
    SUFFIX,
    BadSignatureFile,
    DetachedSignature,
    is_signature_file,
    sm3,
    verify_detached,
)
from core.contracts.standing_signatures import kept, one_text, standing
from core.documents import files
from core.errors import BadInput
from core.replies import Reply, Text
from core.words import Words
from tools.context import Attachment, ToolContext
from tools.contract_papers import Asked, FileName, Number, meant, registered
from tools.registry import ToolSpec

Runtime = ToolRuntime[ToolContext, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file with its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A contract with what was found under it; ``other``: signature files that are of another file than this."""

    name: str
    within: Sequence[Signature] = ()
    beside: Sequence[DetachedSignature] = ()
    other: Sequence[DetachedSignature] = ()


@tool(parse_docstring=True, response_format="content_and_artifact")
async def verify_signature(
    runtime: Runtime, contract: Number | None = None, dealer: str | None = None, file: FileName | None = None
) -> tuple[str, Reply]:
    """Whether electronic signatures hold, in a PDF or in SM2 signature files: whose they are, what was changed since.

    A contract and its signature file are sent together; those of a registered contract are kept with it.

    Args:
        contract: The number of a registered contract; the file just sent or in view when absent.
        dealer: The dealer's code, for the dealer's registered contract.
        file: Which of several files that were sent, by its name.
    """
    ctx = runtime.context
    async with ctx.reads() as session:
        sent = [Loaded(_short(one), await files.load(session, one.sha256)) for one in ctx.attachments]
        proofs = [one for one in sent if _is_proof(one)]
        papers = [one for one in sent if not _is_proof(one) and file in {None, one.name}]
        if papers and not (contract or dealer):
            found = [await asyncio.to_thread(_looked_at, ctx, one, proofs) for one in papers]
        else:
            found = [await _in_view(session, ctx, Asked(contract, dealer, file), proofs)]
    reply = Reply(tuple(Text(_told(one, ctx.words)) for one in found))
    return reply.plain(), reply


def _short(sent: Attachment) -> str:
    return PurePath(sent.name).name


def _is_proof(one: Loaded) -> bool:
    return one.name.lower().endswith(SUFFIX) or is_signature_file(one.data)


async def _in_view(session: AsyncSession, ctx: ToolContext, asked: Asked, proofs: Sequence[Loaded]) -> Checked:
    """The contract that is meant without being sent now, with signature files that were sent for it."""
    earlier = tuple(one for one in ctx.earlier_files if not one.name.lower().endswith(SUFFIX))
    try:
        paper = await meant(session, replace(ctx, attachments=(), earlier_files=earlier), asked)
    except BadInput as error:
        raise (BadInput("contracts.signatures.send_both") if proofs else error) from error
    held = await registered(session, ctx, paper)
    if held is not None:
        return await _of_register(session, ctx, held, proofs)
    data = await files.load(session, paper.sha256)
    return await asyncio.to_thread(_looked_at, ctx, Loaded(paper.name, data), proofs)


async def _of_register(session: AsyncSession, ctx: ToolContext, held: Held, proofs: Sequence[Loaded]) -> Checked:
    """What is kept with a registered contract; a signature file may be of the text as it was before others signed."""
    found = await standing(session, ctx.actor, held, ctx.authority, ctx.now)
    text = one_text(held.version.sha256, await kept(session, ctx.actor, held.contract.id))
    data = [await files.load(session, sha256) for sha256 in sorted(text)] if proofs else []
    known = ctx.authority.known_sm2_keys() if proofs and ctx.authority is not None else ()
    sent = await asyncio.to_thread(_seen, proofs, data, known, held.version.name)
    of_this = {sm3(one) for one in data}
    beside = [one.seen for one in found.beside]
    beside += [one for one in sent if one.sm3 in of_this and one not in beside]
    return Checked(held.version.name, found.within, beside, [one for one in sent if one.sm3 not in of_this])


def _looked_at(ctx: ToolContext, paper: Loaded, proofs: Sequence[Loaded]) -> Checked:
    """A file that was sent, which nobody need have registered."""
    roots = [ctx.authority.root(ctx.now)] if ctx.authority is not None else []
    within = verify(paper.data, roots, at=ctx.now, name=paper.name) if is_pdf(paper.data) else []
    if not is_pdf(paper.data) and not proofs:
        raise BadInput("contracts.signatures.not_pdf", name=paper.name)
    known = ctx.authority.known_sm2_keys() if proofs and ctx.authority is not None else ()
    sent = _seen(proofs, [paper.data], known, paper.name)
    own = sm3(paper.data)
    return Checked(paper.name, within, [one for one in sent if one.sm3 == own], [one for one in sent if one.sm3 != own])


def _seen(
    proofs: Iterable[Loaded], files_: Sequence[bytes], known: Collection[bytes], name: str
) -> list[DetachedSignature]:
    """Each signature file held against the file that it is of, where that is among these."""
    found = []
    for proof in proofs:
        if not is_signature_file(proof.data):
            raise BadSignatureFile(name=name)
        looks = [verify_detached(data, proof.data, known, name=name) for data in files_]
        found.append(next((one for one in looks if one.intact), looks[0]))
    return found


def _told(found: Checked, words: Words) -> str:
    lines = [_within(one, words) for one in found.within]
    lines += [_beside(one, words, _verdict(one)) for one in found.beside]
    lines += [_beside(one, words, "other") for one in found.other]
    if not lines:
        return words("contracts.signatures.none", name=found.name)
    good = all(one.holds for one in found.within) and all(one.holds for one in found.beside) and not found.other
    key = "contracts.signatures.good" if good else "contracts.signatures.bad"
    numbered = [words("contracts.signatures.place", place=place, said=one) for place, one in enumerate(lines, start=1)]
    return "\n".join([words(key, name=found.name, count=len(lines)), *numbered])


def _within(one: Signature, words: Words) -> str:
    """A broken seal matters more than who made it."""
    if not one.intact:
        verdict = "broken"
    elif one.later == "changed":
        verdict = "changed"
    else:
        verdict = "holds" if one.trusted else str(one.trust)
    who = f"{one.signer} {one.organisation}".strip()
    when = one.signed_at if one.signed_at is not None else "–"
    return words("contracts.signatures.one", who=who, when=when, verdict=words(f"contracts.verdict.{verdict}"))


def _verdict(one: DetachedSignature) -> str:
    if not one.intact:
        return "forged"
    return "holds" if one.trusted else "unknown_key"


def _beside(one: DetachedSignature, words: Words, verdict: str) -> str:
    who = " ".join(f"{one.signer} {one.organisation}".split())
    said = words(f"contracts.verdict.{verdict}")
    return words("contracts.signatures.sm2", who=who, when=one.signed_at, verdict=said)


TOOLS = (ToolSpec(verify_signature, Permission.CONTRACTS_READ, private=True),)
