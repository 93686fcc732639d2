"""Who makes signatures: keys of our own for the demo, or a trust service outside; both only ever see a digest."""

from collections.abc import Sequence
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

DIGEST = "sha256"


class SigningService(Protocol):
    """A person's or a company's key, wherever it is kept: in a file, a token, or a trust service's own machine."""

    def certificates(self) -> Sequence[bytes]:
        """The signer's certificate first, then those above it; DER."""

    def sign_digest(self, digest: bytes) -> bytes:
        """The signature of a SHA-256 digest as CMS wants it: PKCS #1 v1.5 for RSA, DER for elliptic curves."""


class TimestampService(Protocol):
    """An authority that says when something was there (RFC 3161)."""

    def answer(self, request: bytes) -> bytes:
        """The authority's reply to a request, both in DER."""


class LocalKey:
    """A key of our own, held in memory."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, chain: Sequence[x509.Certificate]) -> None:
        self._key = key
        self._chain = tuple(chain)

    def certificates(self) -> Sequence[bytes]:
        """As they were handed in."""
        return [each.public_bytes(serialization.Encoding.DER) for each in self._chain]

    def sign_digest(self, digest: bytes) -> bytes:
        """Made here and now."""
        hashed = Prehashed(hashes.SHA256())
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(digest, padding.PKCS1v15(), hashed)
        return self._key.sign(digest, ec.ECDSA(hashed))
