"""「那上个月呢」「华东呢」「第一次呢」: the last request again, with the one thing that the words replace or add."""

import re
from dataclasses import replace

from agents.offline.comparing import AGAINST, only_measured_against
from agents.offline.completing import asked_in_full
from agents.offline.cues import ASKS, OWN_CASE, WANTS
from agents.offline.filler import FILLER
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.requests import Request
from agents.offline.slots import carry_over, fill, from_memory
from agents.offline.understanding import Reading
from core.language.periods import parse_period, period, previous_period, same_period_last_year

SHORT, BRIEF = 6, 24
ASKS_ON = re.compile(r"^那|呢[?？]?$|(?<![a-z])(?:what about|how about|and the|and for)(?![a-z])")
OWN_REQUEST = 0.8


def carried_over(reading: Reading, mind: Mind) -> Plan | None:
    """「那上个月呢」「华东呢」: the last call that takes it again, with the one thing that the words replace."""
    if (
        not mind.lexicon.has("follow_up", reading.text)
        and len(reading.text) > SHORT
        and not _broken_down(reading, mind)
        and not _only_names(reading)
        and not _same_of_a_quote(reading, mind)
        and not EARLIER.search(reading.text)
        and not _held_against(reading, mind)
    ):
        return None
    if (moved := _another_time(reading, mind)) is not None:
        return moved
    if _asks_on_about_rules(reading, mind):
        return Plan((Do("search_knowledge", asked_in_full(reading, mind)),))
    if reading.quantities and reading.of_kind("product"):
        return None
    for last in reversed(mind.state.recent[-3:]):
        if last.name not in mind.schemas or last.name.startswith("propose_"):
            continue
        if last.name == "order_status" and mind.lexicon.has("latest", reading.text):
            return Plan((Do("order_status", {"dealer": last.args["dealer"]} if last.args.get("dealer") else {}),))
        schema = mind.schemas[last.name]
        said = fill(schema, reading, mind.briefing, mind.lexicon)
        fresh = from_memory(schema, said, mind.state, reading.text)
        if fresh and _nothing_but(reading, last.name, mind, said=bool(said)):
            return Plan((Do(last.name, carry_over(schema, last.args, fresh)),))
    return None


def _broken_down(reading: Reading, mind: Mind) -> bool:
    """ "Which product led?" after a report: the same, seen another way."""
    if reading.period is not None:
        return False
    last = mind.state.last
    seen = last is not None and last.name == "sales_summary" and mind.lexicon.value(last.name, "by", reading.text)
    return bool(seen) and len(reading.text) <= BRIEF and not reading.mentions


EARLIER = re.compile(
    r"再?往前一?个?(?:月|季度?|年)|再上一?个(?:月|季度?)|前一个(?:月|季度?)"
    r"|(?<![a-z])(?:the )?(?:month|quarter|year|week) (?:before|prior|earlier)(?: that)?(?![a-z])"
)


def _another_time(reading: Reading, mind: Mind) -> Plan | None:
    """ "And the month before?", "vs October last year?": the last report a span earlier, or held against another."""
    last = mind.state.last
    if last is None or last.name not in mind.schemas or not last.args.get("period"):
        return None
    schema = mind.schemas[last.name]
    fresh = fill(schema, replace(reading, period=None), mind.briefing, mind.lexicon)
    fresh.pop("limit", None)
    if compare := _held_against(reading, mind):
        return Plan((Do(last.name, {**carry_over(schema, last.args, fresh), "compare": compare}),))
    if not EARLIER.search(reading.text) or AGAINST.search(reading.text):
        return None
    span = parse_period(str(last.args["period"]), mind.briefing.fiscal_year_start)
    return Plan((Do(last.name, {**carry_over(schema, last.args, fresh), "period": period(previous_period(span))}),))


def _held_against(reading: Reading, mind: Mind) -> str | None:
    """What the last report's span is compared with, where the words name that and no more."""
    last = mind.state.last
    if last is None or last.name != "sales_summary" or not last.args.get("period") or reading.period is None:
        return None
    if reading.mentions or not only_measured_against(reading.period, reading.text):
        return None
    span = parse_period(str(last.args["period"]), mind.briefing.fiscal_year_start)
    for name, before in (("last_year", same_period_last_year(span)), ("previous", previous_period(span))):
        if (before.start, before.end) == (reading.period.start, reading.period.end):
            return name
    return None


def _same_of_a_quote(reading: Reading, mind: Mind) -> bool:
    """「这个不含税是多少」 after a price: the same price put another way."""
    last = mind.state.last
    if (
        last is None
        or last.name != "quote"
        or not mind.state.fresh_quote
        or reading.mentions
        or len(reading.text) > BRIEF
    ):
        return False
    return any(mind.lexicon.value("quote", name, reading.text) for name in ("before_tax", "unit"))


def _only_names(reading: Reading) -> bool:
    """ "The large bottle?": a product and nothing beside it."""
    named = {at for mention in reading.of_kind("product") for at in range(mention.start, mention.end)}
    rest = "".join(" " if at in named else char for at, char in enumerate(reading.text))
    return bool(named) and not FILLER.sub("", rest)


def _asks_on_about_rules(reading: Reading, mind: Mind) -> bool:
    """A question behind a rule, that names no case of the asker's own, is about rules too: 「那逾期半个月呢」."""
    named = reading.mentions or reading.orders or reading.quantities or OWN_CASE.search(reading.text)
    last = mind.state.last
    if last is None or last.name != "search_knowledge" or named or not _brief(reading.text):
        return False
    if mind.lexicon.value("find_products", "category", reading.text) is not None:
        return False
    if not ASKS_ON.search(reading.text) and not ASKS.search(reading.text):
        return False
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    return request.intent == "search_knowledge" or request.probability < OWN_REQUEST


def _brief(text: str) -> bool:
    return sum(1 / 3 if char.isascii() else 1 for char in text) <= BRIEF


def _nothing_but(reading: Reading, tool: str, mind: Mind, *, said: bool) -> bool:
    """Whether the words hold no request of their own beside the thing replaced; ``said``: they name such a thing."""
    named = {at for mention in reading.mentions for at in range(mention.start, mention.end)}
    rest = "".join(" " if at in named else char for at, char in enumerate(reading.text))
    if named and not FILLER.sub("", rest) and not reading.quantities:
        return True
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    orders = request.intent == "propose_order" and reading.quantities and WANTS.search(reading.text)
    if orders or (not said and request.sure and tool_of(request, mind) not in {None, tool}):
        return False
    return tool_of(request, mind) == tool or request.probability < OWN_REQUEST


def tool_of(request: Request, mind: Mind) -> str | None:
    """The tool that carries out what a request wants; None for acts of conversation."""
    intent = mind.recogniser.intents[request.intent]
    return intent.tool
