"""How our column types are written into a revision, and compared with what a database has."""

from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, LargeBinary, String, Text, Uuid
from sqlalchemy.types import TypeEngine

from core.db import Code, Money, Rate, UtcDateTime


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Write a type by its name in ``core.db``; anything else as Alembic does."""
    name = written(item) if kind == "type" else None
    if name is None:
        return False
    context.imports.add("from core import db")
    return f"db.{name}"


def written(item: TypeEngine[Any]) -> str | None:  # noqa: PLR0911 - one line a type
    """The call in ``core.db`` that makes this type; None for one that isn't ours."""
    match item:
        case Money() | Rate() | UtcDateTime():
            return f"{type(item).__name__}()"
        case Code():
            return f"Code({item.length})"
        case Text():
            return "Words()"
        case String():
            return f"Name({item.length})"
        case JSON():
            return "Document()"
        case LargeBinary():
            return "Blob()"
        case BigInteger():
            return "Key()"
        case Uuid():
            return "Id()"
        case _:
            return None


def same_type(_context: Any, _inspected_column: Any, _column: Any, inspected: Any, wanted: Any) -> bool | None:
    """False where the types agree although their names differ; None leaves the question to Alembic.

    MariaDB has no JSON of its own: its JSON is LONGTEXT with a check.
    """
    if isinstance(wanted, JSON) and type(inspected).__name__ == "LONGTEXT":
        return False
    return None
