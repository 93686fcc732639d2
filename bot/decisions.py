"""Presses, and the words that may stand for one: decided by code before any brain hears the message."""

import re
from collections.abc import Sequence
from uuid import UUID

from agents.turns import Answer, Asked, Said
from bot import enrolling, groups, second_factor
from bot.awaited import asks_what_waits
from bot.heard import Decision
from bot.incoming import Incoming
from bot.waiting import only_told_again
from core.errors import QudaoError
from core.language.normalise import fold
from core.people.factors import Proof, as_code, nearly_a_code
from core.proposals import rules, service
from core.proposals.models import Proposal, Status
from core.proposals.rights import may_press
from core.replies import Block, Button, Reply, Table, Text, say
from tools.context import ToolContext
from tools.registry import Registry

_MORE = re.compile(
    "(?:查看|显示|看看?|给我看看?)(?:一下)?(?:更多|其余的?|剩下的)(?:内容|信息)?|展开"
    "|(?:please )?(?:show|see)(?: me)? (?:more|the rest)(?: of it)?(?: please)?"
)
"""What presses the button of that name, where a person writes instead."""
_BARE = re.compile("(?:还有)?更多(?:呢|吧)?|其余的?呢?|剩下的呢?|more(?: please)?|the rest")
"""The same, where something is held back; else it may be goods that more is wanted of."""
_THIS = re.compile("(?:(?:这|那)(?:个|些)?(?:数|量)?|安全库存)?(?:都)?(?:是)?")
"""Before the title of what is held back: 「安全库存怎么算的」."""


async def decide(
    incoming: Incoming, past: list[Said], ctx: ToolContext, registry: Registry, sealing_key: str = ""
) -> Decision:
    """Carry out a press, a code that was asked for, a group's command or a word that stands for a press.

    Anything else is for a brain.
    """
    if incoming.press:
        return await _press(incoming, past, ctx, registry, sealing_key)
    if (asked := second_factor.asked_for(past, ctx.now)) and nearly_a_code(incoming.text):
        proof = Proof(as_code(incoming.text), sealing_key)
        if "enrolment" in asked:
            return await enrolling.code(asked["enrolment"], incoming, ctx, proof)
        return await _confirm(ctx.words("factor.heard"), UUID(asked["proposal"]), ctx, registry, proof)
    if enrolling.asks(incoming.text):
        return await enrolling.begin(incoming, ctx, sealing_key)
    try:
        bound = await groups.command(incoming, ctx)
    except QudaoError as error:
        bound = say(ctx.words.error(error))
    if bound is not None:
        return Decision(incoming.text, Answer(bound), public=True)
    if incoming.files or not incoming.text:
        return Decision(incoming.text)
    return await _word(incoming.text, past, ctx, registry)


async def _word(text: str, past: list[Said], ctx: ToolContext, registry: Registry) -> Decision:
    """A word that confirms, cancels, chooses or asks what waits.

    Where what waits was only told of again beneath another answer, no word confirms it: it is shown in full first.
    """
    shown_last = past[-1].reply if past else Reply()
    offered = {button.id: button for button in shown_last.buttons}
    shown = len({button.proposal for button in shown_last.buttons if button.proposal})
    in_full = not only_told_again(shown_last)
    if shown == 1 and "cancel" in offered and (in_full or rules.cancels_it(text)) and rules.cancels(text):
        return await _cancel(text, offered["cancel"], ctx)
    if shown == 1 and "confirm" in offered and in_full and rules.confirms(text):
        if not groups.may_confirm_here(offered["confirm"], past, ctx):
            return _privately(text, ctx)
        return await _confirm_by_word(text, offered["confirm"], ctx, registry)
    refused = await _beyond(past[-1:], ctx) if rules.confirms(text) else None
    late = refused is None and rules.confirms(text) and past and past[-1].asked is None
    unclear = shown > 1 and (rules.confirms(text) or rules.cancels(text))
    if (late or unclear) and (waiting := await _waiting(ctx, registry, late=bool(late))):
        return Decision(text, Answer(waiting))
    if asks_what_waits(text, ctx.actor):
        waiting = await _waiting(ctx, registry)
        return Decision(text, Answer(waiting or say(ctx.words("press.none_waiting"))))
    if (here := groups.recalled(past, ctx)) and here[-1].asked is None:
        more = _asks_for_more(text, here)
        if more is not None:
            return _more(text, here, ctx) if more else Decision(text, Answer(say(ctx.words("more.none"))))
    choice = offered.get(f"choose:{text}") if text.isdecimal() else None
    return Decision(choice.says) if choice is not None and choice.says else Decision(text, refused)


async def _press(
    incoming: Incoming, past: list[Said], ctx: ToolContext, registry: Registry, sealing_key: str
) -> Decision:
    button = _find(incoming, past)
    if button is None:
        if incoming.press == "confirm" and (refused := await _beyond(past[::-1], ctx)):
            return Decision(incoming.press, refused)
        waiting = await _waiting(ctx, registry)
        return Decision(incoming.press, Answer(waiting or say(ctx.words("press.unknown"))))
    heard = button.label
    if button.id == "more":
        return _more(heard, past, ctx)
    if button.id == "confirm" and button.proposal:
        if not groups.may_confirm_here(button, past, ctx):
            return _privately(heard, ctx)
        proof = Proof(incoming.code, sealing_key) if incoming.code else None
        return await _confirm(heard, UUID(button.proposal), ctx, registry, proof)
    if button.id == "cancel" and button.proposal:
        return await _cancel(heard, button, ctx)
    if button.id == "change" and button.proposal:
        return await _change(heard, UUID(button.proposal), ctx)
    return Decision(button.says or button.label)


def _asks_for_more(text: str, past: Sequence[Said]) -> bool | None:
    """Whether there is more of what a message asks for; None where it asks for none.

    By its title it may be asked for again right after it was shown.
    """
    said, shown = fold(text).strip(" 。.！!？?"), past[-1].reply
    if _MORE.fullmatch(said):
        return bool(shown.more)
    if shown.more and _BARE.fullmatch(said):
        return True
    held = next((turn.reply.more for turn in reversed(past) if turn.reply.more), ())
    titles = _titles(held) & _titles((*shown.blocks, *shown.more))
    return any(said.endswith(title) and _THIS.fullmatch(said.removesuffix(title)) for title in titles) or None


def _titles(blocks: Sequence[Block]) -> set[str]:
    return {fold(block.title).strip("：:") for block in blocks if isinstance(block, Table) and block.title}


def _more(heard: str, past: Sequence[Said], ctx: ToolContext) -> Decision:
    """What waits behind the newest answer that holds anything back.

    A stranger doesn't hear what members were told, and nobody what was worked out for rights that they no longer have.
    """
    turn = next((turn for turn in reversed(past) if turn.reply.more), None)
    if turn is None:
        return Decision(heard, Answer(Reply()))
    if not (ctx.private or turn.aloud):
        return Decision(heard, Answer(say(ctx.words("group.private"))))
    if turn.reach != ctx.actor.reach:
        return Decision(heard, Answer(say(ctx.words("more.other_reach"))))
    return Decision(heard, Answer(Reply(turn.reply.more, turn.reply.figures, turn.reply.shown)))


def _privately(heard: str, ctx: ToolContext) -> Decision:
    """A yes that strangers would hear the outcome of.

    It is refused and not carried out unseen: what comes of it may be a shortfall or a fresh proposal on other terms,
    which the person has to read, and nothing is lost meanwhile, since the proposal waits in the private chat.
    """
    return Decision(heard, Answer(say(ctx.words("group.confirm_private"))))


async def _beyond(shown: Sequence[Said], ctx: ToolContext) -> Answer | None:
    """Why a yes to what was shown last doesn't count, where it was shown without a button for it."""
    buttons = next((turn.reply.buttons for turn in shown if any(b.proposal for b in turn.reply.buttons)), ())
    offered = {button.id: button.proposal for button in buttons}
    if "confirm" in offered or not offered.get("cancel"):
        return None
    try:
        async with ctx.reads() as session:
            await service.check(session, ctx.actor, UUID(offered["cancel"]))
    except QudaoError as error:
        return Answer(say(ctx.words.error(error)))
    return None


def _find(incoming: Incoming, past: list[Said]) -> Button | None:
    """The button as last seen: by its id or the part before the colon, and by its proposal if named."""
    for turn in reversed(past):
        for button in turn.reply.buttons:
            named = incoming.press in {button.id, button.id.split(":")[0]}
            if named and incoming.proposal in {"", button.proposal}:
                return button
    return None


async def _waiting(ctx: ToolContext, registry: Registry, *, late: bool = False) -> Reply | None:
    """What waits for this person's press, shown so that the next word is about what was seen; never in a group.

    A late yes is about what waits in its own conversation, where anything does.
    """
    async with ctx.reads() as session:
        waiting = await service.waiting_for(session, ctx.actor, ctx.now)
    if late:
        waiting = [one for one in waiting if one.conversation_id == ctx.conversation] or waiting
    if not waiting:
        return None
    if not ctx.private:
        return say(ctx.words("group.private"))
    reply = say(ctx.words("press.waiting", count=len(waiting)))
    for proposal in waiting[:3]:
        reply += registry.kinds[proposal.kind].show(proposal, ctx.words)
    return reply


async def _confirm_by_word(text: str, button: Button, ctx: ToolContext, registry: Registry) -> Decision:
    """Also told of its outcome: a word whose proposal is done, since the worker that did it may have died since."""
    shown = UUID(button.proposal)
    async with ctx.reads() as session:
        proposal = await service.open_for_word(session, ctx.actor, shown, text, ctx.now, ctx.brand)
        done = (await service.statuses(session, [shown], ctx.now)).get(shown) is Status.DONE
    if proposal is None and not done:
        reply = say(ctx.words("confirm.press_the_button"), button)
        return Decision(text, Answer(reply))
    return await _confirm(text, shown, ctx, registry)


async def _confirm(
    heard: str, proposal_id: UUID, ctx: ToolContext, registry: Registry, proof: Proof | None = None
) -> Decision:
    secret = proof is not None
    try:
        async with ctx.writes.begin() as session:
            outcome = await service.confirm(session, ctx.actor, proposal_id, ctx.now, registry.carry_out, proof)
    except QudaoError as error:
        return Decision(heard, Answer(say(ctx.words.error(error))), secret=secret)
    decided: dict[str, object] = {"proposal": str(proposal_id), "status": str(outcome.status)}
    if outcome.replacement is not None:
        decided["replaced_by"] = str(outcome.replacement.id)
    if outcome.lacks_code and ctx.in_a_group:
        return Decision(heard, Answer(say(ctx.words("factor.private"))), decided, secret)
    if outcome.lacks_code:
        decided |= second_factor.asking(ctx.now)
    return Decision(heard, Answer(_outcome(outcome, ctx, registry)), decided, secret)


def _outcome(outcome: service.Outcome, ctx: ToolContext, registry: Registry) -> Reply:
    kind = registry.kinds[outcome.proposal.kind]
    if (fresh := outcome.replacement) is not None:
        key = "confirm.changed" if may_press(ctx.actor, fresh) else "confirm.changed_for_another"
        return say(ctx.words(key)) + kind.shown_to(ctx.actor, fresh, ctx.words)
    if outcome.refusal is not None:
        key, params = outcome.refusal
        return say(ctx.words(key, **params))
    if outcome.status is Status.DONE and outcome.result is not None:
        reply = kind.describe(outcome.result, ctx.words)
        return reply if outcome.first else say(ctx.words("confirm.already")) + reply
    if outcome.waiting_for:
        return say(ctx.words("confirm.waits", count=outcome.waiting_for))
    return say(ctx.words(f"proposal.{outcome.status}"))


async def _cancel(heard: str, button: Button, ctx: ToolContext) -> Decision:
    try:
        async with ctx.writes.begin() as session:
            proposal = await service.cancel(session, ctx.actor, UUID(button.proposal), ctx.now)
    except QudaoError as error:
        return Decision(heard, Answer(say(ctx.words.error(error))))
    decided: dict[str, object] = {"proposal": button.proposal, "status": str(proposal.status)}
    return Decision(heard, Answer(say(ctx.words(f"proposal.{proposal.status}"))), decided)


async def _change(heard: str, proposal_id: UUID, ctx: ToolContext) -> Decision:
    """Ask what to change; the proposal stays open until a changed one takes its place."""
    async with ctx.reads() as session:
        proposal = await session.get(Proposal, proposal_id)
    if proposal is None or proposal.proposer_id != ctx.actor.person_id or proposal.status != Status.OPEN:
        return Decision(heard, Answer(say(ctx.words("error.stale"))))
    asked = Asked(f"propose_{proposal.kind}", {}, "change")
    return Decision(heard, Answer(Reply((Text(ctx.words("change.what")),)), asked=asked))
