"""What a question's words say for a rule, whatever account or order was spoken of."""

import re

from agents.offline.evidence.contracts import ANY_CONTRACT
from agents.offline.evidence.cues import CONTRACT_NUMBER, OWN_CASE
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

OUT_OF_ONES_AREA = re.compile(  # goods sold where another dealer's area is
    r"(?:卖|发|串|窜|销|铺|流|跨)[到去进]?[了]?(?:别人|别家|人家|其他|其它|外|区域外|范围外|区外|跨|外面|隔壁|旁边|邻近?|周边)[^,，。]{0,6}(?:区|地盘|范围|市|地|片|县|镇|省|村)"
    r"|(?:区域|地盘|片区|范围)(?:以外|之外|外)|跨区|越区|出区|窜货|串货"
    r"|(?<![a-z])(?:outside|out of|beyond|another|other|someone else'?s?|somebody else'?s?|wrong)(?![a-z]).{0,24}"
    r"(?:area|territor\w+|region|patch|zone|district)s?(?![a-z])|(?<![a-z])(?:divert\w*|diversion|cross-?region\w*)(?![a-z])"
)
FINED = re.compile(
    r"罚|违约金|处罚|处分|扣多少|扣[不]?扣|后果|什么下场|会怎|会咋|怎么处理|怎么办|抓[到住了]|查[到出]|被查|发现|举报|取消资格"
    r"|(?<![a-z])(?:the fine|fine[ds]?|fine for|penalt\w+|punish\w*|caught|consequences?|what happens|charge[ds]?"
    r"|sanction\w*)(?![a-z])"
)
A_FINE = re.compile(  # what a breach costs, whatever was broken
    r"(?:罚款?|处罚|违约金)(?:是|要|得)?(?:多少|几|怎么|咋)|(?:罚|扣)(?:多少|几个?点|几千|几万|不罚|不扣)|怎么(?:罚|处罚|处分)"
    r"|(?:第[一二三两]次|首次|初犯|再犯|屡犯)[^,，。]{0,12}(?:罚|处|扣|抓|发现|查)"
    r"|(?<![a-z])(?:(?:what|how much|how big)(?:'?s| is| are| would be|'?ll be)? (?:the |a )?(?:fine|penalt)\w*"
    r"|(?:fine|penalt)\w* (?:for|if|when)"
    r"|get fined|be fined|(?:first|second|third|repeat(?:ed)?) (?:offen[cs]e|breach|violation|offender)s?)(?![a-z])"
)
GENERALLY = re.compile(  # what line or term one gets by the rules, and not what one has
    r"(?:首次|第一次|头一次|一般|通常|新(?:经销商|客户|签))[^,，。]{0,8}(?:额度|授信|账期)"
    r"|(?<![a-z])(?:usually|normally|first|initial|starting|new dealers?)(?![a-z]).{0,24}(?:credit|line|limit"
    r"|terms)(?![a-z])"
)
ANOTHER_REBATE = re.compile(  # whether there is one beside the programme's
    r"(?:有没有|有无|还有|会不会有|会有|另外有|额外)[^,，。]{0,8}(?:年返|年终奖|年底返|年底的?奖|年度返利|年度奖|其他返利|别的返利|其它返利|额外返)"
    r"|(?:年返|年终奖|年底返利?|年度返利|年底奖励)[^,，。]{0,6}(?:有没有|有吗|有么|是不是|真|怎么|咋|如何|几个点|什么政策)"
    r"|(?<![a-z])(?:is there|any|do (?:we|you)|will there be|are there|get|getting)(?![a-z]).{0,20}"
    r"(?:year[- ]?end|annual|yearly|extra|additional)(?: \w+)? (?:rebates?|bonus(?:es)?|kickback)(?![a-z])"
)


def of_rules(reading: Reading) -> dict[str, float]:
    """From which day terms run, how a hold is lifted, on which conditions: the documents say, no account does."""
    if reading.orders or (OWN_CASE.search(reading.text) and not CONDITIONS.search(reading.text)):
        return {}
    if ANY_CONTRACT.search(reading.text) or CONTRACT_NUMBER.search(reading.text):
        return {"search_knowledge": 0.7} if CONDITIONS.search(reading.text) else {}
    if of_a_breach(reading.text):
        return {"search_knowledge": 1.1, "sales_summary": -0.5, "explain_rebate": -0.3, "reorder": -0.5}
    if ANOTHER_REBATE.search(reading.text):
        return {"search_knowledge": 1.1, "explain_rebate": -0.4}
    if GENERALLY.search(reading.text):
        return {"search_knowledge": 0.9, "show_account": -0.5}
    if RUNS_FROM.search(reading.text):
        return {"search_knowledge": 1.1, "sales_summary": -0.5}
    if RELEASED.search(reading.text):
        return {"search_knowledge": 0.9, "propose_cancellation": -0.3}
    return {"search_knowledge": 0.7} if CONDITIONS.search(reading.text) else {}


def of_a_breach(text: str) -> bool:
    """Whether it is asked what a breach of rules costs, such as selling where another's area is."""
    return bool(A_FINE.search(text)) or out_of_ones_area(text)


def out_of_ones_area(text: str) -> bool:
    """Whether it is asked what comes of selling where another's area is."""
    return bool(OUT_OF_ONES_AREA.search(text) and FINED.search(text))
