"""「额度还够再拿5万不」 behind one dealer's order or figures: that dealer's account, which nobody named again."""

import re

from agents.offline.evidence.cues import OUTCOME, WHO
from agents.offline.following.about import AT_MOST
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.requests import SEES_MANY

ROOM = re.compile(
    r"(?:额度|授信|信用)[^,，。]{0,6}(?:够|还[能有剩可]|多少|多大|几多|用了)|还?够不够[^,，。]{0,4}(?:拿|订|下|进|用)?"
    r"|还[能可]以?(?:再)?(?:拿|订|下|进)(?:多少|几|得了)"
    r"|(?<![a-z])(?:credit|limit|line|room|headroom)(?![a-z]).{0,24}(?:enough|left|cover|allow|for another"
    r"|remaining)(?![a-z])"
    r"|(?<![a-z])(?:enough|any|how much|what) (?:credit|room|headroom|line)(?![a-z])"
)
MINE = re.compile(
    r"(?<![a-z])(?:what(?:'?s| is)|how(?:'?s| is|'?s about)|and|so|then)(?: (?:my|our|the|available))+ "
    r"(?:headroom|credit|room|line|limit)(?: (?:left|remaining))?"
    r"(?= *(?:$|[?,.!;]|(?:today|now|then|at|as of|look|like)(?![a-z])))"
    r"|(?<![a-z])(?:my|our) (?:headroom|available credit)(?![a-z])"
)
TODAY_OR_NOW = re.compile(r"今天|现在|目前|当下|眼下|(?<![a-z])(?:today|now|right now|currently|as of)(?![a-z])")
OF_ONE = frozenset({"order_status", "explain_rebate", "show_account", "sales_summary", "list_orders", "quote"})


def own_room(reading: Reading, mind: Mind) -> Plan | None:
    """ "So whats my headroom today" behind an order: one's own account, of whichever day it is."""
    if mind.briefing.actor.dealer_id is None or "show_account" not in mind.schemas or mind.state.draft is not None:
        return None
    named = reading.mentions or reading.quantities or reading.stranger
    timed = reading.period is not None and not TODAY_OR_NOW.search(reading.text)
    if named or timed or not MINE.search(reading.text) or OUTCOME.search(reading.text):
        return None
    return Plan((Do("show_account", {}),))


def due_then(reading: Reading, mind: Mind) -> Plan | None:
    """ "And I pay you how much on the 30th?": one's own account, which says what is due when.

    Behind a rule it must ask how much, and be of no fee or example.
    """
    last = mind.state.last
    if (
        last is None
        or last.name not in TELL_OF_PAYING
        or mind.briefing.actor.dealer_id is None
        or "show_account" not in mind.schemas
    ):
        return None
    if mind.state.draft is not None or not (reading.wanted or reading.period):
        return None
    named = reading.mentions or reading.quantities or reading.orders or reading.stranger
    if last.name != "show_account" and (not HOW_MUCH.search(reading.text) or OF_A_RULE.search(reading.text)):
        return None
    if named or not OWED.search(reading.text) or OUTCOME.search(reading.text):
        return None
    return Plan((Do("show_account", {}),))


def line_until(reading: Reading, mind: Mind) -> Plan | None:
    """ "With the temp bit, right? When does that run out": the account again, which says until when."""
    last = mind.state.last
    if last is None or last.name != "show_account" or last.name not in mind.schemas or mind.state.draft is not None:
        return None
    named = reading.mentions or reading.quantities or reading.orders or reading.stranger
    if named or not TEMPORARY.search(reading.text) or not RUNS_UNTIL.search(reading.text):
        return None
    if GOES_ON.search(reading.text):
        return None  # 「临时额度到期会自动续期吗」 asks for the rule
    return Plan((Do(last.name, last.args),))


GOES_ON = re.compile(r"续|延期|展期|自动|(?<![a-z])(?:renew\w*|extend\w*|automatic\w*|roll(?:s|ed)? over)(?![a-z])")
TEMPORARY = re.compile(r"临时|临额|(?<![a-z])(?:temp(?:orary)?|extra)(?![a-z])")
RUNS_UNTIL = re.compile(
    r"到(?:几号|哪天|什么时候|啥时候|几时|期)|(?:几号|哪天|什么时候|啥时候|几时)(?:到期|失效|收回|没|过期|结束|为止)|有效期|还有几天"
    r"|(?<![a-z])(?:run|runs) out|(?<![a-z])(?:expir\w*|lapse[sd]?|(?:un)?till? when|how long|end(?:s|ing)?"
    r"|valid)(?![a-z])"
)
TELL_OF_PAYING = frozenset({"show_account", "search_knowledge"})
HOW_MUCH = re.compile(r"多少(?!天|日)|几多(?!日)|几块|(?<![a-z])(?:how much|what)(?![a-z])")
OF_A_RULE = re.compile(
    r"罚|滞纳|违约|利息|返|预付|定金|发票|月结|账期|活动|单|订|货(?!款)"
    r"|(?<![a-z])(?:fees?|fine|interest|rebates?|invoice|terms|orders?|rule|policy|deposit|percent)(?![a-z])"
)
OWED = re.compile(
    r"(?:付|打|汇|转|还|给|俾|交)(?:你们|过来|款|钱)?(?:多少|几多)|(?:到期|应付)[^,，。]{0,4}(?:多少|几)"
    r"|(?<![a-z])(?:pay|owe|transfer|wire|send)(?: to)? (?:you|u)(?: guys)? (?:how much|what)(?![a-z])"
    r"|(?<![a-z])(?:how much|what)(?:'?s)?(?: is| do| must| will| am| are)?(?: (?:we|i))?(?: (?:have|need) to|'ll)?"
    r" (?:due|owed?|pay|paying|transfer|wire)(?![a-z])"
)


def room_left(reading: Reading, mind: Mind) -> Plan | None:
    """The account of the dealer who was spoken of, for those who look after several."""
    last = mind.state.last
    if mind.briefing.actor.role not in SEES_MANY or last is None or last.name not in OF_ONE:
        return None
    dealer = last.args.get("dealer") or (mind.state.only("dealer") if last.name != "sales_summary" else None)
    named = reading.mentions or reading.orders or reading.period or reading.stranger
    if not dealer or named or not ROOM.search(reading.text) or "show_account" not in mind.schemas:
        return None
    if WHO.search(reading.text) or OUTCOME.search(reading.text) or AT_MOST.search(reading.text):
        return None
    return Plan((Do("show_account", {"dealer": dealer}),))
