"""What the brand's people saw in the market: goods below the floor price, goods in a region where nobody sold them."""

from decimal import Decimal
from typing import Any

from core.demo.books import CURRENCY, Books, Row, load, moment
from core.demo.pricing import Pricing
from core.money import round_money


def write_findings(books: Books) -> None:
    """Each finding as an event about the store where it was made."""
    _write_low_price(books, books.planted["below_floor"])
    _write_diverted(books, books.planted["diversion"])


def _write_low_price(books: Books, plan: Any) -> None:
    dealer, day = books.dealers[plan["dealer"]], books.day(plan["days_ago"])
    listed = Pricing(books).steps(books.items[plan["sku"]].id, dealer, day)[0].amount
    floor = round_money(listed * Decimal(load("documents/terms.yaml")["floor"]), CURRENCY)
    seen = {
        "dealer": dealer.code,
        "sku": plan["sku"],
        "cases": plan["cases"],
        "price": plan["price"],
        "floor": str(floor),
    }
    _write_event(books, plan, "market.low_price", _store(books, plan["dealer"]), seen)


def _write_diverted(books: Books, plan: Any) -> None:
    dealer, item = books.dealers[plan["dealer"]], books.items[plan["sku"]]
    orders = {row["id"]: row["order_id"] for row in books.rows["shipments"] if row["dealer_id"] == dealer.id}
    shipped = [
        row
        for row in books.rows["shipment_lines"]
        if row["shipment_id"] in orders
        and books.rows["order_lines"][row["order_line_id"] - 1]["product_id"] == item.id
        and books.rows["shipments"][row["shipment_id"] - 1]["shipped_on"] < books.day(plan["days_ago"] + 5)
    ]
    seen = {"sku": item.sku, "lot": shipped[-1]["lot_number"], "cases": plan["cases"], "region": plan["region"]}
    _write_event(books, plan, "market.diverted", _store(books, plan["near"]), seen)


def _store(books: Books, dealer: str) -> Row:
    return next(row for row in books.rows["stores"] if row["dealer_id"] == books.dealers[dealer].id)


def _write_event(books: Books, plan: Any, kind: str, store: Row, seen: dict[str, Any]) -> None:
    books.add(
        "events",
        at=moment(books.day(plan["days_ago"]), "14:30"),
        actor=plan["by"],
        on_behalf_of=None,
        kind=kind,
        subject=f"stores:{store['code']}",
        before=None,
        after=seen,
        request_id=None,
    )
