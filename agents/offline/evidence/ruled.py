"""What a question's words say for a rule, whatever account or order was spoken of."""

import re

from agents.offline.evidence.cues import OWN_CASE
from agents.offline.reading.understanding import Reading

RUNS_FROM = re.compile(
    r"(?:从|自)(?:哪天|哪一天|哪日|几号|什么时候|啥时候|何时|开票|签收|月底|月末)[^,，。]{0,6}(?:开始|起|算|计)"
    r"|(?<![a-z])(?:run|runs|count|counts|counted|start|starts|calculated|measured) (?:running )?(?:from|as of) "
    r"(?:when|what|which)(?![a-z])|(?<![a-z])(?:from|since) (?:when|what (?:date|day)) (?:exactly )?(?:do|does"
    r"|is|are)(?![a-z])"
)
RELEASED = re.compile(
    r"(?:怎[么样]|咋|如何|要什么条件|什么条件|啥条件|什么时候|啥时候)[^,，。]{0,3}才?(?:能|给|可以|会|让)?[^,，。]{0,2}"
    r"(?:放货|恢复(?:发货|供货|下单)?|解[除冻封]|复货|开闸|重新发货)"
    r"|(?<![a-z])(?:how|when|what)(?![a-z]).{0,30}(?:hold|block|freeze|stop)(?:ed)?(?: be| get)? (?:lifted"
    r"|released|removed|over)(?![a-z])"
    r"|(?<![a-z])(?:how|when)(?![a-z]).{0,24}(?:get|be) (?:unblocked|unfrozen|released|taken off hold)(?![a-z])"
)
CONDITIONS = re.compile(
    r"(?:要|需要?|得有?|有)(?:什么|啥|哪些)(?:条件|要求|资格|门槛)|(?:什么|啥|哪些)条件(?:才|能|可以)"
    r"|(?<![a-z])(?:what (?:are the )?(?:conditions|requirements|criteria)|how (?:do|can) (?:i|we) qualify"
    r"|who qualifies)(?![a-z])"
)


def of_rules(reading: Reading) -> dict[str, float]:
    """From which day terms run, how a hold is lifted, on which conditions: the documents say, no account does."""
    if reading.orders or (OWN_CASE.search(reading.text) and not CONDITIONS.search(reading.text)):
        return {}
    if RUNS_FROM.search(reading.text):
        return {"search_knowledge": 1.1, "sales_summary": -0.5}
    if RELEASED.search(reading.text):
        return {"search_knowledge": 0.9, "propose_cancellation": -0.3}
    return {"search_knowledge": 0.7} if CONDITIONS.search(reading.text) else {}
