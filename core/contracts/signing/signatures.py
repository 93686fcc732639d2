"""Looking at the signatures of any PDF: whose they are, whether a byte was changed, what came after."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from core.contracts.signing.errors import BrokenPdf
from core.contracts.signing.signed_pdf import opened

_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)


class Trust(StrEnum):
    """Whether the signer's certificate comes from an authority that is trusted here, and was valid."""

    TRUSTED = "trusted"
    UNKNOWN_AUTHORITY = "unknown_authority"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    UNFIT = "unfit"


class Later(StrEnum):
    """What was added to the file after a signature: nothing, only more signatures, or something else."""

    NOTHING = "nothing"
    SIGNED = "signed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Signature:
    """``signed_at`` is what the signer's machine said, ``stamped_at`` what a trusted authority said, if one was asked.

    ``intact``: not a byte that was signed is another now; ``covers_file``: it speaks for all there is in the file.
    """

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    certificate_sha256: str
    reason: str
    signed_at: datetime | None
    stamped_at: datetime | None
    intact: bool
    covers_file: bool
    trust: Trust
    later: Later

    @property
    def trusted(self) -> bool:
        """By an authority that was handed in."""
        return self.trust is Trust.TRUSTED

    @property
    def holds(self) -> bool:
        """Whether what is read now is what this known signer signed."""
        return self.intact and self.trusted and self.later is not Later.CHANGED


def verify(pdf: bytes, trust_roots: Sequence[bytes], *, at: datetime, name: str = "contract.pdf") -> list[Signature]:
    """All signatures in the order they were made, none for a file without; certificates are judged at the time ``at``.

    ``trust_roots`` are the authorities' certificates (DER). It asks nobody outside, so a revocation that isn't in the
    file goes unseen. It blocks: call it in a thread from where an event loop runs.
    """
    reader = opened(pdf, name)
    try:
        embedded = list(reader.embedded_regular_signatures)
        found = [asyncio.run(_looked_at(pdf, each, trust_roots, at)) for each in embedded]
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise BrokenPdf(name=name) from error
    if not found and b"/ByteRange" in pdf:
        raise BrokenPdf(name=name)
    return found


async def _looked_at(pdf: bytes, embedded: EmbeddedPdfSignature, roots: Sequence[bytes], at: datetime) -> Signature:
    certificate = embedded.signer_cert
    status = await _status(embedded, roots, at)
    stamped = _stamped_at(status)
    trust = _trust(status, certificate, at)
    if trust is Trust.EXPIRED and stamped is not None:
        trust = _trust(await _status(embedded, roots, stamped), certificate, stamped)
    said = certificate.subject.native
    whole = status is not None and _is_whole(pdf, embedded)
    return Signature(
        field=str(embedded.field_name),
        signer=str(said.get("common_name", "")),
        organisation=str(said.get("organization_name", "")),
        issuer=str(certificate.issuer.native.get("common_name", "")),
        serial=f"{certificate.serial_number:x}",
        certificate_sha256=sha256(certificate.dump()).hexdigest(),
        reason=str(embedded.sig_object.get("/Reason", "")),
        signed_at=embedded.self_reported_timestamp if status is None else status.signer_reported_dt,
        stamped_at=stamped,
        intact=whole and status is not None and status.intact and status.valid,
        covers_file=whole and status is not None and status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        trust=trust,
        later=_later(status),
    )


async def _status(embedded: EmbeddedPdfSignature, roots: Sequence[bytes], at: datetime) -> PdfSignatureStatus | None:
    """None where the signature can't even be checked."""
    context = ValidationContext(trust_roots=[Certificate.load(root) for root in roots], moment=at, allow_fetching=False)
    try:
        return await async_validate_pdf_signature(
            embedded, context, diff_policy=_only_signatures(), key_usage_settings=_USAGE
        )
    except (SignatureValidationError, ValidationError, PathError):
        return None


def _only_signatures() -> StandardDiffPolicy:
    """What may follow a signature: others, their timestamps and proofs; no form may be filled, no note be added."""
    level = ModificationLevel.LTA_UPDATES
    return StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule(),
            DocInfoRule().as_qualified(level),
            XrefStreamRule().as_qualified(level),
            ObjectStreamRule().as_qualified(level),
            DSSCompareRule().as_qualified(level),
            MetadataUpdateRule().as_qualified(level),
        ],
        form_rule=FormUpdatingRule(field_rules=[SigFieldCreationRule(), SigFieldModificationRule()]),
    )


def _is_whole(pdf: bytes, embedded: EmbeddedPdfSignature) -> bool:
    """Whether all but the signature itself was signed, and nothing hides in the room that was kept for it."""
    if len(embedded.byte_range) != 4:
        return False
    start, first, second, _ = (int(each) for each in embedded.byte_range)
    kept = pdf[first:second]
    content = bytes(embedded.pkcs7_content)
    if start != 0 or kept[:1] != b"<" or kept[-1:] != b">" or len(kept) != 2 * len(content) + 2:
        return False
    return not content[_length(content) :].strip(b"\0")


def _length(der: bytes) -> int:
    """Of the first value: what it holds and the bytes before that."""
    if len(der) < 2:
        return 0
    if der[1] < 0x80:
        return 2 + der[1]
    size = der[1] & 0x7F
    return 2 + size + int.from_bytes(der[2 : 2 + size], "big")


def _stamped_at(status: PdfSignatureStatus | None) -> datetime | None:
    stamp = status.timestamp_validity if status is not None else None
    return stamp.timestamp if stamp is not None and stamp.valid and stamp.intact and stamp.trusted else None


_PROBLEMS: Mapping[str, Trust] = {
    "EXPIRED": Trust.EXPIRED,
    "OUT_OF_BOUNDS_NO_POE": Trust.EXPIRED,
    "OUT_OF_BOUNDS_NOT_REVOKED": Trust.EXPIRED,
    "NOT_YET_VALID": Trust.NOT_YET_VALID,
    "REVOKED": Trust.REVOKED,
    "REVOKED_NO_POE": Trust.REVOKED,
    "REVOKED_CA_NO_POE": Trust.REVOKED,
    "NO_CERTIFICATE_CHAIN_FOUND": Trust.UNKNOWN_AUTHORITY,
}


def _trust(status: PdfSignatureStatus | None, certificate: Certificate, at: datetime) -> Trust:
    if status is None:
        return Trust.UNFIT
    if status.trust_problem_indic is None and status.validation_path is not None:
        return Trust.TRUSTED
    named = _PROBLEMS.get(getattr(status.trust_problem_indic, "name", ""), Trust.UNFIT)
    if named is Trust.UNFIT or named is Trust.EXPIRED:
        if at > certificate.not_valid_after:
            return Trust.EXPIRED
        if at < certificate.not_valid_before:
            return Trust.NOT_YET_VALID
    return named


def _later(status: PdfSignatureStatus | None) -> Later:
    if status is None:
        return Later.CHANGED
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Later.NOTHING
    level = status.modification_level
    harmless = level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
    return Later.SIGNED if whole and harmless and status.docmdp_ok is not False else Later.CHANGED
