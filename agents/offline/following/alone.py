"""Messages of a few words: a thing, a time or a place in a list is named, and nothing is said beside it."""

import re

from agents.offline.arguments.slots import ordinal
from agents.offline.evidence.cues import RESTOCKS
from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER


def only_names(reading: Reading, mind: Mind) -> bool:
    """ "The large bottle?", "November?", 「浙江」: a product, a time or a place and nothing beside it.

    A dealer alone goes on only from what was asked of one: "OK, D047's then".
    """
    last = mind.state.refused or mind.state.last
    of_one = last is not None and bool(last.args.get("dealer"))
    return (of_one or not reading.of_kind("dealer")) and names_alone(reading)


def only_a_time(reading: Reading) -> bool:
    """「去年同期是多少」「上个月怎么样」: a time, and that it is asked about."""
    if reading.period is None or reading.mentions or reading.orders:
        return False
    start, end = reading.period.span
    rest = f"{reading.text[:start]} {reading.text[end:]}"
    return not FILLER.sub("", HOW_MUCH.sub("", LOOKS.sub("", rest)))


HOW_MUCH = re.compile(
    r"是?多少|怎么?样|咋样|如何|(?<![a-z])(?:how (?:much|many|was|is)|what (?:was|is)|was|were)(?![a-z])"
)


def names_alone(reading: Reading) -> bool:
    """Whether the words name things or a time and say nothing more."""
    spans = [(mention.start, mention.end) for mention in reading.mentions]
    spans += [reading.period.span] if reading.period else []
    rest = reading.without(spans)
    return bool(spans) and not FILLER.sub("", LOOKS.sub("", rest)) and not RESTOCKS.search(rest)


LOOKS = re.compile(
    r"[看查](?:一?下|看|一看)?|顺便|另外|好[嘞咧哒滴]|这个|(?<= )'?s(?![a-z])|(?<![a-z])(?:show|see|check|look at"
    r"|pull up)(?![a-z])"
    r"|同[上样]的?|(?<![a-z])(?:(?:the )?same(?: (?:thing|question|one|report|figures?))?(?! again)"
    r"|ditto|likewise|instead)(?![a-z])"
)


def only_a_place(text: str) -> bool:
    """ "The second one please", behind a list."""
    return ordinal(text) is not None and not FILLER.sub("", PLACE.sub("", text))


PLACE = re.compile(
    r"第[一二三四五]|[头最]后?一?|[个家名户位]|(?<![a-z])(?:first|second|third|fourth|fifth|last|dealer)(?![a-z])"
)
