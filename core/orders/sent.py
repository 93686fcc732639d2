"""What a sender's list said of a line, kept with the draft for whoever presses: its words, a price other than ours."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from core.products.catalogue import CatalogueProduct
from core.products.rules import price_of_unit

TOGETHER = "; "
LONGEST = 200


class SentLine(Protocol):
    """A line with what its sender wrote."""

    @property
    def product(self) -> CatalogueProduct:
        """What it orders."""

    @property
    def said(self) -> str:
        """Its row."""

    @property
    def stated(self) -> Decimal | None:
        """The price in it."""


class PricedLine(Protocol):
    """A line with our price."""

    @property
    def price(self) -> Decimal:
        """A case."""


def as_sent(line: SentLine, paid: PricedLine, currency: str) -> dict[str, Any]:
    """As JSON, nothing where the line was said and not sent; a price only where it is none of ours, by any unit."""
    kept: dict[str, Any] = {"said": line.said[:LONGEST]} if line.said else {}
    ours = {price_of_unit(paid.price, unit, line.product.packs, currency) for unit in line.product.packs}
    if line.stated is not None and line.stated > 0 and line.stated not in ours:
        kept["stated"] = f"{line.stated.normalize():f}"
    return kept


def sent(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of ``as_sent``, as a ``Requested`` takes it."""
    stated = kept.get("stated")
    return {"said": kept.get("said", ""), "stated": Decimal(stated) if stated is not None else None}


def both(one: str, other: str) -> str:
    """The words of two rows of one product."""
    return TOGETHER.join(dict.fromkeys(said for said in (one, other) if said))[:LONGEST]
