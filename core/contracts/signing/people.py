"""Whom a signing key is for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """``id`` is ours and never changes."""

    id: str
    name: str
    organisation: str = ""
