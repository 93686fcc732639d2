"""What a message means while something is in view: 「违约金多少」 behind a contract asks what that says."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agents.offline.arguments.completing import complete
from agents.offline.arguments.slots import fill
from agents.offline.evidence.contracts import of_another_matter
from agents.offline.evidence.cues import OWN_CASE
from agents.offline.following.takenover import following
from agents.offline.following.theircontract import by_its_end, in_the_contract, of_their_contract
from agents.offline.mind import Mind
from agents.offline.plans import Plan
from agents.offline.reading.understanding import Reading


def pursued(reading: Reading, mind: Mind) -> Plan | None:
    """The tool whose words are the most of the message, among those that go on from the last call."""
    last = mind.state.last
    if last is None or reading.quantities or reading.orders or of_another_matter(reading):
        return None
    if reading.of_kind("product") and not in_the_contract(last, reading, mind):
        return None
    if reading.of_kind("dealer") and not of_their_contract(last, reading, mind):
        return None
    if OWN_CASE.search(reading.text) and not mind.lexicon.has("a contract", reading.text):
        return None  # 「我这季度返利多少」 is about what was earned
    tool = meant_within(reading, mind, last.name)
    if tool is None:
        return None
    schema = mind.schemas[tool]
    args = fill(schema, reading, mind.briefing, mind.lexicon)
    if "contract" in schema.properties and (number := by_its_end(reading, mind)) is not None:
        args = {name: value for name, value in args.items() if name != "dealer"} | {"contract": number}
    intent = next(name for name, one in mind.recogniser.intents.items() if one.tool == tool)
    followed = following(intent, schema, args, reading, mind)
    return complete(tool, args if followed is None else followed, reading, mind)


def meant_within(reading: Reading, mind: Mind, after: str) -> str | None:
    """Which tool the words mean behind a call of ``after``; None where they mean nothing of that kind."""
    found = sorted(_said(reading, mind, after), reverse=True)
    return found[0][1] if found else None


def _said(reading: Reading, mind: Mind, after: str) -> Iterator[tuple[int, str]]:
    for intent in mind.recogniser.intents.values():
        if intent.tool is None or intent.tool not in mind.schemas or after not in intent.follows:
            continue
        for pattern in intent.within:
            if (match := _compiled(pattern).search(reading.text)) is not None:
                yield len(match.group()), intent.tool


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
