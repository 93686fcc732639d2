"""What the system does for a dealer, read for comparing it with a contract."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.service import receivable
from core.actor import Actor, system
from core.contracts.against import Configured
from core.contracts.models import Contract
from core.contracts.pace import Pace, pace_of
from core.contracts.stated import StatedTier
from core.contracts.territory import Path, bare_cities, cities_of
from core.dealers.models import Dealer, Region, ShipTo, Store
from core.dealers.service import place_of
from core.errors import NotFound
from core.products.catalogue import catalogue
from core.products.promotions import Wanted
from core.products.trading import terms_for
from core.rebates import service as rebates
from core.rebates.models import Programme
from core.scope import visible


async def region_names(session: AsyncSession) -> Mapping[str, tuple[str, ...]]:
    """Every region's names, as a contract may write them, by code."""
    rows = await session.execute(select(Region.code, Region.name, Region.name_en))
    return {code: (name, name_en) for code, name, name_en in rows}


async def cities(session: AsyncSession) -> Mapping[str, frozenset[Path]]:
    """For each city in which the brand's dealers take delivery or have stores, the regions that it lies in.

    It reads every dealer's rows, for a dealer too: of them all nothing but this comes out, and the tree of regions is
    no secret. A list of all cities of the country would place more, but in provinces, which regions need not follow.
    """
    robot = system("cities")
    found: dict[str, set[Path]] = {}
    for model, column, read in ((ShipTo, ShipTo.address, cities_of), (Store, Store.city, bare_cities)):
        rows = select(column, Region.path).join_from(model, Dealer, Dealer.id == model.dealer_id)
        rows = rows.join(Region, Region.id == Dealer.region_id).where(visible(robot, model), visible(robot, Dealer))
        for written, path in await session.execute(rows.distinct()):
            for name in read(written):
                found.setdefault(name, set()).add(tuple(path.strip("/").split("/")))
    return {name: frozenset(paths) for name, paths in found.items()}


async def configured(
    session: AsyncSession, actor: Actor, dealer: Dealer, skus: Iterable[str], day: date, contract: Contract | None
) -> Configured:
    """Programme, region, prices of these products, terms, credit, and whether what was agreed is being kept."""
    programme = await _programme(session, actor, dealer, day)
    account = await receivable(session, actor, dealer.id, day)
    pace: Pace | None = await pace_of(session, actor, contract, dealer, day) if contract is not None else None
    return Configured(
        programme=programme.code if programme else None,
        rhythm=programme.rhythm if programme else None,
        form=programme.form if programme else None,
        tiers=tuple(StatedTier(tier.threshold, tier.rate) for tier in programme.tiers) if programme else (),
        regions=await _regions(session, dealer),
        prices=await _prices(session, dealer, skus, day),
        terms=dealer.terms,
        days=dealer.terms_days,
        credit=dealer.credit_limit,
        currency=dealer.currency,
        overdue=account.overdue,
        pace=pace,
    )


async def _programme(session: AsyncSession, actor: Actor, dealer: Dealer, day: date) -> Programme | None:
    try:
        found = await rebates.statements(session, actor, dealer, day, day + timedelta(days=1), day)
    except NotFound:
        return None
    return found[-1].programme


async def _regions(session: AsyncSession, dealer: Dealer) -> tuple[str, ...]:
    place = await place_of(session, dealer)
    rows = await session.execute(select(Region.id, Region.code).where(Region.id.in_(place.regions)))
    codes = {row[0]: row[1] for row in rows}
    return tuple(codes[one] for one in place.regions)


async def _prices(session: AsyncSession, dealer: Dealer, skus: Iterable[str], day: date) -> dict[str, Decimal]:
    """The list price of a case, without steps and promotions."""
    wanted = list(skus)
    if not wanted:
        return {}
    products = (await catalogue(session, day, wanted)).products
    terms = await terms_for(session, dealer, [one.id for one in products], day)
    listed = {}
    for one in products:
        priced = terms.price([Wanted(one.id, one.category, 1)])
        if priced.paid:
            listed[one.sku] = priced.paid[0].listed.amount
    return listed
