"""Pricing and checking an order: for the proposal, and again, under lock, when it is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.service import Account, receivable
from core.actor import Actor, Permission
from core.brand.service import current
from core.dealers.models import Dealer, ShipTo, Terms
from core.dealers.service import ship_tos
from core.errors import BadInput
from core.orders import checks
from core.orders.drafts import DraftLine, OrderDraft, Problem, Request, Shortage
from core.orders.habits import Habits, habits
from core.orders.lines import read_lines
from core.orders.reading import open_orders
from core.orders.rules import Credit
from core.products import trading
from core.products.catalogue import CatalogueProduct, catalogue, products_by_id
from core.products.promotions import Priced, Wanted
from core.products.service import substitutes


@dataclass(frozen=True, slots=True)
class Changing:
    """The order that a draft would change: what it holds now, and gives back when it is changed."""

    number: str
    amount: Decimal
    bottles: Mapping[int, int]
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a draft stands on: its lines, what was wrong with others, its prices, and bottles needed by product."""

    lines: tuple[DraftLine, ...]
    problems: tuple[Problem, ...]
    priced: Priced
    products: Mapping[int, CatalogueProduct]
    needed: Mapping[int, int]
    warehouse: str


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
    usual = await habits(session, actor, dealer.id)
    basis = await _basis(session, dealer, request, usual, day)
    levels = await trading.levels(session, basis.needed, basis.warehouse, now, lock=lock)
    account = await receivable(session, actor, dealer.id, day)
    credit = await _credit(session, actor, dealer, account, changing)
    place, by_habit, place_problem = await _ship_to(session, actor, dealer, request.ship_to, usual)
    brand = await current(session, day)
    amount = basis.priced.amount
    dearer = changing is None or amount > changing.amount
    problems = [
        *(checks.of_dealer(dealer, account, brand, day) if dearer else ()),
        *basis.problems,
        *checks.unpriced(basis.lines, basis.priced),
        *checks.of_order(basis.lines, brand, request.wanted_on, day),
        *place_problem,
        *(checks.of_credit(credit, amount, dealer.currency) if dearer else ()),
    ]
    own = changing.bottles if changing else {}
    shortages = checks.shortages(basis.lines, basis.priced, basis.needed, levels, own, basis.products, day)
    if not lock:
        shortages = [await _with_substitutes(session, dealer, one, day, now) for one in shortages]
    permission, proposer_may = authority(actor, dealer, amount)
    return OrderDraft(
        dealer=dealer,
        day=day,
        lines=basis.lines,
        priced=basis.priced,
        free_products=basis.products,
        warehouse=basis.warehouse,
        credit=credit,
        permission=permission,
        proposer_may=proposer_may,
        ship_to=place,
        ship_to_by_habit=by_habit,
        wanted_on=request.wanted_on,
        remark=(request.remark or "").strip()[:500] or None,
        problems=tuple(problems),
        shortages=tuple(shortages),
        order=changing.number if changing else None,
        before=changing.before if changing else None,
    )


async def _basis(session: AsyncSession, dealer: Dealer, request: Request, usual: Habits, day: date) -> Basis:
    sold = await catalogue(session, day, [line.sku for line in request.lines])
    lines, problems = read_lines(request.lines, sold, {one.sku: one.unit for one in usual.usual})
    terms = await trading.terms_for(session, dealer, [line.product.id for line in lines], day)
    priced = terms.price([Wanted(line.product.id, line.product.category, line.cases) for line in lines])
    others = {gift.product_id for gift in priced.free} - sold.by_id.keys()
    products = {**sold.by_id, **await products_by_id(session, others)}
    return Basis(lines, problems, priced, products, checks.needed(lines, priced, products), terms.place.warehouse)


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


async def _with_substitutes(
    session: AsyncSession, dealer: Dealer, short: Shortage, day: date, now: datetime
) -> Shortage:
    found = await substitutes(session, dealer, short.product.sku, short.wanted, day, now, limit=2)
    return Shortage(short.product, short.wanted, short.able, short.until, tuple(found))
