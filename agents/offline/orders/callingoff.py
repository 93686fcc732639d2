"""What was being made is called off; what was to be changed may be called off as a whole."""

import re
from dataclasses import replace

from agents.offline.evidence.cues import ASKS
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan, Say
from agents.offline.reading.understanding import Reading
from agents.offline.state import DROPPED
from core.replies import Shown, say

PARTS, A_FEW = re.compile(r"[\s,，。.;；!！]+"), 4


def called_off(reading: Reading, mind: Mind) -> Plan | None:
    """「算了 太贵 不要了」 to a draft: later goods are a new order, and not more of that one."""
    draft = mind.state.draft or mind.state.attempt
    if draft is None or reading.mentions or reading.quantities or reading.orders or ASKS.search(reading.text):
        return None
    of_order = draft.args.get("order") if draft.name == "propose_order_change" else None
    if of_order and "propose_cancellation" in mind.schemas and WHOLE_ORDER.search(reading.text):
        return Plan((Do("propose_cancellation", {"order": of_order, "reason": reading.original.strip()}),))
    if of_order and AS_IT_WAS.search(reading.text):
        return Plan((Say(replace(say(mind.words("frame.dropped")), shown=(Shown(DROPPED, "draft"),))),))
    if FORGET_IT_ALL.search(reading.text) and not mind.lexicon.has("anew", reading.text):
        return Plan((Say(replace(say(mind.words("frame.dropped")), shown=(Shown(DROPPED, "draft"),))),))
    parts = [part for part in PARTS.split(reading.text) if part]
    if not any(mind.lexicon.is_one("abort", part) for part in parts) or len(parts) > A_FEW:
        return None
    return Plan((Say(replace(say(mind.words("frame.dropped")), shown=(Shown(DROPPED, "draft"),))),))


FORGET_IT_ALL = re.compile(
    r"(?:全部?|都|统统|整个)(?:不要|不订|不下|不买|算|取消)了?$|(?:先|就)?(?:别|不)(?:订|下单|进|买|下)了(?:吧|啊|哈)?$"
    r"|(?<![a-z])(?:forget|scrap|drop|bin|leave|ditch|cancel) (?:about )?(?:it all|all of (?:it|that"
    r"|this)|everything|the (?:whole )?(?:thing|lot|draft))(?![a-z])"
    r"|^(?:ok |no |actually )?(?:scrap|bin|ditch|drop|forget) (?:it|that|this)(?: then| please| pls)?\W*$|^scrap\W*$"
    r"|(?<![a-z])(?:never ?mind(?! (?:about )?the (?!order|whole|lot|rest))|don't bother|do not bother"
    r"|changed my mind)(?![a-z])"
)
AS_IT_WAS = re.compile(  # to a change that waits: the order is to stay as it stands
    r"[别不](?:用)?[改动]了|维持原|(?:照|按|还是|就|恢复)(?:原来|原先|原样|之前|老样子)|保持(?:原|不)|原来?那样"
    r"|(?<![a-z])(?:(?:leave|keep) (?:it|that|this|the order|everything|things) (?:as|the way|like|how)"
    r"|(?:don'?t|do not|no need to) (?:change|touch) (?:it|that|this|anything|the order)"
    r"|no changes?(?: then| please)?$|(?:put|change) it back)(?![a-z])"
)
WHOLE_ORDER = re.compile(
    r"(?:整[张个]?单|全单|订单|那[张个]?单|这[张个]?单)(?:都|全|也|就)? ?(?:取消|不要|作废|撤|退|cancel)"
    r"|取消(?:整|全|订|这|那)[张个]?单"
    r"|(?<![a-z])cancel (?:the |that |this )?(?:whole |entire )?(?:order|thing|lot)(?![a-z])"
)
