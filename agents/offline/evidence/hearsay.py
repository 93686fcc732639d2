"""What somebody is said to have told: asked whether it is so, it is a rule to be looked up, and nobody is wanted."""

import re

from agents.offline.evidence.cues import OWN_CASE, PRICE, STOCK
from agents.offline.reading.understanding import Reading

TELLERS = (
    r"(?:你们?家?|你们?那边|我们?|咱们?)?的?(?:大区|区域|片区)?(?:(?![让叫找转请给投诉])[\u4e00-\u9fff]){0,2}"
    r"(?:业务员?|销售|客服|司机|送货的|师傅|经理|主管|总监|朋友|同行|隔壁|对面|别人|人家|有人|小[\u4e00-\u9fff]|老[王李张刘陈林])(?:[\u4e00-\u9fff]{1,2})?"
)
TOLD_SO = re.compile(
    rf"(?:{TELLERS}[^,，。]{{0,4}}(?:说|讲|提|告诉|传|透露|承诺|答应|保证)(?:我们?|过|的|了|起|到|过的)*(?![明法清])"
    rf"|(?:我们?|之前)?听(?:{TELLERS}|人|谁|他|她|你们)?(?:说|讲|提起)(?:过|的|了)?|据说)"
    r"|(?<![a-z])(?:(?:my|our|your|the|a|one of your|some) )?(?:sales )?(?:reps?|salesm[ae]n|guy|person|lady"
    r"|manager|driver|someone|somebody"
    r"|people|neighbou?rs?|friend|colleague)s?(?: of (?:yours|mine|ours))? (?:just |once )?(?:told (?:me|us)"
    r"|tells (?:me|us)|says?|said|mention(?:s|ed)"
    r"|claim(?:s|ed)|promise[ds]?(?: (?:me|us))?|reckons?|swears?|swore)(?: that)?(?![a-z])"
    r"|(?<![a-z])(?:i|we)(?:'ve| have)? (?:was told|were told|been told|heard|hear)(?: that)?(?![a-z])"
)
IS_IT_SO = re.compile(
    r"真的?[吗假么呀是嘛不]|真的\W*$|真假|是真|是不是|有没有|有这[回种]?[事个]|有(?:没有|[吗么嘛没])\W*$|对[吗不么]\W*$|属实|靠谱|作数|算数|可信|当真|能信"
    r"|信得过|官方|确有|假的"
    r"|(?<![a-z])(?:true|really|official\w*|correct|legit|accurate|for real|a thing|or not|is (?:that|it"
    r"|there)(?: so| right)?(?=\W*$)|right(?=\W*$))(?![a-z])"
)
WISHES_SOMEBODY = re.compile(
    r"转(?:人工|接|个?真?人|到?客服)|(?:叫|找|让|请|换|联系)(?:个|一下|下)?(?:你们?家?的?)?(?:大区|区域)?"
    r"(?:业务|经理|真?人|他|她|领导|客服|主管|负责人)|打电话|回电|投诉|真人|人工"
    r"|(?<![a-z])(?:call|speak|talk|contact|complain\w*|ring|reach|human|real person|get (?:him|her|someone))(?![a-z])"
)


def of_hearsay(reading: Reading) -> dict[str, float]:
    """By intent: whoever told it isn't asked for, and a rule says whether it is so."""
    if not TOLD_SO.search(reading.text) or WISHES_SOMEBODY.search(reading.text):
        return {}
    of_goods = reading.of_kind("product") and (PRICE.search(reading.text) or STOCK.search(reading.text))
    itself = reading.has_lines or reading.orders or of_goods
    if not IS_IT_SO.search(reading.text) or OWN_CASE.search(TOLD_SO.sub(" ", reading.text)) or itself:
        return {"ask_for_person": -0.8}
    return {"search_knowledge": 1.2, "ask_for_person": -1.0, "explain_rebate": -0.3, "sales_summary": -0.5}


def without_teller(question: str) -> str:
    """What was told, as documents are asked: neither who told it nor whether it is so."""
    if not TOLD_SO.search(question.lower()):
        return question
    told = IS_IT_ALL.sub("", re.sub(TOLD_SO.pattern, " ", question, flags=re.IGNORECASE)).strip(" ,，。?？!！")
    return told or question


IS_IT_ALL = re.compile(
    r"[,，。?？ ]*(?:(?:这|那)?(?:到底)?是?(?:真的?[吗假么呀嘛]*(?:的)?|真的?还是假的?|真的假的)"
    r"|有这[回种]?[事个][吗么嘛]?|(?:对|靠谱|属实|作数)[吗不么]?|有(?:吗|没有))[?？!！ ]*$"
    r"|[,. ]*(?:is (?:that|it|this) (?:true|right|so|correct|official|for real|legit)|(?:true|really|right|correct"
    r"|or not))[?!. ]*$",
    re.IGNORECASE,
)


NUMBER_OF = re.compile(  # 「客服电话多少」, "which phone number for customer service": who asks for one will call
    r"(?:电话|热线|号码|邮箱|联系方式)[^,，。]{0,4}(?:多少|几号?|哪个|啥|什么|吗|么|没|不)|(?:哪个|什么|啥|多少|几号)[^,，。]{0,4}(?:电话|热线|号码|邮箱)"
    r"|有(?:没有|啥|什么)?[^,，。]{0,4}(?:电话|热线|号码|邮箱)"
    r"|(?<![a-z])(?:which|what(?:'?s| is)?|is there|are there|do you have|have you got|got|where is|find)"
    r"(?![a-z]).{0,24}"
    r"(?<![a-z])(?:(?:phone|telephone|service|contact|helpline|support) (?:number|no|line)|hotline|helpline"
    r"|number (?:for|to|i|we|one)|(?:e-?mail|contact) (?:address|details?))(?![a-z])"
    r"|(?<![a-z])who (?:do|should|can) (?:i|we) (?:e-?mail|phone|ring)(?![a-z])"
)
OWN_NUMBER = re.compile(
    r"我(?:的|们的?)?(?:电话|号码)|订?单号|(?<![a-z])(?:my|our) (?:phone|number)|order number|(?<![a-z])reps?(?![a-z])"
)


def of_a_number_to_call(reading: Reading) -> dict[str, float]:
    """A number is asked for, which the documents have, and nobody to call."""
    asks = NUMBER_OF.search(reading.text) and not OWN_NUMBER.search(reading.text) and not reading.orders
    return {"search_knowledge": 1.2, "ask_for_person": -1.0} if asks else {}
