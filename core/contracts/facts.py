"""The key facts of a contract: parties, dates, term, amounts, payment, law and forum."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.contracts.parties import Parties
from core.contracts.reckoning import NUMBER, dates, number, plain_decimal

_UNIT = "元|圆|块|美元|欧元|港元|港币|RMB|CNY|USD|EUR"
_MONEY = rf"(?:人民币|RMB|CNY|¥|￥|USD|US\$|\$|EUR|€)?\s*(?P<n>{NUMBER})\s*(?P<s>亿|万|千)?\s*(?P<u>{_UNIT})?"
_RANGE = re.compile(r"(?:自|从|由|from|commenc|期限|有效期)", re.IGNORECASE)
_TO = re.compile(
    r"^\s*(?:零时|0时|00:00)?\s*(?:起|开始|生效)?[，,（(]?\s*(?:[^。；\n]{0,12}?)(?:至|到|—|–|-|~|～|"
    r"until|to|through|止)\s*(?:and including)?\s*$",
    re.IGNORECASE,
)
_TERM = re.compile(
    rf"(?:期限|有效期|合同期|协议期|合作期|授权期|term)[^。；\n]{{0,24}}?(?P<n>{NUMBER})\s*(?:[（(][^）)]*[）)]\s*)"
    rf"?(?P<u>年|个月|months?|years?)",
    re.IGNORECASE,
)
_SPELT = re.compile(rf"(?P<n>{NUMBER})\s*(?:[（(][^）)]*[）)]\s*)?(?P<u>年|个月|months?|years?)", re.IGNORECASE)
_DEPOSIT = re.compile(rf"(?:保证金|押金|定金|deposit)[^。；\n]{{0,30}}?{_MONEY}", re.IGNORECASE)
_MINIMUM = re.compile(
    rf"(?:任务|目标|最低(?:采购|进货|购买|提货|销售)|采购额|进货额|提货额|销售额|承诺|保底|minimum)[^。；\n]{{0,36}}?"
    rf"{_MONEY}",
    re.IGNORECASE,
)
_PAYMENT = (
    re.compile(rf"(?:账期|月结|信用期)[^。；\n]{{0,12}}?(?P<n>{NUMBER})\s*(?:日|天)"),
    re.compile(
        rf"(?:收到|验收|交货|到货|开票|发票|入库|签收|对账)[^。；\n]{{0,30}}?(?P<n>{NUMBER})\s*个?(?:工作|"
        rf"自然)?(?:日|天)[^。；\n]{{0,16}}?(?:付|支付|结清|结算)"
    ),
    re.compile(
        r"(?:payment|pay|payable|paid|due)[^.\n]{0,60}?(?P<n>\d+)\s*(?:[(]\d+[)]\s*)?(?:calendar |business )?days",
        re.IGNORECASE,
    ),
)
_LATE_RATE = re.compile(rf"(?P<p>万分之|千分之|百分之)\s*(?P<n>{NUMBER})|(?P<n2>\d+(?:\.\d+)?)\s*(?P<u>%|％|‰)")
_LATE_CONTEXT = re.compile(r"(?:逾期|迟延|延迟|拖欠|超过账期|滞纳|late|overdue)[^。\n]{0,80}", re.IGNORECASE)
_NOTICE = re.compile(
    rf"提前(?:至少)?\s*(?P<n>{NUMBER})\s*(?P<u>个?(?:工作)?日|天|个月|月)[^。；\n]{{0,24}}?(?:通知)?[^。；\n]{{0,24}}?"
    rf"(?:解除|终止|退出|结束)"
)
_NOTICE_ENGLISH = re.compile(
    r"terminat[^.\n]{0,80}?(?P<n>\d+)\s*[)]?\s*(?P<u>days?|months?)[’']?\s*(?:prior |advance |"
    r"written )*notice",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?:适用|依照|按照|受)\s*(?P<x>[\u4e00-\u9fff]{2,14}?)(?:的)?(?:现行)?法律?(?:管辖|解释|[，。；、及并的])"
)
_LAW_ENGLISH = re.compile(
    r"govern\w*[^.\n]{0,60}?(?:laws?|provisions) of (?:the )?(?P<x>(?:State|Commonwealth|Province|Republic|"
    r"Kingdom|People’s Republic|People's Republic)? ?(?:of )?[A-Z][\w.’' ]{2,40}?)(?=[,.;)]|\s+(?:without|"
    r"and|excluding|as|applicable|in)\b)",
)
_FORUM = re.compile(
    r"(?:向|由|到|至|提交|在|去|交)\s*(?P<x>[^，。；\n向由交]{2,30}?(?:人民法院|法院|仲裁委员会|仲裁院|"
    r"仲裁中心|国际仲裁))"
)
_FORUM_ENGLISH = re.compile(
    r"(?P<x>(?:courts? (?:of|in|located in) [A-Z][\w, ]{2,40}|[A-Z][\w ]{3,50}(?:Arbitration (?:Centre|"
    r"Center|Commission|Court|Association)|Chamber of Commerce)))"
)
_CURRENCIES: Mapping[str, str] = {
    "人民币|RMB|CNY|¥|￥|元": "CNY",
    r"美元|USD|US\$|U\.S\. dollars|\$": "USD",
    "欧元|EUR|€": "EUR",
    "港币|港元|HKD": "HKD",
}
_SCALE: Mapping[str, int] = {"亿": 10**8, "万": 10**4, "千": 10**3}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text states; None or empty where it doesn't. ``end`` is the last day, the rate a day's."""

    parties: Mapping[str, str] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    term_months: int | None = None
    deposit: Decimal | None = None
    minimum_purchase: Decimal | None = None
    currency: str = ""
    payment_days: int | None = None
    late_rate_daily: str = ""
    notice_days: int | None = None
    governing_law: str = ""
    forum: str = ""

    def as_plain(self) -> dict[str, str]:
        """Only what is known, as text."""
        plain: dict[str, str] = {}
        for name, value in asdict(self).items():
            if name != "parties" and value not in {None, ""}:
                plain[name] = plain_decimal(value) if isinstance(value, Decimal) else str(value)
        return plain


def facts_of(text: str, parties: Parties) -> Facts:
    """Read from the text alone; what is written twice counts where it is written first."""
    start, end = _period(text)
    return Facts(
        parties=parties.names,
        start=start,
        end=end,
        term_months=_months(text, start, end),
        deposit=_amount(_DEPOSIT, text),
        minimum_purchase=_amount(_MINIMUM, text),
        currency=_currency(text),
        payment_days=_payment_days(text),
        late_rate_daily=_late_rate(text),
        notice_days=_notice_days(text),
        governing_law=_law(text),
        forum=_forum(text),
    )


def _period(text: str) -> tuple[date | None, date | None]:
    found = list(dates(text))
    for (begins, ends, first), (starts, _, last) in pairwise(found):
        if first < last and starts - ends <= 40 and _TO.match(text[ends:starts]):
            return first, last
        if (
            first < last
            and starts - ends <= 60
            and _RANGE.search(text[max(0, begins - 30) : begins])
            and re.search("至|到|止|until", text[ends:starts])
        ):
            return first, last
    for begins, ends, value in found:
        term = _SPELT.search(text, ends, ends + 30)
        if _RANGE.search(text[max(0, begins - 16) : begins]) and term and (months := _in_months(term)):
            return value, _months_later(value, months)
    return None, None


def _months(text: str, start: date | None, end: date | None) -> int | None:
    if start is not None and end is not None:
        after = end + timedelta(days=1)
        return (after.year - start.year) * 12 + after.month - start.month + (1 if after.day - start.day > 15 else 0)
    term = _TERM.search(text)
    return _in_months(term) if term else None


def _in_months(term: re.Match[str]) -> int | None:
    value = number(term["n"])
    if value is None or not 0 < value <= 120:
        return None
    return int(value * (12 if term["u"].lower().startswith(("年", "year")) else 1))


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last_days = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last_days)) - timedelta(days=1)


def _amount(pattern: re.Pattern[str], text: str) -> Decimal | None:
    for found in pattern.finditer(text):
        value = number(found["n"])
        if value is None or not (found["u"] or found["s"]):
            continue
        return value * _SCALE.get(found["s"] or "", 1)
    return None


def _currency(text: str) -> str:
    counts = {code: len(re.findall(words, text)) for words, code in _CURRENCIES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else ""


def _payment_days(text: str) -> int | None:
    found = next((match for pattern in _PAYMENT if (match := pattern.search(text))), None)
    value = number(found["n"]) if found else None
    return int(value) if value is not None and value < 1_000 else None


def _late_rate(text: str) -> str:
    for context in _LATE_CONTEXT.finditer(text):
        rate = _LATE_RATE.search(context.group())
        if rate is None or not re.search("日|天|daily|per day", context.group()):
            continue
        value = number(rate["n"] or rate["n2"])
        if value is None:
            continue
        share = {"万分之": Decimal("0.01"), "千分之": Decimal("0.1"), "‰": Decimal("0.1")}.get(
            rate["p"] or rate["u"], 1
        )
        return f"{plain_decimal(value * share)}%"
    return ""


def _notice_days(text: str) -> int | None:
    found = _NOTICE.search(text) or _NOTICE_ENGLISH.search(text)
    value = number(found["n"]) if found else None
    if found is None or value is None:
        return None
    return int(value) * (30 if "月" in found["u"] or "month" in found["u"].lower() else 1)


def _law(text: str) -> str:
    found = _LAW.search(text)
    if found and not re.search("有关|相关|国家|上述|本合同|其他|现行", found["x"]):
        return found["x"].replace("中华人民共和国", "中国")
    english = _LAW_ENGLISH.search(text)
    return " ".join(english["x"].split()) if english else ""


def _forum(text: str) -> str:
    tail = [match for match in _FORUM.finditer(text) if not re.search("生效|判决|裁定|调解书", match["x"])]
    found = tail[-1] if tail else _FORUM_ENGLISH.search(text)
    return found["x"].strip() if found else ""
