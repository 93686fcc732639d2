"""What dealers sold on, month by month, up to the last whole month."""

from collections.abc import Sequence
from datetime import date

from core.demo.books import Books, Dealer, Item, first_of_month
from core.demo.trade import Placed

FORGOTTEN = 6


def write_sell_through(books: Books, orders: Sequence[Placed]) -> None:
    """Stock at a month's end is what it began with and what came, less what was sold."""
    came = _received(orders)
    last = first_of_month(books.until, 1)
    for dealer in books.dealers.values():
        for item in books.items.values():
            if months := came.get((dealer.id, item.id)):
                _write_series(books, dealer, item, months, last)


def _received(orders: Sequence[Placed]) -> dict[tuple[int, int], dict[date, int]]:
    """Bottles by dealer and product, by the month in which they were signed for."""
    came: dict[tuple[int, int], dict[date, int]] = {}
    for placed in orders:
        for leg in placed.course.legs:
            if leg.received_on is None:
                continue
            month = first_of_month(leg.received_on)
            for line in placed.lines:
                if line["with"] in leg.skus:
                    months = came.setdefault((placed.dealer.id, line["product_id"]), {})
                    months[month] = months.get(month, 0) + line["bottles"]
    return came


def _write_series(books: Books, dealer: Dealer, item: Item, came: dict[date, int], last: date) -> None:
    draw = books.draw("sell_through", f"{dealer.code}/{item.sku}")
    month, stock, before, quiet = min(came), 0, 0, 0
    while month <= last:
        arrived = came.get(month, 0)
        stock += arrived
        keep = (
            (arrived + before) * draw.between(150, 420) // 2000 if arrived else stock * draw.between(150, 450) // 1000
        )
        sold = _planted_sale(books, dealer, item, month, arrived)
        sold = max(stock - keep, 0) if sold is None else min(sold, stock)
        stock -= sold
        quiet = 0 if sold or stock else quiet + 1
        if quiet <= FORGOTTEN:
            books.add("sell_through", dealer_id=dealer.id, product_id=item.id, month=month, sold=sold, stock_end=stock)
        before, month = arrived, first_of_month(month, -1)


def _planted_sale(books: Books, dealer: Dealer, item: Item, month: date, arrived: int) -> int | None:
    plan = books.planted["overstock"]
    if (plan["dealer"], plan["sku"]) != (dealer.code, item.sku) or month < first_of_month(books.until, plan["months"]):
        return None
    return int(arrived * plan["share"] // 1000)
