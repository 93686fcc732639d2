"""Prices of the demo brand's orders, by the rules that price every order."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from core.demo.books import CURRENCY, Books, Dealer, Row
from core.money import ZERO
from core.products.promotions import Offer, Priced, Wanted, price_order
from core.products.rules import ListPrice, price_steps


class Pricing:
    """Looks into the books' price lists and promotions."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self._steps: dict[tuple[int, str, str, date], tuple[ListPrice, ...]] = {}
        self._offers: dict[date, list[Offer]] = {}

    @cached_property
    def _lists(self) -> dict[int, dict[date, list[Row]]]:
        """The rows of each product by the day from which they hold."""
        lists: dict[int, dict[date, list[Row]]] = {}
        for row in self.books.rows["prices"]:
            lists.setdefault(row["product_id"], {}).setdefault(row["valid_from"], []).append(row)
        return lists

    def offers(self, day: date) -> list[Offer]:
        """The promotions in force."""
        if day not in self._offers:
            rows = self.books.rows["promotions"]
            self._offers[day] = [_offer(row) for row in rows if row["valid_from"] <= day < row["valid_to"]]
        return self._offers[day]

    def steps(self, product_id: int, dealer: Dealer, day: date) -> tuple[ListPrice, ...]:
        """The dealer's list of a product."""
        lists = self._lists[product_id]
        since = max(valid_from for valid_from in lists if valid_from <= day)
        key = (product_id, dealer.region, dealer.tier, since)
        if key not in self._steps:
            prices = [_price(row) for row in lists[since]]
            self._steps[key] = price_steps(prices, dealer.region_ids, dealer.tier)
        return self._steps[key]

    def order(self, dealer: Dealer, day: date, lines: Sequence[tuple[str, int]]) -> Priced:
        """What these cases cost the dealer on that day."""
        items = [(self.books.items[sku], cases) for sku, cases in lines]
        return price_order(
            [Wanted(item.id, item.category, cases) for item, cases in items],
            {item.id: self.steps(item.id, dealer, day) for item, _ in items},
            self.offers(day),
            dealer.region_ids,
            dealer.tier,
            CURRENCY,
        )


def _price(row: Row) -> ListPrice:
    return ListPrice(row["id"], row["region_id"], row["tier"], row["from_cases"], row["amount"], CURRENCY)


def _offer(row: Row) -> Offer:
    return Offer(
        id=row["id"],
        code=row["code"],
        kind=row["kind"],
        names={},
        product_id=row["product_id"],
        category=row["category"],
        region_id=row["region_id"],
        tier=row["tier"],
        buy_cases=row["buy_cases"],
        free_cases=row["free_cases"],
        free_product_id=row["free_product_id"],
        threshold=row["threshold"] or ZERO,
        discount=row["discount"] or ZERO,
        special_price=row["special_price"],
        currency=row["currency"],
        counts_for_rebate=row["counts_for_rebate"],
    )
