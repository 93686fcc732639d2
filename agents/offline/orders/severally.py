"""Several changes in one message, each by its own part: 「奶茶去掉 加20箱大瓶可乐」, "drop the tea and add 10 cola"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.changewords import LESS, REMOVE, SWAP
from agents.offline.orders.lines import Line, read_lines, settle
from agents.offline.orders.referring import refer_for
from agents.offline.orders.revising import revise
from agents.offline.plans import Say
from agents.offline.reading.understanding import Reading, read_clause
from core.replies import say

PART = re.compile(
    r"(?<!\d)[,，]|[,，](?!\d{3})|[;；。、]|(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff])|然后|另外"
    r"|(?:,? and|,? but|,? then) "
    r"(?=(?:add|drop|make|remove|change|swap|take|put|also|plus|leave|no|only|less|cut)(?![a-z]))"
)


def _joined(parts: Sequence[str], reading: Reading) -> list[tuple[str, str]]:
    """Each part, and what comes in place of what it takes away: 「绿茶不要了，换成乌龙茶，一样一托」 is one change."""
    names = [mention.text for mention in reading.of_kind("product")]
    joined: list[tuple[str, str]] = []
    for part in parts:
        gone, come = joined[-1] if joined else ("", "")
        if gone and not come and REMOVE.search(gone) and not SWAP.search(gone) and INSTEAD.match(part):
            joined[-1] = (gone, part)
        elif SWAP.search(come or gone) and not any(name in part for name in names) and AS_MUCH.match(part):
            joined[-1] = (gone, f"{come}，{part}") if come else (f"{gone}，{part}", "")
        else:
            joined.append((part, ""))
    return joined


def _exchanged(held: Sequence[Line], gone: Reading, come: Reading, mind: Mind) -> list[Line] | None:
    """The one product that goes, and in its place the one that comes, as much of it unless it says how much."""
    old = [line for line in held if line.sku in {mention.code for mention in gone.of_kind("product")}]
    new = [settle(line, mind.briefing) for line in read_lines(come, mind.briefing)]
    if len(old) != 1 or len(new) != 1 or new[0].sku is None:
        return None
    amount = new[0] if new[0].quantity is not None else old[0]
    line = replace(new[0], quantity=amount.quantity, unit=amount.unit)
    return [line if one is old[0] else one for one in held]


def without_absent(lines: Sequence[Line], reading: Reading, mind: Mind) -> tuple[Reading, list[str]]:
    """What is to be changed, without the parts that take away what isn't on the order; and what that is."""
    held = {line.sku for line in lines}
    kept, absent = [], []
    for part in PART.split(reading.text):
        one = read_clause(part, part, mind.briefing) if part and part.strip() else None
        named = one.of_kind("product") if one is not None else []
        less = LESS.search(part) is not None
        gone = one is not None and not SWAP.search(part) and (less or (REMOVE.search(part) and not one.quantities))
        if named and gone and not any(held & set(mention.codes) for mention in named):
            absent += [mention.text for mention in named]
        elif part:
            kept.append(part)
    if not absent:
        return reading, []
    text = "，".join(kept)
    return read_clause(text, text, mind.briefing, refer_for(mind)).with_loose_numbers(), absent


def without_unchanged(reading: Reading, mind: Mind) -> Reading:
    """「矿泉水改成60件 绿茶不动」: what is to change, without what is to stay as it is."""
    parts = [part for part in PART.split(reading.text) if part and part.strip()]
    kept = [part for part in parts if not UNCHANGED.search(part)]
    if not kept or len(kept) == len(parts):
        return reading
    text = "，".join(kept)
    one = read_clause(text, text, mind.briefing, refer_for(mind)).with_loose_numbers()
    return one if one.quantities else reading


UNCHANGED = re.compile(
    r"(?:不动|别动|不变|照旧|不用动|不用改|不改|保持不变|还是原样)[了吧啊就行]*$"
    r"|(?<![a-z])(?:leave|keep) (?:the |that )?[a-z ]{3,24} (?:as (?:is|it is|they are)|the same|alone|unchanged)$"
    r"|(?<![a-z])[a-z ]{3,24} (?:stays?|unchanged|as is)(?: the same| as (?:is|it is))?$"
)


def told_absent(names: Sequence[str], mind: Mind) -> list[Say]:
    """That what is to go wasn't there."""
    joined = mind.words("list.comma").join(dict.fromkeys(names))
    return [Say(say(mind.words("order.not_on_it", names=joined)))] if names else []


INSTEAD = re.compile(
    r" *(?:都|全|就|给我|帮我)?(?:换成?|改成|改为|改要|改拿)|.*(?<![a-z])instead(?![a-z])|.*(?:代替|替代|顶上)"
)
AS_MUCH = re.compile(r" *(?:也是?|还是?|同样|一样|照样|数量?|(?:the )?same)")


def revised_severally(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """The lines after each part's change in turn; None where the message is one change, or a part can't be read."""
    parts = _joined([part for part in PART.split(reading.text) if part and part.strip()], reading)
    named = {mention.code for mention in reading.of_kind("product") if mention.code}
    vague = any(len(mention.codes) > 1 and named & set(mention.codes) for mention in reading.of_kind("product"))
    whole = vague or (len(parts) < 2 and not parts[0][1])  # 「改水吧，矿泉水800箱」 is one change
    if whole or not any(CHANGE.search(part) for part, _ in parts for CHANGE in (REMOVE, SWAP, LESS)):
        return None
    refer, held = refer_for(mind), list(lines)
    changed = 0
    for part, instead in parts:
        one = read_clause(part, part, mind.briefing, refer).with_loose_numbers()
        if instead:
            come = read_clause(instead, instead, mind.briefing, refer).with_loose_numbers()
            after = _exchanged(held, one, come, mind)
        else:
            after = revise(held, one, mind.briefing, mind.lexicon)
        if after is None:
            if one.of_kind("product") or one.quantities:
                return None
            continue
        held, changed = after, changed + 1
    return held if changed > 1 or (changed and any(come for _, come in parts)) else None
