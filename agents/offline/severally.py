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


def _joined(parts: Sequence[str], reading: Reading) -> list[str]:
    """「绿茶不要了，换成茉莉绿茶，一样一托」: what goes, what comes in its place and how much of it are one change."""
    names = [mention.text for mention in reading.of_kind("product")]
    joined: list[str] = []
    for part in parts:
        gone = joined and REMOVE.search(joined[-1]) and not SWAP.search(joined[-1])
        in_place = gone and INSTEAD.match(part) is not None
        amount = joined and not any(name in part for name in names) and AS_MUCH.match(part) is not None
        if in_place or (amount and SWAP.search(joined[-1])):
            joined[-1] = f"{joined[-1]}，{part}"
        else:
            joined.append(part)
    return joined


INSTEAD = re.compile(
    r" *(?:都|全|就|给我|帮我)?(?:换成?|改成|改为|改要|改拿)|.*(?<![a-z])instead(?![a-z])|.*(?:代替|替代|顶上)"
)
AS_MUCH = re.compile(r" *(?:也是?|还是?|同样|一样|照样|数量|(?:the )?same)")


def revised_severally(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """The lines after each part's change in turn; None where the message is one change, or a part can't be read."""
    parts = _joined([part for part in PART.split(reading.text) if part and part.strip()], reading)
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
