"""A dealer with an owner and two buyers, a rep, and an order that is only counted: what proposals are tested with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from core import faults
from core.actor import Actor, Permission, Role
from core.brand.models import Brand
from core.conversations.models import Conversation
from core.db import Database
from core.dealers.models import Dealer
from core.people.models import Person
from core.people.service import actor_for
from core.proposals.models import Proposal
from core.proposals.service import CarryOut, Draft, propose
from tests.factories import (
    NOW,
    TODAY,
    make_brand,
    make_conversation,
    make_dealer,
    make_order,
    make_person,
    make_region,
)


@dataclass
class Office:
    """The people of a test, by handle, with their conversations; ``carried`` counts what was carried out."""

    brand: Brand
    dealer: Dealer
    people: Mapping[str, Person]
    actors: Mapping[str, Actor]
    conversations: Mapping[str, Conversation]
    carried: list[UUID] = field(default_factory=list)

    def draft(self, **changes: Any) -> Draft:
        """An order of the dealer's for 1,800 yuan, for a buyer to confirm."""
        plain = Draft(
            kind="order",
            payload={"lines": [{"sku": "W-550", "quantity": 100}]},
            permission=Permission.ORDERS_CONFIRM,
            dealer_id=self.dealer.id,
            amount=Decimal(1800),
            currency="CNY",
        )
        return replace(plain, **changes)

    async def propose(
        self, session: AsyncSession, draft: Draft | None = None, by: str = "D001-buyer", at: datetime = NOW
    ) -> Proposal:
        """A proposal of a turn of its own."""
        return await propose(
            session,
            self.actors[by],
            draft or self.draft(),
            conversation=self.conversations[by].id,
            turn_id=uuid4(),
            call_index=0,
            at=at,
        )

    @property
    def carry_out(self) -> Mapping[str, CarryOut]:
        """Carrying out writes an order, so that the database shows how often it happened."""
        return {"order": self._order}

    async def _order(self, session: AsyncSession, _actor: Actor, proposal: Proposal, _at: datetime) -> dict[str, Any]:
        self.carried.append(proposal.id)
        order = await make_order(session, self.dealer, proposal_id=uuid4())
        faults.point("test.order_written")
        return {"order": order.number, "amount": Decimal("1800.00"), "on": TODAY}


async def open_office(database: Database) -> Office:
    """Committed, so that every session sees it."""
    async with database.writes.begin() as session:
        brand = await make_brand(session)
        region = await make_region(session, "EAST")
        dealer = await make_dealer(session, region, "D001")
        other = await make_dealer(session, region, "D002")
        people = [
            await make_person(session, "D001-owner", Role.OWNER, dealer_id=dealer.id),
            await make_person(session, "D001-buyer", Role.BUYER, dealer_id=dealer.id),
            await make_person(session, "D001-buyer-2", Role.BUYER, dealer_id=dealer.id, language="en"),
            await make_person(session, "D002-buyer", Role.BUYER, dealer_id=other.id),
            await make_person(session, "rep-east", Role.REP, region_id=region.id),
            await make_person(session, "trainer", Role.TRAINER),
            await make_person(session, "operator", Role.OPERATOR),
        ]
        actors = {person.handle: await actor_for(session, person, TODAY) for person in people}
        conversations = {person.handle: await make_conversation(session, person) for person in people}
    return Office(brand, dealer, {person.handle: person for person in people}, actors, conversations)
