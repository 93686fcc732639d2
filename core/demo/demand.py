"""What each dealer orders and when, before anything is priced or shipped."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.demo import days
from core.demo.books import Books, Dealer, Item, first_of_month
from core.demo.draw import Draw

ALWAYS = ("W-550", "T-500", "T-500H")
CARRIED: Mapping[str, int] = {"A": 24, "B": 18, "C": 12}
LINES: Mapping[str, tuple[int, int]] = {"A": (5, 9), "B": (4, 7), "C": (3, 6)}
FULL = 1000
PALLET = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as the dealer gave it; ``plan`` where it was planted."""

    dealer: Dealer
    day: date
    at: str
    lines: tuple[tuple[str, int], ...]
    plan: Any = None


def carried(books: Books, dealer: Dealer) -> list[tuple[Item, int]]:
    """The products that a dealer carries, with how much it cares for each."""
    draw = books.draw("carried", dealer.code)
    fixed = [books.items[sku] for sku in (*ALWAYS, *books.planted["carries"].get(dealer.code, ()))]
    others = [item for item in books.items.values() if item not in fixed]
    places = draw.sample([item.pop for item in others], CARRIED[dealer.tier] - len(fixed))
    chosen = fixed + [others[place] for place in sorted(places)]
    return [(item, item.pop * draw.between(600, 1400)) for item in chosen]


def drafts(books: Books, dealer: Dealer, scale: int = FULL) -> list[Draft]:
    """The dealer's orders in order of time; ``scale`` (per mille) sizes those of the running quarter."""
    found: list[Draft] = []
    last = _last_day(books, dealer)
    assortment = carried(books, dealer)
    timing = books.draw("order days", dealer.code)
    day = days.next_open(dealer.since + timedelta(days=timing.below(dealer.every)), books.market)
    before = day - timedelta(days=dealer.every)
    while day <= last:
        draw = books.draw("orders", f"{dealer.code}/{len(found)}")
        budget = dealer.annual * (day - before).days * draw.around(1000, 350) // 365_000
        budget = budget * (scale if day >= books.quarter else FULL) // FULL * _fading(books, dealer, day) // 1000
        lines = tuple(_lines(books, dealer, day, budget, assortment, draw))
        found.append(Draft(dealer, day, f"{draw.between(8, 17):02d}:{draw.between(0, 59):02d}", lines))
        before = day
        step = timing.around(dealer.every, dealer.every // 3)
        day = days.next_open(day + timedelta(days=max(1, step)), books.market)
    return found + list(_planted(books, dealer))


def _planted(books: Books, dealer: Dealer) -> Iterator[Draft]:
    for plan in books.planted["recent_orders"]:
        if plan["dealer"] == dealer.code:
            yield Draft(dealer, books.day(plan["days_ago"]), plan["at"], tuple(plan["lines"].items()), plan)


def _last_day(books: Books, dealer: Dealer) -> date:
    """The last day on which the dealer may order of its own accord."""
    last = books.day(1)
    planted = books.planted
    backs = [plan["days_ago"] for plan in planted["recent_orders"] if plan["dealer"] == dealer.code]
    if backs:
        last = min(last, books.day(min(max(backs), 14) + 3))
    if dealer.code == planted["quiet"]["dealer"]:
        last = books.day(planted["quiet"]["days"])
    for late in planted["overdue"]:
        if late["dealer"] == dealer.code:
            last = min(last, due_of(unpaid_since(books, late["months"])) + timedelta(days=15))
    return last


def due_of(month: date, days_after: int = 30) -> date:
    """When invoices of a month are due under monthly terms (月结): so many days after its last."""
    return month.replace(day=monthrange(month.year, month.month)[1]) + timedelta(days=days_after)


def unpaid_since(books: Books, months: int) -> date:
    """The first of ``months`` months whose invoices are by now more than 15 days overdue."""
    month = first_of_month(books.until)
    while due_of(month) + timedelta(days=15) >= books.until:
        month = first_of_month(month, 1)
    return first_of_month(month, months - 1)


def _fading(books: Books, dealer: Dealer, day: date) -> int:
    fading = books.planted["fading"]
    faded = dealer.code == fading["dealer"] and day >= first_of_month(books.until, fading["months"])
    return int(fading["share"]) if faded else 1000


def _lines(
    books: Books, dealer: Dealer, day: date, budget: int, assortment: list[tuple[Item, int]], draw: Draw
) -> Iterator[tuple[str, int]]:
    """Products and cases for a budget at ex-works prices; summer asks for more of some, and for more money."""
    wanted = days.demand(day, books.until, books.market)
    weights = [weight * wanted[item.category] // 1000 for item, weight in assortment]
    season = sum(w * item.price for w, (item, _) in zip(weights, assortment, strict=True))
    season = season * 1000 // sum(weight * item.price for item, weight in assortment)
    budget = max(budget * season // 1000, 1500) * 100
    if _soon(books, day) and dealer.region.startswith("EAST"):
        out = books.planted["out_of_stock"]["sku"]
        weights = [0 if item.sku == out else w for w, (item, _) in zip(weights, assortment, strict=True)]
    places = sorted(draw.sample(weights, draw.between(*LINES[dealer.tier])))
    shares = [weights[place] * draw.between(700, 1300) for place in places]
    worth = sum(share * assortment[place][0].price for place, share in zip(places, shares, strict=True))
    cases = [
        max(neat(budget * share // worth), assortment[place][0].minimum)
        for place, share in zip(places, shares, strict=True)
    ]
    by_pallet = books.planted["by_pallet"]
    for line, place in enumerate(places):
        if (dealer.code, assortment[place][0].sku) == (by_pallet["dealer"], by_pallet["sku"]):
            cases[line] = max((cases[line] + PALLET // 2) // PALLET, 1) * PALLET
    cases[0] += max(0, 30 - sum(cases))
    for place, count in zip(places, cases, strict=True):
        yield assortment[place][0].sku, count


def _soon(books: Books, day: date) -> bool:
    return (books.until - day).days <= 20


def neat(cases: int) -> int:
    """Cases as people order them: in fives, tens and twenties."""
    unit = 20 if cases >= 300 else 10 if cases >= 100 else 5 if cases >= 20 else 1
    return max((cases + unit // 2) // unit * unit, 1)
