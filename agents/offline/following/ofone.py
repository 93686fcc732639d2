"""「上个月打了多少款」 behind one dealer's account: what that dealer paid, though nobody is named again."""

import re
from collections.abc import Mapping
from typing import Any

from agents.offline.arguments.slots import fill
from agents.offline.evidence.cues import CREDIT, WHO
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.requests import SEES_MANY
from agents.offline.wording.length import BRIEF

OF_ALL = re.compile(
    r"全部|所有|整个|总共|合计|一共|大区|区域|片区|我这|我们|咱们|排名|排|各|前[一二三四五六七八九十\d]|华[东南西北中]"
    r"|(?<![a-z])(?:all|total|overall|region|patch|area|we|our|us|my|top|each|every|list|rank\w*)(?![a-z])"
)
PAID_OR_TOOK = re.compile(
    r"(?:打|付|汇|还|回|转|交|进|拿|订|提|下|买|卖|走)[了过](?:多少|几)|打款|付款"
    r"|(?<![a-z])(?:how much|what)(?![a-z]).{0,16}(?<![a-z])(?:paid|pay|bought|buy|order(?:ed)?|take|took"
    r"|taken)(?![a-z])"
)
ABOUT_ONE = frozenset({"show_account", "explain_rebate", "order_status", "list_orders", "sales_summary"})


def of_the_same_dealer(tool: str, args: Mapping[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    """The arguments of a report, with the dealer whose own account or orders were looked at just before."""
    last = mind.state.last
    dealer = last.args.get("dealer") if last is not None and last.name in ABOUT_ONE else None
    named = reading.mentions or reading.stranger or args.keys() & {"dealer", "region", "by", "filter"}
    several = WHO.search(reading.text) or OF_ALL.search(reading.text)
    if tool != "sales_summary" or not dealer or named or several or mind.briefing.actor.role not in SEES_MANY:
        return dict(args)
    return {**args, "dealer": dealer} if PAID_OR_TOOK.search(reading.text) else dict(args)


def account_of_the_same(reading: Reading, mind: Mind) -> Plan | None:
    """「欠款呢」 behind what one dealer bought: that dealer's account."""
    last = mind.state.last
    of_one = last is not None and last.name == "sales_summary" and last.args.get("dealer")
    if not of_one or "show_account" not in mind.schemas or reading.mentions or not CREDIT.search(reading.text):
        return None
    return None if reading.period or WHO.search(reading.text) else Plan((Do("show_account", {"dealer": of_one}),))


def report_of_the_same(reading: Reading, mind: Mind) -> Plan | None:
    """「上个月进货呢」 behind one dealer's rebate or account: what that dealer bought, or paid."""
    last = mind.state.last
    dealer = last.args.get("dealer") if last is not None and last.name in {"explain_rebate", "show_account"} else None
    if not dealer or "sales_summary" not in mind.schemas or reading.mentions or reading.orders or reading.quantities:
        return None
    schema = mind.schemas["sales_summary"]
    said = fill(schema, reading, mind.briefing, mind.lexicon)
    several = WHO.search(reading.text) or said.keys() & {"by", "filter", "order"}
    if (
        several
        or said.get("measure") not in {"sell_in", "invoiced", "collections", "sell_through"}
        or len(reading.text) > BRIEF
    ):
        return None
    return Plan((Do("sales_summary", {**said, "dealer": dealer}),))
