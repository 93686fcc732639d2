"""What to do about a message: go on with an open question, change the open draft, or start on what is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from agents.offline import orderanswers, orderdoubts, orderplans
from agents.offline.briefing import Briefing
from agents.offline.filler import FILLER
from agents.offline.lexicon import ANY_TOOL, Lexicon, stands_in
from agents.offline.plans import Ask, Do, Plan, Say, Step, ask
from agents.offline.requests import SURE, Recogniser, Request, requests_in
from agents.offline.slots import Schema, carry_over, fill, from_memory, ordinal
from agents.offline.state import DialogueState
from agents.offline.understanding import Reading, read
from agents.turns import Asked
from core.language.normalise import fold
from core.replies import Button, Reply, say

SHORT = 6
FOREIGN = 0.5
OWN_REQUEST = 0.8
OF_ONE_DEALER = frozenset({"show_account", "explain_rebate", "quote"})
ORDERING = frozenset({"propose_order", "reorder"})
CONVERSATION = frozenset({"greet", "thanks", "chat", "affirm", "deny", "anger", "out_of_scope"})


@dataclass(frozen=True)
class Mind:
    """What deciding needs besides the message: the moment, words for values, and the tools within reach."""

    briefing: Briefing
    lexicon: Lexicon
    recogniser: Recogniser
    schemas: Mapping[str, Schema]
    state: DialogueState

    def words(self, key: str, /, **params: Any) -> str:
        """From the catalogue of the turn's language."""
        return self.briefing.words(key, **params)


def decide(message: str, mind: Mind) -> Plan:
    """The plan for one message."""
    if mind.briefing.has_file:
        return _with_file(message, mind)
    reading = read(message, mind.briefing)
    if not any(char.isalnum() for char in reading.text):
        return Plan((Say(_not_understood(mind)),))
    for way in (_answer_to_question, _change_of_draft, _supposed, _carried_over):
        plan = way(reading, mind)
        if plan is not None:
            return plan
    requests = requests_in(reading, mind.recogniser, mind.briefing.actor.role)
    steps = [step for request in requests for step in _steps(request, mind)]
    once = [step for place, step in enumerate(steps) if step not in steps[:place]]
    return replace(_one_question(once, mind), sure=all(request.probability >= SURE for request in requests))


def _one_question(steps: list[Step], mind: Mind) -> Plan:
    """At most one question, last; an open one that was put off by another matter is put again."""
    asks = [step for step in steps if isinstance(step, Ask)]
    others: list[Step] = [step for step in steps if not isinstance(step, Ask)]
    asked = mind.state.asked
    ordering = asked is not None and asked.tool.startswith("propose_")
    if asked is not None and ordering and not asks and others and all(_is_aside(step) for step in others):
        asks = [ask_again(asked, mind)]
    return Plan((*others, *asks[:1]))


def _is_aside(step: Step) -> bool:
    return isinstance(step, Do) and not step.tool.startswith("propose_") and step.tool != "ask_for_person"


def ask_again(asked: Asked, mind: Mind) -> Ask:
    """The open question once more, after a digression."""
    choices = [(says, says) for says in asked.choices]
    return ask(asked.tool, asked.args, asked.slot, mind.words("ask.again." + _question_kind(asked)), choices)


def _question_kind(asked: Asked) -> str:
    return "order" if asked.tool == "propose_order" else "other"


def _with_file(message: str, mind: Mind) -> Plan:
    """A file came: for who may publish, a document to be offered; for the rest, said plainly."""
    if "propose_document" not in mind.schemas:
        return Plan((Say(say(mind.words("file.not_for_you"))),))
    schema = mind.schemas["propose_document"]
    args = fill(schema, read(message, mind.briefing), mind.briefing, mind.lexicon) if message else {}
    return Plan((Do("propose_document", args),))


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
    draft = mind.state.draft
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
        return [_talk(request, mind)]
    if intent in ORDERING:
        return list(orderplans.new_order(reading, mind, again=intent == "reorder").steps)
    tool = _tool_of(request, mind)
    if tool is None:
        return [_talk(request, mind)]
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


def out_of_reach(mind: Mind) -> Say:
    """The tool isn't offered: in a group because it is private, else because the role lacks it."""
    return Say(say(mind.words("error.not_permitted" if mind.briefing.private else "group.private")))


def _quotes(reading: Reading, mind: Mind) -> list[Step]:
    steps: list[Step] = []
    for line in orderdoubts.lines_in(reading, mind):
        args = {"sku": line.sku or (line.candidates[0] if line.candidates else None)}
        if args["sku"]:
            steps.append(Do("quote", args | ({"quantity": float(line.quantity)} if line.quantity else {})))
    return steps[:4]


def complete(tool: str, args: dict[str, Any], reading: Reading, mind: Mind) -> Plan:
    """Call the tool where nothing is missing, else ask for the first thing that is."""
    schema = mind.schemas[tool]
    finish = _FREE_TEXT.get(tool)
    if finish is not None:
        args = finish(args, reading, mind)
    needed = ("dealer",) if tool in OF_ONE_DEALER and mind.briefing.actor.dealer_id is None else ()
    for slot in (*schema.required, *needed):
        if args.get(slot) is None:
            remembered = mind.state.arg(slot) if slot in {"sku", "dealer"} else None
            if remembered and (tool != "quote" or not reading.of_kind("product")):
                args[slot] = remembered
                continue
            return Plan((_question(tool, args, slot, reading, mind),))
    return Plan((Do(tool, args),))


def _question(tool: str, args: dict[str, Any], slot: str, reading: Reading, mind: Mind) -> Step:
    if slot == "sku":
        return orderplans.which_product(tool, args, reading, mind)
    if slot == "dealer":
        return _which_dealer(tool, args, reading, mind)
    key = f"ask.{tool}.{slot}"
    words = mind.words(key) if key in mind.briefing.words else mind.words(f"ask.{slot}")
    return ask(tool, args, slot, words)


def _which_dealer(tool: str, args: dict[str, Any], reading: Reading, mind: Mind) -> Ask:
    unclear = next((m.codes for m in reading.of_kind("dealer") if len(m.codes) > 1), ())
    choices = [(f"{mind.briefing.names.get(code, code)} {code}", code) for code in unclear]
    return ask(tool, args, "dealer", mind.words("ask.dealer"), choices)


def _question_text(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    return {**args, "question": reading.original.strip()}


def _query_text(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    unclear = [mention.text for mention in reading.of_kind("product")]
    words = unclear[0] if unclear else FILLER.sub(" ", reading.text).strip()
    for phrase in mind.lexicon.lists.get("catalogue_words", ()):
        words = words.replace(phrase, " ")
    if "category" in args:
        return {**args, **_narrower(words, args["category"], mind)}
    words = " ".join(words.split())
    return {**args, **({"query": words} if words else {})}


def _narrower(words: str, category: str, mind: Mind) -> dict[str, str]:
    """「无糖的茶」: the words beside a category's own that are part of products' names."""
    for phrase in mind.lexicon.values.get(ANY_TOOL, {}).get("category", {}).get(category, ()):
        words = words.replace(phrase, " ")
    names = [fold(name) for thing in mind.briefing.linker.of_kind("product") for name in thing.names]
    kept = [word for word in words.split() if len(word) > 1 and any(stands_in(word, name) for name in names)]
    return {"query": " ".join(kept)} if kept else {}


def _reason_text(args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    return {**args, "reason": reading.original.strip()}


_FREE_TEXT: Mapping[str, Callable[[dict[str, Any], Reading, Mind], dict[str, Any]]] = {
    "search_knowledge": _question_text,
    "find_products": _query_text,
    "ask_for_person": _reason_text,
    "propose_cancellation": _reason_text,
}


def _talk(request: Request, mind: Mind) -> Step:
    """Acts of conversation: answered in a line, with a way on."""
    if request.intent in {"anger", "out_of_scope"}:
        person = Button("person", mind.words("button.person"), mind.words("button.person.says"))
        return Say(say(mind.words(f"talk.{request.intent}"), person), talk=True)
    if request.intent == "deny" and mind.state.asked is None and mind.state.draft is None:
        return Say(say(mind.words("talk.deny")), talk=True)
    if request.intent == "greet":  # nobody's better words: it names the person, of whom a model isn't told
        return Say(say(mind.words("talk.greet", name=mind.briefing.actor.name), *_openers(mind)))
    key = f"talk.{request.intent}"
    reply = say(mind.words(key)) if key in mind.briefing.words else _not_understood(mind)
    return Say(reply, talk=True)


def _openers(mind: Mind) -> list[Button]:
    role = mind.briefing.actor.role
    group = "rep" if "sales_summary" in mind.schemas else ("dealer" if "propose_order" in mind.schemas else "staff")
    says = [mind.words(f"opener.{group}.{i}") for i in (1, 2, 3)]
    del role
    return [Button(f"choose:{i}", words, words) for i, words in enumerate(says, start=1)]


def _not_understood(mind: Mind) -> Reply:
    person = Button("person", mind.words("button.person"), mind.words("button.person.says"))
    return say(mind.words("talk.not_understood"), *_openers(mind), person)


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
