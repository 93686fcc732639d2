"""Rules of debts by what a message says of one: its due day, what so many days late bring, what a day costs."""

import re

from agents.offline.evidence.cues import ASKS, OWN_CASE
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.ownwords import own_words
from core.language.days import small_number

MONTH, ROUNDED_UP = 30, 10  # days; 「一个多月」 is well into the next one


def of_debts(reading: Reading, mind: Mind) -> Plan | None:
    """The rule as the documents put it; None where a dealer or an order is named, whose account says it."""
    if "search_knowledge" not in mind.schemas or reading.mentions or reading.orders:
        return None
    if OWN_TOO.search(reading.text):
        return None
    question = _due_day(reading, mind) or _so_late(reading, mind) or _fee_a_day(reading, mind)
    return Plan((Do("search_knowledge", {"question": question}),)) if question else None


OWN_TOO = re.compile(  # 「…，我还欠多少」 asks of an account beside it
    r"欠[了着你们]*多少|额度|(?<![a-z])(?:do (?:i|we) (?:still )?owe|(?:my|our) (?:balance|limit|credit))(?![a-z])"
)


def _due_day(reading: Reading, mind: Mind) -> str | None:
    """「10月20号的invoice，月结30天due哪天」: terms, an invoice's day, and when it falls due."""
    text, day = reading.text, reading.period
    if day is None or (day.end - day.start).days != 1 or OWN_CASE.search(text):
        return None
    if not (INVOICE.search(text) and TERMS.search(text) and FALLS_DUE.search(text)):
        return None
    return mind.words("about.due.day", month=day.start.month, day=day.start.day)


INVOICE = re.compile(r"发票|开票|开的?票|票据|(?<![a-z])(?:invoiced?|billed|bill)(?![a-z])")
TERMS = re.compile(
    r"月结|账期|(?<![a-z])(?:month[- ]end|net[- ]?\d+|\d+[- ]days?|monthly (?:terms|billing|settlement)"
    r"|(?:credit|payment) terms)(?![a-z])"
)
FALLS_DUE = re.compile(
    r"到期|最[晚迟]|(?:几[号时]|哪天|哪日|什么时候|啥时候|何时)[^,，。]{0,6}(?:付|还|到|打)|(?:付|还)[^,，。]{0,4}(?:几号|哪天|什么时候)"
    r"|(?<![a-z])(?:due|payable|pay(?:ment)? by|to be paid)(?![a-z])"
)


def _so_late(reading: Reading, mind: Mind) -> str | None:
    """「拖了一个多月的按规定怎么处理」: how many days over, and what then."""
    found, text = OVER.search(reading.text), reading.text
    if found is None or not BY_RULE.search(text) or OF_SOMETHING_ELSE.search(text) or AS_RULES_SAY.search(text):
        return None
    last = mind.state.last
    if not DEBT.search(text) and (last is None or last.name not in TELL_OF_DEBTS):
        return None
    days = _days(found)
    return mind.words("about.overdue.days", days=days) if days else None


BEYOND = re.compile(r"超(?!期)")
TELL_OF_DEBTS = frozenset({"show_account", "sales_summary"})
DEBT = re.compile(
    r"逾期|超期|拖欠|[欠款钱账付还票]|(?<![a-z])(?:overdue|past due|invoices?|debts?|pay\w*|owe[ds]?|owing)(?![a-z])"
)
AS_RULES_SAY = re.compile(r"逾期(?:超过)?\d+[天日]|(?<![a-z])\d+ days (?:overdue|past due)")
OF_SOMETHING_ELSE = re.compile(
    r"送|到货|到貨|发货|收货|赔|报|[退换]货|证书|考|课|保质|日期|生产|库存|合同|活动|投诉|票据认证|索赔|补货"
    r"|(?<![a-z])(?:deliver\w*|ship\w*|arriv\w*|returns?|certificates?|exam|shelf|stock|contract|claims?)(?![a-z])"
)
OVER = re.compile(
    r"(?:逾期|超期|拖欠?|欠|晚|迟|超过?)[了着]?(?:款|账|钱|货款|付)?(?:超过|都|有|快|差不多|大概)?"
    r"(?P<n>半|[\d一二两三四五六七八九十百]+)个?(?P<many>多|几|来|半)?个?"
    r"(?P<unit>天|日|周|星期|礼拜|月)(?P<more>多|以上)?"
    r"|(?<![a-z])(?P<over>over|more than|past|after|beyond) (?P<count>\d+|an?|one|two|three|four|five|six) "
    r"(?P<span>day|week|month)s?(?: (?:late|overdue|past due|behind))?(?![a-z])"
)
BY_RULE = re.compile(
    r"规定|规矩|制度|政策|手册|按理|怎么处理|怎么处罚|怎么办|会怎|会咋|什么后果|啥后果"
    r"|(?<![a-z])(?:rules?|policy|policies|handbook|what happens"
    r"|what (?:do|would|will) (?:we|you) do|consequences?)(?![a-z])"
)


def _days(found: re.Match[str]) -> int | None:
    count, unit = found["n"] or found["count"], found["unit"] or found["span"]
    each = {"月": MONTH, "month": MONTH, "周": 7, "星期": 7, "礼拜": 7, "week": 7}.get(unit, 1)
    number = 1 if count in {"a", "an"} else small_number(count) if count != "半" else None
    if count != "半" and number is None:
        return None
    days = each // 2 if number is None else number * each
    above = found["many"] or found["more"] or found["over"] or BEYOND.search(found.group())
    return days + (ROUNDED_UP if each == MONTH else 1) if above and each > 1 else days + (1 if above else 0)


def _fee_a_day(reading: Reading, mind: Mind) -> str | None:
    """「晚个几天付，一天罚多少」: paying late, and what a day of it costs."""
    behind = mind.state.last is not None and mind.state.last.name == "show_account"
    of_few_words = own_words(reading.text) < NAMES_A_MATTER and FINES.search(reading.text) and ASKS.search(reading.text)
    if behind and of_few_words and not GOODS.search(reading.text):
        return mind.words("about.late.fee")  # 「要是晚几天 罚多少」, of what the account tells
    itself = behind or not reading.text.isascii()  # the guide has an English question's own words
    told = itself and PAYS_LATE.search(reading.text) and FEE_A_DAY.search(reading.text)
    late = behind and LATE.search(reading.text) and FEE_A_DAY.search(reading.text)
    return mind.words("about.late.fee") if (told or late) and not GOODS.search(reading.text) else None


NAMES_A_MATTER = 6  # characters that say what a rule is about by themselves
FINES = re.compile(
    r"罚|违约|滞纳|利息|晚[几两一]?天|晚点[付还打]|拖[几两一]天"
    r"|(?<![a-z])(?:fine[ds]?|fees?|penal\w+|interest|charged?)(?![a-z])"
    r"|(?<![a-z])(?:if|when|being|pay\w*)(?![a-z])[^,.]{0,16}(?<![a-z])late(?![a-z])"
)
LATE = re.compile(r"[晚迟拖][个了上]?(?:几|两|一|\d)?[天日]|拖[着了延]?|逾期|(?<![a-z])(?:late|overdue)(?![a-z])")
PAYS_LATE = re.compile(
    r"[晚迟拖][^,，。]{0,6}(?:付|给钱|打款|打钱|还|交钱|转)|(?:付|给|打|还)(?:款|钱)?[晚迟]|逾期|滞纳金|罚息"
    r"|(?<![a-z])(?:pay|paid|paying|payment)(?![a-z]).{0,20}(?<![a-z])late(?![a-z])"
    r"|(?<![a-z])late(?![a-z]).{0,12}(?<![a-z])(?:pay\w*)(?![a-z])"
)
FEE_A_DAY = re.compile(
    r"[一每][天日][^,，。]{0,4}(?:罚|扣|收|加|算|违约金|利息|滞纳|多少|几)|(?:罚|扣|违约金|利息|滞纳金?)[^,，。]{0,6}[一每][天日]"
    r"|(?:罚款?|滞纳金)(?:怎么算|多少|几)"
    r"|(?<![a-z])(?:fine|fee|charge|charged|penalty|interest|cost|costs)(?![a-z])"
    r".{0,24}(?:(?:a|per|each|every) day|daily)"
    r"|(?:(?:a|per|each|every) day|daily)(?![a-z]).{0,24}"
    r"(?<![a-z])(?:fine|fee|charge|charged|penalty|interest|cost|costs)"
)
GOODS = re.compile(r"送|到货|发货|赔|报|(?<![a-z])(?:deliver\w*|ship\w*|arriv\w*)(?![a-z])")
