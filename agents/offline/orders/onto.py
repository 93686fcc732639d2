"""「再往那单里塞10件美式」: more on the order that was shown a moment ago, or why nothing can be put on it any more."""

import re
from dataclasses import replace

from agents.offline.evidence.cues import ASKS
from agents.offline.mind import Mind
from agents.offline.orders import planning
from agents.offline.plans import Plan
from agents.offline.reading.understanding import Reading

AS_IS = (
    r"(?:其[他它余]的?(?:都|就|全)?(?:照旧|不变|不动|别动|一样|照原|原样)"
    r"|(?<![a-z])(?:the )?(?:rest|everything else|all else|others?) (?:(?:stays?|is|can stay|as|keeps?) )?"
    r"(?:the same|as (?:is|it was|it is|before)|unchanged|same|is|put))"
)
ONTO = re.compile(
    r"(?:[往在给到朝]|添|加|塞|补)?(?:这|那|该|刚才那?|上面那?)(?:[张个笔])?(?:订?单)子?(?:里头|里面|里|上面|上|后面)?再?(?:给我)?(?:加|添|塞|补|放|凑|并|搭|追)"
    r"|(?:加|添|塞|补|放|并)(?:到|进|在|上)(?:这|那|该|刚才那?)(?:[张个笔])?(?:订?单)"
    r"|(?:加|添|塞|补|放|搭|凑|并|拼)[^,，。;；]{2,24}(?:进去|进来|上去|入去|落去)"
    r"|追加|顺[便手]再?[加添塞补搭][上进]?|(?:^|里面?|里头|给它)再?(?:给我|帮我)?"
    r"[添塞补搭放][上进多]?(?=[\d一二两三四五六七八九十百])"
    r"|(?<![a-z])(?:add|put|throw|squeeze|stick|pop|tack|chuck|get|bung|sneak|slip)(?![a-z]).{2,60}"
    r"(?<![a-z])(?:(?:on|onto|to|in|into|with) (?:it|that|this|that one|(?:that|this|the|the same) order)"
    r"|(?:on|in) there)(?![a-z])"
    r"|(?<![a-z])(?:squeeze|throw|add|stick|tack|chuck|pop) (?:in|on|another|an extra)(?![a-z])"
    rf"|[加添塞补搭放追].{{2,30}}{AS_IS}|(?<![a-z])(?:add|squeeze|stick|throw|put|pop|plus)(?![a-z]).{{2,60}}{AS_IS}"
)


def _counted(reading: Reading) -> bool:
    """Whether goods are named with an amount, though no unit may count them."""
    return bool(reading.of_kind("product") and reading.with_loose_numbers().quantities)


def onto_the_one_shown(reading: Reading, mind: Mind) -> Plan | None:
    """A change of that order; one that has left already is refused with its reason by the tool itself."""
    last, shown = mind.state.last, mind.state.shown.get("order", ())
    seen = last is not None and last.name in {"order_status", "list_orders"} and len(shown) == 1
    if not seen or mind.state.draft is not None or mind.state.attempt is not None or mind.state.asked is not None:
        return None
    if "propose_order_change" not in mind.schemas or not _counted(reading) or reading.orders:
        return None
    if not ONTO.search(reading.text) or ASKS.search(reading.text):
        return None
    return planning.change_order(replace(reading, orders=(shown[0],)), mind)
