"""Values that JSON lacks, on their way into a JSON column and back: amounts, days, instants, ids."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from core.money import Amount

READERS: Mapping[str, Callable[[Any], Any]] = {
    "$decimal": Decimal,
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$uuid": UUID,
    "$amount": lambda content: Amount(Decimal(content[0]), content[1]),
    "$as_is": lambda content: {key: decode(value) for key, value in content.items()},
}


def encode(value: Any) -> Any:  # noqa: PLR0911 - one line a type
    """Plain JSON; ``decode`` gives the value back, tuples as lists."""
    match value:
        case Decimal():
            return {"$decimal": str(value)}
        case datetime():
            return {"$datetime": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case Amount():
            return {"$amount": [str(value.value), value.currency]}
        case UUID():
            return {"$uuid": str(value)}
        case Mapping():
            content = {str(key): encode(item) for key, item in value.items()}
            return {"$as_is": content} if _looks_tagged(content) else content
        case list() | tuple() | set() | frozenset():
            return [encode(item) for item in value]
        case Enum():
            return encode(value.value)
        case bool() | int() | float() | str() | None:
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")


def decode(value: Any) -> Any:
    """The inverse of ``encode``."""
    match value:
        case dict() if _looks_tagged(value):
            ((tag, content),) = value.items()
            return READERS[tag](content)
        case dict():
            return {key: decode(item) for key, item in value.items()}
        case list():
            return [decode(item) for item in value]
        case _:
            return value


def _looks_tagged(content: Mapping[str, Any]) -> bool:
    return len(content) == 1 and next(iter(content)) in READERS
