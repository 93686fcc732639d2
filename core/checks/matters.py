"""Rules, charges and benefits: told only of a matter that results name, and only on the terms that they give."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.checks.around import STOP
from core.checks.choices import wrong_choices
from core.checks.defined import defined_only, denied_otherwise, is_defined
from core.checks.offers import wrong_offers
from core.checks.replaced import with_next_tier
from core.checks.said import Said
from core.checks.stretches import readings
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong


@dataclass(frozen=True, slots=True)
class Matter:
    """How a rule sounds, and what in results it must stand on."""

    name: str
    told: re.Pattern[str]
    known: re.Pattern[str]
    deniable: bool = True


def _matter(name: str, told: str, known: str | None = None, *, deniable: bool = True) -> Matter:
    return Matter(name, re.compile(told), re.compile(known or told), deniable)


MATTERS: Sequence[Matter] = (
    _matter(
        "a charge",
        r"滞纳金|加收|违约金|手续费|罚息|罚款|利息|收取?费用|服务费"
        r"|(?<![a-z])(?:late fees?|penalt(?:y|ies)|interest|surcharges?|fined|a fee|fees? (?:appl\w+|is"
        r"|are))(?![a-z])",
    ),
    _matter(
        "a reward for paying",
        r"(?:提前|及时|按时|早|现款|预先|日前|期前|之前)[^,，。;；]{0,6}(?:付|还|结)[^。;；]{0,10}"
        r"(?:优惠|折扣|减免|奖励|返利|返点|立减|便宜|额度(?!(?:就|也|会|又)*(?:能|可以?)?(?:宽松|宽裕|腾|释放|恢复|空|松|回))|翻倍)"
        r"|(?<![a-z])(?:pay(?:ing|s)?|paid|settl\w+)(?![a-z])[^.;]{0,60}(?<![a-z])(?:discounts?|bonus|rewards?|"
        r"(?:extra|more|higher|another|additional) [a-z ]{0,12}(?:rebate|credit|limit|days|money|points)|saves?"
        r"|cheaper"
        r"|unlocks?|raises?|cash ?back)(?![a-z])",
    ),
    _matter(
        "without an end",
        r"长期有效|长期活动|永久|不限时|一直有效|没有(?:截止|结束)(?:日期|时间)|(?<![a-z])(?:no end date"
        r"|open-ended|indefinitely|permanently"
        r"|always (?:available|valid)|until further notice)(?![a-z])",
    ),
    _matter(
        "delivery free of charge",
        r"(?:免|包)(?:运费|邮|配送费)|(?<![a-z])(?:free (?:delivery|shipping)|ships? (?:for )?free|no (?:delivery"
        r"|shipping) (?:fee|charge))(?![a-z])",
    ),
    _matter(
        "who may have it",
        r"(?:新|首次|第一次|老)(?:下单|订货|合作|签约)?的?(?:客户|经销商|用户)|首单|会员|新品|"
        r"(?<![a-z])(?:new|first-time|existing|loyal) (?:customers?|dealers?|buyers?|accounts?)(?![a-z])"
        r"|(?<![a-z])members?(?![a-z])",
    ),
    _matter(
        "what may be put together",
        r"混(?:着|搭|合|批|装)|拼单|(?:不能|不可|可以?|能)[^,，。;；]{0,12}(?:同享|同时享受|叠加|一起享受|共享)"
        r"|(?:不与|不和)[^,，。;；]{1,10}同享"
        r"|(?<![a-z])(?:mix(?:ing)?(?: and match)?|mixed (?:cases|orders)|stack(?:s|ed|able)?"
        r"|(?:be )?combined with)(?![a-z])",
        deniable=False,
    ),
    _matter(
        "what it is used for",
        r"(?:用于|用来|只能)?(?:抵扣|抵货款|冲抵|抵用)|(?<![a-z])(?:offset(?! by)|redeem\w*|deducted from|store credit"
        r"|voucher)(?![a-z])",
    ),
    _matter(
        "only some",
        r"仅限|只限|[仅只](?:适用|针对|对)[^,，。;；]{1,14}(?:有效|适用|开放|部分)|[仅只](?:适用|针对)于?"
        r"|限(?:本人|当天|当日|前\d+名)"
        r"|(?<![a-z])(?:(?:appl(?:y|ies)|valid|available|open|counts?|granted|paid(?: out)?) only"
        r"|only (?:appl(?:y|ies)|valid|available|open|kicks? in|(?:on|for) orders))(?! to (?:reading|now))(?![a-z])"
        r"|(?:limited|restricted) to|(?:doesn't|does not|don't|do not) apply to|(?:payments?|orders|customers"
        r"|pickup) only"
        r"|only (?:new|further|additional|later|subsequent) (?:purchases|orders|cases|invoices)"
        r"|but only (?:on|for|if|when|with|to)(?![a-z])",
        r"仅限|只限|仅适用|只适用|限于|(?<![a-z])(?:limited to|restricted to|not apply)(?![a-z])"
        r"|(?<![a-z])(?:only for|only to|applies only|only applies)(?![a-z])",
    ),
    _matter(
        "at one go",
        r"(?:须|必须|要|得|需)[^,，。;；]{0,4}一次性?[^,，。;；]{0,6}满"
        r"|一次性?[^,，。;；]{0,8}满[^,，。;；]{0,10}才|(?:单笔|每单|每次|每笔)[^,，。;；]{0,6}(?:满|达到|至少"
        r"|最低|起|不得|最多)"
        r"|(?<![a-z])(?:in one go|in a single order|at one time|(?:an|per|each|any|every|single) order(?: must"
        r"| has to| needs)"
        r"|(?:half|at most|up to|no more than|one order|one case)[^.;,]{0,20} (?:per|an|each|a) (?:order|month"
        r"|week|day))(?![a-z])",
        r"一次性?|单笔|每单|(?<![a-z])(?:single order|one order|per order)(?![a-z])",
    ),
    _matter(
        "the part above alone",
        r"(?:以上|之上|以外)的?(?:部分|[那这]一?段)|(?:超过?|超出|高于)[^,，。;；]{0,18}[那这]一?段|(?:超过|超出|高于|大于)[^,，。;；]{0,18}(?:的)?(?:部分|那些|那几|那部分)"
        r"|(?:部分|那些)[^,，。;；]{0,4}才(?:按|算|享)"
        r"|(?<![a-z])(?:on|to|of|for) (?:only )?(?:the |any |that |your )?(?:amounts?|parts?|portion|excess"
        r"|purchases|"
        r"cases|sum|what(?:ever)? you (?:buy|order|purchase)|anything|everything|spend|sales)"
        r" (?:(?:that|which) (?:is|are|goes|go) )?(?:above|over|beyond|past|exceeding|in excess of)(?![a-z])"
        r"|the (?:slice|part|portion|bit) (?:that(?:'s| is) )?(?:above|over|beyond|past) (?:cn)?[¥$]?\d[^.;]{0,20}"
        r"(?:earns?|gets?|at|is paid)(?![a-z])"
        r"|only the (?:cases|part|portion|amount|purchases)[a-z ]{0,16}(?:above|over|beyond|past|from)(?![a-z])",
        r"超过部分|超出部分|以上部分|(?:超过|超出|以上|高于)的部分|(?<![a-z])(?:part above|amount above"
        r"|portion above|incremental)(?![a-z])",
    ),
    _matter(
        "a fee or a right to change",
        r"(?:取消|修改|退货|变更)[^,，。;；]{0,8}(?:扣|收费|费用|罚|违约)|(?<![a-z])cancel\w*[^.;]{0,24}(?:fee"
        r"|cost|charge)s?(?![a-z])",
    ),
    _matter(
        "being cut off",
        r"停货|停单|停止供货|断货处理|冻结|封(?:号|停)|取消资格|(?<![a-z])(?:suspend(?:ed|s)?|blocked|frozen"
        r"|put on hold|cut off"
        r"|deactivated)(?![a-z])",
        r"停货|暂停|冻结|(?<![a-z])(?:suspend\w*|hold|blocked|frozen)(?![a-z])",
    ),
    _matter(
        "how it is paid or fetched",
        r"自提|货到付款|分期|现款|现结|款到发货|(?<![a-z])(?:cash (?:payment|on delivery|only)|on delivery"
        r"|instal?lments"
        r"|pick(?:ed|ing)? (?:it|them) up|self[- ]collect\w*|collect (?:it|them) yourself)(?![a-z])",
    ),
    _matter(
        "what is lost or regained",
        r"作废|失效|清零|没收|(?<![a-z])(?:lose (?:it|them|the|your)|forfeit\w*|void|restores?"
        r"|priority (?:status|customer))(?![a-z])",
    ),
    _matter(
        "a change after shipping",
        r"(?:出库|发货|出仓)(?:之?后|了)[^。;；没未不]{0,12}(?:仍|还|也|依然)(?:可|能)以?[^,，。;；]{0,4}(?:取消|修改|改|撤)"
        r"|(?<![a-z])(?:once|after|when) (?:it|the order)(?:'s| has| is)? shipp?\w*[^.;]{0,20}can (?:still|also|yet)",
        r"出库后(?:仍|还)?可|(?<![a-z])(?:after it ships|once it has shipped)(?![a-z])",
    ),
    _matter(
        "an approval",
        r"(?:超过|大于|高于|以上|大额)[^,，。;；]{0,16}(?:审批|审核|批准|报批)|(?<![a-z])orders? (?:above|over"
        r"|beyond|of more than)[^.;]{0,24}"
        r"(?:approv\w+|sign-off|sign off)",
    ),
)
BASIS = re.compile(
    r"按(?P<by>自?然?月度?|每月|单月|全年|年度?|整年|半年|自然年|财年|单笔|单张|订单|周)(?:来|度|份|的"
    r"|内)?(?P<rest>[^,，。;；]{0,10}?)"
    r"(?:累计|计算|定档|结算|核算|确定|统计|算档|算)"
    r"|(?P<year>(?:一年|全年|年度|年内|一整年)(?:下来|里|内)?[^,，。;；]{0,4}(?:累计|合计|加起来)?(?:到|满"
    r"|达到?)(?=\d))"
    r"|(?P<sum>(?:各|四个|几个|所有|不同)季度?[^,，。;；]{0,10}"
    r"(?:累计|合并(?!计|后)|打通|通算|[合加]起来[^,，。;；]{0,3}(?:定档|算档|达标)))"
    r"|(?P<carry>结转|顺延|递延|滚(?:存|入)|留到下|补到下|(?:带|转)(?:到|入)(?:下|二|三|四|明))"
    r"|(?<![a-z])(?P<en>(?:annual(?:ly)?|yearly|monthly|cumulative(?:ly)?|year-to-date|full-year)[^.;,]{0,24}"
    r"(?:tiers?|rates?|thresholds?|brackets?|calculat\w+|set(?:s)?(?! to)|decid\w+|determin\w+)"
    r"|(?:tiers?|rates?|thresholds?|brackets?|rebates?|calculated|set|based|determined|decided)[^.;,]{0,40}"
    r"(?:annual(?:ly)?|yearly|monthly|cumulative(?:ly)?|year-to-date|full-year|(?:over|for|of|by) the (?:whole"
    r"|full|entire) year"
    r"|each month|by (?:the )?(?:month|year)|per month|a month)"
    r"|carr(?:y|ies|ied) (?:over|forward)|rolls? (?:over|forward)|rolled over)(?![a-z])"
)
REBATES = re.compile(r"返利|档|门槛|rebate|tier")
DENIED = re.compile(
    r"不是|并非|不会|不能|不可|不用|不必|无需|没有|没说|不收|不需|不存在|而不|不(?!同)|未|无"
    r"|(?<![a-z])(?:not|n't|no|never|without|isn't|doesn't|don't|rather than|instead of|nothing)(?![a-z])"
)
ASKED = re.compile(
    r"[?？]\s*$|吗[。.]?$|是否|要不要|需不需要|如需|(?<![a-z])(?:shall i|should i|would you|do you want"
    r"|let me know)(?![a-z])"
)
REQUIRED = re.compile(
    r"(?P<pay>(?:先)?(?:付清|付完|付掉|结清|还清|清完|付了|(?<![没未])付款|回款|还款|(?<![没未])付[^,，。;；]{0,12}款|现款|预付"
    r"|全款)[^。;；]{0,14}?)"
    r"(?:才|后方|方)(?:能|可|会|可以|给|算|有)(?!逾期)"
    r"|(?P<en>(?<![a-z])(?:only(?! pay for)|can't|cannot|unless|provided|as long as"
    r"|on condition)(?![a-z])(?:[^.;]|\.\d){0,60}"
    r"(?<![a-z])(?:paid|pay|prepay|payment|settle|nothing is overdue|in advance)(?![a-z]))"
    r"|(?P<terms>(?<![a-z])(?:provided|on condition)(?: that)? (?:you|your)(?![a-z]))"
    r"|(?P<zh>(?:须|必须|得|需要?|要)[^,，。;；]{0,6}(?:付清|结清|还清|现款|预付|全款|付全款|无逾期"
    r"|没有逾期)[^。;；]{0,10}(?:才|领|享|拿|发放|使用))"
    r"|(?P<late>(?<![a-z])(?:paid|issued|granted|released) only (?:if|when|once|after)(?![a-z]))"
    r"|(?P<once>(?<![a-z])only (?:for|on) orders (?:placed|made))"
)
ONLY_THEN = re.compile(
    r"(?P<zh>[^,，。;；:：]{2,18})才(?:能|可|会|发|送|有|算|享|给|领|按)"
    r"|(?<![a-z])(?:only (?:if|when|once|after)|provided(?: that)?|as long as|on condition that"
    r"|unless) (?P<en>[^,.;]{3,60})"
)
THEN_KNOWN = re.compile(
    r"确认|点|回复|出库|发货|到货|结算|季度|下一?档|第[二三四2-4]档|逾期|(?<![a-z])(?:confirm\w*|press|ship\w*"
    r"|settle\w*|quarter|tier|reach\w*"
    r"|overdue|you (?:want|need|like|say|would|prefer))(?![a-z])"
)
HAN = re.compile(r"[\u4e00-\u9fff]+")
WORD = re.compile(r"[a-z]{4,}")
PLAIN = re.compile(r"[要满买订拿到达够须需得再进付至少超过必¥$]|cn|一次性?")
ENOUGH, STEM = 0.5, 5
SUBJECT, LED = 5, 16
ON_TIME = re.compile(r"逾期|确认|点|回复|按|(?<![a-z])(?:overdue|confirm|press)(?![a-z])")
REACHED = re.compile(r"达到|达标|到第|冲到|档|(?<![a-z])(?:reach|get|hit|make)[^.;,]{0,30}(?:tier|bracket|\d)")
BY = re.compile(r"(?:在|于)$|(?<![a-z])(?:by|before|until) (?:the )?$")
BEFORE = re.compile(r"(?:之|以)?[前内]")
MONTH = 31


def unfounded_rules(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Terms that no result gives: of what may be had, who gets it, when, what it costs, how it adds up."""
    text = said.text
    if ASKED.search(text):
        return
    for matter in MATTERS:
        for found in matter.told.finditer(text):
            known = view.matches(matter.known) or view.holds(found.group()) or defined_only(text, found, view)
            if not known and not (matter.deniable and _denied(text, found)):
                yield Wrong(f"{matter.name}: {found.group()} is a rule in no result")
    yield from _wrong_basis(said, view)
    for found in REQUIRED.finditer(text):
        if not (_denied(text, found, inside=False) or (ON_TIME.search(text[: found.end()]) and not found["late"])):
            yield Wrong(f"{found.group()} is a condition in no result")
    yield from _unknown_conditions(said, view)
    yield from wrong_offers(text, view)
    yield from wrong_choices(text, view)
    yield from _wrong_deadline(said, view)


def _unknown_conditions(said: Said, view: View) -> Iterator[Wrong]:
    """A condition of which no result has most of the words; figures in it are checked by themselves."""
    for found in ONLY_THEN.finditer(said.text):
        words = found["zh"] or found["en"]
        told = [one for one in said.numbers if found.start() <= one.number.span[0] < found.end()]
        if any(one.number.value in view.facts for one in told):
            words = PLAIN.sub("", said.text[found.start() : told[0].number.span[0]]) if found["zh"] else ""
        led = len(words) <= SUBJECT and THEN_KNOWN.search(said.text[max(0, found.start() - LED) : found.start()])
        if led or THEN_KNOWN.search(words) or _denied(said.text, found, inside=False):
            continue
        parts = [run[at : at + 2] for run in HAN.findall(words) for at in range(len(run) - 1)]
        parts += [word[:STEM] for word in WORD.findall(words)]
        if denied_otherwise(words, view):
            yield Wrong(f"{found.group()}: results say otherwise")
        if parts and sum(view.holds(part) for part in parts) < ENOUGH * len(parts) and not is_defined(words, view):
            yield Wrong(f"{found.group()} is a condition in no result")


def _wrong_basis(said: Said, view: View) -> Iterator[Wrong]:
    """What amounts are added up to a tier over: the quarter, the month, the year."""
    if not view.matches(REBATES):
        return
    text = said.text
    for found in BASIS.finditer(text):
        by = found["by"]
        ends = [at for at, one in enumerate(said.numbers) if one.number.span[0] == found.end()] if found["year"] else []
        if any(with_next_tier(at, said, view) for at in ends):
            continue
        if by and ((view.holds(f"按{by}") and "月" not in by) or not REBATES.search(text)):
            continue
        if not _denied(text, found) and not view.holds(found.group()):
            yield Wrong(f"{found.group()}: results add up otherwise")


def _denied(text: str, found: re.Match[str], *, inside: bool = True) -> bool:
    start = max([0, *(one.end() for one in STOP.finditer(text, 0, found.start()))])
    return bool(DENIED.search(text, start, found.end() if inside else found.start()))


def _is_long(name: str) -> bool:
    """Whether a period is more than a month."""
    start, _, end = name.removeprefix("period:").partition("/")
    return (date.fromisoformat(end) - date.fromisoformat(start)).days > MONTH


def _wrong_deadline(said: Said, view: View) -> Iterator[Wrong]:
    """Another day than the end of the quarter as the one by which a tier is to be reached."""
    ends = {
        name.rpartition("/")[2]
        for same in view.facts.values()
        for fact in same
        if "threshold" in fact.cues or "rebate_base" in fact.cues
        for name in fact.entities
        if name.startswith("period:") and _is_long(name)
    }
    if not ends or not REACHED.search(said.text):
        return
    for time in said.times:
        start, end = time.span
        told = BY.search(said.text[:start]) or BEFORE.match(said.text, end)
        if told and not {last.isoformat() for _, last in readings(time)} & ends:
            yield Wrong(f"{time.text} is no end of a quarter")
