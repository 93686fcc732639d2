"""「我先问下老板」, "let me check with the boss": nothing is decided yet, and what waits goes on waiting."""

import re

from agents.offline.evidence.cues import WANTS
from agents.offline.mind import Mind
from agents.offline.orders.doubts import ask_again
from agents.offline.plans import Plan, Say
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief
from core.replies import say

ASKS_AT_HOME = re.compile(
    r"(?:我|先|得|要)[^,，。]{0,3}(?:问问|问|请示|跟|和|同|找)(?:一?下|问|一声)?(?:我们?|咱们?|自家|家里)?的?(?:老板娘?"
    r"|领导|财务|仓库|店里|店长|经理|家里|合伙人|老公|老婆|对象|[她他](?:们|人家)?)"
    r"(?!要|都|批|确认了|同意|说|下)"
    r"|(?<![a-z])(?:(?:let me|lemme|i'?ll|i need to|i have to|gotta|need to|have to) (?:just |first )?(?:ask"
    r"|check with|talk to|speak (?:to|with)|run it (?:by|past))"
    r" (?:my |the |our )?(?:boss|owner|manager|partner|husband|wife|finance|warehouse|shop|store|guys))(?![a-z])"
)


NOT_YET = re.compile(r"(?:先|暂时)?(?:别|不要?|甭)(?:急着?|忙着?)?(?:改|动|下单?|提交|确认|发|订)")


def held_on(reading: Reading, mind: Mind) -> Plan | None:
    """That it waits: an open question is put again, a draft keeps its button."""
    if not ASKS_AT_HOME.search(reading.text) or not is_brief(reading.text) or "?" in reading.text:
        return None
    named = (
        reading.mentions
        or reading.quantities
        or reading.orders
        or WANTS.search(NOT_YET.sub(" ", ASKS_AT_HOME.sub(" ", reading.text)))
    )
    if named:
        return None
    asked = mind.state.asked
    if asked is not None and asked.tool.startswith("propose_order"):
        return Plan((ask_again(asked, mind),))
    return Plan((Say(say(mind.words("talk.affirm"))),))
