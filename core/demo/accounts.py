"""Payments, credit limits, and which orders are done with."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.accounts.rules import due_date
from core.demo.books import CURRENCY, MASTERED, Books, Dealer, Row, first_of_month
from core.demo.demand import due_of, unpaid_since
from core.demo.trade import Placed
from core.money import ZERO, round_money

LAST_DAY = date.max


def write_returns(books: Books) -> None:
    """Goods that came back, on a red invoice (红字) for what they cost."""
    plan = books.planted["returned"]
    dealer, item, day = books.dealers[plan["dealer"]], books.items[plan["sku"]], books.day(plan["days_ago"])
    invoices = {row["id"]: row for row in books.rows["invoices"] if row["dealer_id"] == dealer.id}
    bought = [
        line
        for line in books.rows["invoice_lines"]
        if line["product_id"] == item.id
        and line["amount"] > 0
        and line["invoice_id"] in invoices
        and invoices[line["invoice_id"]]["issued_on"] < day
    ]
    line = bought[-1]
    invoice, bottles = invoices[line["invoice_id"]], min(plan["cases"] * item.case, line["bottles"])
    amount = -round_money(line["amount"] * bottles / line["bottles"], CURRENCY)
    values = {"number": f"{invoice['number']}-R", "issued_on": day, "amount": amount}
    due = due_date(day, dealer.row["terms"], dealer.row["terms_days"])
    red = books.add("invoices", **{**invoice, **values, "due_on": due})
    books.add("invoice_lines", **{**line, "invoice_id": red, "bottles": -bottles, "amount": amount})


def write_payments(books: Books, orders: Sequence[Placed]) -> None:
    """Who pays first pays each order; the others pay a month's invoices at once when they fall due."""
    paid: list[Row] = []
    for dealer in books.dealers.values():
        mine = [placed for placed in orders if placed.dealer is dealer]
        paid += _in_advance(mine) if dealer.prepaid else _by_month(books, dealer)
    paid.sort(key=lambda row: (row["received_on"], row["dealer_id"], row["reference"]))
    for row in paid:
        books.add("payments", **row, currency=CURRENCY, **MASTERED)
    _close_orders(books, orders)


def _in_advance(orders: Iterable[Placed]) -> list[Row]:
    payments = []
    for placed in orders:
        row = placed.row
        if row["status"] not in {"cancelled", "rejected", "awaiting_payment"}:
            payments.append(_payment(placed.dealer, row["placed_on"], row["amount"], f"货款 {row['number']}"))
    return payments


def _payment(dealer: Dealer, day: date, amount: Decimal, purpose: str) -> Row:
    return {"dealer_id": dealer.id, "received_on": day, "amount": amount, "reference": f"{dealer.code} {purpose}"}


def _by_month(books: Books, dealer: Dealer) -> list[Row]:
    months: dict[date, Decimal] = {}
    for invoice in books.rows["invoices"]:
        if invoice["dealer_id"] == dealer.id:
            month = first_of_month(invoice["issued_on"])
            months[month] = months.get(month, ZERO) + invoice["amount"]
    payments = []
    for month, amount in sorted(months.items()):
        day = pays_on(books, dealer, month)
        if day < books.until:
            payments.append(_payment(dealer, day, amount, f"货款 {month:%Y-%m}"))
    return payments


def pays_on(books: Books, dealer: Dealer, month: date) -> date:
    """When a dealer on monthly terms pays the invoices of a month; ``LAST_DAY`` where it doesn't."""
    for late in books.planted["overdue"]:
        if late["dealer"] == dealer.code and month >= unpaid_since(books, late["months"]):
            return LAST_DAY
    draw = books.draw("payments", f"{dealer.code}/{month}")
    for habit in books.planted["late_payers"]:
        if habit["dealer"] == dealer.code:
            return due_of(month) + timedelta(days=habit["days"] + draw.below(3))
    punctual = dealer.code in {books.planted["near_tier"]["dealer"], books.planted["credit_edge"]["dealer"]}
    early = not punctual and books.draw("payment habits", dealer.code).chance(250)
    return due_of(month) - timedelta(days=draw.between(12, 22) if early else draw.between(0, 6))


def _close_orders(books: Books, orders: Sequence[Placed]) -> None:
    """What was received and paid is closed."""
    for placed in orders:
        if placed.row["status"] != "received":
            continue
        months = {first_of_month(leg.shipped_on) for leg in placed.course.legs}
        if placed.dealer.prepaid or all(pays_on(books, placed.dealer, month) < books.until for month in months):
            placed.row["status"] = "closed"


def set_credit(books: Books, orders: Sequence[Placed]) -> None:
    """Limits that fit the trade, and deliveries stopped where too much is overdue."""
    edge, near = books.planted["credit_edge"], books.planted["near_tier"]
    more = books.planted["temporary_credit"]
    late = {one["dealer"] for one in books.planted["overdue"]}
    for dealer in books.dealers.values():
        used = exposure(books, dealer, orders)
        if dealer.code in late:
            dealer.row["stage"] = "on_hold"
        if dealer.code == more["dealer"]:
            dealer.row["temporary_credit"] = Decimal(more["amount"])
            dealer.row["temporary_until"] = books.day(-more["until_in"])
        if dealer.prepaid:
            continue
        if dealer.code == near["dealer"]:
            dealer.row["credit_limit"] = Decimal(500_000)
        elif dealer.code == edge["dealer"]:
            dealer.row["credit_limit"] = _up(used + edge["least"], 5_000)
        else:
            dealer.row["credit_limit"] = max(_up(used * 3 / 2, 10_000), _up(_monthly(books, dealer) * 2, 10_000))


def exposure(books: Books, dealer: Dealer, orders: Sequence[Placed]) -> Decimal:
    """Invoices less payments, and what confirmed orders will still add."""
    mine = [row for row in books.rows["invoices"] if row["dealer_id"] == dealer.id]
    invoiced = sum((row["amount"] for row in mine), ZERO)
    paid = sum((row["amount"] for row in books.rows["payments"] if row["dealer_id"] == dealer.id), ZERO)
    waiting = ZERO
    for placed in orders:
        if placed.dealer is dealer:
            waiting += sum(
                (placed.net[one["id"]] for one in placed.lines if one["with"] in placed.course.waiting), ZERO
            )
    return invoiced - paid + waiting


def _monthly(books: Books, dealer: Dealer) -> Decimal:
    since = first_of_month(books.until, 6)
    mine = [r for r in books.rows["invoices"] if r["dealer_id"] == dealer.id and r["issued_on"] >= since]
    return sum((row["amount"] for row in mine), ZERO) / 6


def _up(amount: Decimal, unit: int) -> Decimal:
    return Decimal(-(-int(amount) // unit) * unit)
