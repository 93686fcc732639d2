"""「全国呢」, "whole country" behind a report or advice on one region: of all regions."""

import re
from typing import Any

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

EVERYWHERE = re.compile(
    r"全国|全國|所有大区|各大区|(?<![a-z])(?:(?:the |for the )?whole country|nation-?wide|country-?wide|all regions"
    r"|everywhere|nationally)(?![a-z])"
)


def of_all_regions(reading: Reading, mind: Mind) -> Plan | None:
    """The last call without its region, where the words say no more than that."""
    last = mind.state.last
    if last is None or last.name not in mind.schemas or not last.args.get("region") or reading.mentions:
        return None
    rest = EVERYWHERE.sub(" ", reading.text)
    if rest == reading.text or FILLER.sub("", ASKED.sub(" ", rest)):
        return None
    return Plan((without_region(Do(last.name, last.args), reading),))


ASKED = re.compile(r"是?多少|怎么样|看[看下]?|(?<![a-z])(?:what|how|about)(?![a-z])")


def seen_over_all(tool: str, args: dict[str, Any], reading: Reading, mind: Mind) -> dict[str, Any]:
    """ "Who bought the most, all regions" says where, and not that regions are to be ranked."""
    if args.get("by") != "region" or not EVERYWHERE.search(reading.text):
        return args
    kept = {name: value for name, value in args.items() if name != "by"}
    seen = mind.lexicon.value(tool, "by", EVERYWHERE.sub(" ", reading.text), mind.schemas[tool].allowed("by"))
    return {**kept, "by": seen} if seen else args


def without_region(call: Do, reading: Reading) -> Do:
    """ "Same for cola, whole country": the region of the call before isn't meant."""
    if not EVERYWHERE.search(reading.text) or reading.of_kind("region"):
        return call
    return Do(call.tool, {name: value for name, value in call.args.items() if name != "region"})
