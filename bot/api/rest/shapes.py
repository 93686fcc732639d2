"""What several answers of the API are made of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from core.money import round_money

Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=200, description="How many items a page holds.")]
After = Annotated[
    str | None, Query(max_length=400, alias="cursor", description="Where a page ended: the `next` of the one before.")
]
DealerCode = Annotated[
    str | None,
    Query(max_length=64, description="A dealer's code; only for those who look after several dealers."),
]


class Page(BaseModel, Generic[Item]):
    """A part of a list; ``next`` is null on the last page."""

    items: list[Item]
    next: str | None = None


class Money(BaseModel):
    """An exact amount; tax is included where there is any."""

    amount: Annotated[str, Field(examples=["28.51"])]
    currency: Annotated[str, Field(examples=["CNY"])]

    @classmethod
    def of(cls, value: Decimal, currency: str) -> "Money":
        """Rounded half up to the currency's minor unit."""
        return cls(amount=str(round_money(value, currency)), currency=currency)


class Named(BaseModel):
    """A thing of the brand's: its code, and its name in the language asked for."""

    code: str
    name: str


class Problem(BaseModel):
    """RFC 9457. ``type`` names the reason for programs, ``detail`` tells it to people."""

    type: Annotated[str, Field(examples=["urn:qudao:problem:error.not_found"])]
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None


def in_language(names: Mapping[str, str], language: str) -> str:
    """The name in the reader's language, else in any."""
    found = (names.get(tag) for tag in (language, language.partition("_")[0], "en"))
    return next(filter(None, found), next(iter(names.values()), ""))


def plain(value: Decimal | None) -> str | None:
    """An exact number without an exponent or idle zeros."""
    if value is None:
        return None
    return f"{value.normalize():f}" if value else "0"


PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The body can't be read."},
    401: {"model": Problem, "description": "The key is missing or no longer alive."},
    403: {"model": Problem, "description": "The key lacks the scope, or the person the right."},
    404: {"model": Problem, "description": "There is no such thing, or it is not yours to see."},
    409: {"model": Problem, "description": "A rule of the trade says no, or the request is being worked on."},
    410: {"model": Problem, "description": "Decided, expired or replaced before."},
    413: {"model": Problem, "description": "The body is too large."},
    422: {"model": Problem, "description": "What was sent can't be used as it is."},
    429: {"model": Problem, "description": "Too many requests; see Retry-After."},
}
