"""Orders with their lines, shipments and invoices, as rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.accounts.rules import due_date
from core.demo.books import CURRENCY, MASTERED, Books, Dealer, Row, moment
from core.demo.demand import FULL, PALLET, Draft, drafts
from core.demo.fulfilment import Course, Leg, course
from core.demo.pricing import Pricing
from core.money import ZERO, split_money
from core.orders.rules import number_in, series_of
from core.products.promotions import Priced

EXCLUDED = "barrel"
SETTLED_DAYS = 21


@dataclass(slots=True)
class Placed:
    """An order that was written: its rows, how it went, and its lines with what each really costs."""

    dealer: Dealer
    row: Row
    course: Course
    lines: list[Row] = field(default_factory=list)
    net: dict[int, Decimal] = field(default_factory=dict)


def write_trade(books: Books) -> list[Placed]:
    """Every order of every dealer, in order of time, with shipments and invoices."""
    pricing = Pricing(books)
    near = books.planted["near_tier"]
    given: list[Draft] = []
    for dealer in books.dealers.values():
        scale = fit(books, pricing, dealer, near) if dealer.code == near["dealer"] else FULL
        given += drafts(books, dealer, scale)
    given.sort(key=lambda draft: (draft.day, draft.at, draft.dealer.code))
    numbers: dict[date, int] = {}
    orders = []
    for draft in given:
        numbers[draft.day] = numbers.get(draft.day, 0) + 1
        orders.append(_write_order(books, pricing, draft, number_in(series_of(draft.day), numbers[draft.day])))
    _write_shipments(books, orders)
    return orders


def fit(books: Books, pricing: Pricing, dealer: Dealer, near: Any) -> int:
    """The scale that brings the running quarter's counted purchases closest to where they were planted.

    Too early in a quarter it is left alone.
    """
    aim = Decimal(near["threshold"] - near["short"])
    if (books.until - books.quarter).days < SETTLED_DAYS:
        return FULL
    low, high = 50, 3000
    best = (abs(_counted(books, pricing, drafts(books, dealer, FULL)) - aim), FULL)
    for _ in range(14):
        middle = (low + high) // 2
        counted = _counted(books, pricing, drafts(books, dealer, middle))
        best = min(best, (abs(counted - aim), middle))
        low, high = (middle, high) if counted < aim else (low, middle)
    return best[1]


def _counted(books: Books, pricing: Pricing, given: Iterable[Draft]) -> Decimal:
    """Purchases that count for the running quarter's rebate."""
    total = ZERO
    for draft in given:
        if draft.day < books.quarter - timedelta(days=14):
            continue
        priced = pricing.order(draft.dealer, draft.day, draft.lines)
        skus = {books.items[sku].id: sku for sku, _ in draft.lines}
        shares = _shares(priced)
        for leg in course(books, draft).legs:
            if leg.shipped_on >= books.quarter:
                for line, share in zip(priced.paid, shares, strict=True):
                    if skus[line.product_id] in leg.skus and line.category != EXCLUDED and priced.counts(line):
                        total += share
    return total


def _shares(priced: Priced) -> list[Decimal]:
    """What each paid line costs, the order's discount spread over all of them: these orders are from before lines kept
    their net.
    """
    return split_money(priced.amount, [line.amount for line in priced.paid], CURRENCY)


def _write_order(books: Books, pricing: Pricing, draft: Draft, number: str) -> Placed:
    dealer = draft.dealer
    plan = draft.plan or {}
    priced = pricing.order(dealer, draft.day, draft.lines)
    gone = course(books, draft)
    ship_to = plan.get("ship_to") or _usual_place(books, draft)
    confirmed = dealer.buyer_id if priced.amount <= dealer.row["buyer_limit"] else dealer.owner_id
    order_id = books.add(
        "orders",
        number=number,
        dealer_id=dealer.id,
        status=gone.state,
        placed_at=moment(draft.day, draft.at),
        placed_on=draft.day,
        placed_by=dealer.buyer_id,
        confirmed_by=confirmed,
        ship_to_id=dealer.ship_tos[ship_to],
        wanted_on=books.day(-plan["wanted"]) if "wanted" in plan else None,
        remark=plan.get("remark"),
        reason=gone.reason,
        currency=CURRENCY,
        amount=priced.amount,
        discount=priced.discount,
        proposal_id=None,
        **MASTERED,
    )
    placed = Placed(dealer, books.rows["orders"][order_id - 1], gone)
    for values in _line_values(books, draft, priced):
        _write_line(books, placed, values)
    return placed


def _usual_place(books: Books, draft: Draft) -> str:
    places = list(draft.dealer.ship_tos)
    draw = books.draw("ship to", f"{draft.dealer.code}/{draft.day}")
    return places[0] if draft.plan or draw.chance(800) else draw.pick(places)


def _line_values(books: Books, draft: Draft, priced: Priced) -> Iterator[tuple[str, Decimal, Row]]:
    """For each line, the paid ones first: in which product's wake it travels, what it really costs, its values."""
    by_id = {books.items[sku].id: sku for sku, _ in draft.lines}
    for line, share in zip(priced.paid, _shares(priced), strict=True):
        values = {
            "product_id": line.product_id,
            "quantity": line.cases,
            "price": line.price,
            "amount": line.amount,
            "net": None,
            "price_id": line.listed.id,
            "promotion_id": line.offer.id if line.offer else None,
            "is_free": False,
            "counts_for_rebate": priced.counts(line),
        }
        yield by_id[line.product_id], share, values
    for gift in priced.free:
        values = {
            "product_id": gift.product_id,
            "quantity": gift.cases,
            "price": ZERO,
            "amount": ZERO,
            "net": None,
            "price_id": None,
            "promotion_id": gift.offer.id,
            "is_free": True,
            "counts_for_rebate": gift.offer.counts_for_rebate,
        }
        yield by_id[gift.earned_by], ZERO, values


def _write_line(books: Books, placed: Placed, line: tuple[str, Decimal, Row]) -> None:
    sku, share, values = line
    item = books.by_id[values["product_id"]]
    line_id = books.add(
        "order_lines",
        order_id=placed.row["id"],
        dealer_id=placed.dealer.id,
        position=len(placed.lines) + 1,
        **values | _unit(books, placed.dealer, item.sku, values),
        bottles=values["quantity"] * item.case,
    )
    placed.net[line_id] = share
    placed.lines.append(books.rows["order_lines"][line_id - 1] | {"with": sku, "item": item})


def _unit(books: Books, dealer: Dealer, sku: str, values: Row) -> Row:
    """The unit in which the dealer counts: cases, or pallets where that is its habit and they come out whole."""
    by_pallet = books.planted["by_pallet"]
    habit = (dealer.code, sku) == (by_pallet["dealer"], by_pallet["sku"]) and not values["is_free"]
    if habit and values["quantity"] % PALLET == 0:
        return {"unit": "pallet", "quantity": values["quantity"] // PALLET}
    return {"unit": "case"}


def _write_shipments(books: Books, orders: Sequence[Placed]) -> None:
    """Trucks in the order in which they left, each with its invoice (发票按出库单开具)."""
    legs = [(leg, place, placed) for placed in orders for place, leg in enumerate(placed.course.legs)]
    legs.sort(key=lambda one: (one[0].shipped_on, one[2].row["id"]))
    for leg, place, placed in legs:
        lines = [line for line in placed.lines if line["with"] in leg.skus]
        if not lines:
            continue
        _write_shipment(books, placed, leg, place, lines)
        _write_invoice(books, placed, leg, place, lines)


def _write_shipment(books: Books, placed: Placed, leg: Leg, place: int, lines: Sequence[Row]) -> None:
    number = f"{placed.row['number'].replace('SO-', 'SH-')}-{place + 1}"
    draw = books.draw("shipments", number)
    carrier = draw.pick(books.market["carriers"])
    shipment_id = books.add(
        "shipments",
        number=number,
        order_id=placed.row["id"],
        dealer_id=placed.dealer.id,
        carrier=carrier["name"],
        tracking=f"{carrier['prefix']}{leg.shipped_on:%y%m%d}{draw.below(1_000_000):06d}",
        shipped_on=leg.shipped_on,
        eta=leg.eta,
        received_on=leg.received_on,
        **MASTERED,
    )
    for line in lines:
        books.add(
            "shipment_lines",
            shipment_id=shipment_id,
            dealer_id=placed.dealer.id,
            order_line_id=line["id"],
            lot_id=None,
            lot_number=lot_number(books, line["item"].code, line["item"].sku, placed.dealer.warehouse, leg.shipped_on),
            bottles=line["bottles"],
        )


def lot_age(books: Books, sku: str, warehouse: str) -> int:
    """How many weeks a product usually lies in a warehouse before it ships."""
    return books.draw("lot age", f"{sku}/{warehouse}").between(1, 3)


def produced_on(books: Books, sku: str, warehouse: str, shipped_on: date) -> date:
    """The Monday on which what ships that day was made."""
    return shipped_on - timedelta(days=shipped_on.weekday() + 7 * lot_age(books, sku, warehouse))


def lot_number(books: Books, code: str, sku: str, warehouse: str, shipped_on: date) -> str:
    """The lot as the case code has it: product, day and production line."""
    made = produced_on(books, sku, warehouse, shipped_on)
    return lot_name(books, code, made, warehouse)


def lot_name(books: Books, code: str, made: date, warehouse: str) -> str:
    """Product code, day and production line; each warehouse has its plant."""
    line = {"WH-EAST": 1, "WH-SOUTH": 4, "WH-NORTH": 7}[warehouse] + books.draw("lines", f"{code}/{made}").below(3)
    return f"{code}-{made:%y%m%d}-{line:02d}"


def _write_invoice(books: Books, placed: Placed, leg: Leg, place: int, lines: Sequence[Row]) -> None:
    dealer = placed.dealer.row
    invoice_id = books.add(
        "invoices",
        number=f"INV-{placed.row['number']}-{place + 1}",
        dealer_id=placed.dealer.id,
        order_id=placed.row["id"],
        issued_on=leg.shipped_on,
        due_on=due_date(leg.shipped_on, dealer["terms"], dealer["terms_days"]),
        amount=sum((placed.net[line["id"]] for line in lines), ZERO),
        currency=CURRENCY,
        **MASTERED,
    )
    for line in lines:
        books.add(
            "invoice_lines",
            invoice_id=invoice_id,
            dealer_id=placed.dealer.id,
            product_id=line["product_id"],
            bottles=line["bottles"],
            amount=placed.net[line["id"]],
            counts_for_rebate=line["counts_for_rebate"],
        )
