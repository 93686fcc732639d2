"""The codes that the demo's authenticators show: their secrets are public, and good for nothing else."""

from datetime import datetime
from typing import Literal

from core.demo.books import load


def code_of(handle: str, at: datetime, kind: Literal["demo", "wrong"] = "demo") -> str:
    """Six digits: the right ones of the person at that moment, or ``wrong`` ones. A person without one shows zeros."""
    import pyotp

    secret = load("data/brand.yaml")["factors"].get(handle)
    if secret is None:
        return "000000"
    right = pyotp.TOTP(secret).at(at)
    return right if kind == "demo" else f"{(int(right) + 500_000) % 1_000_000:06d}"
