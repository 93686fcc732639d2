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
HAGGLES = re.compile(  # "knock another 5% off or I'm going elsewhere"
    r"(?:knock|take|cut|shave|get) (?:me )?(?:another |a further |an extra |off )?"
    r"(?:\d+(?:\.\d+)? ?(?:%|percent|pct|points?)"
    r"|a bit|some|a little|something) ?(?:off|down)?(?: (?:it|that))?"
    r"|(?:or|else) (?:i'?m|i am|we'?re|i'?ll|we'?ll|i) (?:going|go|buy|off|walk\w*)(?: to)?"
    r"(?: elsewhere| somewhere else| away)?"
    r"|(?:再|给我?|能|可以)*(?:便宜|让|降|少)(?:个|我)?(?:\d+|[一二两三四五六七八九十]+)个?(?:点|%|块钱?|毛)(?=$|[,，。!！吧呗嘛吗不行])"
    r"|(?:不然|要不|否则)我?们?就?(?:去|找|换)(?:别家|别人|别处|人家)(?:了|拿|买)*"
)
MUCH = re.compile(r"(?<![a-z])much(?![a-z])")
TONE = re.compile(
    r"[这那吧啊呀哦噢啦嘛呢哎唉诶哇哈你们老板亲,，。.!！?？~… ]"
    r"|(?<![a-z])(?:hmm+|wow|ouch|oof|man|mate|no|for me|still|come on)(?![a-z])"
)


def too_dear(reading: Reading, mind: Mind) -> Plan | None:
    """That the list is as it is, with the promotions on what is spoken of; None where the words say more."""
    if PROMOTIONS not in mind.schemas or reading.mentions or reading.quantities or reading.orders or reading.period:
        return None
    if mind.briefing.actor.dealer_id is None or (mind.state.asked is not None and MUCH.search(reading.text)):
        return None  # "too much" to "how many?" is the amount
    rest = DEAR.sub(" ", HAGGLES.sub(" ", reading.text))
    if not (DEAR.search(reading.text) or HAGGLES.search(reading.text)) or FILLER.sub("", TONE.sub("", rest)):
        return None
    sku = mind.state.only("product")
    listed = Do(PROMOTIONS, {"sku": sku} if sku else {})
    return Plan((Say(say(mind.words("talk.dear")), first=True), listed))
