"""「那上个月呢」「华东呢」「第一次呢」: the last request again, with the one thing that the words replace or add."""

import re
from collections.abc import Mapping
from typing import Any

from agents.offline.cues import RESTOCKS
from agents.offline.filler import FILLER
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.requests import SURE, Request
from agents.offline.slots import SUBJECT, Schema, carry_over, fill, from_memory
from agents.offline.understanding import Reading
from agents.turns import Call

SHORT, BRIEF = 6, 24
ASKS_ON = re.compile(r"^那|呢[?？]?$|(?<![a-z])(?:what about|how about|and the|and for)(?![a-z])")
OWN_REQUEST = 0.8


def carried_over(reading: Reading, mind: Mind) -> Plan | None:
    """「那上个月呢」「华东呢」: the last call that takes it again, with the one thing that the words replace."""
    if not asks_on(reading, mind) and not _broken_down(reading, mind):
        return None
    if _asks_on_about_rules(reading, mind):
        return Plan((Do("search_knowledge", {"question": in_full(reading, mind)}),))
    if reading.quantities and reading.of_kind("product"):
        return None
    best: Do | None = None
    taken: set[str] = set()
    for last in reversed(mind.state.recent[-3:]):
        if last.name not in mind.schemas or last.name.startswith("propose_"):
            continue
        if best is None and last.name == "order_status" and mind.lexicon.has("latest", reading.text):
            return Plan((Do("order_status", {}),))
        schema = mind.schemas[last.name]
        fresh = fill(schema, reading, mind.briefing, mind.lexicon)
        fresh = from_memory(schema, fresh, mind.state, reading.text)
        says_more = best is None or (taken < fresh.keys() and last.name in _followed_by(best.tool, mind))
        if fresh and says_more and nothing_but(reading, last.name, fresh, mind):
            best, taken = Do(last.name, carry_over(schema, _before(last, schema, mind), fresh)), set(fresh)
    return Plan((best,)) if best else None


def asks_on(reading: Reading, mind: Mind) -> bool:
    """Whether the words go on from what was said: 「那华东呢」, or so few that they can't stand alone."""
    return mind.lexicon.has("follow_up", reading.text) or len(reading.text) <= SHORT


def _before(call: Call, schema: Schema, mind: Mind) -> dict[str, Any]:
    """A call's arguments, about what was asked of it since: the accuracy for water, behind a forecast for tea."""
    last = mind.state.last
    if last is None or call.name == last.name or call.name not in _followed_by(last.name, mind):
        return call.args
    since = {name: value for name, value in last.args.items() if name in SUBJECT and name in schema.properties}
    return carry_over(schema, call.args, since)


def _followed_by(tool: str, mind: Mind) -> frozenset[str]:
    """What a tool may be asked about: 「绿茶降1块呢」 behind an explanation is of the forecast that was explained."""
    found = (intent.follows for intent in mind.recogniser.intents.values() if intent.tool == tool)
    return frozenset(name for follows in found for name in follows)


def _broken_down(reading: Reading, mind: Mind) -> bool:
    """ "Which product led?" after a report: the same, seen another way."""
    last = mind.state.last
    seen = last is not None and last.name == "sales_summary" and mind.lexicon.value(last.name, "by", reading.text)
    return bool(seen) and len(reading.text) <= BRIEF and not reading.mentions


def _asks_on_about_rules(reading: Reading, mind: Mind) -> bool:
    named = reading.mentions or reading.orders or reading.quantities or reading.period
    last = mind.state.last
    asks_on = last is not None and last.name == "search_knowledge" and len(reading.text) <= SHORT
    if not asks_on or named or not ASKS_ON.search(reading.text):
        return False
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    return request.intent == "search_knowledge" or request.probability < OWN_REQUEST


def nothing_but(reading: Reading, tool: str, fresh: Mapping[str, Any], mind: Mind) -> bool:
    """Whether the words hold no request of their own beside the thing replaced.

    Where that is only whom or what it is about, other words that stand for another request make it one.
    """
    named = {at for mention in reading.mentions for at in range(mention.start, mention.end)}
    rest = "".join(" " if at in named else char for at, char in enumerate(reading.text))
    if named and not FILLER.sub("", rest) and not reading.quantities and not RESTOCKS.search(rest):
        return True
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    cued = fresh.keys() <= SUBJECT and request.probability >= SURE and mind.recogniser.has_cue(request)
    own = cued or request.probability >= OWN_REQUEST
    return tool_of(request, mind) == tool or not own


def tool_of(request: Request, mind: Mind) -> str | None:
    """The tool that carries out what a request wants; None for acts of conversation."""
    intent = mind.recogniser.intents[request.intent]
    return intent.tool


def in_full(reading: Reading, mind: Mind) -> str:
    """「第一次呢」 after a question about diversion asks about the first diversion."""
    last, words = mind.state.last, reading.original.strip()
    short = last is not None and last.name == "search_knowledge" and len(reading.text) <= SHORT
    return f"{last.args['question']} {words}" if short and last is not None else words
