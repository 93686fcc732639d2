"""A call with all that it needs, or the question for the first thing that is missing."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from agents.offline import orderplans
from agents.offline.filler import FILLER
from agents.offline.lexicon import ANY_TOOL, stands_in
from agents.offline.mind import Mind
from agents.offline.plans import Ask, Do, Plan, Step, ask
from agents.offline.slots import Schema
from agents.offline.understanding import Reading
from core.language.normalise import fold

OF_ONE_DEALER = frozenset({"show_account", "explain_rebate", "quote", "propose_replenishment"})


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
    if _is_unclear(schema, args, reading):
        return Plan((_question(tool, args, "sku", reading, mind),))
    return Plan((Do(tool, args),))


def _is_unclear(schema: Schema, args: Mapping[str, Any], reading: Reading) -> bool:
    """Whether a product was named that may be several of several categories: all of them together were not meant."""
    narrows = {"sku", "category"} <= schema.properties.keys() and not {"sku", "category"} & args.keys()
    return narrows and any(len(mention.codes) > 1 for mention in reading.of_kind("product"))


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
        words = re.sub(rf"(?<![a-z]){phrase}(?![a-z])", " ", words) if phrase.isascii() else words.replace(phrase, " ")
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
