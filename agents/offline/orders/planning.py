"""From words to a proposed order: a new one, the last one again, and changes to one that was placed."""

import re
from collections.abc import Sequence
from typing import Any

from agents.offline.arguments.slots import fill, from_memory, points_back
from agents.offline.mind import Mind
from agents.offline.orders.byplace import lines_by_place
from agents.offline.orders.doubts import TOOL, details_in, lines_in, pointed_at, proposed_or_asked, stored
from agents.offline.orders.lines import line_of
from agents.offline.orders.referring import refer_for
from agents.offline.orders.revising import revise
from agents.offline.orders.severally import revised_severally, told_absent, without_absent
from agents.offline.orders.spanned import one_of_those_listed, placed_then, which_of_then
from agents.offline.orders.twoorders import first_of_two
from agents.offline.orders.wholly import by_category, of_every_line
from agents.offline.plans import Ask, Do, Plan, ask
from agents.offline.reading.understanding import Reading, read_clause
from agents.offline.talking import out_of_reach


def new_order(reading: Reading, mind: Mind, *, again: bool) -> Plan:
    """A new order, or the last one again with changes."""
    if TOOL not in mind.schemas:
        return Plan((out_of_reach(mind),))
    reading, waits = first_of_two(reading, mind)
    plan = _one_order(reading, mind, again=again)
    return Plan((*plan.steps, waits)) if waits is not None else plan


def _one_order(reading: Reading, mind: Mind, *, again: bool) -> Plan:
    args = details_in(reading, mind)
    lines = lines_by_place(reading, mind) or lines_in(reading, mind)
    if again:
        if (which := which_of_then(reading, mind)) is not None:
            return which
        last = [line_of(line) for line in _lines_again(reading, mind)]
        if not last:
            return Plan((ask(TOOL, stored([], args), "lines", mind.words("ask.no_last_order")),))
        but = _after_the_wish(reading, mind)
        if but is None:
            every = of_every_line(last, reading.with_loose_numbers(), nothing_else=False) or by_category(
                last, reading, mind.briefing, mind.lexicon
            )
            return proposed_or_asked(every or last, args, mind)
        kept, absent = without_absent(last, but, mind)
        changed = revised_severally(last, kept, mind) or revise(last, kept, mind.briefing, mind.lexicon)
        plan = proposed_or_asked(changed if changed is not None else last, args, mind)
        return Plan((*plan.steps, *told_absent(absent, mind)))
    if not lines or all(line.sku is None and points_back(line.words) for line in lines):
        lines = pointed_at(reading, mind) or lines
    if not lines and mind.state.last is not None and mind.state.last.name in PRICED and mind.state.only("product"):
        lines = lines_in(reading.with_loose_numbers(), mind)  # 「来30」 after a price
    return proposed_or_asked(lines, args, mind)


PRICED = frozenset({"quote", "list_promotions"})  # tools that tell what one product costs


def _lines_again(reading: Reading, mind: Mind) -> Sequence[dict[str, Any]]:
    """Of the order that is named, or was just looked at; else of the last one."""
    of, last = mind.briefing.lines_of, mind.state.last
    if reading.orders and reading.orders[0] in of:
        return of[reading.orders[0]]
    listed = one_of_those_listed(reading, mind)
    for number in (listed,) if listed else placed_then(reading, mind):
        return of.get(number, ())
    seen = mind.state.only("order") if last is not None and last.name == "order_status" else None
    if seen is not None and seen in of and not LAST_ONE.search(reading.text):
        return of[seen]
    return mind.briefing.last_lines


LAST_ONE = re.compile(r"上[一次回单]|最近|(?<![a-z])(?:last|latest|previous|usual)(?![a-z])")
BUT = re.compile(
    r"[,;，；、。]| (?=[少多加减不])|但是?|不过|只是|就是|除了"
    r"|(?<![a-z])(?:but|except(?: for)?|only|just|with|without|and|no)(?![a-z])"
)
WITHOUT = re.compile(r"(?<![a-z])(?:without|except(?: for)?|no)(?![a-z])|除了")


def _after_the_wish(reading: Reading, mind: Mind) -> Reading | None:
    """What is to be different: 「照上一单再来一份，绿茶80箱」 without its first part, whose 一份 counts no goods."""
    products = reading.of_kind("product")
    if not products:
        return None
    first = products[0].start
    cut = max((match for match in BUT.finditer(reading.text) if match.start() <= first), default=None, key=_end)
    if cut is None:
        return reading.with_loose_numbers()
    rest = reading.text[cut.start() if WITHOUT.match(cut.group()) else cut.end() :]
    return read_clause(rest, rest, mind.briefing, refer_for(mind)).with_loose_numbers()


def _end(match: re.Match[str]) -> int:
    return match.end()


def change_order(reading: Reading, mind: Mind) -> Plan:
    """Changes to an order that was placed: the tool reads which one, and its lines, when none are named."""
    schema = mind.schemas["propose_order_change"]
    found = fill(schema, reading, mind.briefing, mind.lexicon)
    args = from_memory(schema, found, mind.state, reading.text)
    standing = mind.briefing.changeable
    number = args.get("order") or next(iter(standing), None)
    old = [line_of(line) for line in standing.get(str(number), ())]
    counted = reading.with_loose_numbers()
    changed = (
        (revised_severally(old, counted, mind) or revise(old, counted, mind.briefing, mind.lexicon)) if old else None
    )
    if changed is not None:
        return proposed_or_asked(changed, args, mind, "propose_order_change")
    if args.get("order") and args["order"] not in standing:
        lines = [line.as_args() for line in lines_in(reading, mind) if line.sku and line.quantity]
        return Plan((Do("propose_order_change", {**args, **({"lines": lines} if lines else {})}),))
    if any(name in args for name in ("ship_to", "wanted_date", "remark")):
        return Plan((Do("propose_order_change", args),))
    return Plan((ask("propose_order_change", stored(old, args), "lines", mind.words("ask.order_change")),))


def which_product(tool: str, args: dict[str, Any], reading: Reading, mind: Mind) -> Ask:
    """A read-only tool needs a product: offer what the word may mean, else what this dealer usually buys."""
    unclear = next((mention for mention in reading.of_kind("product") if len(mention.codes) > 1), None)
    if unclear is not None:
        choices = [(mind.briefing.name(sku), sku) for sku in unclear.codes]
        return ask(tool, args, "sku", mind.words("ask.which_product", words=unclear.text), choices)
    choices = [(mind.briefing.name(sku), sku) for sku in list(mind.briefing.usual)[:3]]
    return ask(tool, args, "sku", mind.words("ask.sku"), choices)
