"""「太贵了」 and nothing else: a price isn't made here, and what makes it less is told."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan, Say
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from core.replies import say

PROMOTIONS = "list_promotions"
DEAR = re.compile(
    r"(?:比(?:别家|别人|人家|隔壁|同行|其他家?|外面|市场|网上)[^,，。 ]{0,4})?"
    r"(?:(?:你们?家?|这个?|那个?|的)*(?:价[格钱位]?|东西))?"
    r"(?:(?:也|实在|是不是|真|可|确实|还是|是)?(?:太|好|真|有[点些]儿?|挺|蛮|忒|老|这么|那么|死|嫌|偏)?贵(?:是贵)?(?:了|死)*一?[点些]?(?:了|呀)?"
    r"|价[格钱位]?(?:也|实在|真|是不是|有[点些])*(?:太|好|偏)?高了?一?[点些]?(?:了|呀)?)"
    r"|(?:(?:that|it|this)(?:'s| is| seems| looks)? )?(?:(?:a|way|bit|a bit|rather|quite|pretty|so|too|far too|really"
    r"|very|little|a little) )*(?:expensive|pricey|steep|dear|costly)"
    r"|(?:(?:that|it|this)(?:'s| is)? )?(?:(?:way|far) )?too much(?: money)?"
)
TONE = re.compile(
    r"[这那吧啊呀哦噢啦嘛呢哎唉诶哇哈你们老板亲,，。.!！?？~… ]"
    r"|(?<![a-z])(?:hmm+|wow|ouch|oof|man|mate|no|for me)(?![a-z])"
)


def too_dear(reading: Reading, mind: Mind) -> Plan | None:
    """That the list is as it is, with the promotions on what is spoken of; None where the words say more."""
    if PROMOTIONS not in mind.schemas or reading.mentions or reading.quantities or reading.orders or reading.period:
        return None
    if mind.briefing.actor.dealer_id is None or mind.state.asked is not None:
        return None
    if DEAR.search(reading.text) is None or FILLER.sub("", TONE.sub("", DEAR.sub("", reading.text))):
        return None
    sku = mind.state.only("product")
    listed = Do(PROMOTIONS, {"sku": sku} if sku else {})
    return Plan((Say(say(mind.words("talk.dear")), first=True), listed))
