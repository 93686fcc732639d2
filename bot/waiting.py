"""What waits for a press is told of again beneath the answer to something else, in one line with its buttons."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from agents.assistant import gather_buttons
from agents.offline.state import DROPPED
from agents.turns import Answer, Said
from core.money import Amount
from core.proposals import service
from core.proposals.models import Proposal, Status
from core.replies import Button, Reply, Shown, Text
from tools.context import ToolContext
from tools.registry import Effect, Registry

TOLD_AGAIN = "told again"  # what is shown of a proposal in one line: no word confirms it
AT_MOST = 3  # digressions in a row


def only_told_again(reply: Reply) -> bool:
    """Whether a reply's buttons stand beneath the answer to something else."""
    return any(item.kind == TOLD_AGAIN for item in reply.shown)


async def with_what_waits(answer: Answer, past: Sequence[Said], ctx: ToolContext, registry: Registry) -> Answer:
    """The answer, and beneath it the person's own proposal that the digression put off."""
    if not ctx.private or not _is_aside(answer, registry):
        return answer
    buttons = _put_off(past)
    if not buttons:
        return answer
    async with ctx.reads() as session:
        proposal = await session.get(Proposal, UUID(buttons[0].proposal))
        status = (await service.statuses(session, [UUID(buttons[0].proposal)], ctx.now)).get(UUID(buttons[0].proposal))
    if proposal is None or status is not Status.OPEN or proposal.proposer_id != ctx.actor.person_id:
        return answer
    reply = answer.reply + Reply((Text(_line(proposal, ctx)),), shown=(Shown(TOLD_AGAIN, str(proposal.id)),))
    return replace(answer, reply=gather_buttons(reply.with_buttons(buttons)))


def _line(proposal: Proposal, ctx: ToolContext) -> str:
    if proposal.amount is None or proposal.currency is None:
        return ctx.words("press.still_waiting")
    return ctx.words("press.still_waiting_amount", amount=Amount(proposal.amount, proposal.currency))


def _is_aside(answer: Answer, registry: Registry) -> bool:
    """Whether the answer only looked things up, asks nothing and puts nothing else up for a press."""
    known = [registry.tools.get(call.name) for call in answer.calls]
    if answer.asked is not None or any(button.proposal for button in answer.reply.buttons):
        return False
    if not known:
        return bool(answer.heard.intents) and answer.heard.intents[0][0] == "thanks"
    return all(spec is not None and spec.effect is Effect.READ for spec in known)


def _put_off(past: Sequence[Said]) -> tuple[Button, ...]:
    """The buttons of the proposal that was shown in full a few turns ago, and of which nothing was decided since."""
    for turn in reversed(past[-AT_MOST:]):
        if turn.decided or turn.asked is not None or any(item.kind == DROPPED for item in turn.reply.shown):
            return ()
        buttons = tuple(button for button in turn.reply.buttons if button.proposal)
        if buttons and not only_told_again(turn.reply):
            whole = len({button.proposal for button in buttons}) == 1 and any(one.id == "confirm" for one in buttons)
            return buttons if whole else ()
    return ()
