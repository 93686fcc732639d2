"""What to do about a message: go on with an open question, change the open draft, or start on what is asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from agents.offline import meanings
from agents.offline.arguments import papers
from agents.offline.arguments.completing import complete
from agents.offline.arguments.slots import Schema, carry_over, fill, ordinal
from agents.offline.clauses import asks_severally, requests_in
from agents.offline.evidence.cues import ASKS
from agents.offline.following.about import about_what_was_shown
from agents.offline.following.boughtthen import bought_then
from agents.offline.following.cameto import what_it_came_to
from agents.offline.following.carrying import carried_over
from agents.offline.following.debtrules import of_debts
from agents.offline.following.foranother import for_another_dealer
from agents.offline.following.formanddays import form_and_days
from agents.offline.following.furtherrule import further_of_a_rule
from agents.offline.following.gotthen import got_then
from agents.offline.following.holds import of_what_it_holds
from agents.offline.following.inview import (
    called_off_after_all,
    change_of_the_order_in_view,
    own_instead,
    own_price,
    price_of_the_draft,
    shown_again,
)
from agents.offline.following.meantrule import of_the_rules
from agents.offline.following.ofboth import of_both
from agents.offline.following.ofdates import of_the_dates
from agents.offline.following.oflist import of_the_list
from agents.offline.following.otherdebtors import other_debtors
from agents.offline.following.ownlimit import above_own_limit
from agents.offline.following.ownofrule import own_of_a_rule
from agents.offline.following.ownorder import an_order_of_its_own
from agents.offline.following.payingout import paid_out
from agents.offline.following.pricekept import price_kept
from agents.offline.following.pursuing import pursued
from agents.offline.following.roomleft import due_then, line_until, own_room, room_left
from agents.offline.following.supposing import supposed_instead
from agents.offline.following.takenover import asked_on, planned_anew, with_stock_told
from agents.offline.following.toarate import to_a_rate
from agents.offline.following.toodear import too_dear
from agents.offline.following.whatcounts import what_counts
from agents.offline.hearing import heard
from agents.offline.mind import Mind
from agents.offline.orders import answers, drafts, planning
from agents.offline.orders.afterquote import after_a_quote
from agents.offline.orders.callingoff import called_off
from agents.offline.orders.cutting import cut_down
from agents.offline.orders.doubts import ask_again, of_list
from agents.offline.orders.forwarded.pasted import pasted
from agents.offline.orders.forwarded.planning import plan_for_files, plan_for_rows
from agents.offline.orders.holdingon import held_on
from agents.offline.orders.inorder import counted_in_order
from agents.offline.orders.keeping import kept_but_changed
from agents.offline.orders.onto import onto_the_one_shown
from agents.offline.orders.referring import refer_for
from agents.offline.orders.settling import orders_instead
from agents.offline.orders.spanned import again_of_the_list
from agents.offline.plans import Ask, Do, Plan, Say, Step
from agents.offline.promoted import running_beside, which_run
from agents.offline.reading.toldback import without_what_was_told
from agents.offline.reading.understanding import Reading, read
from agents.offline.requests import SURE, Request
from agents.offline.stepping import category_asked, faint, steps_of
from agents.offline.strangers import with_stranger
from agents.offline.talking import wordless
from agents.offline.tidying import refused_once, without_talk
from agents.turns import Asked
from core.language.normalise import narrow
from core.replies import Shown, say

CONVERSATION = frozenset({"greet", "thanks", "chat", "affirm", "deny", "anger", "out_of_scope"})


def decide(message: str, mind: Mind) -> Plan:
    """The plan for one message."""
    message = narrow(message)
    if mind.briefing.sent:
        return plan_for_files(message, mind)
    if (rows := pasted(message, mind.lexicon)) is not None and "propose_order" in mind.schemas:
        return plan_for_rows(rows, mind)
    message, files = papers.named_in(message, mind)
    reading = read(message, mind.briefing, refer_for(mind), mind.recogniser.spelling)
    reading = papers.of_files(with_stranger(reading, mind), files)
    if not any(char.isalnum() for char in reading.text):
        return Plan((Say(wordless(message, mind)),))
    reading = without_what_was_told(reading, mind)
    return _remembering(_plan(reading, mind), reading)


def _remembering(plan: Plan, reading: Reading) -> Plan:
    """The one product or dealer of a message that came to nothing is spoken of all the same: 「那我什么价」."""
    if plan.calls or not plan.steps:
        return plan
    named = {
        m.kind: Shown(m.kind, m.code) for m in reversed(reading.mentions) if m.code and m.kind in {"product", "dealer"}
    }
    first, *others = plan.steps
    if isinstance(first, Say) and first.refusal and plan.heard.intents:
        named["asked"] = Shown("asked", plan.heard.intents[0][0])  # 「那我们呢」 asks the same of oneself
    if not named or isinstance(first, Do):
        return plan
    kept = replace(first, reply=replace(first.reply, shown=(*first.reply.shown, *named.values())))
    return replace(plan, steps=(kept, *others))


def _plan(reading: Reading, mind: Mind) -> Plan:
    several = asks_severally(reading, mind.recogniser, mind.briefing.actor.role)
    for way in (
        _as_chosen,
        papers.chosen,
        held_on,
        cut_down,
        _answer_to_question,
        called_off,
        onto_the_one_shown,
        for_another_dealer,
        of_debts,
        form_and_days,
        supposed_instead,
        *(() if several else IN_CONTEXT),
    ):
        plan = way(reading, mind)
        if plan is not None:
            return plan
    requests = requests_in(reading, mind.recogniser, mind.briefing.actor.role)
    requests = [one for one in requests if not faint(one)] or requests
    listed = mind.state.asked is not None and of_list(mind.state.asked)
    of_a_kind = not requests[0].sure and category_asked(requests[0].reading, mind) is not None
    if len(requests) == 1 and not listed and not of_a_kind and (which := meanings.which(requests[0], mind)) is not None:
        return Plan((which,), sure=False, heard=heard(requests))
    steps = [step for request in requests for step in steps_of(request, mind)]
    if (running := running_beside(reading, mind)) is not None and running not in steps:
        steps = [running, *steps]
    once = refused_once([step for place, step in enumerate(steps) if step not in steps[:place]])
    once = without_talk(once)
    sure = all(request.probability >= SURE for request in requests)
    return replace(_one_question(once, mind), sure=sure, heard=heard(requests))


def _one_question(steps: list[Step], mind: Mind) -> Plan:
    """At most one question, last; an open one that was put off by another matter is put again."""
    asks = [step for step in steps if isinstance(step, Ask)]
    others: list[Step] = [step for step in steps if not isinstance(step, Ask)]
    asked = mind.state.asked
    if asked is not None and not asks and others and all(_leaves_open(step, asked) for step in others):
        asks = [ask_again(asked, mind)]
    return Plan((*others, *asks[:1]))


def _is_aside(step: Step) -> bool:
    return isinstance(step, Do) and not step.tool.startswith("propose_") and step.tool != "ask_for_person"


def _leaves_open(step: Step, asked: Asked) -> bool:
    """Whether a step leaves the question as it was; a list isn't lost to an answer that wasn't understood."""
    return (_is_aside(step) and asked.tool.startswith("propose_")) or (isinstance(step, Say) and of_list(asked))


def _answer_to_question(reading: Reading, mind: Mind) -> Plan | None:
    """The message as the missing piece of the question that the last reply asked."""
    asked = mind.state.asked
    if asked is None or asked.slot in {meanings.SLOT, papers.SLOT}:
        return None
    if mind.lexicon.is_one("abort", reading.text):
        return Plan((Say(say(mind.words("frame.dropped"))),))
    if asked.tool in {"propose_order", "propose_order_change"}:
        return answers.answer(asked, reading, mind)
    schema = mind.schemas.get(asked.tool)
    if schema is None or orders_instead(reading, mind):
        return None
    if asked.slot == "sku" and (category := category_asked(reading, mind)):
        return Plan((Do("find_products", {"category": category}),))
    return _as_missing(asked, schema, reading, mind)


def _as_missing(asked: Asked, schema: Schema, reading: Reading, mind: Mind) -> Plan | None:
    fresh = fill(schema, reading, mind.briefing, mind.lexicon)
    if asked.slot in fresh:
        return complete(asked.tool, {**asked.args, **fresh}, reading, mind)
    place = ordinal(reading.text) if asked.slot in {"sku", "dealer"} else None
    if asked.slot == "sku" and (told := answers.told_apart(asked.choices, reading, mind)) is not None:
        place = asked.choices.index(told)
    if place is not None and -len(asked.choices) <= place < len(asked.choices):
        return complete(asked.tool, {**asked.args, asked.slot: asked.choices[place]}, reading, mind)
    free_text = schema.properties.get(asked.slot, {}).get("type") == "string" and not schema.allowed(asked.slot)
    if free_text and asked.slot in {"question", "query", "reason", "title"} and not _is_something_else(reading, mind):
        return complete(asked.tool, {**asked.args, asked.slot: reading.original.strip()}, reading, mind)
    return None


def _is_something_else(reading: Reading, mind: Mind) -> bool:
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    return request.sure and request.intent not in CONVERSATION and request.probability > 1


def _change_of_draft(reading: Reading, mind: Mind) -> Plan | None:
    draft = drafts.standing(mind)
    if draft is None:
        return None
    if draft.name == "propose_document" and draft.name in mind.schemas:
        schema = mind.schemas[draft.name]
        fresh = fill(schema, reading, mind.briefing, mind.lexicon)
        return Plan((Do(draft.name, carry_over(schema, draft.args, fresh)),)) if fresh else None
    if draft.name == "propose_signature" and draft.name in mind.schemas:
        schema = mind.schemas[draft.name]
        fresh = fill(schema, reading, mind.briefing, mind.lexicon)
        another = fresh.keys() == {"form"} and not ASKS.search(reading.text)  # 「改用国密」
        return Plan((Do(draft.name, carry_over(schema, draft.args, fresh)),)) if another else None
    return planned_anew(reading, mind) or drafts.revise_draft(reading, mind)


def _as_chosen(reading: Reading, mind: Mind) -> Plan | None:
    """The earlier message, read as the person says that it was meant."""
    asked = mind.state.asked
    if asked is None or asked.slot != meanings.SLOT:
        return None
    intent = meanings.chosen(asked, reading, mind)
    if intent is None:
        return None
    reading = read(str(asked.args["said"]), mind.briefing, refer_for(mind), mind.recogniser.spelling)
    return Plan(tuple(steps_of(Request(intent, 1.0, intent, 1.0, reading), mind)))


def _listed_again(reading: Reading, mind: Mind) -> Plan | None:
    """「第二个再来一单」 behind a list of orders."""
    if "propose_order" not in mind.schemas or not again_of_the_list(reading, mind):
        return None
    return planning.new_order(reading, mind, again=True)


IN_CONTEXT: Sequence[Callable[[Reading, Mind], Plan | None]] = (
    of_what_it_holds,
    further_of_a_rule,
    what_counts,
    to_a_rate,
    an_order_of_its_own,
    which_run,
    paid_out,
    got_then,
    too_dear,
    of_the_rules,
    shown_again,
    papers.picked,
    of_both,
    of_the_dates,
    pursued,
    _listed_again,
    of_the_list,
    called_off_after_all,
    kept_but_changed,
    above_own_limit,
    own_of_a_rule,
    own_room,
    due_then,
    line_until,
    room_left,
    other_debtors,
    what_it_came_to,
    bought_then,
    about_what_was_shown,
    asked_on,
    with_stock_told,
    after_a_quote,
    own_price,
    price_kept,
    price_of_the_draft,
    own_instead,
    change_of_the_order_in_view,
    counted_in_order,
    _change_of_draft,
    carried_over,
)
