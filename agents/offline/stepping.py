"""What one request asks for, as steps: a tool, an order, talk, or what is likeliest where it is not sure."""

from dataclasses import replace
from typing import Any

from agents.offline.arguments.amounts import exact_amounts
from agents.offline.arguments.completing import asked_in_full, complete
from agents.offline.arguments.slots import fill, from_memory
from agents.offline.evidence.cues import ASKS, HOW_MANY_FREE, THAT_AGAIN
from agents.offline.following.carrying import tool_of
from agents.offline.following.everywhere import seen_over_all
from agents.offline.following.inview import as_before, of_a_span, order_in_view
from agents.offline.following.ofone import of_the_same_dealer
from agents.offline.following.takenover import following, refined
from agents.offline.lookingup import asks_all_the_same, how_it_is_packed
from agents.offline.mind import Mind
from agents.offline.orders import planning
from agents.offline.others import of_others
from agents.offline.plans import Do, Say, Step
from agents.offline.promoted import of_promotions
from agents.offline.quoting import added_up_in, quotes_of_each
from agents.offline.reading.understanding import Reading
from agents.offline.requests import SURE, Request
from agents.offline.talking import out_of_reach, talk
from core.replies import say

FOREIGN, MOST, REPORT = 0.5, 3, "sales_summary"
OF_ONE_DEALER = frozenset({"explain_rebate", "show_account", "order_status", "list_orders"})
ORDERING = frozenset({"propose_order", "reorder"})


def steps_of(request: Request, mind: Mind) -> list[Step]:
    """What to do about one request."""
    intent, reading = request.intent, request.reading
    if (
        not request.sure
        or faint(request)
        or (intent == "anger" and request.probability < FOREIGN)
        or (intent == "out_of_scope" and request.probability < FOREIGN)
    ):
        return _unsure(request, mind)
    if intent in ORDERING:
        return _ordered(request, mind)
    waits = mind.state.draft or mind.state.attempt
    if intent == "affirm" and waits is not None and waits.name in mind.schemas:
        return [Do(waits.name, waits.args)]  # no word that confirms: what waits is shown again, or what is in its way
    private, tool = of_others(reading, mind), tool_of(request, mind)
    if private is not None:
        return [private]
    if tool is None and asks_all_the_same(request, mind):
        return _unsure(request, mind)
    if tool is None:
        return [talk(request, mind)]
    if tool not in mind.schemas:
        return _refused(request, mind)
    return _called(tool, request, mind)


def faint(request: Request) -> bool:
    """Hardly a no: 「多少一箱」 beside what is asked."""
    return request.intent == "deny" and request.probability < FOREIGN


def _ordered(request: Request, mind: Mind) -> list[Step]:
    """A new order, the last one again, or more on the order that is spoken of."""
    reading = request.reading
    if (order := order_in_view(reading, mind)) is not None:
        return list(planning.change_order(replace(reading, orders=(order,)), mind).steps)
    again = THAT_AGAIN.search(reading.text) or (
        request.intent == "reorder" and (not reading.loose or reading.of_kind("product") or as_before(reading))
    )
    return list(planning.new_order(reading, mind, again=bool(again)).steps)


def _called(tool: str, request: Request, mind: Mind) -> list[Step]:
    """The tool with what the words and the conversation give it."""
    reading = request.reading
    if tool == "propose_order_change":
        return list(planning.change_order(reading, mind).steps)
    if tool in {"quote", "search_knowledge", "find_products"} and of_promotions(reading, mind):
        tool = "list_promotions"
    if tool == "quote" and len(reading.of_kind("product")) > 1 and HOW_MANY_FREE.search(reading.text):
        first = reading.of_kind("product")[0]  # 「冰红茶40箱送几箱水」 asks of what is paid
        reading = replace(reading, mentions=tuple(m for m in reading.mentions if m.kind != "product" or m is first))
    if tool == "quote" and "propose_order" in mind.schemas and added_up_in(reading, mind):
        return list(planning.new_order(reading, mind, again=False).steps)
    if tool == "quote" and len(reading.of_kind("product")) > 1:
        return quotes_of_each(reading, mind)
    if tool == "quote" and len(amounts := exact_amounts(reading)) > 1 and reading.code("product"):
        dealer = {"dealer": reading.code("dealer")} if reading.code("dealer") else {}
        return [Do("quote", {"sku": reading.code("product"), **dealer, **amount}) for amount in amounts[:MOST]]
    if tool == "order_status" and "list_orders" in mind.schemas and of_a_span(reading):
        tool = "list_orders"
    schema = mind.schemas[tool]
    args = fill(schema, reading, mind.briefing, mind.lexicon)
    args = of_the_same_dealer(tool, seen_over_all(tool, args, reading, mind), reading, mind)
    dealers = list(dict.fromkeys(one.code for one in reading.of_kind("dealer") if one.code))
    if tool in OF_ONE_DEALER and 1 < len(dealers) <= MOST:
        return [Do(tool, {**args, "dealer": dealer}) for dealer in dealers]  # 「A和B的返利」: of each
    if tool == REPORT and len(apart := _reports_apart(args, reading)) > 1:
        return [Do(tool, one) for one in apart]
    followed = following(request.intent, schema, args, reading, mind)
    args = followed if followed is not None else from_memory(schema, args, mind.state, reading.text)
    return list(complete(tool, refined(schema, args, reading, mind), reading, mind).steps)


def _reports_apart(args: dict[str, Any], reading: Reading) -> list[dict[str, Any]]:
    """「10月华东和华南的回款各是多少」: a report of each region or dealer that is named."""
    for kind in ("region", "dealer"):
        named = list(dict.fromkeys(one.code for one in reading.of_kind(kind) if one.code))
        if 1 < len(named) <= MOST and args.get("by") in {None, kind}:
            return [{**{name: value for name, value in args.items() if name != "by"}, kind: one} for one in named]
    return []


def _refused(request: Request, mind: Mind) -> list[Step]:
    """A tool beyond reach: said only where hardly anything else can be meant."""
    if request.reading.stranger:
        return [Say(say(mind.words("dealer.not_found")), refusal=True)]
    if (packed := how_it_is_packed(request.reading, mind)) is not None:
        return [packed]
    return [out_of_reach(mind)] if request.probability >= SURE else _unsure(request, mind)


def _unsure(request: Request, mind: Mind) -> list[Step]:
    """Nothing is likely: a product named alone is quoted; a question goes to the documents, which may not know."""
    reading = request.reading
    if reading.stranger:
        return [Say(say(mind.words("dealer.not_found")), refusal=True)]
    if reading.code("dealer") and "show_account" in mind.schemas and not reading.of_kind("product"):
        return list(complete("show_account", {"dealer": reading.code("dealer")}, reading, mind).steps)
    if category := category_asked(reading, mind):
        return [Do("find_products", {"category": category})]
    counted = reading.has_lines or (any(q.unit for q in reading.quantities) and not ASKS.search(reading.text))
    if counted and "propose_order" in mind.schemas:
        return list(planning.new_order(reading, mind, again=False).steps)
    if reading.of_kind("product") and "quote" in mind.schemas:
        return list(
            complete("quote", fill(mind.schemas["quote"], reading, mind.briefing, mind.lexicon), reading, mind).steps
        )
    return [Do("search_knowledge", asked_in_full(reading, mind))]


def category_asked(reading: Reading, mind: Mind) -> str | None:
    """ "What about juice" where one product was asked for: which there are."""
    schema = mind.schemas.get("find_products")
    if schema is None or reading.of_kind("product"):
        return None
    return mind.lexicon.value("find_products", "category", reading.text, schema.allowed("category"))
