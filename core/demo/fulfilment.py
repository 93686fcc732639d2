"""When an order is accepted, leaves the warehouse and arrives, and what state that leaves it in on the last day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from core.demo import days
from core.demo.books import Books
from core.demo.demand import Draft

SPLIT_FROM = 250


@dataclass(frozen=True, slots=True)
class Leg:
    """A truck: which products it takes, when it left, when it is due, when its load was signed for."""

    skus: frozenset[str]
    shipped_on: date
    eta: date
    received_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """How an order went; ``waiting`` products have not left and hold stock."""

    state: str
    legs: tuple[Leg, ...] = ()
    waiting: frozenset[str] = field(default_factory=frozenset)
    reason: str | None = None


def course(books: Books, draft: Draft) -> Course:
    """The order's way up to the last day, as planted or as such orders go."""
    return _planted(books, draft) if draft.plan else _usual(books, draft)


def _planted(books: Books, draft: Draft) -> Course:
    plan = draft.plan
    skus = frozenset(sku for sku, _ in draft.lines)
    held = frozenset(plan.get("hold", ()))
    if "shipped" not in plan:
        waiting = skus if plan["state"] in {"submitted", "awaiting_payment", "accepted"} else frozenset[str]()
        return Course(plan["state"], waiting=waiting, reason=plan.get("reason"))
    received = books.day(-plan["received"]) if "received" in plan else None
    leg = Leg(skus - held, books.day(plan["shipped"]), books.day(-plan["eta"]), received)
    return Course(plan["state"], (leg,), held)


def _usual(books: Books, draft: Draft) -> Course:
    draw = books.draw("fulfilment", f"{draft.dealer.code}/{draft.day}/{draft.at}")
    skus = frozenset(sku for sku, _ in draft.lines)
    planned = draft.dealer.code == books.planted["near_tier"]["dealer"] and draft.day >= books.quarter
    fate = 1000 if planned else draw.below(1000)
    if fate < 12:
        return Course("cancelled", reason=draw.pick(books.market["cancel_reasons"][:2]))
    if fate < 15:
        return Course("rejected", reason=books.market["reject_reasons"][1 if draft.dealer.prepaid else 2])
    if draft.dealer.prepaid and draft.day >= books.day(1):
        return Course("awaiting_payment", waiting=skus)
    legs = _legs(books, draft, draw.below(100) < 4, draw.below(100) < 6)
    gone = tuple(leg for leg in legs if leg.shipped_on < books.until)
    waiting = skus.difference(*(leg.skus for leg in gone)) if gone else skus
    if waiting:
        return Course("part_shipped" if gone else "accepted", gone, waiting)
    return Course("received" if all(leg.received_on for leg in gone) else "shipped", gone)


def _legs(books: Books, draft: Draft, splits: bool, is_late: bool) -> list[Leg]:
    taken = days.taken_on(draft.day, draft.at, books.market)
    cases = sum(count for _, count in draft.lines)
    transit = days.transit(draft.dealer.region, cases, books.market)
    skus = [sku for sku, _ in draft.lines]
    split = len(skus) - 1 if splits and cases >= SPLIT_FROM and len(skus) > 3 else len(skus)
    legs = []
    for part, wait in ((skus[:split], 0), (skus[split:], 3)):
        if part:
            shipped = taken + timedelta(days=1 + wait)
            eta = taken + timedelta(days=transit + wait)
            received = eta + timedelta(days=int(is_late))
            legs.append(Leg(frozenset(part), shipped, eta, received if received < books.until else None))
    return legs
