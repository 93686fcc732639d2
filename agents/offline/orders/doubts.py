"""An order's lines and details as far as the words go: the first doubt is asked about, else it is proposed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agents.offline.arguments.slots import fill, ordinal, points_back
from agents.offline.evidence.cues import ASKS, CHANGES, EACH, WANTS
from agents.offline.mind import Mind
from agents.offline.orders.asquoted import as_quoted
from agents.offline.orders.eachmore import with_each_more
from agents.offline.orders.lines import Line, read_lines, settle, without_the_vague
from agents.offline.orders.meantby import as_meant
from agents.offline.orders.places import place_in, unknown_instead
from agents.offline.orders.rows import about_added_up, added_up, doubt_of, question, with_remarks
from agents.offline.orders.unknown import unknown_items
from agents.offline.plans import Ask, Do, Plan, ask
from agents.offline.reading.notes import FRESH_GOODS, REMARK
from agents.offline.reading.understanding import Reading
from agents.offline.requests import SURE
from agents.turns import Asked

TOOL = "propose_order"
CALL_FIRST = re.compile(
    r"(?:送货?|到货?|发货?)[之以]?前(?:请|先|给我|麻烦)*(?:打|来|给)[^,，。]{0,6}电话|(?:送|到)[之以]?前(?:请|先)?(?:联系|通知)[^,，。]{0,6}"
    r"|提前(?:打|来)[^,，。]{0,4}电话"
    r"|(?<![a-z])(?:call|ring|phone) (?:me |us |the shop )?(?:before|ahead of) [a-z ]{0,16}"
    r"(?:deliver\w*|coming|arriving)",
    re.IGNORECASE,
)
EACH_OF = 4  # products of a list that "each" may mean
DETAILS = ("ship_to", "wanted_date", "remark", "dealer")


def lines_in(reading: Reading, mind: Mind) -> list[Line]:
    """The lines that a stretch of text names, settled as far as the dealer's habits settle them."""
    if not reading.quantities and len(reading.loose) > 1:
        reading = reading.with_loose_numbers()  # 「绿茶50 红牛30」: counted alike, whether known or not
    found = [*read_lines(reading, mind.briefing, wanted=True), *unknown_items(reading)]
    found = [as_meant(as_quoted(line, reading, mind), reading, mind) for line in found]
    lines = with_each_more(without_the_vague([settle(line, mind.briefing) for line in found]), reading)
    remarks = {
        mention.text for clause in reading.clauses if _is_remark(clause) for mention in clause.of_kind("product")
    }
    counted = [line for line in lines if line.quantity is not None or line.words not in remarks]
    return counted if any(line.quantity is not None for line in counted) else lines


def _is_remark(clause: Reading) -> bool:
    """「库里可乐见底了」 beside what is ordered: it names a product, and wants nothing of it."""
    return not clause.quantities and not clause.loose and not WANTS.search(clause.text)


def details_in(reading: Reading, mind: Mind) -> dict[str, Any]:
    """Where to, when, for whom, and what is remarked."""
    found = fill(mind.schemas[TOOL], reading, mind.briefing, mind.lexicon)
    period = reading.period
    if (
        "wanted_date" not in found
        and period is not None
        and period.grain == "day"
        and period.end <= mind.briefing.today
    ):
        found["wanted_date"] = period.start.isoformat()  # a day that has passed: the tool says so
    if remark := REMARK.search(reading.original):
        found["remark"] = (remark["zh"] or remark["en"]).strip()
    elif said := CALL_FIRST.search(reading.original) or FRESH_GOODS.search(reading.original):
        found["remark"] = said.group().strip()
    place = unknown_instead(reading, mind) or (None if "ship_to" in found else place_in(reading, mind))
    if place is not None:
        found["ship_to"] = place
    return {name: value for name, value in found.items() if name in DETAILS}


def pointed_at(reading: Reading, mind: Mind) -> list[Line]:
    """「第二个要10箱」「就这个，来20箱」: the product is one that was shown."""
    shown = mind.state.shown.get("product", ())
    place = ordinal(reading.text)
    counted = reading.with_loose_numbers().quantities
    if EACH.search(reading.text) and len(counted) == 1 and 1 < len(each := each_in_view(mind)) <= EACH_OF:
        return [settle(Line(sku, counted[0].value, counted[0].unit), mind.briefing) for sku in each]
    sku = shown[place] if place is not None and -len(shown) <= place < len(shown) else None
    if sku is None and points_back(reading.text) and len(shown) == 1:
        sku = shown[0]
    if sku is None:
        return []
    quantity = reading.quantities[0] if reading.quantities else None
    return [settle(Line(sku, quantity.value if quantity else None, quantity.unit if quantity else None), mind.briefing)]


def each_in_view(mind: Mind) -> list[str]:
    """The products that were quoted one after another, else those of the latest list."""
    quoted: list[str] = []
    for call in reversed(mind.state.recent):
        if call.name != "quote":
            break
        quoted.append(call.args["sku"])
    asked = list(dict.fromkeys(reversed(quoted)))
    return asked if len(asked) > 1 else list(mind.state.listed)


def proposed_or_asked(lines: Sequence[Line], args: Mapping[str, Any], mind: Mind, tool: str = TOOL) -> Plan:
    """Ask about the first doubt, or propose."""
    lines = _with_shown_product(list(lines), mind)
    if not lines:
        return Plan((what_to_order(args, mind, tool),))
    for place, line in enumerate(lines):
        if line.source and doubt_of(line):
            return Plan((_about_row(lines, place, args, mind, tool),))
    for place, line in enumerate(lines):
        if line.sku is None:
            return Plan((_which_of(lines, place, args, mind, tool),))
    for place, line in enumerate(lines):
        if line.quantity is None or line.approximate:
            return Plan((_how_many(lines, place, args, mind, tool),))
    if tool == TOOL and not args.get("dealer") and mind.briefing.actor.dealer_id is None:
        remembered = mind.state.arg("dealer")
        if remembered is None:
            return Plan((ask(TOOL, stored(lines, args), "dealer", mind.words("ask.dealer")),))
        args = {**args, "dealer": remembered}
    lines, twice = added_up(lines)
    args = with_remarks(dict(args), lines, mind)
    call = Do(tool, {"lines": [line.as_args() for line in lines], **args})
    return Plan((*about_added_up(twice, mind), call))


def _about_row(lines: Sequence[Line], place: int, args: Mapping[str, Any], mind: Mind, tool: str) -> Ask:
    slot, words, choices = question(lines, place, mind)
    return ask(tool, stored(lines, args, place), slot, words, choices)


def of_list(asked: Asked) -> bool:
    """Whether a question is about a row of a list that was sent."""
    lines, place, _ = restored(asked.args) if asked.tool == TOOL else ([], None, {})
    return place is not None and place < len(lines) and bool(lines[place].source)


def row_again(asked: Asked, mind: Mind) -> Ask:
    """The question about a row once more."""
    lines, place, args = restored(asked.args)
    assert place is not None
    return _about_row(lines, place, args, mind, asked.tool)


def _with_shown_product(lines: list[Line], mind: Mind) -> list[Line]:
    """「来10箱」 after one product was quoted means that product."""
    shown = mind.state.shown.get("product", ())
    if len(lines) != 1 or lines[0].sku is not None or lines[0].words or lines[0].candidates:
        return lines
    if len(shown) != 1:
        tried = next((call for call in reversed(mind.state.recent) if call.name == TOOL), None)
        shown = tuple(line["sku"] for line in tried.args["lines"]) if tried else ()
    return [settle(replace(lines[0], sku=shown[0]), mind.briefing)] if len(shown) == 1 else lines


def what_to_order(args: Mapping[str, Any], mind: Mind, tool: str) -> Ask:
    """Nothing is named: offer what this dealer usually orders."""
    usual = list(mind.briefing.usual.values())[:3]
    choices = [
        (f"{mind.briefing.name(one.sku)} {mind.briefing.words.quantity(one.quantity, one.unit)}", _spoken(one, mind))
        for one in usual
    ]
    return ask(tool, stored([], args), "lines", mind.words("ask.lines"), choices)


def _spoken(usual: Any, mind: Mind) -> str:
    return f"{usual.sku} {mind.briefing.words.quantity(usual.quantity, usual.unit)}"


def _which_of(lines: Sequence[Line], place: int, args: Mapping[str, Any], mind: Mind, tool: str) -> Ask:
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
    return ask(tool, stored(lines, args, place), "sku", words, choices)


def _how_many(lines: Sequence[Line], place: int, args: Mapping[str, Any], mind: Mind, tool: str) -> Ask:
    line = lines[place]
    assert line.sku is not None
    usual = mind.briefing.usual.get(line.sku)
    name = mind.briefing.name(line.sku)
    choices: list[tuple[str, str]] = []
    if line.approximate and line.quantity is not None:
        amount = mind.briefing.words.quantity(line.quantity, line.unit or "case")
        return ask(
            tool, stored(lines, args, place), "quantity", mind.words("ask.about_how_many", name=name, amount=amount),
            [(amount, amount)],
        )  # fmt: skip
    if usual is not None:
        words = mind.briefing.words.quantity(usual.quantity, usual.unit)
        choices = [(mind.words("ask.as_usual", quantity=words), words)]
    return ask(tool, stored(lines, args, place), "quantity", mind.words("ask.quantity", name=name), choices)


def stored(lines: Sequence[Line], args: Mapping[str, Any], place: int | None = None) -> dict[str, Any]:
    """Partial lines as plain JSON, with the place that the question is about."""
    stored = [
        {
            "sku": line.sku,
            "quantity": str(line.quantity) if line.quantity is not None else None,
            "unit": line.unit,
            "words": line.words,
            "candidates": list(line.candidates),
            "approximate": line.approximate,
            **_of_row(line),
        }
        for line in lines
    ]
    return {**args, "lines": stored, "place": place}


def _of_row(line: Line) -> dict[str, Any]:
    if not line.source:
        return {}
    stated = str(line.stated) if line.stated is not None else None
    return {"source": line.source, "row": line.row, "stated": stated, "remark": line.remark}


def restored(args: Mapping[str, Any]) -> tuple[list[Line], int | None, dict[str, Any]]:
    """The inverse of ``stored``: lines, the place that was asked about, and the details."""
    lines = [
        Line(
            item["sku"],
            Decimal(item["quantity"]) if item["quantity"] is not None else None,
            item["unit"],
            item["words"],
            tuple(item["candidates"]),
            item["approximate"],
            item.get("source", ""),
            item.get("row", 0),
            Decimal(item["stated"]) if item.get("stated") else None,
            item.get("remark", ""),
        )
        for item in args.get("lines", ())
    ]
    details = {name: value for name, value in args.items() if name not in {"lines", "place"}}
    return lines, args.get("place"), details


def asks_something(reading: Reading, mind: Mind) -> bool:
    """Whether the message is a request of its own and no answer to our question."""
    if mind.lexicon.has("asking", reading.text):
        return True
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    tool = mind.recogniser.intents[request.intent].tool
    ordering = {TOOL, "propose_order_change"} if not reading.orders else {TOOL}
    changes = CHANGES.search(reading.text)
    cued = not changes and (ASKS.search(reading.text) or mind.recogniser.has_cue(request))
    own = request.probability > 1 or (request.probability > SURE and cued)
    return own and tool is not None and tool not in ordering


def ask_again(asked: Asked, mind: Mind) -> Ask:
    """The open question once more, after a digression; of a list's row just as it was put."""
    if of_list(asked):
        return row_again(asked, mind)
    kind = "order" if asked.tool == TOOL else "other"
    choices = [(says, says) for says in asked.choices]
    return ask(asked.tool, asked.args, asked.slot, mind.words(f"ask.again.{kind}"), choices)
