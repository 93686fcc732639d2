"""Secrets that the database keeps: sealed with the installation's key, so a copy of the database gives none away."""

import base64
import hashlib

from core.errors import NotSetUp

SEALED = "sealed:"
PLAIN = "plain:"


class OtherKey(NotSetUp):
    """The key that sealed a secret is missing, or is another one now."""

    key = "sealing.other_key"


def seal(secret: str, key: str) -> str:
    """As the database keeps it; without a key it is kept as it is, and says so."""
    if not key:
        return PLAIN + secret
    from cryptography.fernet import Fernet

    return SEALED + Fernet(_fernet_key(key)).encrypt(secret.encode()).decode()


def unseal(kept: str, key: str) -> str:
    """The inverse of ``seal``."""
    if kept.startswith(PLAIN):
        return kept.removeprefix(PLAIN)
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_fernet_key(key)).decrypt(kept.removeprefix(SEALED).encode()).decode()
    except InvalidToken as error:
        raise OtherKey from error


def _fernet_key(key: str) -> bytes:
    """The setting is long and random (its length is checked), so that one hash stretches it enough."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"qudao sealing\0" + key.encode()).digest())
