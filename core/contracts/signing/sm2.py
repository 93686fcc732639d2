"""SM2 over SM3 (GB/T 32918, 32905): a signature as a file of its own beside any contract, a Word file too."""

import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SM3, Hash
from gmalg import SM2

from core.errors import BadInput

USER = b"1234567812345678"  # the signer's id of GM/T 0009 where none was agreed
SUFFIX, MIME = ".sig", "application/json"
_FORM = "sm2-sm3"
_LARGEST = 100_000  # bytes of a signature file
_LONGEST = 200  # characters of a name or a reason in it
_BYTES = 32

Random = Callable[[int], int]  # that many random bits


class BadSignatureFile(BadInput):
    """It isn't a signature file of this form; ``name`` is the contract's."""

    key = "signing.bad_signature_file"


class Sm2Service(Protocol):
    """A key, wherever it is kept: here, in a token, with a trust service."""

    def public_key(self) -> bytes:
        """The point, uncompressed: 04 and two coordinates."""

    def sign(self, message: bytes) -> bytes:
        """The signature over the SM3 digest of the signer's id, the key and the message; DER."""


class Sm2Key:
    """A key of our own; ``random`` is handed in by tests alone."""

    def __init__(self, secret: bytes, random: Random = secrets.randbits) -> None:
        self._sm2 = SM2(secret, USER, rnd_fn=random)
        self._public = b"\x04" + _point(self._sm2.generate_pk(secret))
        self.secret = secret

    @classmethod
    def new(cls, random: Random = secrets.randbits) -> "Sm2Key":
        """Another one each time."""
        secret, _ = SM2(rnd_fn=random).generate_keypair()
        return cls(secret, random)

    def public_key(self) -> bytes:
        """As others need it."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """Made here and now."""
        r, s = self._sm2.sign(message)
        return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the holder of the key signed these bytes."""
    try:
        r, s = decode_dss_signature(signature)
        checker = SM2(uid=USER, pk=public_key)
        on_curve = len(public_key) == 1 + 2 * _BYTES and checker.verify_pk(public_key)
        return on_curve and checker.verify(message, r.to_bytes(_BYTES), s.to_bytes(_BYTES))
    except (ValueError, OverflowError, ArithmeticError):
        return False


@dataclass(frozen=True, slots=True)
class DetachedSignature:
    """``intact``: the file is the one that was signed and the statement about it is the signer's own."""

    signer: str
    organisation: str
    reason: str
    signed_at: datetime
    public_key: bytes
    sm3: str
    intact: bool
    trusted: bool

    @property
    def holds(self) -> bool:
        """Whether this known signer signed this very file."""
        return self.intact and self.trusted


def sign_detached(
    data: bytes, service: Sm2Service, *, signer: str, organisation: str = "", at: datetime, reason: str, name: str
) -> bytes:
    """A signature file: a statement with the file's SM3 digest, who, when and why, and the signature of it."""
    statement = {
        "file": name,
        "organisation": organisation,
        "public_key": service.public_key().hex(),
        "reason": reason,
        "sha256": sha256(data).hexdigest(),
        "signed_at": at.isoformat(),
        "signer": signer,
        "sm3": sm3(data),
    }
    said = json.dumps(statement, ensure_ascii=False, sort_keys=True)
    whole = {"form": _FORM, "signature": service.sign(said.encode()).hex(), "statement": said}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def is_signature_file(data: bytes) -> bool:
    """Whether it is one of this form, whatever it says."""
    try:
        _opened(data, "")
    except BadSignatureFile:
        return False
    return True


def verify_detached(data: bytes, signature_file: bytes, trusted: Collection[bytes], *, name: str) -> DetachedSignature:
    """What a signature file says about a file; ``trusted`` are the public keys of known signers."""
    said, signature = _opened(signature_file, name)
    try:
        statement = json.loads(said)
        public_key, signed_at = bytes.fromhex(statement["public_key"]), datetime.fromisoformat(statement["signed_at"])
        names = [str(statement[key])[:_LONGEST] for key in ("signer", "organisation", "reason", "sm3")]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadSignatureFile(name=name) from error
    if signed_at.tzinfo is None:
        raise BadSignatureFile(name=name)
    signer, organisation, reason, digest = names
    return DetachedSignature(
        signer=signer,
        organisation=organisation,
        reason=reason,
        signed_at=signed_at,
        public_key=public_key,
        sm3=digest,
        intact=digest == sm3(data) and is_signed(said.encode(), signature, public_key),
        trusted=public_key in trusted,
    )


def _opened(signature_file: bytes, name: str) -> tuple[str, bytes]:
    try:
        whole: Any = json.loads(signature_file[:_LARGEST])
        if whole["form"] == _FORM:
            return str(whole["statement"]), bytes.fromhex(whole["signature"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadSignatureFile(name=name) from error
    raise BadSignatureFile(name=name)


def sm3(data: bytes) -> str:
    """The digest, in hexadecimal."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def _point(public: bytes) -> bytes:
    """The two coordinates of a point, with or without the mark before them."""
    return public[-2 * _BYTES :]
