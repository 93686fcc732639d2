"""What is said about the draft that waits for a press: a correction, an addition, another day or place."""

import re
from collections.abc import Sequence
from typing import Any

from agents.offline.arguments.slots import ordinal
from agents.offline.evidence.cues import ASKS, DELIVERED, FREE_GOODS, USUAL_PLACE
from agents.offline.mind import Mind
from agents.offline.orders.backto import back_to
from agents.offline.orders.doubts import (
    TOOL,
    asks_something,
    details_in,
    proposed_or_asked,
    what_to_order,
)
from agents.offline.orders.kinds import each_kind
from agents.offline.orders.lessofit import takes_less
from agents.offline.orders.lines import Line, line_of
from agents.offline.orders.restating import by_a_difference
from agents.offline.orders.revising import revise
from agents.offline.orders.severally import revised_severally, told_absent, without_absent, without_unchanged
from agents.offline.orders.sharing import halved
from agents.offline.orders.unitsaid import in_two_units, with_unit_said
from agents.offline.orders.unknowninstead import with_unknown_instead
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading, read_clause
from agents.offline.wording.filler import FILLER
from agents.turns import Call
from core.language.normalise import fold


def _lines_of(draft: Call, mind: Mind) -> Sequence[dict[str, Any]]:
    """What the draft says, or the lines of the order whose day or place it changes."""
    own: Sequence[dict[str, Any]] = draft.args.get("lines") or ()
    return own or mind.briefing.changeable.get(str(draft.args.get("order")), ())


def standing(mind: Mind) -> Call | None:
    """What a correction is about: an order that can't be placed as it stands, else the draft that waits.

    A draft whose lines a tool worked out stands as an order of these lines.
    """
    call, worked_out = mind.state.attempt or mind.state.draft, mind.briefing.draft
    if call is None or call is not mind.state.draft or not worked_out:
        return call
    return Call(TOOL, dict(worked_out))


def _of_what_was_wrong(reading: Reading, mind: Mind) -> Reading:
    """「那就11箱吧」, 「第二个」 where one line can't be had as asked: of that line, whatever else is on the order."""
    attempt, offered, sku = mind.state.attempt, mind.state.offered, mind.state.only("product")
    if attempt is None or reading.of_kind("product"):
        return reading
    place = ordinal(reading.text)
    if place is not None and -len(offered) <= place < len(offered) and not reading.quantities:
        return read_clause(fold(offered[place]), offered[place], mind.briefing)
    if len(reading.quantities) != 1 or sku not in {line["sku"] for line in attempt.args.get("lines") or ()}:
        return reading
    start, end = reading.quantities[0].span
    if FILLER.sub("", ROUNDED.sub(" ", f"{reading.text[:start]} {reading.text[end:]}")):
        return reading  # 「那来50箱红牛」: so many of something else, whatever it is
    words = f"{fold(str(sku))} {reading.text}"
    return read_clause(words, words, mind.briefing).with_loose_numbers()


def _as_usual(
    lines: list[Line], details: dict[str, Any], reading: Reading, absent: Sequence[str], tool: str, mind: Mind
) -> Plan | None:
    """ "Same address as last time", or nothing to be changed but what isn't on the order."""
    if USUAL_PLACE.search(reading.text) and not FILLER.sub("", USUAL_PLACE.sub("", reading.text)):
        kept = {name: value for name, value in details.items() if name != "ship_to"}
        return proposed_or_asked(lines, kept, mind, tool)
    nothing_else = bool(absent) and not FILLER.sub("", reading.text)
    return Plan(tuple(told_absent(absent, mind))) if nothing_else else None


def _only_when_or_where(reading: Reading) -> bool:
    """「后天呢」「送浦东店呢」: a day or a place, and nothing beside it."""
    spans = [(one.start, one.end) for one in reading.of_kind("ship_to")]
    spans += [reading.wanted.span] if reading.wanted else []
    rest = reading.without(spans)
    return bool(spans) and not FILLER.sub("", rest)


ROUNDED = re.compile(
    r"凑个?整数?|取整|整箱|整件|(?<![a-z])(?:round(?:ed)? (?:it |that )?(?:up|off|down)?|full|whole)(?![a-z])"
)


def _of_free_goods(reading: Reading) -> bool:
    """Whether a clause on free goods is about them; 「绿茶改成50吧，搭赠反正划算」 only says why."""
    clauses = reading.clauses or (reading,)
    about = [one for one in clauses if FREE_GOODS.search(one.text)]
    others = [one for one in clauses if one not in about and one.of_kind("product") and (one.quantities or one.loose)]
    return bool(about) and not others


AND_THAT = re.compile(r"^那?么?[\u4e00-\u9fff0-9a-z -]{2,12}呢\W*$|^(?:and|what about|how about) .{2,24}$")


def _asks_of_another(reading: Reading, mind: Mind) -> bool:
    """「乌龙茶呢」 behind what another product costs: the same is asked of it, and none is ordered."""
    last = mind.state.last
    if last is None or last.name not in {"quote", "forecast_demand"} or reading.quantities:
        return False
    return bool(reading.of_kind("product")) and AND_THAT.match(reading.text) is not None


def revise_draft(reading: Reading, mind: Mind) -> Plan | None:
    """A correction, addition or removal to the draft that waits for a press."""
    draft = standing(mind)
    if draft is None or draft.name not in {TOOL, "propose_order_change"} or draft.name not in mind.schemas:
        return None
    lines = [line_of(line) for line in _lines_of(draft, mind)]
    asks = asks_something(reading, mind) and not takes_less(reading, lines)
    if mind.lexicon.has("anew", reading.text) or asks or _of_free_goods(reading) or _asks_of_another(reading, mind):
        return None  # 「送的水不要，换成绿茶行吗」: no line of the order
    reading = _of_what_was_wrong(reading.with_loose_numbers(), mind)
    details = {name: value for name, value in draft.args.items() if name != "lines" and value is not None}
    fresh = details_in(reading, mind)
    reading, absent = without_absent(lines, without_unchanged(reading, mind), mind)
    if (settled := _as_usual(lines, details, reading, absent, draft.name, mind)) is not None:
        return settled
    changed = (
        with_unknown_instead(lines, reading, mind)
        or by_a_difference(lines, reading)
        or halved(lines, reading, mind)
        or each_kind(lines, reading, mind)
        or back_to(lines, reading, mind)
        or in_two_units(lines, reading)
        or with_unit_said(lines, reading)
        or revised_severally(lines, reading, mind)
        or revise(lines, reading, mind.briefing, mind.lexicon)
    )
    said_again = {q.value for q in reading.quantities} and {q.value for q in reading.quantities} <= {
        line.quantity for line in lines
    }
    if changed is None and said_again and not reading.mentions and not ASKS.search(reading.text):
        return Plan((Do(draft.name, draft.args),))
    asked = ASKS.search(reading.text) and not DELIVERED.search(reading.text) and not _only_when_or_where(reading)
    if changed is None and (not fresh or asked):
        return None
    if changed is None and not draft.args.get("lines") and draft.name != TOOL:
        return Plan((Do(draft.name, {**details, **fresh}),))  # another day or place: the tool reads the order's lines
    remaining = changed if changed is not None else lines
    if not remaining:
        return Plan((what_to_order(details, mind, draft.name),))
    return proposed_or_asked(remaining, {**details, **fresh}, mind, draft.name)
