"""「不搭赠，直接降价3%呢」 behind a forecast under a supposition: the same months and goods under another one."""

import re

from agents.offline.arguments.formats import PRICE
from agents.offline.arguments.slots import carry_over, fill
from agents.offline.evidence.cues import WORTH_IT
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import is_brief

FORECAST = "forecast_demand"


def supposed_instead(reading: Reading, mind: Mind) -> Plan | None:
    """The last forecast with what is supposed of the price replaced; advice on a price is another matter."""
    last = mind.state.last
    if last is None or last.name != FORECAST or FORECAST not in mind.schemas or not is_brief(reading.text):
        return None
    if WORTH_IT.search(reading.text) or ADVISES.search(reading.text) or reading.orders or reading.of_kind("dealer"):
        return None
    schema = mind.schemas[FORECAST]
    fresh = fill(schema, reading, mind.briefing, mind.lexicon)
    if fresh.keys().isdisjoint(schema.of_format(*PRICE)):
        return None
    return Plan((Do(FORECAST, carry_over(schema, last.args, fresh)),))


ADVISES = re.compile(
    r"合适|合適|划算|該|该|要不要|值不值|值得|建议|建議|合理|利润|毛利|赚|規定|规定|申请|审批"
    r"|(?<![a-z])(?:should|shall|worth|advise|recommend|sensible|profit|margin|allowed|approv\w+|rule)(?![a-z])"
)
