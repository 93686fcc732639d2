"""What may be subscribed to, what is told of it, how it is signed, and when it is tried again."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from core.errors import BadInput

TOLD: Mapping[str, tuple[str, ...]] = {
    "order": ("state", "amount", "lines", "free", "ship_to", "wanted_on"),
    "invoice": ("number", "amount", "due_on"),
    "proposal": (),
    "document": ("title", "version"),
    "handoff": (),
}
"""Kinds of event by what stands before the dot, and what of ``after`` goes out: nothing that people wrote by hand
(remarks, reasons) and nobody's name. Events of people, accounts and keys go to nobody."""

SECRET = "whsec_"  # noqa: S105 - how a secret begins
MAX_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=6)


def check_kinds(kinds: Iterable[str]) -> list[str]:
    """Kinds as they are stored; BadInput for one that is never told: ``order.placed``, ``order.*`` or ``*``."""
    wanted = sorted(set(kinds))
    unknown = [kind for kind in wanted if kind != "*" and kind.partition(".")[0] not in TOLD]
    if not wanted or unknown:
        raise BadInput("webhooks.kinds", kinds=", ".join(unknown) or "–", known=", ".join(f"{one}.*" for one in TOLD))
    return wanted


def told(kind: str, after: Mapping[str, Any] | None) -> dict[str, Any]:
    """What of an event's content goes out."""
    return {name: (after or {})[name] for name in TOLD[kind.partition(".")[0]] if name in (after or {})}


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature header of Standard Webhooks: HMAC-SHA256 over ``id.timestamp.body``."""
    mac = hmac.new(_key(secret), f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(mac.digest()).decode()}"


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(SECRET), validate=True)
    except binascii.Error:
        return secret.encode()


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failures: 10 s, doubled each time up to 6 h; None after the last."""
    if attempts >= MAX_ATTEMPTS:
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** (attempts - 1)
    return min(doubled, LONGEST_WAIT)
