"""「那上个月呢」「华东呢」「第一次呢」: the last request again, with the one thing that the words replace or add."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agents.offline import meanings
from agents.offline.arguments.comparing import AGAINST, only_measured_against
from agents.offline.arguments.completing import asked_in_full
from agents.offline.arguments.slots import SUBJECT, Schema, carry_over, fill, from_memory
from agents.offline.evidence.cues import ASKS, CREDIT, OWN_CASE, WANTS, WHO
from agents.offline.following.alone import names_alone, only_a_place, only_a_time, only_names
from agents.offline.following.everywhere import of_all_regions, without_region
from agents.offline.following.longerquiet import quiet_for_longer
from agents.offline.following.ofone import account_of_the_same, report_of_the_same
from agents.offline.following.tocome import still_to_come
from agents.offline.following.toldagain import told_again
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.requests import A_MONTH, SURE, Request
from agents.offline.wording.length import BRIEF, is_brief
from agents.turns import Call
from core.language.periods import parse_period, period, previous_period, same_period_last_year
from core.language.timeranges import find_time_range

SHORT = 6
ASKS_ON = re.compile(
    r"^那|呢[?？]?$|有没有|会不会|能不能|要不要|算不算|可不可以"
    r"|(?<![a-z])(?:what about|how about|and the|and for)(?![a-z])"
)
OWN_REQUEST, VAGUE = 0.8, 0.4


def _is_of_the_whole(reading: Reading, mind: Mind) -> bool:
    return "sales_summary" in mind.schemas and OF_THE_WHOLE.fullmatch(reading.text.strip()) is not None


OF_THE_WHOLE = re.compile(  # 「本月回款多少」 says what is summed up and when, and goes on from nobody
    r"(?:本月|这个?月|上个?月|本季度?|今年|\d{1,2}月)(?:的)?(?:一共|总共|总的?|全部)?(?:回款|收款|开票)(?:总?金?额|合计)?"
    r"(?:一共|总共)?(?:是|有)?(?:多少)?钱?[?？。]?"
    r"|(?:(?:what (?:are|were)|how much (?:are|were)) )?(?:the )?total (?:collections|invoices|invoiced)"
    r"(?: (?:this|last) (?:month|quarter|year))?[?.]?"
)
OWN_DEBT = re.compile(
    r"(?:我们?|咱们?)(?:家|公司|现在|这边|还|一共|总共)*(?:逾期|欠)[了着]?(?:你们)?(?:多少|几)(?!天)"
    r"|(?<![a-z])(?:what|how much) (?:do|are) (?:we|i) (?:owe|overdue|owing)(?![a-z])"
)


def carried_over(reading: Reading, mind: Mind) -> Plan | None:
    """「那上个月呢」「华东呢」: the last call that takes it again, with the one thing that the words replace."""
    if (again := told_again(reading, mind) or of_all_regions(reading, mind)) is not None:
        return again
    goes_on = not _is_of_the_whole(reading, mind) and (_goes_on(reading, mind) or _vague_behind_a_rule(reading, mind))
    if not goes_on or OWN_DEBT.search(reading.text):  # 「我们逾期多少」 behind a rule about it
        return None
    ways = (quiet_for_longer, account_of_the_same, report_of_the_same, _another_time, still_to_come)
    if (moved := next((plan for way in ways if (plan := way(reading, mind)) is not None), None)) is not None:
        return moved
    if _asks_on_about_rules(reading, mind):
        return Plan((Do("search_knowledge", asked_in_full(reading, mind)),))
    if reading.quantities and reading.of_kind("product"):
        return None
    best: Do | None = None
    taken: set[str] = set()
    refused = [mind.state.refused] if mind.state.refused is not None else []
    for last in (*refused, *reversed(mind.state.recent[-3:])):
        if last.name not in mind.schemas or last.name.startswith("propose_"):
            continue
        if (
            best is None
            and last.name == "order_status"
            and not reading.orders
            and mind.lexicon.has("latest", reading.text)
            and not CREDIT.search(reading.text)
        ):
            dealer = reading.code("dealer") or last.args.get("dealer")
            return Plan((Do("order_status", {"dealer": dealer} if dealer else {}),))
        schema = mind.schemas[last.name]
        said = fill(schema, reading, mind.briefing, mind.lexicon)
        fresh = from_memory(schema, said, mind.state, reading.text)
        says_more = best is None or (taken < fresh.keys() and last.name in _followed_by(best.tool, mind))
        if fresh and says_more and nothing_but(reading, last.name, said, mind):
            best, taken = Do(last.name, carry_over(schema, _before(last, schema, mind), fresh)), set(fresh)
    return Plan((without_region(_of_now(best, taken, reading), reading),)) if best else None


def _of_now(call: Do, taken: set[str], reading: Reading) -> Do:
    """ "Same for D022 but current": the span of the call before isn't meant."""
    if not OF_NOW.search(reading.text) or "period" in taken:
        return call
    return replace(call, args={name: value for name, value in call.args.items() if name != "period"})


OF_NOW = re.compile(
    r"现在的|目前的|当前|本期|(?<![a-z])(?:running|ongoing) (?:quarter|month|year|period|one)(?![a-z])"
    r"|(?<![a-z])(?:current(?:ly)?|(?<!^)(?:right )?now(?=\W*$)|to date|so far)(?![a-z])"
)


def asks_on(reading: Reading, mind: Mind) -> bool:
    """Whether the words go on from what was said: 「那华东呢」, or so few that they can't stand alone."""
    return mind.lexicon.has("follow_up", reading.text) or len(reading.text) <= SHORT


def _goes_on(reading: Reading, mind: Mind) -> bool:
    """Whether the words go on from what was said, by their form or by what they name."""
    return bool(
        asks_on(reading, mind)
        or _broken_down(reading, mind)
        or only_names(reading, mind)
        or _same_of_a_quote(reading, mind)
        or EARLIER.search(reading.text)
        or only_a_time(reading)
        or only_a_place(reading.text)
        or _held_against(reading, mind)
        or _others_of_the_list(reading, mind)
        or _another_kind(reading, mind)
    )


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


def _others_of_the_list(reading: Reading, mind: Mind) -> bool:
    """「有没有没发货的」 behind a list of orders: those of them in another state."""
    last = mind.state.last
    if last is None or last.name != "list_orders" or len(reading.text) > BRIEF or reading.mentions or reading.orders:
        return False
    return mind.lexicon.value("list_orders", "state", reading.text) is not None


def _another_kind(reading: Reading, mind: Mind) -> bool:
    """「能调给别家的有没有」 behind stock risks: one of the other kinds that the last tool tells apart."""
    last = mind.state.last
    if last is None or last.name not in TOLD_APART or last.name not in mind.schemas or not is_brief(reading.text):
        return False
    if reading.period is not None and WHO.search(reading.text):
        return False  # 「10月回款最多的是哪家」 asks anew, of all
    name = TOLD_APART[last.name]
    value = mind.lexicon.value(last.name, name, reading.text, mind.schemas[last.name].allowed(name))
    return value is not None and not reading.quantities and not reading.orders


TOLD_APART: Mapping[str, str] = {
    "list_stock_risks": "risk",
    "sales_summary": "order",
}  # by tool, the argument whose values are kinds of the same thing


def _broken_down(reading: Reading, mind: Mind) -> bool:
    """ "Which product led?" after a report: the same, seen another way."""
    if reading.period is not None:
        return False
    last = mind.state.last
    if last is None or last.name != "sales_summary":
        return False
    measure = mind.lexicon.value(last.name, "measure", reading.text)
    if measure is not None and measure != last.args.get("measure", "sell_in"):
        return False  # 「现在有哪几家逾期」 behind what was collected asks anew
    seen = mind.lexicon.value(last.name, "by", reading.text)
    return bool(seen) and len(reading.text) <= BRIEF and not reading.mentions


SAME_A_YEAR_AGO = re.compile(
    r"去年(?:的)?同期|上年同期|去年(?:的)?(?:同样|一样|同)的?(?:日子|几?天|时段|时间|时候)|去年这(?:几天|时候|个时候|段时间)"
    r"|(?<![a-z])this time last year(?![a-z])"
    r"|(?<![a-z])(?:(?:the )?same (?:period|quarter|month|time|days?|dates?|weeks?|span|stretch)"
    r" (?:last year|a year (?:ago|before)))(?![a-z])"
    r"|(?<![a-z])a year (?:ago|earlier|before)(?![a-z])"
)
LAST_YEAR = re.compile(r"去年|上年|(?:the )?(?:last|previous|prior) year")
EARLIER = re.compile(
    r"再?往前一?个?(?:月|季度?|年)|再上一?个(?:月|季度?)|前一?个(?:月|季度?)|上上个?(?:月|季度?)"
    r"|(?<![a-z])(?:the )?(?:month|quarter|year|week) (?:before|prior|earlier)(?: that)?(?![a-z])"
)


def _another_time(reading: Reading, mind: Mind) -> Plan | None:
    """ "And the month before?", "vs October last year?": the last report a span earlier, or held against another."""
    last = mind.state.last
    if last is None or last.name not in mind.schemas:
        return None
    if not last.args.get("period"):
        return _before_this_quarter(last, reading, mind)
    schema = mind.schemas[last.name]
    fresh = fill(schema, replace(reading, period=None), mind.briefing, mind.lexicon)
    fresh.pop("limit", None)
    if SAME_A_YEAR_AGO.search(reading.text) and last.name != "sales_summary" and not reading.mentions:
        span = same_period_last_year(parse_period(str(last.args["period"]), mind.briefing.fiscal_year_start))
        return Plan((Do(last.name, {**carry_over(schema, last.args, fresh), "period": period(span)}),))
    if compare := _held_against(reading, mind):
        return Plan((Do(last.name, {**carry_over(schema, last.args, fresh), "compare": compare}),))
    if not EARLIER.search(reading.text):
        return None
    if AGAINST.search(reading.text):
        held = last.name == "sales_summary" and (reading.period is None or bool(EARLIER.search(reading.period.text)))
        return Plan((Do(last.name, {**carry_over(schema, last.args, fresh), "compare": "previous"}),)) if held else None
    span = parse_period(str(last.args["period"]), mind.briefing.fiscal_year_start)
    return Plan((Do(last.name, {**carry_over(schema, last.args, fresh), "period": period(previous_period(span))}),))


def _before_this_quarter(last: Call, reading: Reading, mind: Mind) -> Plan | None:
    """ "And the quarter before" behind a rebate of which no time was named: it was this quarter's."""
    if last.name != "explain_rebate" or not EARLIER.search(reading.text) or reading.mentions or reading.orders:
        return None
    now = find_time_range("本季度", mind.briefing.today, mind.briefing.fiscal_year_start)
    return Plan((Do(last.name, {**last.args, "period": period(previous_period(now))}),)) if now else None


def _held_against(reading: Reading, mind: Mind) -> str | None:
    """What the last report's span is compared with, where the words name that and no more."""
    last = mind.state.last
    if last is None or last.name != "sales_summary" or not last.args.get("period"):
        return None
    if SAME_A_YEAR_AGO.search(reading.text) and AGAINST.search(reading.text) and not reading.mentions:
        return "last_year"
    if reading.period is None:
        return None
    if reading.mentions or not only_measured_against(reading.period, reading.text):
        return None
    if LAST_YEAR.fullmatch(reading.period.text.strip()) and AGAINST.search(reading.text):
        return "last_year"
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


def _vague_behind_a_rule(reading: Reading, mind: Mind) -> bool:
    """「对我们有没有补偿」 behind a rule: a question by its form, that stands for nothing else."""
    last = mind.state.last
    asks = ASKS_ON.search(reading.text) or (ASKS.search(reading.text) and not reading.mentions)
    if last is None or last.name != "search_knowledge" or not asks:
        return False
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    torn = not reading.mentions and "search_knowledge" in {request.intent, request.second}
    return request.probability < VAGUE or (torn and meanings.is_torn(request))  # "which photos do you want?"


def _asks_on_about_rules(reading: Reading, mind: Mind) -> bool:
    """A question behind a rule, that names no case of the asker's own, is about rules too: 「那逾期半个月呢」."""
    span = reading.period if reading.period is not None and reading.period.grain != "range" else None
    spans_a_month = span is not None and (span.end - span.start).days >= A_MONTH
    named = reading.mentions or reading.orders or reading.quantities or OWN_CASE.search(reading.text) or spans_a_month
    last = mind.state.last
    if last is None or last.name != "search_knowledge" or named or not is_brief(reading.text):
        return False
    if mind.lexicon.value("find_products", "category", reading.text) is not None:
        return False
    if not ASKS_ON.search(reading.text) and not ASKS.search(reading.text):
        return False
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    return request.intent == "search_knowledge" or request.probability < OWN_REQUEST


def nothing_but(reading: Reading, tool: str, said: Mapping[str, Any], mind: Mind) -> bool:
    """Whether the words hold no request of their own beside the thing replaced (``said``: what they name of it).

    Where that is only whom or what it is about, other words that stand for another request make it one.
    """
    if names_alone(reading) and not reading.quantities:
        return True
    request = mind.recogniser.recognise(reading, mind.briefing.actor.role)
    orders = request.intent == "propose_order" and reading.quantities and WANTS.search(reading.text)
    if orders or (not said and request.sure and tool_of(request, mind) not in {None, tool}):
        return False
    cued = said.keys() <= SUBJECT and request.probability >= SURE and mind.recogniser.has_cue(request)
    own = cued or request.probability >= OWN_REQUEST
    return tool_of(request, mind) == tool or not own


def tool_of(request: Request, mind: Mind) -> str | None:
    """The tool that carries out what a request wants; None for acts of conversation."""
    intent = mind.recogniser.intents[request.intent]
    return intent.tool
