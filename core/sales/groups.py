"""The groups that sales are broken down by: what they are called, which exist, and dealers who are silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.dealers.models import Dealer, Region, Stage
from core.errors import NotFound
from core.orders.models import Order, OrderLine
from core.products.models import Product, ProductName
from core.sales.facts import NOT_SOLD, Within
from core.sales.rules import By, Span
from core.scope import visible

Names = Mapping[str, Mapping[str, str]]
TRADING = (Stage.ACTIVE, Stage.ON_HOLD)


@dataclass(frozen=True, slots=True)
class SilentDealer:
    """A dealer without an order in the span, and when the last one before its end was placed."""

    code: str
    name: Mapping[str, str]
    last_ordered_on: date | None


async def names(session: AsyncSession, within: Within, by: By | None) -> Names:
    """What the groups are called, by key and language; categories and months are words of the catalogue."""
    match by:
        case By.DEALER:
            rows = await session.execute(select(Dealer.code, Dealer.name, Dealer.name_en).where(*within.rows(Dealer)))
            return {code: {"zh": name, "en": name_en} for code, name, name_en in rows}
        case By.REGION:
            rows = await session.execute(select(Region.code, Region.name, Region.name_en))
            return {code: {"zh": name, "en": name_en} for code, name, name_en in rows}
        case By.PRODUCT:
            spoken = await session.execute(
                select(Product.sku, ProductName.language, ProductName.name)
                .join(ProductName, ProductName.product_id == Product.id)
                .where(ProductName.is_alias.is_(False))
            )
            found: dict[str, dict[str, str]] = {}
            for sku, language, name in spoken:
                found.setdefault(sku, {})[language] = name
            return found
    return {}


async def region_name(session: AsyncSession, path: str) -> Mapping[str, str]:
    """What the region with this path is called."""
    row = (await session.execute(select(Region.name, Region.name_en).where(Region.path == path))).one()
    return {"zh": row[0], "en": row[1]}


async def product_name(session: AsyncSession, sku: str) -> tuple[str, Mapping[str, str]]:
    """A product's code as it is written, and what it is called; people don't mind a code's case."""
    rows = await session.execute(
        select(Product.sku, ProductName.language, ProductName.name)
        .join(ProductName, ProductName.product_id == Product.id)
        .where(Product.sku.in_([sku, sku.strip().upper()]), ProductName.is_alias.is_(False))
    )
    found = rows.all()
    if not found:
        raise NotFound("product.unknown", sku=sku)
    return found[0][0], {language: f"{code} {name}" for code, language, name in found}


async def everyone(session: AsyncSession, within: Within, by: By | None, span: Span) -> list[str]:
    """The keys that could have had something in the span: trading dealers, products on sale and their categories."""
    if by is By.DEALER:
        return list(await session.scalars(_trading(within, span, Dealer.code)))
    if by in {By.PRODUCT, By.CATEGORY}:
        ended = or_(Product.active_until.is_(None), Product.active_until > span.start)
        column = Product.sku if by is By.PRODUCT else Product.category
        on_sale = (Product.active_from < span.end, ended, *within.products())
        return list(await session.scalars(select(column).where(*on_sale).distinct()))
    return []


async def region_paths(session: AsyncSession, within: Within) -> tuple[str, Mapping[str, str]]:
    """Where the tree asked about begins, and every region's path by its code."""
    rows = await session.execute(select(Region.code, Region.path).order_by(Region.code))
    return within.region_path or within.actor.region_path or "", {row[0]: row[1] for row in rows}


async def regions_of(session: AsyncSession, within: Within) -> Mapping[str, str]:
    """Each dealer's region, by codes."""
    rows = await session.execute(
        select(Dealer.code, Region.code).join(Region, Region.id == Dealer.region_id).where(*within.rows(Dealer))
    )
    return {row[0]: row[1] for row in rows}


async def dealer_ids(session: AsyncSession, actor: Actor, codes: Sequence[str]) -> Mapping[str, int]:
    """The ids of dealers by their codes."""
    rows = await session.execute(select(Dealer.code, Dealer.id).where(visible(actor, Dealer), Dealer.code.in_(codes)))
    return {row[0]: row[1] for row in rows}


async def silent_dealers(session: AsyncSession, within: Within, span: Span) -> tuple[list[SilentDealer], int]:
    """Trading dealers without an order in the span (of the products meant), the longest silent first; and of how many.

    Cancelled and rejected orders are none.
    """
    last = select(Order.dealer_id, func.max(Order.placed_on).label("day")).where(
        visible(within.actor, Order), Order.state.not_in(NOT_SOLD), Order.placed_on < span.end
    )
    if within.by_line:
        last = last.join(OrderLine, OrderLine.order_id == Order.id).join(Product, Product.id == OrderLine.product_id)
        last = last.where(visible(within.actor, OrderLine), *within.products())
    latest = last.group_by(Order.dealer_id).subquery()
    trading = _trading(within, span, Dealer.code, Dealer.name, Dealer.name_en, latest.c.day)
    rows = (await session.execute(trading.outerjoin(latest, latest.c.dealer_id == Dealer.id))).all()
    silent = [
        SilentDealer(code, {"zh": name, "en": name_en}, day)
        for code, name, name_en, day in rows
        if day is None or day < span.start
    ]
    return sorted(silent, key=lambda one: (one.last_ordered_on or date.min, one.code)), len(rows)


def _trading(within: Within, span: Span, *columns: Any) -> Select[Any]:
    ended = or_(Dealer.active_until.is_(None), Dealer.active_until > span.start)
    chosen: Select[Any] = select(*columns).select_from(Dealer)
    return chosen.where(*within.rows(Dealer), Dealer.stage.in_(TRADING), ended)
