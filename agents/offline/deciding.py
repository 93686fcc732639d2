"""What to do about a message: go on with an open question, change the open draft, or start on what is asked."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from agents.offline import orderanswers, orderdoubts, orderplans
from agents.offline.clauses import requests_in
from agents.offline.completing import complete
from agents.offline.filler import FILLER
from agents.offline.forwarded.pasted import pasted
from agents.offline.forwarded.planning import plan_for_files, plan_for_rows
from agents.offline.hearing import heard
from agents.offline.mind import Mind
from agents.offline.orderdoubts import of_list, row_again
from agents.offline.plans import Ask, Do, Plan, Say, Step, ask
from agents.offline.requests import SURE, Request
from agents.offline.slots import Schema, carry_over, fill, from_memory, ordinal
from agents.offline.talking import not_understood, out_of_reach, talk
from agents.offline.understanding import Reading, read
from agents.turns import Asked
from core.replies import say

SHORT = 6
FOREIGN = 0.5
OWN_REQUEST = 0.8
ORDERING = frozenset({"propose_order", "reorder"})
CONVERSATION = frozenset({"greet", "thanks", "chat", "affirm", "deny", "anger", "out_of_scope"})


def decide(message: str, mind: Mind) -> Plan:
    """The plan for one message."""
    if mind.briefing.sent:
        return plan_for_files(message, mind)
    if (rows := pasted(message, mind.lexicon)) is not None and "propose_order" in mind.schemas:
        return plan_for_rows(rows, mind)
    reading = read(message, mind.briefing)
    if not any(char.isalnum() for char in reading.text):
        return Plan((Say(not_understood(mind), talk=True),))
    for way in (_answer_to_question, _change_of_draft, _supposed, _carried_over):
        plan = way(reading, mind)
        if plan is not None:
            return plan
    requests = requests_in(reading, mind.recogniser, mind.briefing.actor.role)
    steps = [step for request in requests for step in _steps(request, mind)]
    once = [step for place, step in enumerate(steps) if step not in steps[:place]]
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


def ask_again(asked: Asked, mind: Mind) -> Ask:
    """The open question once more, after a digression; of a list's row just as it was put."""
    if of_list(asked):
        return row_again(asked, mind)
    choices = [(says, says) for says in asked.choices]
    return ask(asked.tool, asked.args, asked.slot, mind.words("ask.again." + _question_kind(asked)), choices)


def _question_kind(asked: Asked) -> str:
    return "order" if asked.tool == "propose_order" else "other"


def _answer_to_question(reading: Reading, mind: Mind) -> Plan | None:
    """The message as the missing piece of the question that the last reply asked."""
    asked = mind.state.asked
    if asked is None:
        return None
    if mind.lexicon.is_one("abort", reading.text):
        return Plan((Say(say(mind.words("frame.dropped"))),))
    if asked.tool in {"propose_order", "propose_order_change"}:
        return orderanswers.answer(asked, reading, mind)
    schema = mind.schemas.get(asked.tool)
    if schema is None:
        return None
    fresh = fill(schema, reading, mind.briefing, mind.lexicon)
    if asked.slot in fresh:
        return complete(asked.tool, {**asked.args, **fresh}, reading, mind)
    place = ordinal(reading.text) if asked.slot in {"sku", "dealer"} else None
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
    draft = orderanswers.standing(mind)
    if draft is None:
        return None
    if draft.name == "propose_document" and draft.name in mind.schemas:
        schema = mind.schemas[draft.name]
        fresh = fill(schema, reading, mind.briefing, mind.lexicon)
        return Plan((Do(draft.name, carry_over(schema, draft.args, fresh)),)) if fresh else None
    return orderanswers.revise_draft(reading, mind)


def _supposed(reading: Reading, mind: Mind) -> Plan | None:
    """「要是拿100箱呢」 after a price was told: the price of so many."""
    last = mind.state.last
    if last is None or last.name != "quote" or not reading.quantities or not mind.lexicon.has("what_if", reading.text):
        return None
    quantity = reading.quantities[0]
    args = {"sku": reading.code("product") or last.args.get("sku"), "quantity": number(quantity.value)}
    return Plan((Do("quote", args | ({"unit": str(quantity.unit)} if quantity.unit else {})),))


def number(value: Decimal) -> int | float:
    """As JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _carried_over(reading: Reading, mind: Mind) -> Plan | None:
    """「那上个月呢」「华东呢」: the last call that takes it again, with the one thing that the words replace."""
    if not mind.lexicon.has("follow_up", reading.text) and len(reading.text) > SHORT:
        return None
    if reading.quantities and reading.of_kind("product"):
        return None
    for last in reversed(mind.state.recent[-3:]):
        if last.name not in mind.schemas or last.name.startswith("propose_"):
            continue
        if last.name == "order_status" and mind.lexicon.has("latest", reading.text):
            return Plan((Do("order_status", {}),))
        schema = mind.schemas[last.name]
        fresh = fill(schema, reading, mind.briefing, mind.lexicon)
        fresh = from_memory(schema, fresh, mind.state, reading.text)
        if fresh and _nothing_but(reading, last.name, mind):
            return Plan((Do(last.name, carry_over(schema, last.args, fresh)),))
    return None


def _nothing_but(reading: Reading, tool: str, mind: Mind) -> bool:
    """Whether the words hold no request of their own beside the thing replaced."""
    named = {at for mention in reading.mentions for at in range(mention.start, mention.end)}
    rest = "".join(" " if at in named else char for at, char in enumerate(reading.text))
    if named and not FILLER.sub("", rest) and not reading.quantities:
        return True
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    return _tool_of(request, mind) == tool or request.probability < OWN_REQUEST


def _tool_of(request: Request, mind: Mind) -> str | None:
    intent = mind.recogniser.intents[request.intent]
    return intent.tool


def _steps(request: Request, mind: Mind) -> list[Step]:
    intent, reading = request.intent, request.reading
    if not request.sure or (intent == "out_of_scope" and request.probability < FOREIGN):
        return _unsure(request, mind)
    if intent in CONVERSATION:
        return [talk(request, mind)]
    if intent in ORDERING:
        return list(orderplans.new_order(reading, mind, again=intent == "reorder").steps)
    tool = _tool_of(request, mind)
    if tool is None:
        return [talk(request, mind)]
    if tool not in mind.schemas:
        return [Say(say(mind.words("dealer.not_found")))] if reading.stranger else [out_of_reach(mind)]
    if tool == "propose_order_change":
        return list(orderplans.change_order(reading, mind).steps)
    if tool == "quote" and len(reading.of_kind("product")) > 1:
        return _quotes(reading, mind)
    schema = mind.schemas[tool]
    args = from_memory(schema, fill(schema, reading, mind.briefing, mind.lexicon), mind.state, reading.text)
    return list(complete(tool, _refined(schema, args, mind), reading, mind).steps)


ABOUT_WHAT = frozenset({"period", "region", "dealer", "sku", "category", "measure"})


def _refined(schema: Schema, args: dict[str, Any], mind: Mind) -> dict[str, Any]:
    """「按经销商排一下」 after a report is the same report in another order."""
    last = mind.state.last
    if last is None or last.name != schema.tool or not args or not ABOUT_WHAT.isdisjoint(args):
        return args
    return carry_over(schema, last.args, args)


def _quotes(reading: Reading, mind: Mind) -> list[Step]:
    steps: list[Step] = []
    for line in orderdoubts.lines_in(reading, mind):
        args = {"sku": line.sku or (line.candidates[0] if line.candidates else None)}
        if args["sku"]:
            steps.append(Do("quote", args | ({"quantity": float(line.quantity)} if line.quantity else {})))
    return steps[:4]


def _unsure(request: Request, mind: Mind) -> list[Step]:
    """Nothing is likely: a product named alone is quoted; a question goes to the documents, which may not know."""
    reading = request.reading
    if reading.has_lines and "propose_order" in mind.schemas:
        return list(orderplans.new_order(reading, mind, again=False).steps)
    if reading.of_kind("product") and "quote" in mind.schemas:
        return list(
            complete("quote", fill(mind.schemas["quote"], reading, mind.briefing, mind.lexicon), reading, mind).steps
        )
    return [Do("search_knowledge", {"question": reading.original.strip()})]
