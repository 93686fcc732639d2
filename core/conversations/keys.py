"""Turns that a program had with a key: what it was told, a person's other keys and channels are not told again."""

from typing import Any

from sqlalchemy import ColumnElement

from core.conversations.models import Message


def marked(key: str) -> dict[str, Any]:
    """What a message's record says of the key that its turn was had with, by its public prefix."""
    return {"key": key}


def had_with(key: str) -> ColumnElement[bool]:
    """Messages of the turns that this key had itself."""
    mine: ColumnElement[bool] = Message.record["key"].as_string() == key
    return mine
