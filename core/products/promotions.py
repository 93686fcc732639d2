"""What an order costs under the price lists and promotions in force. Pure; figures as in core.products.rules.

Stacking, until programmes say otherwise: a special price replaces the list where it is lower, and excludes free goods
on that product; of several free-goods offers the one with the most free cases counts; of several thresholds of one
scope (a category, or the whole order) the largest discount reached counts, once; scopes add up. A discount is taken
off the lines of its scope alone and never below zero: those of categories first, then that of the whole order off what
is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.money import ZERO, round_money, split_money
from core.products.rules import ListPrice, line_amount, price_steps, step_at


class PromotionKind(StrEnum):
    """搭赠, 满减, 特价."""

    FREE_UNITS = "free_units"
    THRESHOLD = "threshold"
    SPECIAL_PRICE = "special_price"


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion in force; see ``core.products.models.Promotion`` for what its kind means. No currency: for any."""

    id: int
    code: str
    kind: str
    names: Mapping[str, str]
    product_id: int | None = None
    category: str | None = None
    region_id: int | None = None
    tier: str | None = None
    buy_cases: int = 0
    free_cases: int = 0
    free_product_id: int | None = None
    threshold: Decimal = ZERO
    discount: Decimal = ZERO
    special_price: Decimal | None = None
    currency: str | None = None
    counts_for_rebate: bool = False
    source: str | None = None
    page: int | None = None
    last_day: date | None = None

    def applies(self, regions: Sequence[int], tier: str, currency: str) -> bool:
        """Whether a dealer of this tier, in these regions, who buys in this currency is among those whom it is for."""
        here = self.region_id is None or self.region_id in regions
        return here and self.tier in {None, tier} and self.currency in {None, currency}

    def covers(self, category: str) -> bool:
        """Whether a threshold counts goods of this category, and is taken off them."""
        return self.category in {None, category}

    def free_for(self, cases: int) -> int:
        """Free cases for paid ones: each full ``buy_cases`` earns ``free_cases``."""
        return cases // self.buy_cases * self.free_cases if self.buy_cases > 0 else 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cases of a product that an order asks for."""

    product_id: int
    category: str
    cases: int


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What is paid: ``price`` a case, from the ``listed`` row, or from ``offer`` where that is a special price.

    ``net`` is what is left of ``amount`` once the order's discounts are off.
    """

    product_id: int
    category: str
    cases: int
    price: Decimal
    amount: Decimal
    net: Decimal
    listed: ListPrice
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class FreeLine:
    """What comes free, and for which product's sake."""

    product_id: int
    cases: int
    offer: Offer
    earned_by: int


@dataclass(frozen=True, slots=True)
class Discount:
    """What a threshold takes off the order."""

    offer: Offer
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Priced:
    """An order's lines and sums: ``amount`` to pay = ``goods`` − ``discount``."""

    paid: tuple[PaidLine, ...]
    free: tuple[FreeLine, ...]
    discounts: tuple[Discount, ...]

    @property
    def goods(self) -> Decimal:
        """The paid lines together."""
        return sum((line.amount for line in self.paid), ZERO)

    @property
    def discount(self) -> Decimal:
        """All that thresholds take off; never more than the goods."""
        return sum((one.amount for one in self.discounts), ZERO)

    @property
    def amount(self) -> Decimal:
        """What is to be paid, tax included."""
        return self.goods - self.discount

    def counts(self, line: PaidLine) -> bool:
        """Whether a paid line counts for rebates: its special price and every discount taken off it must say so.

        What comes free answers for itself alone: its offer says nothing of the cases that earned it.
        """
        taken = [one.offer for one in self.discounts if one.amount and one.offer.covers(line.category)]
        return all(offer.counts_for_rebate for offer in (*taken, line.offer) if offer is not None)


def price_order(
    wanted: Sequence[Wanted],
    prices: Mapping[int, Sequence[ListPrice]],
    offers: Sequence[Offer],
    regions: Sequence[int],
    tier: str,
    currency: str,
) -> Priced:
    """Price lines, one a product; a product without a price is left out, which the caller has to notice."""
    offers = [offer for offer in offers if offer.applies(regions, tier, currency)]
    paid = [line for one in wanted if (line := _paid(one, prices, offers, regions, tier, currency))]
    free = [gift for one in paid if (gift := _free(one, offers))]
    discounts = [_take_off(paid, offer, currency) for offer in _reached(paid, offers)]
    return Priced(tuple(paid), tuple(free), tuple(discounts))


def _paid(
    wanted: Wanted,
    prices: Mapping[int, Sequence[ListPrice]],
    offers: Iterable[Offer],
    regions: Sequence[int],
    tier: str,
    currency: str,
) -> PaidLine | None:
    steps = price_steps(prices.get(wanted.product_id, ()), regions, tier, wanted.cases)
    if not steps:
        return None
    listed = step_at(steps, wanted.cases)
    price, offer = listed.amount, None
    for special in offers:
        if special.kind != PromotionKind.SPECIAL_PRICE or special.product_id != wanted.product_id:
            continue
        if special.special_price is not None and special.special_price < price:
            price, offer = special.special_price, special
    amount = line_amount(price, wanted.cases, currency)
    return PaidLine(wanted.product_id, wanted.category, wanted.cases, price, amount, amount, listed, offer)


def _free(line: PaidLine, offers: Iterable[Offer]) -> FreeLine | None:
    if line.offer is not None:
        return None
    mine = [o for o in offers if o.kind == PromotionKind.FREE_UNITS and o.product_id == line.product_id]
    best = max(mine, key=lambda offer: (offer.free_for(line.cases), -offer.id), default=None)
    if best is None or not (cases := best.free_for(line.cases)):
        return None
    return FreeLine(best.free_product_id or line.product_id, cases, best, line.product_id)


def _reached(paid: Sequence[PaidLine], offers: Iterable[Offer]) -> list[Offer]:
    """The best threshold reached in each scope, by what the goods cost before any discount; the whole order's last."""
    best: dict[str | None, Offer] = {}
    for offer in offers:
        if offer.kind != PromotionKind.THRESHOLD or not paid:
            continue
        goods = sum((line.amount for line in paid if offer.covers(line.category)), ZERO)
        known = best.get(offer.category)
        if goods >= offer.threshold and (known is None or offer.discount > known.discount):
            best[offer.category] = offer
    return sorted(best.values(), key=lambda offer: offer.category is None)


def _take_off(paid: list[PaidLine], offer: Offer, currency: str) -> Discount:
    """Take a discount off the nets of its lines, in proportion to them; the lines are replaced in place."""
    mine = [place for place, line in enumerate(paid) if offer.covers(line.category)]
    before = [paid[place].net for place in mine]
    left = sum(before, ZERO)
    taken = min(left, round_money(offer.discount, currency))
    if taken:
        for place, net in zip(mine, split_money(left - taken, before, currency), strict=True):
            paid[place] = replace(paid[place], net=net)
    return Discount(offer, taken)
