"""「申请form是哪张？approve要几天」: a form and how long it takes are two rules, looked up one by one."""

import re

from agents.offline.arguments.completing import CONDITIONS
from agents.offline.evidence.cues import PRICE
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from core.language.normalise import fold


def form_and_days(reading: Reading, mind: Mind) -> Plan | None:
    """Both of them, of the matter that the words name or that the last question was about."""
    if "search_knowledge" not in mind.schemas or reading.orders or reading.of_kind("product"):
        return None
    text = reading.text
    if not FORM.search(text) or not DAYS.search(text) or PRICE.search(text):
        return None
    last = mind.state.last
    behind = last is not None and last.name == "search_knowledge"
    before = str(last.args.get("question", "")) if last is not None and behind else ""
    matter = CONDITIONS.sub("", before).strip("？?。 ")
    credit = any(CREDIT_LINE.search(words) and not TEMPORARY.search(words) for words in (text, fold(before)))
    if credit:
        form, days = mind.words("about.credit.form"), mind.words("about.credit.days", said=reading.asked)
    elif matter:
        form, days = mind.words("about.which.form", matter=matter), f"{matter} {reading.asked}"
    else:
        return None
    return Plan((Do("search_knowledge", {"question": form}), Do("search_knowledge", {"question": days})))


FORM = re.compile(
    r"(?:哪|什么|啥)(?:一)?[张份个種种]?(?:申请|申請)?(?:表|单子|單子|form)|(?:表格?|form)[^,，。?？]{0,3}(?:哪|什么|啥)"
    r"|(?<![a-z])(?:which|what) (?:\w+ )?form(?![a-z])|(?<![a-z])form (?:is it|do (?:we|i))(?![a-z])"
)
DAYS = re.compile(
    r"(?:审|審|批|办|答复|approv\w*|下来)[^,，。?？]{0,8}(?:几[天日个]|多少天|多久|多长)"
    r"|(?:几[天日]|几个工作日|多少天|多久|多长时间)[^,，。?？]{0,6}(?:批|审|審|办|下来|approv|有结果|答复)"
    r"|(?<![a-z])how (?:long|many (?:working |business )?days)(?![a-z])"
)
CREDIT_LINE = re.compile(
    r"授信|赊|月结|账期|先货后款|(?<![a-z])(?:credit(?! note)|monthly terms|month[- ]end terms|on account)(?![a-z])",
    re.IGNORECASE,
)
TEMPORARY = re.compile(r"临时|(?<![a-z])temporary(?![a-z])", re.IGNORECASE)
