"""A small market: two dealers in Shanghai, one prepaid in Guangdong, two products in stock with lots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice
from core.actor import Actor, Role, system
from core.brand.models import Brand
from core.conversations.models import Conversation
from core.db import Database
from core.dealers.models import Dealer, ShipTo, Terms
from core.orders import service as orders
from core.people.models import Person
from core.people.service import actor_for
from core.products.models import Lot, Product, Promotion, Stock
from core.proposals.models import Proposal
from core.proposals.service import CarryOut, Draft, Outcome, confirm, propose
from core.scope import visible
from tests.factories import (
    LONG_AGO,
    NOW,
    TODAY,
    make_brand,
    make_conversation,
    make_dealer,
    make_person,
    make_product,
    make_region,
)

LATER = NOW + timedelta(minutes=5)
CARRY_OUT: Mapping[str, CarryOut] = {
    orders.ORDER: orders.place,
    orders.CHANGE: orders.change,
    orders.CANCELLATION: orders.cancel,
}
TRADE = (
    "orders",
    "order_lines",
    "reservations",
    "stock",
    "lots",
    "shipments",
    "shipment_lines",
    "invoices",
    "counters",
)


@dataclass
class Market:
    """Its people by handle, its dealers by code, its products by sku."""

    brand: Brand
    dealers: Mapping[str, Dealer]
    products: Mapping[str, Product]
    actors: Mapping[str, Actor]
    conversations: Mapping[str, Conversation]

    async def draft(
        self, session: AsyncSession, *lines: tuple[str, Any] | tuple[str, Any, str | None], by: str = "D001-buyer",
        dealer: str = "D001", at: datetime = NOW, day: date = TODAY, **details: Any,
    ) -> orders.OrderDraft:  # fmt: skip
        """An order of ``(sku, quantity[, unit])`` lines; a case where no unit is given."""
        request = orders.Request(asked(lines), **details)
        return await orders.draft(session, self.actors[by], self.dealers[dealer], request, day, at)

    async def set_dealer(self, database: Database, code: str = "D001", **values: Any) -> None:
        """Change the dealer's row, here and in the database."""
        async with database.writes.begin() as session:
            everywhere = visible(system("test"), Dealer)
            await session.execute(update(Dealer).where(everywhere, Dealer.code == code).values(values))
            changed = await session.execute(select(Dealer).where(everywhere, Dealer.code == code))
            self.dealers = {**self.dealers, code: changed.scalar_one()}

    async def propose(self, session: AsyncSession, draft: Draft, by: str = "D001-buyer") -> Proposal:
        """A proposal of a turn of its own."""
        conversation = self.conversations[by].id
        return await propose(
            session, self.actors[by], draft, conversation=conversation, turn_id=uuid4(), call_index=0, at=NOW
        )

    async def proposed(self, database: Database, *lines: Any, by: str = "D001-buyer", **details: Any) -> Proposal:
        """A committed proposal of an order."""
        async with database.writes.begin() as session:
            draft = await self.draft(session, *lines, by=by, **details)
            assert draft.fine, draft.refusal()
            return await self.propose(session, orders.as_proposal(draft), by)

    async def press(
        self, database: Database, proposal: Proposal, by: str = "D001-buyer", at: datetime = LATER
    ) -> Outcome:
        """One press, in a transaction of its own."""
        async with database.writes.begin() as session:
            return await confirm(session, self.actors[by], proposal.id, at, CARRY_OUT)

    async def order(self, database: Database, *lines: Any, by: str = "D001-buyer", **details: Any) -> str:
        """The number of an order that was proposed and confirmed."""
        proposal = await self.proposed(database, *lines, by=by, **details)
        outcome = await self.press(database, proposal, by)
        assert outcome.result is not None, outcome.refusal
        return str(outcome.result["order"])


async def stock_of(session: AsyncSession, market: Market, sku: str, warehouse: str = "WH-EAST") -> Stock:
    mine = select(Stock).where(Stock.product_id == market.products[sku].id, Stock.warehouse == warehouse)
    return (await session.execute(mine.execution_options(populate_existing=True))).scalar_one()


def asked(lines: Sequence[Any]) -> tuple[orders.Requested, ...]:
    return tuple(
        orders.Requested(line[0], Decimal(str(line[1])), line[2] if len(line) > 2 else "case") for line in lines
    )


async def open_market(database: Database, **brand: Any) -> Market:
    """Committed. D001 may owe 10,000 yuan and its buyer confirm up to 5,000; W-550 costs 18.00, T-500 40.00 a case."""
    async with database.writes.begin() as session:
        own = await make_brand(session, **brand)
        east = await make_region(session, "EAST")
        shanghai = await make_region(session, "EAST-SH", east)
        south = await make_region(session, "SOUTH")
        limits = {"credit_limit": Decimal(10_000), "buyer_limit": Decimal(5_000)}
        dealers = [
            await make_dealer(session, shanghai, "D001", **limits),
            await make_dealer(session, shanghai, "D002", **limits),
            await make_dealer(session, south, "D040", terms=Terms.PREPAID, credit_limit=Decimal(0), language="en"),
        ]
        for dealer in dealers:
            for code, name in (("S1", "城南仓"), ("S2", "浦东店")):
                place = ShipTo(
                    dealer_id=dealer.id, code=code, name=name, name_en=f"Place {code}", address=f"{name}1号",
                    window="08:00-12:00", is_default=code == "S1",
                )  # fmt: skip
                session.add(place)
        products = [
            await make_product(session, "W-550", Decimal("18.00"), {"WH-EAST": 24 * 600, "WH-SOUTH": 24 * 100}),
            await make_product(session, "T-500", Decimal("40.00"), {"WH-EAST": 24 * 400}, category="tea"),
            await make_product(session, "T-500L", Decimal("41.00"), {"WH-EAST": 24 * 300}, category="tea"),
        ]
        session.add_all(lots_of(products))
        people = [
            await make_person(
                session, f"{dealer.code}-{role}", Role(role), dealer_id=dealer.id, language=dealer.language
            )
            for dealer in dealers
            for role in ("owner", "buyer")
        ]
        people.append(await make_person(session, "rep-east", Role.REP, region_id=east.id))
        people.append(await make_person(session, "operator", Role.OPERATOR))
        return await _market(session, own, dealers, products, people)


async def _market(
    session: AsyncSession, brand: Brand, dealers: list[Dealer], products: list[Product], people: list[Person]
) -> Market:
    return Market(
        brand,
        {dealer.code: dealer for dealer in dealers},
        {product.sku: product for product in products},
        {person.handle: await actor_for(session, person, TODAY) for person in people},
        {person.handle: await make_conversation(session, person) for person in people},
    )


def lots_of(products: Sequence[Product]) -> list[Lot]:
    """Two lots each in the east: 100 cases that expire in June, the rest in September."""
    cases = {"W-550": 600, "T-500": 400, "T-500L": 300}
    return [
        Lot(
            product_id=product.id, warehouse="WH-EAST", number=f"{product.sku}-{number}", on_hand=24 * held,
            produced_on=date(2026, produced, 1), expires_on=date(2027, produced, 1),
        )
        for product in products
        for number, produced, held in (("A", 6, 100), ("B", 9, cases[product.sku] - 100))
    ]  # fmt: skip


def promotion(market: Market, code: str, kind: str, sku: str | None = None, **changes: Any) -> Promotion:
    values: dict[str, Any] = {"name": f"促销{code}", "name_en": f"Promotion {code}", "valid_from": LONG_AGO.date()}
    product_id = market.products[sku].id if sku else None
    return Promotion(code=code, kind=kind, product_id=product_id, recorded_at=LONG_AGO, **values | changes)


def invoice(dealer: Dealer, amount: str, due_on: date, number: str = "INV-1") -> Invoice:
    return Invoice(
        number=number, dealer_id=dealer.id, issued_on=due_on - timedelta(days=30), due_on=due_on,
        amount=Decimal(amount), currency="CNY",
    )  # fmt: skip


async def add_all(database: Database, *rows: Any) -> None:
    async with database.writes.begin() as session:
        session.add_all(rows)


async def trade(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of trade, to compare with later."""
    async with database.reads() as session:
        return {
            table: [tuple(row) for row in await session.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]
            for table in TRADE
        }
