"""A name that nobody has, where a dealer's would stand: "how is Redstar doing", 「红星上个月进了多少」."""

import re
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.namedcompany import company_in
from agents.offline.reading.understanding import Reading
from agents.offline.requests import SEES_MANY
from core.language.days import CALENDAR
from core.language.normalise import fold

CALLED = re.compile(r"(?<![A-Za-z.])([A-Z][a-z]{2,}(?: [A-Z][a-z]+){0,3})(?![A-Za-z])")
AND_THEY = re.compile(  # "and jinhua huimin, are they quiet too"
    r"(?:(?:and|what about|how about|ok) )?([a-z]{3,}(?: [a-z]{3,}){1,2}), ?(?:are|is|did|do|have|has|were"
    r"|how) (?:they|it|he|she)(?![a-z])"
)
OF_SOMEBODY = re.compile(r"\b(?:of|for|about|with|does|did|has|is|from) $")
BEFORE_FIGURES = re.compile(
    r"^(?:帮我)?(?:查|看)?(?:一下|下)?((?![像按如凡对从在给把被和跟与或为因他她它我你您咱这那哪谁人全所整每各大总前后上下])[\u4e00-\u9fff]{2,4}?)(?:那家|这家|家)?"
    r"(?=上个?月|这个?月|本月|上?个?季度|今年|去年|最近|昨天|进了|卖了|拿了|进货|拿货)"
)


def with_stranger(reading: Reading, mind: Mind) -> Reading:
    """The reading, with the name where one stands that this actor's dealers don't have."""
    if mind.briefing.actor.role not in SEES_MANY or reading.mentions or reading.stranger or reading.orders:
        return reading
    name = _latin(reading, mind) or _chinese(reading, mind) or company_in(reading, mind)
    if name is None:
        return reading
    clauses = tuple(replace(one, stranger=name) if name.lower() in one.text else one for one in reading.clauses)
    return replace(reading, stranger=name, clauses=clauses)


def _latin(reading: Reading, mind: Mind) -> str | None:
    """Words with capitals inside of a sentence, or at its beginning where nobody uses such a word otherwise."""
    if (they := AND_THEY.match(reading.text)) is not None:
        heard = mind.recogniser.spelling.words
        return they[1] if any(word not in heard for word in they[1].split()) else None
    for found in CALLED.finditer(reading.original):
        words = found[1].lower().split()
        if CALENDAR.issuperset(words) or (reading.mended and fold(found[1]) not in reading.mended):  # a slip's no name
            continue
        unheard = any(word not in mind.recogniser.spelling.words for word in words)
        of_somebody = OF_SOMEBODY.search(reading.original[: found.start()]) and words[0] not in mind.lexicon.lists.get(
            "plain_english", ()
        )
        if unheard or of_somebody or (found.start() > 0 and len(words) > 1):
            return found[1]
    return None


def _chinese(reading: Reading, mind: Mind) -> str | None:
    found = BEFORE_FIGURES.match(reading.text)
    if found is None:
        return None
    known = mind.recogniser.spelling.pairs
    pairs = [found[1][at : at + 2] for at in range(len(found[1]) - 1)]
    return None if any(pair in known for pair in pairs) else found[1]
