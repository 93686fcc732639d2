"""Several changes in one message, each by its own part: 「奶茶去掉 加20箱大瓶可乐」, "drop the tea and add 10 cola"."""

import re
from collections.abc import Sequence

from agents.offline.mind import Mind
from agents.offline.ordering import Line
from agents.offline.referring import refer_for
from agents.offline.revising import LESS, REMOVE, SWAP, revise
from agents.offline.understanding import Reading, read_clause

PART = re.compile(
    r"(?<!\d)[,，]|[,，](?!\d{3})|[;；。、]|(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff])|然后|另外"
    r"|(?:,? and|,? but|,? then) "
    r"(?=(?:add|drop|make|remove|change|swap|take|put|also|plus|leave|no|only|less|cut)(?![a-z]))"
)


def revised_severally(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """The lines after each part's change in turn; None where the message is one change, or a part can't be read."""
    parts = [part for part in PART.split(reading.text) if part and part.strip()]
    if len(parts) < 2 or not any(CHANGE.search(part) for part in parts for CHANGE in (REMOVE, SWAP, LESS)):
        return None
    refer, held = refer_for(mind), list(lines)
    changed = 0
    for part in parts:
        one = read_clause(part, part, mind.briefing, refer).with_loose_numbers()
        after = revise(held, one, mind.briefing, mind.lexicon)
        if after is None:
            if one.of_kind("product") or one.quantities:
                return None
            continue
        held, changed = after, changed + 1
    return held if changed > 1 else None
