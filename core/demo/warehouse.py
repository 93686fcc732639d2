"""What stands in the warehouses on the last day: stock, lots, and what is reserved."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from core.demo.books import MASTERED, Books, Item
from core.demo.trade import Placed, lot_age, lot_name

WAREHOUSES = ("WH-EAST", "WH-SOUTH", "WH-NORTH")
RECENT_DAYS = 60


def write_stock(books: Books, orders: Sequence[Placed]) -> None:
    """Stock enough for some weeks of the recent demand, besides what is reserved and what was planted."""
    demand, reserved = _demand(books, orders), _reserved(orders)
    for item in books.items.values():
        for warehouse in WAREHOUSES:
            key = (item.id, warehouse)
            free, arrival = _free(books, item, warehouse, demand.get(key, 0))
            on_hand = free + reserved.get(key, 0)
            books.add(
                "stock",
                product_id=item.id,
                warehouse=warehouse,
                on_hand=on_hand,
                reserved=reserved.get(key, 0),
                next_arrival=arrival,
                **MASTERED,
            )
            _write_lots(books, item, warehouse, on_hand)
    _write_reservations(books, orders)
    _name_lots(books, orders)


def _demand(books: Books, orders: Sequence[Placed]) -> dict[tuple[int, str], int]:
    """Bottles ordered lately, by product and warehouse."""
    bottles: dict[tuple[int, str], int] = {}
    for placed in orders:
        if placed.row["placed_on"] >= books.day(RECENT_DAYS):
            for line in placed.lines:
                key = (line["product_id"], placed.dealer.warehouse)
                bottles[key] = bottles.get(key, 0) + line["bottles"]
    return bottles


def _waiting(orders: Sequence[Placed]) -> Iterator[tuple[Placed, dict[str, object], int]]:
    for placed in orders:
        for line in placed.lines:
            if line["with"] in placed.course.waiting:
                yield placed, line, line["bottles"]


def _reserved(orders: Sequence[Placed]) -> dict[tuple[int, str], int]:
    bottles: dict[tuple[int, str], int] = {}
    for placed, line, count in _waiting(orders):
        key = (line["item"].id, placed.dealer.warehouse)  # type: ignore[attr-defined]
        bottles[key] = bottles.get(key, 0) + count
    return bottles


def _free(books: Books, item: Item, warehouse: str, demand: int) -> tuple[int, date | None]:
    """Bottles that can still be promised, and when more arrive where that is known."""
    out, scarce = books.planted["out_of_stock"], books.planted["scarce"]
    if (item.sku, warehouse) == (out["sku"], out["warehouse"]):
        return 0, books.day(-out["arrives_in"])
    if (item.sku, warehouse) == (scarce["sku"], scarce["warehouse"]):
        return scarce["cases"] * item.case, None
    draw = books.draw("stock", f"{item.sku}/{warehouse}")
    old = [
        plan["cases"]
        for plan in books.planted["short_dated"]
        if (plan["sku"], plan["warehouse"]) == (item.sku, warehouse)
    ]
    cases = sum(old) + max(demand // item.case * draw.between(25, 55) // RECENT_DAYS, 60)
    cases = max(cases * 2, 6000) if item.sku in {"W-550", "T-500"} and warehouse == "WH-EAST" else cases
    return (cases + 9) // 10 * 10 * item.case, None


def _write_lots(books: Books, item: Item, warehouse: str, on_hand: int) -> None:
    """The short-dated lot first where one was planted, then the youngest weeks; the last one carries the rest."""
    left = on_hand
    for plan in books.planted["short_dated"]:
        if (plan["sku"], plan["warehouse"]) == (item.sku, warehouse):
            made = books.day(item.shelf - plan["days_left"])
            bottles = min(left, plan["cases"] * item.case)
            left -= bottles
            _write_lot(books, item, warehouse, made, bottles)
    age = lot_age(books, item.sku, warehouse)
    monday = books.until - timedelta(days=books.until.weekday())
    draw = books.draw("lots", f"{item.sku}/{warehouse}")
    weeks = [age + 2, age + 1, *range(age, 0, -1)]
    for week in weeks:
        bottles = (
            0 if week > age else left if week == 1 else left // item.case * draw.between(300, 700) // 1000 * item.case
        )
        left -= bottles
        _write_lot(books, item, warehouse, monday - timedelta(weeks=week), bottles)


def _write_lot(books: Books, item: Item, warehouse: str, made: date, bottles: int) -> None:
    books.add(
        "lots",
        product_id=item.id,
        warehouse=warehouse,
        number=lot_name(books, item.code, made, warehouse),
        produced_on=made,
        expires_on=made + timedelta(days=item.shelf),
        on_hand=bottles,
    )


def _write_reservations(books: Books, orders: Sequence[Placed]) -> None:
    stock = {(row["product_id"], row["warehouse"]): row["id"] for row in books.rows["stock"]}
    for placed, line, bottles in _waiting(orders):
        books.add(
            "reservations",
            order_line_id=line["id"],
            order_id=placed.row["id"],
            dealer_id=placed.dealer.id,
            stock_id=stock[line["item"].id, placed.dealer.warehouse],  # type: ignore[attr-defined]
            bottles=bottles,
        )


def _name_lots(books: Books, orders: Sequence[Placed]) -> None:
    """Tie what shipped lately to the lots that are still on the books."""
    lots = {(row["number"], row["warehouse"]): row["id"] for row in books.rows["lots"]}
    homes = {placed.dealer.id: placed.dealer.warehouse for placed in orders}
    for row in books.rows["shipment_lines"]:
        row["lot_id"] = lots.get((row["lot_number"], homes[row["dealer_id"]]))
