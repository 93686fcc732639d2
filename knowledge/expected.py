"""What kind of answer a question wants, told by its form: an amount, a time, a number to call, a form to fill in."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from core.language.normalise import fold


class Kind(StrEnum):
    """A sort of answer that a sentence can be seen to hold."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    MOMENT = "moment"
    COUNT = "count"
    DEGREES = "degrees"
    PHONE = "phone"
    EMAIL = "email"
    FORM = "form"
    WHO = "who"
    FORMULA = "formula"
    STEPS = "steps"
    LEAVE = "leave"


_REMEMBERED = 4_096
_NUMBER = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万半两]+)"
_ENGLISH = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice)"
_ASKED: Mapping[Kind, str] = {
    Kind.MONEY: r"多少钱|(?:收|罚|赔|押|补|交|加|扣|花|付|返|便宜|抵)到?多少|几块|几元|金额|收费"
    r"|[要加收扣补罚赔给]钱|费用"
    r"|\bhow much\b|\bcosts?\b|\bfee\b|\bfines?\b|\bdeposit\b|\bcharge[ds]?\b|\bpenalty\b|\bamount\b|\bsave\b",
    Kind.PERCENT: r"(?:滞纳金|罚息|利息|违约金)[^,，。]{0,6}(?:怎么|咋|如何)|[怎咋]么?(?:收|计收|罚)的?$"
    r"|几个点|几成|几折|百分之几|比例|系数|折扣|利率|税率|[补返抵换加罚]多少|便宜多少"
    r"|\brates?\b|\bpercent|\brebate\b.*\b(?:on|get|pay)|\bdiscount\b|\bwhat (?:do i|rebate)|\bhow much\b",
    Kind.DURATION: r"多久|几天|第几(?:天|个)|多少天|多长时间|几个?(?:工作日|小时|月|年)|期限|有效期"
    r"|\bhow (?:long|soon|fast|quickly|late|many (?:days|hours|weeks|months))\b|\bnotice\b|\bby when\b|\blast\b",
    Kind.MOMENT: r"什么时候|几点|几号|何时|哪天|哪一天|几月|星期几|周几|啥时候|哪个季度|最晚|截止"
    r"|\bwhen\b|\bwhat (?:time|day|date)\b|\bhow late\b|\bcut-?off\b|\b(?:until|till|by) (?:when|what)\b|\blatest\b",
    Kind.COUNT: r"几(?:箱|瓶|层|位|名|个(?!点|工作日|小时|月|年)|次|张|人|家|店|台|门)"
    r"|多少(?:箱|瓶|层|位|名|个|次|张|人|家|件|分)"
    r"|多大|最少|至少|最多|起订|\bhow many\b|\bhow (?:big|large|often|high)\b|\bsmallest\b|\bminimum\b|\bat least\b"
    r"|\bwhat counts as\b",
    Kind.DEGREES: r"多少度|几度|温度|\btemperature\b|\bhow (?:cold|warm|hot)\b",
    Kind.PHONE: r"电话|热线|打哪|号码是|找谁"
    r"|\bphone\b|\bnumber (?:do|to|for)\b|\bwho (?:do|can|should|repairs)\b|\bcall\b|\bring\b",
    Kind.EMAIL: r"邮箱|邮件|\be-?mail\b|\bby mail\b|\bmail address\b",
    Kind.FORM: r"(?:什么|哪张|哪个|哪份|填).{0,3}(?:表|单|申请)|怎么(?:申请|申诉|办|换|补|报)|如何申请"
    r"|\b(?:which|what) form\b|\bhow (?:do|can) (?:i|we) (?:apply|claim|ask|request)\b|\bcan i (?:swap|claim)\b"
    r"|\bget something\b",
    Kind.WHO: r"谁|哪个部门|找哪|\bwho\b|\bwhich department\b",
    Kind.FORMULA: r"[怎咋]么?(?:个|样)?(?:计?算|得出来)(?!数)|如何计?算|计算(?:方法|公式|方式)|公式"
    r"|\bhow (?:is|are|do you) .{0,40}(?:calculated?|worked? (?:it )?out|computed?)\b|\bformula\b",
    Kind.STEPS: r"[怎咋]么?(?:处理|弄|报|走|整|搞)|[怎咋]么?办|什么(?:流程|步骤)|如何处理"
    r"|\bwhat (?:do|should|must|can) (?:i|we) do\b|\bwhat now\b"
    r"|\bhow (?:do|should|can) (?:i|we) (?:report|handle|claim)\b",
    Kind.LEAVE: r"能不能|可以.{0,8}[吗么不]|能.{0,12}[吗么不]|行不行|允许|算不算|会不会|给不给|[吗么不]$"
    r"|^(?:can|may|do|does|is|are|am|must)\b|\ballowed\b",
}
_HELD: Mapping[Kind, str] = {
    Kind.MONEY: rf"{_NUMBER} ?(?:万)?(?:元|块)|[¥￥] ?\d|万分之|千分之|\d ?%|不收|免费|free\b|no charge",
    Kind.PERCENT: rf"\d ?%|\d 折|{_NUMBER}成|万分之|千分之|[×*] ?\d|系数|\b\d\.\d{{2,4}}\b",
    Kind.DURATION: rf"{_NUMBER} ?个?(?:工作日|小时|分钟|天|日(?![期均])|周|月|年)"
    rf"|\b{_ENGLISH} (?:working |calendar )?(?:days?|hours?|weeks?|months?|years?|times)\b",
    Kind.MOMENT: rf"\d{{1,2}}:\d{{2}}|即时|立即|随即|{_NUMBER} ?(?:月|日(?!均)|号)|每周|每月|季度|当日|当天|次日"
    rf"|{_NUMBER} ?个?(?:工作日|天|小时)|\b(?:working )?days?\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    Kind.COUNT: rf"{_NUMBER} ?(?:箱|瓶|层|位|名|个|次|张|人|家|店|台|门|件|分|㎡|m\b|托)"
    rf"|\b{_ENGLISH} (?:full )?(?:cases?|bottles?|packs?|pallets?|times|people|buyers?|accounts?)\b",
    Kind.DEGREES: r"℃|°c|\bdegrees\b",
    Kind.PHONE: r"\d{3,4}-\d{3,4}[ -]?\d{3,4}",
    Kind.EMAIL: r"[\w.]+@[\w.]+",
    Kind.FORM: r"qy-[a-z]\d+|《[^》]{2,20}(?:表|单|书|函|申请)》",
    Kind.WHO: r"[部门室]|经理|总监|中心|主管|负责|承担|\bfinance\b|\bservice\b|\bmanagement\b|\bdepartment\b|\bowner\b",
    Kind.FORMULA: r"[=＝]|[×÷*/] ?[(（]?\d",
    Kind.STEPS: rf"步骤|流程|按下列|当场|拍照|{_NUMBER} ?个?(?:小时|工作日|天)内|\bphotos?\b|\bwithin {_ENGLISH}\b",
    Kind.LEAVE: r"可以|不能|不得|不可|不接受|不受理|不支付|不计|不收|不予|视为|须"
    r"|\b(?:not|never|neither|may|can|cannot|only|must|free)\b",
}
_ASKED_FOR: Mapping[Kind, re.Pattern[str]] = {kind: re.compile(pattern) for kind, pattern in _ASKED.items()}
_HOLDS: Mapping[Kind, re.Pattern[str]] = {kind: re.compile(pattern) for kind, pattern in _HELD.items()}


def kinds_asked(question: str) -> frozenset[Kind]:
    """The kinds of answer that would do; several where the form leaves it open."""
    folded = fold(question).rstrip(" ?!。.")
    return frozenset(kind for kind, pattern in _ASKED_FOR.items() if pattern.search(folded))


def share_held(kinds: frozenset[Kind], text: str) -> float:
    """How much of what is wanted a text can be seen to hold, 0 to 1; 1 where nothing particular is wanted.

    A leave (可以, not) is a weak sign beside any other: nearly every rule says one.
    """
    plain = kinds - {Kind.LEAVE} or kinds
    return 1.0 if not plain or plain & kinds_held(text) else 0.0


@lru_cache(maxsize=_REMEMBERED)
def kinds_held(text: str) -> frozenset[Kind]:
    """The kinds of answer that a text can be seen to hold."""
    folded = fold(text)
    return frozenset(kind for kind, pattern in _HOLDS.items() if pattern.search(folded))
