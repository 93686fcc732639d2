"""What follows a price that was told: the price of so many, or the order of it."""

import re
from dataclasses import replace
from decimal import Decimal

from agents.offline.cues import PRICE, WANTS
from agents.offline.mind import Mind
from agents.offline.orderdoubts import TOOL, asks_something, details_in, lines_in, proposed_or_asked
from agents.offline.ordering import Line, settle
from agents.offline.plans import Do, Plan
from agents.offline.revising import revise
from agents.offline.understanding import Reading
from core.proposals.rules import confirms


def after_a_quote(reading: Reading, mind: Mind) -> Plan | None:
    """「要是拿100箱呢」, 「行，下单」, "make it 60 and add 10 of the water"; None for anything else."""
    last = mind.state.last
    if last is None or last.name != "quote" or not last.args.get("sku"):
        return None
    if (supposed := _supposing(reading, mind)) is not None:
        return _supposed(supposed, mind)
    if TOOL not in mind.schemas or not mind.state.fresh_quote or mind.state.draft is not None:
        return None  # with a draft open, an addition is to the draft
    if PRICE.search(reading.text):
        return None
    quoted = _quoted(mind)
    if confirms(reading.text) or mind.lexicon.is_one("order it", reading.text):
        return proposed_or_asked([quoted], {}, mind)
    if not WANTS.search(reading.text) or asks_something(reading, mind):
        return None
    if quoted.quantity is None:
        return _so_many(quoted, reading.with_loose_numbers(), mind)
    changed = revise([quoted], reading.with_loose_numbers(), mind.briefing, mind.lexicon)
    return proposed_or_asked(changed, details_in(reading, mind), mind) if changed else None


def _supposing(reading: Reading, mind: Mind) -> Reading | None:
    """「要是拿100箱呢」 and 「300呢」, where a number alone counts what was quoted."""
    counted = reading.with_loose_numbers()
    if AND_SO_MANY.search(reading.text) and _only_a_quantity(counted):
        return counted
    return reading if reading.quantities and mind.lexicon.has("what_if", reading.text) else None


def _so_many(quoted: Line, reading: Reading, mind: Mind) -> Plan | None:
    """ "ok put me down for 80", 「要30箱，再配200箱橙汁」: what names no product is of the one quoted."""
    lines = [
        line if line.sku or line.candidates else _of_quoted(line, quoted, mind) for line in lines_in(reading, mind)
    ]
    if not lines or all(line.sku != quoted.sku for line in lines):
        return None
    return proposed_or_asked(lines, details_in(reading, mind), mind)


def _of_quoted(line: Line, quoted: Line, mind: Mind) -> Line:
    return settle(replace(line, sku=quoted.sku, candidates=()), mind.briefing)


AND_SO_MANY = re.compile(r"呢[?？]?$|(?<![a-z])(?:what|how) about(?![a-z])")


def _only_a_quantity(reading: Reading) -> bool:
    return len(reading.quantities) == 1 and not reading.mentions and not reading.orders


def _quoted(mind: Mind) -> Line:
    assert mind.state.last is not None
    args = mind.state.last.args
    quantity = Decimal(str(args["quantity"])) if args.get("quantity") else None
    return settle(Line(args["sku"], quantity, args.get("unit") if quantity else None), mind.briefing)


def _supposed(reading: Reading, mind: Mind) -> Plan:
    assert mind.state.last is not None
    quantity = reading.quantities[0]
    args = {"sku": reading.code("product") or mind.state.last.args["sku"], "quantity": number(quantity.value)}
    return Plan((Do("quote", args | ({"unit": str(quantity.unit)} if quantity.unit else {})),))


def number(value: Decimal) -> int | float:
    """As JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)
