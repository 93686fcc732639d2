"""What the words of someone who looks after dealers say for an intent: of one dealer, or of all of them."""

import re

from agents.offline.arguments.slots import THEIRS
from agents.offline.evidence.cues import (
    A_LIST,
    ANYONE,
    CREDIT,
    FORESEES,
    LATE,
    ORDERED_AGAIN,
    ORDERS_IN_A_STATE,
    OUTCOME,
    OVERDUE,
    SILENT,
    SOLD,
    STUCK,
    WHO,
    WORTH_IT,
)
from agents.offline.evidence.money import CANT_ORDER, FEES, UNPAID_ONE
from agents.offline.reading.understanding import Reading
from core.actor import Role

SELLS = frozenset({Role.REP, Role.MANAGER, Role.FINANCE})


def of_dealers(reading: Reading, role: Role) -> dict[str, float]:
    """By intent, what speaks for it; nothing where a dealer speaks."""
    if role not in SELLS or FORESEES.search(reading.text):
        return {}
    if WORTH_IT.search(reading.text) and reading.of_kind("product"):
        return {"suggest_price": 0.6}
    if len(reading.of_kind("dealer")) == 1 and reading.period is not None and WHICH_PLACED.search(reading.text):
        return {"list_orders": 1.1, "sales_summary": -0.4}
    if USUALLY.search(reading.text) and (THEIRS.search(reading.text) or reading.of_kind("dealer")):
        return {"sales_summary": 0.9, "quote": -0.3}
    if (THEIRS.search(reading.text) or reading.of_kind("dealer")) and ORDERED_AGAIN.search(reading.text):
        return {"order_status": 0.9}
    if len(reading.of_kind("dealer")) == 1 and UNPAID_ONE.search(reading.text) and not WHO.search(reading.text):
        return {"order_status": 0.9}
    if FEES.search(reading.text) and not reading.of_kind("dealer"):
        return {"search_knowledge": 0.9}
    ways = (_of_an_account, _of_invoices, _of_credit_used, _of_what_came_in, _of_rebates_of_several, _of_one_or_all)
    return next((found for way in ways if (found := way(reading))), {})


def _of_an_account(reading: Reading) -> dict[str, float]:
    """ "Show me the account of the worst one": that account, and no ranking."""
    said = ACCOUNT_OF.search(reading.text) and not WHO.search(reading.text)
    return {"show_account": 1.1, "sales_summary": -0.6} if said else {}


def _of_what_came_in(reading: Reading) -> dict[str, float]:
    """「D012 11月打了多少款」: collections, and not what is owed."""
    said = PAID_US.search(reading.text)
    return {"sales_summary": 1.0, "list_orders": -0.4, "show_account": -0.3} if said else {}


def _of_invoices(reading: Reading) -> dict[str, float]:
    """「D030 10月开了多少票」「本月开票金额」: what was invoiced, and neither the account nor one order."""
    said = INVOICED.search(reading.text) and not reading.orders
    return {"sales_summary": 1.2, "show_account": -0.4, "list_orders": -0.4, "search_knowledge": -0.5} if said else {}


def _of_credit_used(reading: Reading) -> dict[str, float]:
    """「谁的授信快用完了」: of all dealers, ranked."""
    said = WHO.search(reading.text) and CREDIT_USED.search(reading.text) and not reading.of_kind("dealer")
    return {"sales_summary": 1.2, "show_account": -0.5, "search_knowledge": -0.5} if said else {}


CREDIT_USED = re.compile(
    r"(?:授信|额度)(?:快|要|都|已经)*(?:用[得完光满了的掉]|没了|不够|到顶|爆)|(?:授信|额度)(?:使用率|占用)"
    r"|(?<![a-z])(?:near|close(?:st)? to|out of|most of|up against|at) (?:their |the )?credit(?: limits?| lines?)?"
    r"(?![a-z])"
    r"|(?<![a-z])credit (?:used|usage|utili[sz]ation)(?![a-z])"
    r"|(?<![a-z])us(?:ed|ing)(?: up)? (?:the )?most credit(?![a-z])"
)
INVOICED = re.compile(
    r"开了?(?:多少|几多|几张?)(?:钱)?的?(?:发?票)|开票(?:金额|额|总额|多少|了多少|有多少|合计)|发票(?:金额|额|总额)(?:是|有)?(?:多少|合计|$)"
    r"|(?<![a-z])(?:how much|what) .{0,16}(?:invoiced?|billed)(?![a-z])|(?<![a-z])(?:amount|total) invoiced(?![a-z])"
    r"|(?<![a-z])invoiced (?:amount|total|this|last|in)(?![a-z])"
)


def _of_rebates_of_several(reading: Reading) -> dict[str, float]:
    """「D030和D031谁的返利高」: the rebate of each, which no report tells."""
    several = len({one.code for one in reading.of_kind("dealer")}) > 1
    return {"explain_rebate": 1.0, "sales_summary": -0.4} if several and REBATES.search(reading.text) else {}


ACCOUNT_OF = re.compile(  # "show me the account of the worst one", 「看下最多那家的账户」
    r"(?:[那这第头]一?[一二三四]?|最(?:多|严重|久)的?那?)[家户位个]的?(?:账户|帐户|往来账)(?!期)"
    r"|(?<![a-z])account (?:of|for) the (?:worst|first|second|third|last|top|biggest) one(?![a-z])"
)
RUNS_OUT = re.compile(
    r"库存.{0,6}(?:快没|不够|不足|见底|告急|紧张|快空|没了)|快(?:断|没|缺)货|要断货"
    r"|(?<![a-z])(?:run(?:s|ning)? (?:out|low|short|dry)|stock ?outs?|dr(?:y|ies) up"
    r"|(?:go(?:es)?|be) (?:dry|empty))(?![a-z])"
)
WHAT_FIRST = re.compile(r"哪[些个样几]|什么|啥|(?<![a-z])(?:what|which)(?![a-z])")  # "what runs dry first"


def _of_one_or_all(reading: Reading) -> dict[str, float]:
    several = WHO.search(reading.text) or ANY_OTHER.search(reading.text)
    if several and LATE.search(reading.text) and not reading.of_kind("dealer"):
        return {"sales_summary": 0.8, "show_account": -0.5}
    of_one = reading.of_kind("dealer") or reading.stranger or THEIRS.search(reading.text)
    if of_one and CANT_ORDER.search(reading.text) and not reading.orders:
        return {"show_account": 1.0, "order_status": -0.3}
    if CREDIT.search(reading.text) and of_one and not OUTCOME.search(reading.text):
        return {"show_account": 0.75}
    if RUNS_OUT.search(reading.text) and (WHO.search(reading.text) or WHAT_FIRST.search(reading.text)):
        return {"list_stock_risks": 1.0}
    if STUCK.search(reading.text) and of_one:
        return {"list_stock_risks": 0.8}
    if ORDERS_IN_A_STATE.search(reading.text):
        return {"list_orders": 0.9}
    anyone = WHO.search(reading.text) or ANYONE.search(reading.text)
    if anyone and SILENT.search(reading.text) and not reading.of_kind("dealer"):
        return {"sales_summary": 1.0}
    return _of_ranks(reading)


def _of_ranks(reading: Reading) -> dict[str, float]:
    several = WHO.search(reading.text) or A_LIST.search(reading.text)
    if several and OVERDUE.search(reading.text) and not reading.of_kind("dealer"):
        return {"sales_summary": 0.6}
    if SOLD.search(reading.text):
        return {"sales_summary": 0.9 if reading.of_kind("product") else 0.5}
    if reading.of_kind("region"):
        return {"sales_summary": 0.4}
    return {} if reading.of_kind("dealer") or reading.stranger is not None else {"sales_summary": 0.25}


PAID_US = re.compile(
    r"(?:打|付|汇|还|回|转|交)[了过](?:多少|几)(?:款|钱|万|货款|回来)?(?!天|次|单)|回款(?:多少|几)|(?:打|付|汇)款(?:多少|几)"
    r"|(?:打|付|汇|回)[款钱]?(?:了|过)?[款钱]?(?:没有?|吗|么)(?:$|[ ,，。?？])"
    r"|(?<![a-z])(?:did|has|have)(?![a-z]).{2,40}(?<![a-z])(?:pay|paid|sent?)(?: us| in)? (?:any(?:thing)?"
    r"|something|us|up)(?![a-z])"
    r"|(?<![a-z])(?:how much|what)(?: money)? (?:did|has|have) .{2,40} (?:paid|pay)(?: us| in)?(?![a-z])"
)
REBATES = re.compile(r"返利|返点|回馈|几个点|(?<![a-z])(?:rebates?|tiers?)(?![a-z])")
USUALLY = re.compile(  # 「绿茶他一般拿多少」
    r"(?:一般|平时|平常|通常|每[个]?月|每次)[^,，。]{0,6}(?:拿|进|要|订|下|卖|走)[^,，。]{0,3}(?:多少|几)"
    r"|(?<![a-z])(?:usually|normally|typically|generally)(?![a-z]).{0,12}(?:take|buy|order)s?(?![a-z])"
    r"|(?<![a-z])(?:take|buy|order)s?(?![a-z]).{0,24}(?:usually|normally|a month|per month|each month)(?![a-z])"
)
ANY_OTHER = re.compile(  # 「我这边还有别人逾期不」
    r"(?:还有|有没有|有)(?:没有?)?(?:别人|别家|别的|其他|其它)|(?:别|其他|其它)(?:的)?(?:家|客户|经销商)"
    r"|(?<![a-z])(?:any others?|others)(?![a-z])"
)
WHICH_PLACED = re.compile(  # 「D034十月下了些什么单」, 「11月拿了几单」
    r"[下落报開开订訂拿进進走](?:了|过|過)?(?:些|的)?(?:什么|啥|哪些|哪几[张個个]|几[张個个笔]?|多少[张個个]?)的?(?:订|訂)?[单單]"
    r"|几[张張笔](?:订|訂)?[单單]|(?:订|訂)?[单單](?:数|有几|几[张張])"
    r"|(?:有|都有)(?:什么|啥|哪些|哪几[张個个]|几[张個个])(?:订|訂)?[单單]"
    r"|(?<![a-z])(?:what|which|how many) orders?(?![a-z])"
)
