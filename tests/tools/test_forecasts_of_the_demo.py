"""What was planted in the demo brand is found: an overstock, a hold, a credit at its edge, a tier nearby."""

from typing import Any

from langchain_core.tools import BaseTool
from sqlalchemy import select

from core.conversations.models import Conversation
from core.db import Database
from core.proposals.models import Proposal
from core.replies import Reply, Table
from tests.tools.calls import call, context_for
from tools.replenishing import propose_replenishment
from tools.stock_risks import list_stock_risks


async def ask(database: Database, tool: BaseTool, who: str, **arguments: Any) -> Reply:
    context = await context_for(database, who)
    values = {"id": context.conversation, "channel": "web", "chat": str(context.conversation)}
    async with database.writes.begin() as session:
        session.add(Conversation(**values, person_id=context.actor.person_id, created_at=context.now))
    return await call(tool, context, **arguments)


async def proposed(database: Database) -> list[Proposal]:
    async with database.reads() as session:
        return list((await session.execute(select(Proposal))).scalars())


async def test_goods_that_a_dealer_hoards_are_the_first_overstock(demo_database: Database) -> None:
    reply = await ask(demo_database, list_stock_risks, "D018-buyer", risk="overstock")
    table = next(block for block in reply.blocks if isinstance(block, Table))
    assert table.rows[0][0].startswith("J-450O")
    rep = await ask(demo_database, list_stock_risks, "rep-east", risk="overstock")
    assert "D018 · J-450O" in rep.plain()


async def test_goods_that_lie_about_are_not_ordered_again(demo_database: Database) -> None:
    reply = await ask(demo_database, propose_replenishment, "D018-buyer", sku="J-450O", period="2026-12")
    assert "暂时不用订" in reply.plain() or "卖不完" in reply.plain()
    assert await proposed(demo_database) == []


async def test_an_order_beyond_the_credit_is_cut_to_it(demo_database: Database) -> None:
    reply = await ask(demo_database, propose_replenishment, "D002-buyer")
    (proposal,) = await proposed(demo_database)
    assert "授信不够" in reply.plain()
    assert float(proposal.payload["credit_left"]) >= 0
    assert "confirm" in [button.id for button in reply.buttons]


async def test_an_account_on_hold_is_told_the_need_and_the_reason(demo_database: Database) -> None:
    reply = await ask(demo_database, propose_replenishment, "D007-buyer", sku="T-500")
    assert reply.plain().startswith("预估")
    assert "货款逾期" in reply.plain()
    assert await proposed(demo_database) == []


async def test_a_rebate_tier_that_the_order_reaches_is_named(demo_database: Database) -> None:
    reply = await ask(demo_database, propose_replenishment, "D001-owner")
    assert "下一档" in reply.plain()
    assert [button.id for button in reply.buttons] == ["confirm", "change", "cancel"]
