"""What a message takes over from the request before it: what it is about, its time, its order."""

import re
from typing import Any

from agents.offline.arguments.completing import complete
from agents.offline.arguments.slots import SUBJECT, TIMELESS, Schema, carry_over, fill, ordinal
from agents.offline.evidence.cues import HELD, OF_ALL_GOODS, SEVERAL, WANTS
from agents.offline.following.carrying import asks_on, nothing_but
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

RANKED = frozenset({"period", "order", "limit", "compare"})  # 「上个月的top3」 behind a ranking of dealers
ABOUT_WHAT = SUBJECT | {"period", "months", "measure"}


def with_stock_told(reading: Reading, mind: Mind) -> Plan | None:
    """「仓里还有200箱呢」 behind what to replenish: worked out again with that."""
    last, counted = mind.state.last, reading.quantities
    if last is None or last.name != REPLENISH or last.name not in mind.schemas:
        return None
    if NONE_LEFT.search(reading.text) and not WANTS.search(reading.text) and (sku := reading.code("product")):
        return Plan((Do(REPLENISH, carry_over(mind.schemas[REPLENISH], last.args, {"sku": sku, "stock": 0.0})),))
    if len(counted) != 1:
        return None
    named = {code for mention in reading.of_kind("product") for code in mention.codes}
    other = bool(named) and last.args.get("sku") is not None and last.args["sku"] not in named
    if other or not HELD.search(reading.text) or WANTS.search(reading.text):
        return None
    schema = mind.schemas[REPLENISH]
    fresh = fill(schema, reading, mind.briefing, mind.lexicon)
    if not named and last.args.get("sku") is None:
        return None  # so many of what?
    return Plan((Do(REPLENISH, carry_over(schema, last.args, {**fresh, "stock": float(counted[0].value)})),))


REPLENISH = "propose_replenishment"
NONE_LEFT = re.compile(
    r"[一半]?[箱瓶件]?(?:都|也|全)没了?(?:有|货)?|(?:卖|用|全|都)[完光空]了|空了|见底了?|断货了?"
    r"|(?<![a-z])(?:none|nothing|zero|no (?:stock|cases?)) left|all (?:gone|sold)|(?:sold|clean) out|empty(?![a-z])"
)


def planned_anew(reading: Reading, mind: Mind) -> Plan | None:
    """「D012呢」「只要茶」 to an order that a tool worked out: it works out another; lines are changed by numbers."""
    draft = mind.state.draft
    if draft is None or draft.name not in mind.schemas or not mind.briefing.draft or reading.quantities:
        return None
    if not asks_on(reading, mind):
        return None
    schema = mind.schemas[draft.name]
    fresh = fill(schema, reading, mind.briefing, mind.lexicon)
    if ABOUT_WHAT.isdisjoint(fresh) or not nothing_but(reading, draft.name, fresh, mind):
        return None
    return Plan((Do(draft.name, carry_over(schema, draft.args, fresh)),))


def following(intent: str, schema: Schema, args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any] | None:
    """「为什么这么高」 after a forecast is about what that was about; 「哪些…」 is about all there are."""
    last, follows = mind.state.refused or mind.state.last, mind.recogniser.intents[intent].follows
    named = reading.of_kind("product") or not SUBJECT.isdisjoint(args) or ordinal(reading.text) is not None
    if last is None or last.name not in follows or named or SEVERAL.search(reading.text):
        return None
    return carry_over(schema, {name: value for name, value in last.args.items() if name in ABOUT_WHAT}, args)


def asked_on(reading: Reading, mind: Mind) -> Plan | None:
    """「为啥？」 and nothing else, after what can be explained."""
    for name, intent in mind.recogniser.intents.items():
        tool = intent.tool or ""
        if tool in mind.schemas and intent.follows and mind.lexicon.is_one(f"asks {tool}", reading.text):
            args = following(name, mind.schemas[tool], {}, reading, mind)
            if args is not None:
                return complete(tool, args, reading, mind)
    return None


def refined(schema: Schema, args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    """「按经销商排一下」 after a report is the same report in another order."""
    last = mind.state.last
    if last is None or last.name != schema.tool or not args:
        return args
    if len(args) > 1 and args.get("measure") == last.args.get("measure", "sell_in") == "sell_in":
        args = {name: value for name, value in args.items() if name != "measure"}  # it is the one that was shown
    if ABOUT_WHAT.isdisjoint(args) and not reading.mentions:
        all_of_them = {"sku"} if OF_ALL_GOODS.search(reading.text) else set()
        return carry_over(schema, {name: last.args[name] for name in last.args.keys() - all_of_them}, args)
    if schema.tool == "sales_summary" and args.keys() <= RANKED and not reading.mentions:
        return {**{name: last.args[name] for name in ("by", "measure", "region") if name in last.args}, **args}
    if schema.tool == "sales_summary" and _of_the_same_time(args, last.args):
        return {**args, "period": last.args["period"]}
    return args


def _of_the_same_time(args: dict[str, Any], before: dict[str, Any]) -> bool:
    """A report that names no time, behind one that did, is about that one's; what is overdue is so today."""
    timeless = args.get("measure", "sell_in") in TIMELESS
    return bool(before.get("period")) and not args.get("period") and not timeless
