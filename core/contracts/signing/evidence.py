"""What the audit trail keeps of a signature: enough to show later who agreed to which bytes, and with what words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509

from core.contracts.signing.sm2 import Sm2Service
from core.contracts.signing.trust import SigningService


@dataclass(frozen=True, slots=True)
class Evidence:
    """``form`` is ``pades`` or ``sm2``; ``consent`` are the very words that were shown and agreed to.

    Where the signature is a file of its own, ``sha256_after`` is that file's.
    """

    form: str
    sha256_before: str
    sha256_after: str
    person: str
    signer: str
    signed_at: datetime
    reason: str
    consent: str
    issuer: str
    serial: str
    key_sha256: str

    def as_plain(self) -> Mapping[str, str]:
        """As an event stores it."""
        return {**asdict(self), "signed_at": self.signed_at.isoformat()}


def evidence(
    before: bytes, after: bytes, service: SigningService, *, person: str, at: datetime, reason: str, consent: str
) -> Evidence:
    """Of a PAdES signature that was just made; ``key_sha256`` is the certificate's."""
    der = service.certificates()[0]
    certificate = x509.load_der_x509_certificate(der)
    return Evidence(
        form="pades",
        sha256_before=sha256(before).hexdigest(),
        sha256_after=sha256(after).hexdigest(),
        person=person,
        signer=certificate.subject.rfc4514_string(),
        signed_at=at,
        reason=reason,
        consent=consent,
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        key_sha256=sha256(der).hexdigest(),
    )


def sm2_evidence(
    file: bytes,
    signature_file: bytes,
    service: Sm2Service,
    *,
    person: str,
    signer: str,
    at: datetime,
    reason: str,
    consent: str,
) -> Evidence:
    """Of an SM2 signature that was just made; ``key_sha256`` is the public key's, which no authority issued."""
    return Evidence(
        form="sm2",
        sha256_before=sha256(file).hexdigest(),
        sha256_after=sha256(signature_file).hexdigest(),
        person=person,
        signer=signer,
        signed_at=at,
        reason=reason,
        consent=consent,
        issuer="",
        serial="",
        key_sha256=sha256(service.public_key()).hexdigest(),
    )
