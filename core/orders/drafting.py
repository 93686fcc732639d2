"""Pricing and checking an order: for the proposal, and again, under lock, when it is confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.service import Account, receivable
from core.actor import Actor, Permission
from core.brand.models import Brand
from core.brand.service import current
from core.dealers.models import Dealer, ShipTo, Stage, Terms
from core.dealers.service import ship_tos
from core.errors import BadInput
from core.money import Amount
from core.orders.drafts import DraftLine, OrderDraft, Problem, Request, Shortage
from core.orders.habits import Habits, habits
from core.orders.lines import read_lines
from core.orders.reading import open_orders
from core.orders.rules import Credit, most_cases, on_hold
from core.products import trading
from core.products.catalogue import Catalogue, CatalogueProduct, catalogue, products_by_id
from core.products.promotions import Priced, Wanted
from core.products.service import substitutes


@dataclass(frozen=True, slots=True)
class Changing:
    """The order that a draft would change: what it holds now, and gives back when it is changed."""

    number: str
    amount: Decimal
    bottles: Mapping[int, int]
    before: Mapping[str, Any]


async def draft(
    session: AsyncSession,
    actor: Actor,
    dealer: Dealer,
    request: Request,
    day: date,
    now: datetime,
    *,
    changing: Changing | None = None,
    lock: bool = False,
) -> OrderDraft:
    """Price and check an order; all that stands in its way is named at once. ``lock`` keeps its stock rows locked.

    A change that makes an order no dearer is possible on hold and beyond credit too.
    """
    if not request.lines:
        raise BadInput("order.no_lines")
    brand = await current(session, day)
    usual = await habits(session, actor, dealer.id)
    sold = await catalogue(session, day, [line.sku for line in request.lines])
    read, problems = read_lines(request.lines, sold, {one.sku: one.unit for one in usual.usual})
    terms = await trading.terms_for(session, dealer, [line.product.id for line in read], day)
    priced = terms.price([Wanted(line.product.id, line.product.category, line.cases) for line in read])
    free = await _free_products(session, priced, sold)
    needed = _needed(read, priced, free)
    levels = await trading.levels(session, needed, terms.place.warehouse, now, lock=lock)
    account = await receivable(session, actor, dealer.id, day)
    credit = await _credit(session, actor, dealer, account, changing)
    place, by_habit, place_problem = await _ship_to(session, actor, dealer, request.ship_to, usual)
    permission, proposer_may = authority(actor, dealer, priced.amount)
    dearer = changing is None or priced.amount > changing.amount
    found = [
        *(_dealer_problems(dealer, account, brand, day) if dearer else ()),
        *problems,
        *_unpriced(read, priced),
        *_order_problems(read, brand, request.wanted_on, day),
        *place_problem,
        *(_credit_problem(credit, priced.amount, dealer.currency) if dearer else ()),
    ]
    shortages = _shortages(read, priced, needed, levels, free, changing, day)
    if not lock:
        shortages = [await _with_substitutes(session, dealer, one, day, now) for one in shortages]
    return OrderDraft(
        dealer=dealer,
        day=day,
        lines=read,
        priced=priced,
        free_products=free,
        warehouse=terms.place.warehouse,
        credit=credit,
        permission=permission,
        proposer_may=proposer_may,
        prepaid=credit.prepaid,
        ship_to=place,
        ship_to_by_habit=by_habit,
        wanted_on=request.wanted_on,
        remark=(request.remark or "").strip()[:500] or None,
        problems=tuple(found),
        shortages=tuple(shortages),
        order=changing.number if changing else None,
        before=changing.before if changing else None,
    )


async def _free_products(session: AsyncSession, priced: Priced, sold: Catalogue) -> Mapping[int, CatalogueProduct]:
    others = {gift.product_id for gift in priced.free} - sold.by_id.keys()
    return {**sold.by_id, **await products_by_id(session, others)}


def authority(actor: Actor, dealer: Dealer, amount: Decimal) -> tuple[Permission, bool]:
    """What a press needs for this amount, and whether who asks may press: above the buyer's limit only the owner may.

    An order of exactly the limit is within it. Whoever isn't of the dealer drafts only.
    """
    needed = Permission.ORDERS_APPROVE if amount > dealer.buyer_limit else Permission.ORDERS_CONFIRM
    return needed, actor.dealer_id == dealer.id and actor.may(needed)


async def _credit(
    session: AsyncSession, actor: Actor, dealer: Dealer, account: Account, changing: Changing | None
) -> Credit:
    ordered = await open_orders(session, actor, dealer.id, dealer.currency)
    if changing is not None:
        ordered -= changing.amount
    return Credit(account.credit_limit, account.balance, ordered, prepaid=dealer.terms == Terms.PREPAID)


def _dealer_problems(dealer: Dealer, account: Account, brand: Brand, day: date) -> list[Problem]:
    ended = dealer.active_until is not None and dealer.active_until <= day
    if ended or dealer.stage != Stage.ACTIVE:
        return [Problem("order.dealer_inactive", params={"dealer": dealer.code})]
    if on_hold(account.oldest_overdue_days, brand.overdue_hold_days):
        overdue = Amount(account.overdue, dealer.currency)
        return [Problem("order.on_hold", params={"days": account.oldest_overdue_days, "overdue": overdue})]
    return []


def _unpriced(lines: Sequence[DraftLine], priced: Priced) -> list[Problem]:
    known = {line.product_id for line in priced.paid}
    return [
        Problem("product.no_price", line.product, {"sku": line.product.sku})
        for line in lines
        if line.product.id not in known
    ]


def _order_problems(lines: Sequence[DraftLine], brand: Brand, wanted_on: date | None, day: date) -> list[Problem]:
    problems = []
    cases = sum(line.cases for line in lines)
    if lines and cases < brand.minimum_order_cases:
        params = {"cases": cases, "minimum": brand.minimum_order_cases, "missing": brand.minimum_order_cases - cases}
        problems.append(Problem("order.below_order_minimum", params=params))
    if wanted_on is not None and wanted_on < day:
        problems.append(Problem("order.wanted_in_past", params={"day": wanted_on}))
    return problems


def _credit_problem(credit: Credit, amount: Decimal, currency: str) -> list[Problem]:
    short = credit.short(amount)
    if not short:
        return []
    params = {"short": Amount(short, currency), "left": Amount(max(credit.left, Decimal(0)), currency)}
    return [Problem("order.credit_short", params=params | {"amount": Amount(amount, currency)})]


async def _ship_to(
    session: AsyncSession, actor: Actor, dealer: Dealer, wanted: str | None, usual: Habits
) -> tuple[ShipTo | None, bool, list[Problem]]:
    places = await ship_tos(session, actor, dealer.id)
    if wanted and wanted.strip():
        named = wanted.strip().casefold()
        exact = [one for one in places if named in {one.code.casefold(), one.name.casefold(), one.name_en.casefold()}]
        alike = [one for one in places if named in f"{one.name}\n{one.name_en}\n{one.address}".casefold()]
        chosen = exact if len(exact) == 1 else alike
        if len(chosen) == 1:
            return chosen[0], False, []
        known = "、".join(one.code for one in places)
        named_places = [{"zh": one.name, "en": one.name_en} for one in places]
        params = {"given": wanted.strip()[:60], "known": known, "places": named_places}
        return None, False, [Problem("order.unknown_ship_to", params=params)]
    habitual = next((one for one in places if one.code == usual.ship_to), None)
    return habitual or next(iter(places), None), len(places) > 1, []


def _needed(lines: Sequence[DraftLine], priced: Priced, free: Mapping[int, CatalogueProduct]) -> dict[int, int]:
    """Bottles by product, free ones included."""
    needed: dict[int, int] = {line.product.id: line.bottles for line in lines}
    for gift in priced.free:
        needed[gift.product_id] = needed.get(gift.product_id, 0) + gift.cases * free[gift.product_id].case
    return needed


def _shortages(
    lines: Sequence[DraftLine],
    priced: Priced,
    needed: Mapping[int, int],
    levels: Mapping[int, trading.Level],
    products: Mapping[int, CatalogueProduct],
    changing: Changing | None,
    day: date,
) -> list[Shortage]:
    own = changing.bottles if changing else {}
    paid = {line.product.id: line for line in lines}
    short = []
    for product_id, bottles in needed.items():
        level = levels.get(product_id)
        there = (level.available if level else 0) + own.get(product_id, 0)
        if bottles <= there:
            continue
        product = products[product_id]
        wanted = paid[product_id].cases if product_id in paid else bottles // product.case
        earning = [gift.offer for gift in priced.free if gift.product_id == gift.earned_by == product_id]
        able = most_cases(there // product.case, wanted, earning[0].free_for if earning else lambda _: 0)
        arrival = level.next_arrival if level else None
        until = arrival if arrival and arrival > day else day + timedelta(days=product.lead_days)
        short.append(Shortage(product, wanted, able, until))
    return short


async def _with_substitutes(
    session: AsyncSession, dealer: Dealer, short: Shortage, day: date, now: datetime
) -> Shortage:
    found = await substitutes(session, dealer, short.product.sku, short.wanted, day, now, limit=2)
    return Shortage(short.product, short.wanted, short.able, short.until, tuple(found))
