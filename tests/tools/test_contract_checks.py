"""What the brand reads of a contract beside its books, and what it is told where the dealer hears it too."""

from dataclasses import replace

from core.conversations import service as conversations
from core.db import Database
from core.replies import Reply, Table
from knowledge.service import Knowledge
from tests.factories import NOW
from tests.tools.calls import call, context_for
from tools.contract_checks import check_contract_against_system


async def test_before_the_dealer_a_rep_is_told_what_the_dealer_is(demo_database: Database) -> None:
    async def told(who: str, *, in_a_group: bool = False) -> Reply:
        ctx = await context_for(demo_database, who)
        assert ctx.actor.person_id is not None
        async with demo_database.writes.begin() as session:
            thread = await conversations.open_conversation(
                session, "terminal", str(in_a_group), ctx.actor.person_id, not in_a_group, NOW
            )
        ctx = replace(ctx, in_a_group=in_a_group, conversation=thread.id, knowledge=Knowledge())
        return await call(check_contract_against_system, ctx, contract="HT-2026-001")

    together = (await told("rep-east", in_a_group=True)).blocks
    assert together == (await told("D001-buyer")).blocks
    assert not any(isinstance(block, Table) for block in together)
    assert "D001" in (await told("rep-east")).plain()
