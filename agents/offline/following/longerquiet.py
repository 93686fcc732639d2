"""「超过20天的呢」, "and over a month?" behind who hasn't ordered: the same list by another count of days."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief
from core.language.durations import find_days

LONGER = re.compile(
    r"[超满过]了?(?=[一二两三四五六七八九十半\d])|(?:天|周|星期|礼拜|月)(?:以上|多)"
    r"|(?<![a-z])(?:over|more than|longer than|at least|past) (?:an? |\d|[a-z]+ (?:day|week|month))"
)


def quiet_for_longer(reading: Reading, mind: Mind) -> Plan | None:
    """The list before with the days that are said, within the same region."""
    last = mind.state.last
    if last is None or last.name != "sales_summary" or last.args.get("filter") != "no_orders":
        return None
    days = find_days(reading.text) if LONGER.search(reading.text) and is_brief(reading.text) else None
    if days is None or reading.mentions:
        return None
    kept = {name: value for name, value in last.args.items() if name != "period"}
    return Plan((Do("sales_summary", {**kept, "quiet_days": days}),))
