"""Answers to a question about an order's lines."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agents.offline.arguments.slots import ordinal
from agents.offline.mind import Mind
from agents.offline.orders.changewords import REMOVE, SWAP
from agents.offline.orders.doubts import (
    TOOL,
    asks_something,
    details_in,
    lines_in,
    pointed_at,
    proposed_or_asked,
    restored,
)
from agents.offline.orders.drafts import revise_draft
from agents.offline.orders.lines import Line, settle
from agents.offline.orders.referring import refer_for
from agents.offline.orders.revising import among, revise
from agents.offline.orders.rows import affirmed, after_skipping, told_of_all
from agents.offline.orders.sharing import HALF_EACH, shared
from agents.offline.orders.withmore import as_much_as, chosen_with_more
from agents.offline.plans import Plan
from agents.offline.reading.understanding import Reading, read_clause
from agents.offline.wording.filler import FILLER
from agents.offline.wording.lexicon import stands_in
from agents.turns import Asked
from core.language.normalise import fold
from core.language.quantities import Quantity

CHANGE = "propose_order_change"
POINTING = re.compile(r"[这那哪]?[个款种]|(?:这|那)|(?<![a-z])(?:kind|type|sort|version|ones?)(?![a-z])")


def answer(asked: Asked, reading: Reading, mind: Mind) -> Plan | None:
    """The reply to a question about an order's lines; None where the message is about something else."""
    reading = reading.with_loose_numbers()
    if asked.slot == "change":
        if asked.tool == CHANGE and not mind.briefing.changeable:
            asked = replace(asked, tool=TOOL)  # there is none to change: what is counted is a new one
        return revise_draft(reading, mind) or _try_lines(asked, reading, mind)
    lines, place, args = restored(asked.args)
    if asked.slot == "dealer":
        dealer = reading.code("dealer")
        return proposed_or_asked(lines, {**args, "dealer": dealer}, mind, asked.tool) if dealer else None
    if asked.slot == "lines" or place is None or place >= len(lines):
        return _try_lines(asked, reading, mind)
    as_much = as_much_as(lines, place, reading) if asked.slot == "quantity" else None
    asks = as_much is None and not _is_plain_answer(asked, reading) and asks_something(reading, mind)
    kept = _left_out(lines, place, reading, mind)
    if kept is None and asked.slot == "sku":
        kept = _each_of(lines, place, reading)
    if kept is not None:
        return proposed_or_asked(kept, args, mind, asked.tool)
    if asks:
        return None
    line = lines[place]
    if asked.slot == "sku" and (chosen := chosen_with_more(lines, place, reading, mind)) is not None:
        return proposed_or_asked(chosen, {**args, **details_in(reading, mind)}, mind, asked.tool)
    new = None if REMOVE.search(reading.text) else _answered(asked, line, reading, mind)
    new = affirmed(line, reading.text, mind) or as_much_as(lines, place, reading) or new
    if new is None:
        return (
            _around_it(lines, place, args, asked.tool, reading, mind)
            or _of_another_amount(lines, place, args, asked.tool, reading, mind)
            or _beside_the_question(lines, args, asked.tool, reading, mind)
        )
    args = {**args, **details_in(reading, mind)}
    lines[place] = new
    lines = told_of_all(lines, place, line)
    return proposed_or_asked(_merged(lines, place), args, mind, asked.tool)


def _around_it(
    lines: list[Line], place: int, args: dict[str, Any], tool: str, reading: Reading, mind: Mind
) -> Plan | None:
    """ "Change fizz to 25 and drop the tea" while it is open what fizz is: both are done, and the question again."""
    words, parts = lines[place].words, [part for part in PART.split(reading.text) if part.strip()]
    own = [part for part in parts if words and words in part]
    rest = ", ".join(part for part in parts if part not in own)
    if not own or not rest:
        return None
    others = [*lines[:place], *lines[place + 1 :]]
    around = read_clause(rest, rest, mind.briefing, refer_for(mind)).with_loose_numbers()
    changed = revise(others, around, mind.briefing, mind.lexicon)
    if changed is None:
        return None
    counted = read_clause(own[0], own[0], mind.briefing, refer_for(mind)).with_loose_numbers().quantities
    still_open = lines[place]
    if len(counted) == 1:
        still_open = replace(still_open, quantity=counted[0].value, unit=counted[0].unit or still_open.unit)
    return proposed_or_asked([still_open, *changed], {**args, **details_in(around, mind)}, mind, tool)


def _of_another_amount(
    lines: list[Line], place: int, args: dict[str, Any], tool: str, reading: Reading, mind: Mind
) -> Plan | None:
    """ "Make it 60 and add 20 cola" while it is open which water: so many of it, more lines, and the question again."""
    said = lines_in(reading, mind)
    bare = [one for one in said if one.sku is None and not one.words and one.quantity is not None]
    others = [one for one in said if one not in bare]
    if len(bare) != 1 or not others or any(one.sku is None for one in others) or SWAP.search(reading.text) is None:
        return None
    counted = replace(lines[place], quantity=bare[0].quantity, unit=bare[0].unit or lines[place].unit)
    return proposed_or_asked([*lines[:place], counted, *lines[place + 1 :], *others], args, mind, tool)


def _beside_the_question(
    lines: list[Line], args: dict[str, Any], tool: str, reading: Reading, mind: Mind
) -> Plan | None:
    """More lines, or where and when, while one line is still open: 「送到城南仓」, and the question again."""
    more = [among(line, lines) for line in lines_in(reading, mind)]
    if not more and not reading.quantities and (fresh := details_in(reading, mind)):
        return proposed_or_asked(lines, {**args, **fresh}, mind, tool)
    if not more or any(item.sku is None for item in more):
        return None
    changed = revise(lines, reading, mind.briefing, mind.lexicon)
    return proposed_or_asked(changed, args, mind, tool) if changed else None


def _is_plain_answer(asked: Asked, reading: Reading) -> bool:
    """A choice as it was offered, or a product's name and nothing beside it."""
    named = {at for mention in reading.of_kind("product") for at in range(mention.start, mention.end)}
    rest = "".join(" " if at in named else char for at, char in enumerate(reading.text))
    return reading.original.strip() in asked.choices or (bool(named) and not FILLER.sub("", rest))


def _left_out(lines: Sequence[Line], place: int, reading: Reading, mind: Mind) -> Sequence[Line] | None:
    """The lines without the one that was asked about, where the answer says so."""
    kept = after_skipping(lines, place, reading.text, mind)
    words = lines[place].words
    if kept is None and words and any(words in part and REMOVE.search(part) for part in PART.split(reading.text)):
        return [*lines[:place], *lines[place + 1 :]]
    return kept


PART = re.compile(
    r"[,，;；。]|(?<![a-z])(?:and|but|then)(?![a-z])|然后|另外|再把"
)  # "change fizz to 25 and drop the tea"
ALL_OF_THEM, A_FEW = re.compile(r"都要|两种都|各(?:来|要)?|每种|(?<![a-z])(?:both|all of them|one of each|of each)"), 3


def _each_of(lines: list[Line], place: int, reading: Reading) -> list[Line] | None:
    """ "Both, ten of each": a line for each that the name may mean."""
    if not 1 < len(lines[place].candidates) <= A_FEW:
        return None
    if HALF_EACH.search(reading.text) and (parts := shared(lines[place])):
        return [*lines[:place], *parts, *lines[place + 1 :]]
    if not ALL_OF_THEM.search(reading.text):
        return None
    line, said = lines[place], reading.quantities[0] if reading.quantities else None
    quantity = said.value if said else line.quantity
    unit = (str(said.unit) if said and said.unit else None) or line.unit
    made = [Line(sku, quantity, unit, line.words) for sku in line.candidates]
    return [*lines[:place], *made, *lines[place + 1 :]]


def _merged(lines: list[Line], place: int) -> list[Line]:
    """「改成80箱」 for which line was asked: the answer changes that line instead of adding one."""
    new = lines[place]
    twin = next((i for i, line in enumerate(lines) if i != place and line.sku == new.sku), None)
    if twin is None or new.sku is None or new.source:
        return lines
    lines[twin] = replace(lines[twin], quantity=new.quantity, unit=new.unit or lines[twin].unit)
    return [line for i, line in enumerate(lines) if i != place]


def _answered(asked: Asked, line: Line, reading: Reading, mind: Mind) -> Line | None:
    quantity = reading.quantities[0] if reading.quantities else None
    if asked.slot == "sku":
        sku = _chosen(asked, line, reading, mind)
        if sku is None:
            return None
        new = replace(line, sku=sku)
        if quantity is not None and not _is_size(quantity, line, sku):
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


def _chosen(asked: Asked, line: Line, reading: Reading, mind: Mind) -> str | None:
    """The product that an answer names: outright, by place in the list, or by a part such as its size."""
    offered = line.candidates or tuple(asked.choices)
    if (denied := DENIED.search(reading.text)) is not None and (rest := reading.text[denied.end() :].strip(" ,，")):
        reading = read_clause(rest, rest, mind.briefing, refer_for(mind)).with_loose_numbers()  # 「不是无糖 就冰红茶」
    if (told := told_apart(offered, reading, mind)) is not None:
        return told
    named = [sku for mention in reading.of_kind("product") for sku in mention.codes]
    if len(named) == 1:
        adds_another = line.candidates and reading.quantities and named[0] not in offered
        return None if adds_another else named[0]
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


DENIED = re.compile(
    r"^(?:不是|不要|不)[^ ,，。就是要]{1,6}(?:的|那个|那种)?[ ,，。]*(?:就|是|要|来|而是)+"
    r"|^(?:no,? )?not (?:the )?[a-z -]{2,20}?(?:, ?| but | - )(?:the )?"
)


def told_apart(offered: Sequence[str], reading: Reading, mind: Mind) -> str | None:
    """ "the purified one", 「纯净的那个」: the only one of those offered whose names hold all that was said."""
    words = FILLER.sub(" ", POINTING.sub(" ", reading.text)).split()
    if not words or reading.quantities or len(offered) < 2:
        return None
    holding = [
        sku
        for sku in offered
        if (known := mind.briefing.linker.get("product", sku))
        and any(all(stands_in(word, fold(name)) for word in words) for name in known.names)
    ]
    return holding[0] if len(holding) == 1 else None


def _is_size(quantity: Quantity, line: Line, sku: str) -> bool:
    """「550的」 for which water was asked: a bare number tells products apart and counts nothing."""
    return quantity.unit is None and (line.quantity is not None or f"{quantity.value:f}" in _size_words(sku))


def _size_words(sku: str) -> list[str]:
    number = "".join(char for char in sku.rsplit("-", maxsplit=1)[-1] if char.isdigit())
    return [number] if len(number) >= 3 else []


def _try_lines(asked: Asked, reading: Reading, mind: Mind) -> Plan | None:
    lines, _, args = restored(asked.args)
    new = lines_in(reading, mind) or pointed_at(reading, mind)
    if not new or asks_something(reading, mind):
        return None
    return proposed_or_asked([*lines, *new], {**args, **details_in(reading, mind)}, mind, asked.tool)
