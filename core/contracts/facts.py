"""The key facts of a contract: parties, dates, term, amounts, payment, law and forum."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from core.contracts.duration import duration
from core.contracts.parties import Parties
from core.contracts.reckoning import DIGITS, NUMBER, number, plain_decimal

_UNIT = "元|圆|块|美元|欧元|港元|港币|RMB|CNY|USD|EUR"
_MONEY = rf"(?:人民币|RMB|CNY|¥|￥|USD|US\$|\$|EUR|€)?\s*(?P<n>{NUMBER})\s*(?P<s>亿|万|千)?\s*(?P<u>{_UNIT})?"
_APIECE = re.compile("每[只个箱瓶桶套件台月季年][^，。；]{0,6}$")
_DEPOSITED = (
    "(?:保证金|押金|定[金银]|诚意金|履约金|信誉金|押款|押箱款|履约款|备用金|周转金|风险金|信用金(?!额)|担保款|deposit)"
)
_LAID = "(?:(?<!提)交(?!货)|缴|押|存(?!货)|交付|缴纳|缴付|支付|存放)"
_NO_PRICE = "[^。；，\n货价值]{0,10}?"
_DEPOSIT = (
    re.compile(rf"{_DEPOSITED}[^。；\n]{{0,30}}?{_MONEY}", re.IGNORECASE),
    re.compile(
        rf"{_LAID}{_NO_PRICE}{_MONEY}(?:[^。；，\n（(时扣]{{0,12}}?{_DEPOSITED}|[^。；，\n（(]{{0,4}}?(?:[押存]在|押着))"
    ),
    re.compile(rf"{_DEPOSITED}\s*\n[^。；\n]{{0,16}}?{_LAID}{_NO_PRICE}{_MONEY}"),
    re.compile(
        rf"(?:(?<!提)交(?!货)|存(?!货)|缴)[^。；，\n货价值]{{0,6}}?{_MONEY}，[^。；\n]{{0,4}}?(?:用于(?:担保|保障)|只管欠款|怕的是欠款|专户存|单独记账)"
    ),
)
_BOUGHT = "(?:采购|进货|提货|订货|销售|购买|拿货|回款|购进)"
_MINIMUM = re.compile(
    rf"(?:任务|目标|最低{_BOUGHT}|{_BOUGHT}(?:净|总)?(?:额|金额|量)|采购净额|承诺|保底|不(?:低|少)于|minimum)"
    rf"[^。；\n]{{0,36}}?{_MONEY}",
    re.IGNORECASE,
)
_OF_PURCHASES = re.compile(rf"{_BOUGHT}|任务|目标|保底|minimum|purchase", re.IGNORECASE)
_DAYS = rf"(?P<n>{NUMBER})\s*(?:[（(]\d+[）)])?\s*个?(?:工作|自然|日历)?(?:日|天)"
_PAID = "(?:付款|付清|付讫|支付|结清|结付|结账|汇付|汇入|电汇|清偿|给付|结算|付|打款|转账|汇款(?!退)|打[到完给]|给清)"
_PAYMENT = (
    re.compile(rf"(?:账期|月结|信用期|付款期|付款期限|赊销期)[^。；\n]{{0,26}}?{_DAYS}(?!内提)"),
    re.compile(
        rf"(?:收到|验收|交[货付]|到货|货到|卸完|签了字|开票|开具|发票|入库|签收|对账|提单|收货|提货|送达|次月|月末|月底|票到|发货|出库|装车|结算日)"
        rf"[^。；\n]{{0,34}}?{_DAYS}(?:之)?(?:内|前)?[^。；\n]{{0,16}}?{_PAID}"
    ),
    re.compile(rf"{_PAID}[^。；\n]{{0,12}}?(?:最迟|最长|至迟|最晚)[^。；\n]{{0,6}}?{_DAYS}"),
    re.compile(
        r"(?:payment|pay|payable|paid|due)[^.\n]{0,60}?(?P<n>\d+)\s*(?:[(]\d+[)]\s*)?(?:calendar |business )?days",
        re.IGNORECASE,
    ),
)
_NOT_PAYMENT = re.compile("返利|返点|奖励|保证金|押金|违约|赔|退还|退款|佣金|诚意金|异议|核销|报销")
_RATE = rf"(?:{NUMBER}(?:点[{DIGITS}]+)?)"
_LATE_RATE = re.compile(rf"(?P<p>万分之|千分之|百分之)\s*(?P<n>{_RATE})|(?P<n2>\d+(?:\.\d+)?)\s*(?P<u>%|％|‰)")
_OF_TEN_THOUSAND = re.compile(rf"每万元每?一?(?:日|天)[^，。；\n]{{0,6}}?(?P<n>{NUMBER})\s*元")
_LATE_CONTEXT = re.compile(
    r"(?:逾期|迟延|延迟|拖欠|超过账期|滞纳|迟付|迟交|延宕|每逾|逾一日|晚付|晚一天|未付的|欠付|不按时付|欠款|晚了|晚交|迟一[日天]|占用费|超过[^，。；\n]{1,6}[日天]，?每|late|overdue)[^。\n]{0,80}",
    re.IGNORECASE,
)
_SPOKEN_ENDING = "不(?:做|干|往下)|不想[^。；]{0,6}(?:做|干|谈)|停(?=[，。；\n]|提前|$)|散伙|散(?=[，。；\n]|$)"
_ENDING = rf"(?:解除|终[止了]|退出|结束|解约|停止(?:合作|披露|交换|洽谈)|告[退止]|止约|{_SPOKEN_ENDING})"
_NOTICE = (
    re.compile(
        rf"提前(?:至少)?\s*(?P<n>{NUMBER})\s*(?P<u>个?(?:工作)?日|天|个月|月)(?:(?!提前)[^。；\n]){{0,50}}?{_ENDING}"
    ),
    re.compile(rf"(?P<n>{NUMBER})\s*(?P<u>日|天|个月|月)(?:之)?前[^。；\n]{{0,20}}?{_ENDING}"),
    re.compile(rf"{_ENDING}[^。；\n]{{0,20}}?提前(?:至少)?\s*(?P<n>{NUMBER})\s*(?P<u>个?(?:工作)?日|天|个月|月)"),
)
_EITHER = re.compile("任何一方|任一方|双方|各方|一方|谁|两家|哪家")
_OF_ANOTHER = re.compile("不接受|不认|不同意|不服|调价|改价|价格|换款|换样")
_NOTICE_ENGLISH = re.compile(
    r"terminat[^.\n]{0,80}?(?P<n>\d+)\s*[)]?\s*(?P<u>days?|months?)[’']?\s*(?:prior |advance |"
    r"written )*notice",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?:适用|依照|按照|受|依|按)\s*(?P<x>[\u4e00-\u9fff]{2,14}?)(?:的)?(?:现行)?法律?(?:管辖|解释|[，。；、及并的（(])"
)
_LAW_ENGLISH = re.compile(
    r"govern\w*[^.\n]{0,60}?(?:laws?|provisions) of (?:the )?(?P<x>(?:State|Commonwealth|Province|Republic|"
    r"Kingdom|People’s Republic|People's Republic)? ?(?:of )?[A-Z][\w.’' ]{2,40}?)(?=[,.;)]|\s+(?:without|"
    r"and|excluding|as|applicable|in)\b)",
)
_PLACE = re.compile(
    "国|州|港|澳门|台湾|大陆|新加坡|英格兰|苏格兰|瑞士|瑞典|日本|西班牙|意大利|荷兰|比利时|俄罗斯|群岛|所在地|境内"
)
_DECIDES = re.compile("[^。；，]{0,8}(?:管辖|仲裁|裁决|起诉|诉讼|解决|裁判|审理|诉)")
_FORUM = re.compile(
    r"(?:向|由|到|至|提交|提请|在|去|交|即|上(?![诉述级海])|找(?!到)|请(?!求)|送(?![达货])|归(?![档属还]))\s*(?P<x>[^，。；\n向由交即]{2,30}?(?:人民法院|法院|仲裁委员会|仲裁委|仲裁院|"
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
    start, end, months = duration(text)
    return Facts(
        parties=parties.names,
        start=start,
        end=end,
        term_months=months,
        deposit=next((sum_ for each in _DEPOSIT if (sum_ := _amount(each, text)) is not None), None),
        minimum_purchase=_amount(_MINIMUM, text, _OF_PURCHASES),
        currency=_currency(text),
        payment_days=_payment_days(text),
        late_rate_daily=_late_rate(text),
        notice_days=_notice_days(text),
        governing_law=_law(text),
        forum=_forum(text),
    )


def _amount(pattern: re.Pattern[str], text: str, of: re.Pattern[str] | None = None) -> Decimal | None:
    for found in pattern.finditer(text):
        value = number(found["n"])
        if value is None or not (found["u"] or found["s"]) or _APIECE.search(text[: found.start("n")][-12:]):
            continue
        if of is None or of.search(_before(text, found.start()) + found.group()):
            return value * _SCALE.get(found["s"] or "", 1)
    return None


def _before(text: str, at: int) -> str:
    """The sentence up to a place."""
    return re.split("[。；\n]", text[max(0, at - 60) : at])[-1]


def _currency(text: str) -> str:
    counts = {code: len(re.findall(words, text)) for words, code in _CURRENCIES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else ""


def _payment_days(text: str) -> int | None:
    for pattern in _PAYMENT:
        for found in pattern.finditer(text):
            value = number(found["n"])
            about = _before(text, found.start())[-24:] + found.group()
            if value is not None and value < 1_000 and not _NOT_PAYMENT.search(about):
                return int(value)
    return None


def _late_rate(text: str) -> str:
    for context in _LATE_CONTEXT.finditer(text):
        rate = _LATE_RATE.search(context.group())
        a_day = _OF_TEN_THOUSAND.search(context.group())
        if a_day and (yuan := number(a_day["n"])) is not None:
            return f"{plain_decimal(yuan / 100)}%"
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
    """What holds for both sides, else what is written first."""
    found = [match for pattern in _NOTICE for match in pattern.finditer(text)] or list(_NOTICE_ENGLISH.finditer(text))
    found = [match for match in found if not _OF_ANOTHER.search(match.group())]
    mutual = [match for match in found if _EITHER.search(_before(text, match.start()) + match.group())]
    for match in (*mutual, *found):
        value = number(match["n"])
        if value is not None:
            return int(value) * (30 if "月" in match["u"] or "month" in match["u"].lower() else 1)
    return None


def _law(text: str) -> str:
    for found in _LAW.finditer(text):
        if _PLACE.search(found["x"]) and not re.search("有关|相关|国家|上述|本合同|其他|现行|^的", found["x"]):
            return found["x"].replace("中华人民共和国", "中国")
    english = _LAW_ENGLISH.search(text)
    return " ".join(english["x"].split()) if english else ""


def _forum(text: str) -> str:
    found = [match for match in _FORUM.finditer(text) if not re.search("生效|判决|裁定|调解书|失信|宣告", match["x"])]
    deciding = [match for match in found if _DECIDES.match(text[match.end() : match.end() + 14])]
    best = deciding[0] if deciding else found[-1] if found else _FORUM_ENGLISH.search(text)
    plain = re.sub("之(?=人民法院)|(?:的)?有管辖权的?", "", best["x"]).strip() if best else ""
    return f"{plain}员会" if plain.endswith("仲裁委") else plain
