"""Rows for tests of services, without the demo: small and valid, with whatever a test is about handed in."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Role
from core.brand.models import Brand
from core.conversations.models import Conversation
from core.dealers.models import Dealer, Region, Terms
from core.orders.models import Order, OrderLine, OrderState
from core.people.models import Person
from core.products.models import PackUnit, Price, Product, ProductName, Stock, Unit

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
_numbers = count(1)
Row = TypeVar("Row")


async def add(session: AsyncSession, row: Row) -> Row:
    session.add(row)
    await session.flush()
    return row


async def make_brand(session: AsyncSession, **changes: Any) -> Brand:
    values: dict[str, Any] = {
        "name": "清源饮品",
        "name_en": "Qingyuan Beverages",
        "zone": "Asia/Shanghai",
        "currency": "CNY",
        "locales": ["zh", "en"],
        "modules": [],
        "word_limit": Decimal(5_000),
        "button_limit": Decimal(500_000),
        "valid_from": LONG_AGO.date(),
        "recorded_at": LONG_AGO,
    }
    return await add(session, Brand(**values | changes))


async def make_region(session: AsyncSession, code: str = "EAST", parent: Region | None = None) -> Region:
    path = f"{parent.path if parent else ''}{code}/"
    warehouse = parent.warehouse if parent else f"WH-{code}"
    parent_id = parent.id if parent else None
    region = Region(code=code, name=code, name_en=code, path=path, warehouse=warehouse, parent_id=parent_id)
    return await add(session, region)


async def make_dealer(session: AsyncSession, region: Region, code: str = "D001", **changes: Any) -> Dealer:
    values: dict[str, Any] = {
        "code": code,
        "name": f"经销商{code}",
        "name_en": f"Dealer {code}",
        "region_id": region.id,
        "tier": "A",
        "currency": "CNY",
        "language": "zh",
        "credit_limit": Decimal(100_000),
        "terms": Terms.FROM_INVOICE,
        "terms_days": 30,
        "buyer_limit": Decimal(20_000),
    }
    return await add(session, Dealer(**values | changes))


async def make_person(
    session: AsyncSession, handle: str = "D001-buyer", role: Role | None = Role.BUYER, **changes: Any
) -> Person:
    """A dealer's person where ``dealer_id`` is given, of a region with ``region_id``, else the brand's staff."""
    values = {"handle": handle, "name": handle, "role": role, "language": "zh"}
    return await add(session, Person(**values | changes))


async def make_conversation(
    session: AsyncSession, person: Person, channel: str = "web", chat: str | None = None
) -> Conversation:
    conversation = Conversation(
        id=uuid4(), channel=channel, chat=chat or person.handle, person_id=person.id, created_at=NOW
    )
    return await add(session, conversation)


async def make_product(
    session: AsyncSession,
    sku: str = "W-550",
    price: Decimal | None = Decimal("18.00"),
    stock: dict[str, int] | None = None,
    **changes: Any,
) -> Product:
    """24 bottles a case, 50 cases a pallet, one list price for everybody, and ``stock`` bottles by warehouse."""
    values: dict[str, Any] = {
        "sku": sku,
        "category": "water",
        "size": "550ml",
        "tax_rate": Decimal("0.13"),
        "shelf_life_days": 365,
        "active_from": LONG_AGO.date(),
    }
    product = await add(session, Product(**values | changes))
    session.add_all(
        PackUnit(product_id=product.id, unit=unit, bottles=bottles)
        for unit, bottles in ((Unit.BOTTLE, 1), (Unit.PACK, 12), (Unit.CASE, 24), (Unit.PALLET, 1200))
    )
    session.add_all(
        ProductName(product_id=product.id, language=language, name=name)
        for language, name in (("zh", f"产品{sku}"), ("en", f"Product {sku}"))
    )
    if price is not None:
        session.add(
            Price(
                product_id=product.id,
                amount=price,
                currency="CNY",
                valid_from=LONG_AGO.date(),
                recorded_at=LONG_AGO,
            )
        )
    for warehouse, bottles in (stock or {}).items():
        session.add(Stock(product_id=product.id, warehouse=warehouse, on_hand=bottles))
    await session.flush()
    return product


async def make_order(
    session: AsyncSession,
    dealer: Dealer,
    lines: dict[int, int] | None = None,
    *,
    price: Decimal = Decimal("18.00"),
    proposal_id: UUID | None = None,
    **changes: Any,
) -> Order:
    """An accepted order; ``lines`` gives cases by product id."""
    values: dict[str, Any] = {
        "number": f"SO-{next(_numbers):06d}",
        "dealer_id": dealer.id,
        "state": OrderState.ACCEPTED,
        "placed_at": NOW,
        "placed_on": TODAY,
        "currency": "CNY",
        "amount": sum((price * cases for cases in (lines or {}).values()), Decimal(0)),
        "proposal_id": proposal_id,
    }
    order = await add(session, Order(**values | changes))
    for position, (product_id, cases) in enumerate((lines or {}).items()):
        line = OrderLine(
            order_id=order.id,
            dealer_id=dealer.id,
            position=position,
            product_id=product_id,
            quantity=cases,
            unit=Unit.CASE,
            bottles=cases * 24,
            price=price,
            amount=price * cases,
        )
        session.add(line)
    await session.flush()
    return order
