"""An order before it is one: lines with their prices, what stands in the way, and what is stored for the press."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.dealers.models import Dealer, ShipTo
from core.errors import Refused
from core.orders.rules import Credit
from core.orders.sent import as_sent, sent
from core.products.catalogue import CatalogueProduct
from core.products.promotions import FreeLine, Offer, PaidLine, Priced
from core.products.service import Substitute

Payload = dict[str, Any]
AS_ASKED = frozenset({"by_habit", "said", "stated"})
SAME = ("lines", "free", "discounts", "goods", "discount", "amount", "currency", "prepaid", "before")


@dataclass(frozen=True, slots=True)
class Requested:
    """A line as it was asked for; without a unit, the one that the dealer usually orders in.

    Of a line from a list ``said`` is how it was written there, ``stated`` the price beside it: shown, never applied.
    """

    sku: str
    quantity: Decimal
    unit: str | None = None
    said: str = ""
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """An order as it was asked for; ``ship_to`` is a code or a name, without one it is where they usually take it."""

    lines: tuple[Requested, ...]
    ship_to: str | None = None
    wanted_on: date | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of an order, as a catalogue key; ``product`` is whom it is about."""

    key: str
    product: CatalogueProduct | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def refusal(self) -> Refused:
        """The same as an error; a product is named by its code."""
        named = {"product": self.product.sku} if self.product else {}
        return Refused(self.key, **named, **self.params)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A product of which there isn't enough: ``able`` paid cases can be had now, free ones of it included in stock.

    ``until`` is when more is expected.
    """

    product: CatalogueProduct
    wanted: int
    able: int
    until: date
    instead: tuple[Substitute, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of whole cases, in the unit that it was asked for."""

    product: CatalogueProduct
    quantity: int
    unit: str
    cases: int
    by_habit: bool = False
    said: str = ""
    stated: Decimal | None = None

    @property
    def bottles(self) -> int:
        """In the base unit of stock."""
        return self.cases * self.product.case


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A priced and checked order; with problems or shortages it can't be proposed.

    ``order`` names the order that it would change, ``before`` what that one holds now. ``permission`` is what a press
    needs; ``proposer_may``: whether who asked may press. ``ship_to_by_habit``: nobody said where to.
    """

    dealer: Dealer
    day: date
    lines: tuple[DraftLine, ...]
    priced: Priced
    free_products: Mapping[int, CatalogueProduct]
    warehouse: str
    credit: Credit
    permission: str
    proposer_may: bool
    ship_to: ShipTo | None = None
    ship_to_by_habit: bool = False
    wanted_on: date | None = None
    remark: str | None = None
    problems: tuple[Problem, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    order: str | None = None
    before: Mapping[str, Any] | None = None

    @property
    def amount(self) -> Decimal:
        """To be paid, tax included."""
        return self.priced.amount

    @property
    def currency(self) -> str:
        """The dealer's."""
        return self.dealer.currency

    @property
    def prepaid(self) -> bool:
        """Whether the money comes before the goods."""
        return self.credit.prepaid

    @property
    def fine(self) -> bool:
        """Whether it can be proposed and placed."""
        return not self.problems and not self.shortages

    def refusal(self) -> Refused:
        """The first thing that stands in the way, as an error."""
        if self.problems:
            return self.problems[0].refusal()
        short = self.shortages[0]
        return Refused(
            "order.short", product=short.product.sku, wanted=short.wanted, able=short.able, until=short.until
        )

    def payload(self) -> Payload:
        """All that the press and the words around it need, as plain JSON; the names in every language."""
        made: Payload = {
            "dealer": {"id": self.dealer.id, "code": self.dealer.code, "names": _names(self.dealer)},
            "day": self.day.isoformat(),
            "lines": [self._line_json(line) for line in self.lines if self._is_priced(line)],
            "free": [_free_json(gift, self.free_products[gift.product_id]) for gift in self.priced.free],
            "discounts": [{**_offer_json(one.offer), "amount": plain(one.amount)} for one in self.priced.discounts],
            "goods": plain(self.priced.goods),
            "discount": plain(self.priced.discount),
            "amount": plain(self.amount),
            "currency": self.currency,
            "ship_to": _ship_to_json(self.ship_to, by_habit=self.ship_to_by_habit),
            "wanted_on": self.wanted_on.isoformat() if self.wanted_on else None,
            "remark": self.remark,
            "prepaid": self.prepaid,
            "credit_left": None if self.prepaid else plain(self.credit.left - self.amount),
            "warehouse": self.warehouse,
            "permission": str(self.permission),
            "buyer_limit": plain(self.dealer.buyer_limit),
        }
        if self.order is not None:
            made |= {"order": self.order, "before": dict(self.before or {})}
        return made

    @property
    def _paid(self) -> dict[int, PaidLine]:
        return {line.product_id: line for line in self.priced.paid}

    def _line_json(self, line: DraftLine) -> Payload:
        paid = self._paid[line.product.id]
        counts = self.priced.counts(paid)
        return _paid_json(line, paid) | {"counts_for_rebate": counts} | as_sent(line, paid, self.currency)

    def _is_priced(self, line: DraftLine) -> bool:
        return line.product.id in self._paid


def same_deal(shown: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether what somebody agreed to is still what they would get: goods, free goods, prices and sums."""
    return all(_agreed(shown.get(key)) == _agreed(now.get(key)) for key in SAME)


def _agreed(part: Any) -> Any:
    """Lines without how they were asked for: a unit that was taken by habit is said in what was shown."""
    if not isinstance(part, list):
        return part
    return [{key: value for key, value in line.items() if key not in AS_ASKED} for line in part]


def request_of(payload: Mapping[str, Any]) -> Request:
    """What a stored draft asked for."""
    lines = tuple(
        Requested(line["sku"], Decimal(line["quantity"]), line["unit"], **sent(line)) for line in payload["lines"]
    )
    wanted_on = date.fromisoformat(payload["wanted_on"]) if payload["wanted_on"] else None
    ship_to = payload["ship_to"]["code"] if payload["ship_to"] else None
    return Request(lines, ship_to, wanted_on, payload["remark"])


def plain(amount: Decimal) -> str:
    """An exact amount without trailing zeros: the same whichever database it was read from."""
    return f"{amount.normalize():f}"


def _names(named: Any) -> dict[str, str]:
    return {"zh": named.name, "en": named.name_en}


def _paid_json(line: DraftLine, paid: PaidLine) -> Payload:
    return {
        **_product_json(line.product),
        "quantity": line.quantity,
        "unit": line.unit,
        "cases": line.cases,
        "bottles": line.bottles,
        "by_habit": line.by_habit,
        "price": plain(paid.price),
        "amount": plain(paid.amount),
        "price_id": paid.listed.id,
        "source": paid.listed.source,
        "page": paid.listed.page,
        "promotion_id": paid.offer.id if paid.offer else None,
    }


def _free_json(gift: FreeLine, product: CatalogueProduct) -> Payload:
    return {
        **_product_json(product),
        "cases": gift.cases,
        "bottles": gift.cases * product.case,
        "promotion_id": gift.offer.id,
        "counts_for_rebate": gift.offer.counts_for_rebate,
        "offer": _offer_json(gift.offer),
    }


def _product_json(product: CatalogueProduct) -> Payload:
    return {"sku": product.sku, "product_id": product.id, "names": dict(product.names), "size": product.size}


def _offer_json(offer: Offer) -> Payload:
    return {"code": offer.code, "names": dict(offer.names), "source": offer.source, "page": offer.page}


def _ship_to_json(ship_to: ShipTo | None, *, by_habit: bool) -> Payload | None:
    if ship_to is None:
        return None
    return {"id": ship_to.id, "code": ship_to.code, "names": _names(ship_to), "by_habit": by_habit}
