"""From words to a proposed order: lines settled one doubt at a time, drafts revised by what is said next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from agents.offline.ordering import REMOVE, Line, line_of, read_lines, revise, settle
from agents.offline.plans import Ask, Do, Plan, Say, ask
from agents.offline.slots import fill, from_memory, ordinal, points_back
from agents.offline.understanding import Reading
from agents.turns import Asked
from core.replies import say

if TYPE_CHECKING:
    from agents.offline.deciding import Mind

TOOL = "propose_order"
DETAILS = ("ship_to", "wanted_date", "remark", "dealer")


def lines_in(reading: Reading, mind: "Mind") -> list[Line]:
    """The lines that a stretch of text names, settled as far as the dealer's habits settle them."""
    return [settle(line, mind.briefing) for line in read_lines(reading, mind.briefing)]


def new_order(reading: Reading, mind: "Mind", *, again: bool) -> Plan:
    """A new order, or the last one again with changes."""
    if TOOL not in mind.schemas:
        return Plan((Say(say(mind.words("error.not_permitted" if mind.briefing.private else "group.private"))),))
    args = _details(reading, mind)
    lines = lines_in(reading, mind)
    if again:
        last = [line_of(line) for line in mind.briefing.last_lines]
        if not last:
            return Plan((ask(TOOL, _stored([], args), "lines", mind.words("ask.no_last_order")),))
        changed = revise(last, reading, mind.briefing, mind.lexicon)
        return _next(changed if changed is not None else last, args, mind)
    if not lines:
        lines = _pointed_at(reading, mind)
    return _next(lines, args, mind)


def _pointed_at(reading: Reading, mind: "Mind") -> list[Line]:
    """「第二个要10箱」「就这个，来20箱」: the product is one that was shown."""
    shown = mind.state.shown.get("product", ())
    place = ordinal(reading.text)
    sku = shown[place] if place is not None and -len(shown) <= place < len(shown) else None
    if sku is None and points_back(reading.text) and len(shown) == 1:
        sku = shown[0]
    if sku is None:
        return []
    quantity = reading.quantities[0] if reading.quantities else None
    return [settle(Line(sku, quantity.value if quantity else None, quantity.unit if quantity else None), mind.briefing)]


def _details(reading: Reading, mind: "Mind") -> dict[str, Any]:
    found = fill(mind.schemas[TOOL], reading, mind.briefing, mind.lexicon)
    period = reading.period
    if (
        "wanted_date" not in found
        and period is not None
        and period.grain == "day"
        and period.end <= mind.briefing.today
    ):
        found["wanted_date"] = period.start.isoformat()  # a day that has passed: the tool says so
    return {name: value for name, value in found.items() if name in DETAILS}


def _next(lines: Sequence[Line], args: Mapping[str, Any], mind: "Mind", tool: str = TOOL) -> Plan:
    """Ask about the first doubt, or propose."""
    lines = _with_shown_product(list(lines), mind)
    if not lines:
        return Plan((_what_to_order(args, mind, tool),))
    for place, line in enumerate(lines):
        if line.sku is None:
            return Plan((_which_of(lines, place, args, mind, tool),))
    for place, line in enumerate(lines):
        if line.quantity is None or line.approximate:
            return Plan((_how_many(lines, place, args, mind, tool),))
    if tool == TOOL and not args.get("dealer") and mind.briefing.actor.dealer_id is None:
        remembered = mind.state.arg("dealer")
        if remembered is None:
            return Plan((ask(TOOL, _stored(lines, args), "dealer", mind.words("ask.dealer")),))
        args = {**args, "dealer": remembered}
    return Plan((Do(tool, {"lines": [line.as_args() for line in lines], **args}),))


def _with_shown_product(lines: list[Line], mind: "Mind") -> list[Line]:
    """「来10箱」 after one product was quoted means that product."""
    shown = mind.state.shown.get("product", ())
    if len(lines) != 1 or lines[0].sku is not None or lines[0].words or lines[0].candidates:
        return lines
    if len(shown) != 1:
        tried = next((call for call in reversed(mind.state.recent) if call.name == TOOL), None)
        shown = tuple(line["sku"] for line in tried.args["lines"]) if tried else ()
    return [settle(replace(lines[0], sku=shown[0]), mind.briefing)] if len(shown) == 1 else lines


def _what_to_order(args: Mapping[str, Any], mind: "Mind", tool: str) -> Ask:
    usual = list(mind.briefing.usual.values())[:3]
    choices = [
        (f"{mind.briefing.name(one.sku)} {mind.briefing.words.quantity(one.quantity, one.unit)}", _spoken(one, mind))
        for one in usual
    ]
    return ask(tool, _stored([], args), "lines", mind.words("ask.lines"), choices)


def _spoken(usual: Any, mind: "Mind") -> str:
    return f"{usual.sku} {mind.briefing.words.quantity(usual.quantity, usual.unit)}"


def _which_of(lines: Sequence[Line], place: int, args: Mapping[str, Any], mind: "Mind", tool: str) -> Ask:
    line = lines[place]
    candidates = line.candidates or tuple(mind.briefing.linker.guess(line.words, "product", mind.briefing.weights))
    choices = [(mind.briefing.name(sku), sku) for sku in candidates]
    if not line.words:
        words = mind.words("ask.sku")
        choices = choices or [(mind.briefing.name(sku), sku) for sku in list(mind.briefing.usual)[:3]]
    elif choices:
        words = mind.words("ask.which_product", words=line.words)
    else:
        words = mind.words("ask.unknown_product", words=line.words)
        choices = [(mind.briefing.name(sku), sku) for sku in list(mind.briefing.usual)[:3]]
    return ask(tool, _stored(lines, args, place), "sku", words, choices)


def _how_many(lines: Sequence[Line], place: int, args: Mapping[str, Any], mind: "Mind", tool: str) -> Ask:
    line = lines[place]
    assert line.sku is not None
    usual = mind.briefing.usual.get(line.sku)
    name = mind.briefing.name(line.sku)
    choices: list[tuple[str, str]] = []
    if line.approximate and line.quantity is not None:
        amount = mind.briefing.words.quantity(line.quantity, line.unit or "case")
        return ask(
            tool, _stored(lines, args, place), "quantity", mind.words("ask.about_how_many", name=name, amount=amount),
            [(amount, amount)],
        )  # fmt: skip
    if usual is not None:
        words = mind.briefing.words.quantity(usual.quantity, usual.unit)
        choices = [(mind.words("ask.as_usual", quantity=words), words)]
    return ask(tool, _stored(lines, args, place), "quantity", mind.words("ask.quantity", name=name), choices)


def _stored(lines: Sequence[Line], args: Mapping[str, Any], place: int | None = None) -> dict[str, Any]:
    """Partial lines as plain JSON, with the place that the question is about."""
    stored = [
        {
            "sku": line.sku,
            "quantity": str(line.quantity) if line.quantity is not None else None,
            "unit": line.unit,
            "words": line.words,
            "candidates": list(line.candidates),
            "approximate": line.approximate,
        }
        for line in lines
    ]
    return {**args, "lines": stored, "place": place}


def _restored(args: Mapping[str, Any]) -> tuple[list[Line], int | None, dict[str, Any]]:
    lines = [
        Line(
            item["sku"],
            Decimal(item["quantity"]) if item["quantity"] is not None else None,
            item["unit"],
            item["words"],
            tuple(item["candidates"]),
            item["approximate"],
        )
        for item in args.get("lines", ())
    ]
    details = {name: value for name, value in args.items() if name not in {"lines", "place"}}
    return lines, args.get("place"), details


def answer(asked: Asked, reading: Reading, mind: "Mind") -> Plan | None:
    """The reply to a question about an order's lines; None where the message is about something else."""
    reading = reading.with_loose_numbers()
    if asked.slot == "change":
        return revise_draft(reading, mind) or _try_lines(asked, reading, mind)
    lines, place, args = _restored(asked.args)
    if asked.slot == "dealer":
        dealer = reading.code("dealer")
        return _next(lines, {**args, "dealer": dealer}, mind, asked.tool) if dealer else None
    if asked.slot == "lines" or place is None or place >= len(lines):
        return _try_lines(asked, reading, mind)
    if _asks_something(reading, mind):
        return None
    line = lines[place]
    new = None if REMOVE.search(reading.text) else _answered(asked, line, reading, mind)
    if new is None:
        more = lines_in(reading, mind)
        if not more or any(item.sku is None for item in more):
            return None
        changed = revise(lines, reading, mind.briefing, mind.lexicon)
        return _next(changed, args, mind, asked.tool) if changed else None
    args = {**args, **_details(reading, mind)}
    lines[place] = new
    return _next(_merged(lines, place), args, mind, asked.tool)


def _merged(lines: list[Line], place: int) -> list[Line]:
    """「改成80箱」 for which line was asked: the answer changes that line instead of adding one."""
    new = lines[place]
    twin = next((i for i, line in enumerate(lines) if i != place and line.sku == new.sku), None)
    if twin is None or new.sku is None:
        return lines
    lines[twin] = replace(lines[twin], quantity=new.quantity, unit=new.unit or lines[twin].unit)
    return [line for i, line in enumerate(lines) if i != place]


def _answered(asked: Asked, line: Line, reading: Reading, mind: "Mind") -> Line | None:
    quantity = reading.quantities[0] if reading.quantities else None
    if asked.slot == "sku":
        sku = _chosen(line, reading, mind)
        if sku is None:
            return None
        new = replace(line, sku=sku)
        if quantity is not None:
            new = replace(
                new, quantity=quantity.value, unit=quantity.unit or new.unit, approximate=quantity.approximate
            )
        return settle(new, mind.briefing)
    named = reading.code("product")
    if quantity is None and named is not None and named == line.sku:
        return line
    if quantity is None or (named is not None and named != line.sku):
        return None
    return replace(line, quantity=quantity.value, unit=quantity.unit or line.unit, approximate=False)


def _chosen(line: Line, reading: Reading, mind: "Mind") -> str | None:
    """The product that an answer names: outright, by place in the list, or by a part such as its size."""
    offered = line.candidates
    named = [sku for mention in reading.of_kind("product") for sku in mention.codes]
    if len(named) == 1:
        return named[0]
    if narrowed := [sku for sku in named if sku in offered]:
        return narrowed[0] if len(narrowed) == 1 else None
    place = ordinal(reading.text)
    if place is not None and -len(offered) <= place < len(offered):
        return offered[place]
    digits = [q.value for q in reading.quantities if q.unit is None]
    if len(digits) == 1 and digits[0] == int(digits[0]) and 1 <= digits[0] <= len(offered) and len(reading.text) <= 3:
        return offered[int(digits[0]) - 1]
    by_size = [sku for sku in offered if any(part in reading.text for part in _size_words(sku))]
    if len(by_size) == 1:
        return by_size[0]
    guesses = mind.briefing.linker.guess(reading.text, "product", mind.briefing.weights)
    likely = [sku for sku in guesses if sku in offered] or guesses[:1]
    return likely[0] if likely else None


def _size_words(sku: str) -> list[str]:
    number = "".join(char for char in sku.rsplit("-", maxsplit=1)[-1] if char.isdigit())
    return [number] if len(number) >= 3 else []


def _try_lines(asked: Asked, reading: Reading, mind: "Mind") -> Plan | None:
    lines, _, args = _restored(asked.args)
    new = lines_in(reading, mind) or _pointed_at(reading, mind)
    if not new or _asks_something(reading, mind):
        return None
    return _next([*lines, *new], {**args, **_details(reading, mind)}, mind, asked.tool)


def _asks_something(reading: Reading, mind: "Mind") -> bool:
    """Whether the message is a request of its own and no answer to our question."""
    if mind.lexicon.has("asking", reading.text):
        return True
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    tool = mind.recogniser.intents[request.intent].tool
    return request.probability > 1 and tool is not None and tool != TOOL


def revise_draft(reading: Reading, mind: "Mind") -> Plan | None:
    """A correction, addition or removal to the draft that waits for a press."""
    draft = mind.state.draft
    if draft is None or draft.name not in {TOOL, "propose_order_change"} or draft.name not in mind.schemas:
        return None
    if _asks_something(reading, mind):
        return None
    reading = reading.with_loose_numbers()
    lines = [line_of(line) for line in draft.args.get("lines") or ()]
    details = {name: value for name, value in draft.args.items() if name != "lines" and value is not None}
    fresh = _details(reading, mind)
    if mind.lexicon.has("anew", reading.text):
        return None
    changed = revise(lines, reading, mind.briefing, mind.lexicon)
    if changed is None and not fresh:
        return None
    remaining = changed if changed is not None else lines
    if not remaining:
        return Plan((_what_to_order(details, mind, draft.name),))
    return _next(remaining, {**details, **fresh}, mind, draft.name)


def change_order(reading: Reading, mind: "Mind") -> Plan:
    """Changes to an order that was placed: the tool reads which one, and its lines, when none are named."""
    schema = mind.schemas["propose_order_change"]
    found = fill(schema, reading, mind.briefing, mind.lexicon)
    args = from_memory(schema, found, mind.state, reading.text)
    standing = mind.briefing.changeable
    number = args.get("order") or next(iter(standing), None)
    old = [line_of(line) for line in standing.get(str(number), ())]
    changed = revise(old, reading, mind.briefing, mind.lexicon) if old else None
    if changed is not None:
        return _next(changed, args, mind, "propose_order_change")
    if args.get("order") and args["order"] not in standing:
        lines = [line.as_args() for line in lines_in(reading, mind) if line.sku and line.quantity]
        return Plan((Do("propose_order_change", {**args, **({"lines": lines} if lines else {})}),))
    if any(name in args for name in ("ship_to", "wanted_date", "remark")):
        return Plan((Do("propose_order_change", args),))
    return Plan((ask("propose_order_change", _stored(old, args), "lines", mind.words("ask.order_change")),))


def which_product(tool: str, args: dict[str, Any], reading: Reading, mind: "Mind") -> Ask:
    """A read-only tool needs a product: offer what the word may mean, else what this dealer usually buys."""
    unclear = next((mention for mention in reading.of_kind("product") if len(mention.codes) > 1), None)
    if unclear is not None:
        choices = [(mind.briefing.name(sku), sku) for sku in unclear.codes]
        return ask(tool, args, "sku", mind.words("ask.which_product", words=unclear.text), choices)
    choices = [(mind.briefing.name(sku), sku) for sku in list(mind.briefing.usual)[:3]]
    return ask(tool, args, "sku", mind.words("ask.sku"), choices)
