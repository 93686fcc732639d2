"""Why something is so, who did it, and what will come: told only as results or the reader have it."""

import re
from collections.abc import Iterator

from core.checks.said import Said
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

CAUSES = (
    re.compile(r"(?:因为|由于|原因是|归因于|起因是|(?<![要])是因)(?P<why>[^,，。;；)）]+)"),
    re.compile(
        r"(?<![要原归成起基])因(?!为|此|而)(?P<why>[^,，。;；)）]{2,16}?)(?=原因|缘故|被|而|遭|未能|没能|无法"
        r"|[,，]|没通过|不通过)"
    ),
    re.compile(r"(?P<why>[^,，。;；(（]{2,20})(?:导致|造成|所致)"),
    re.compile(r"(?<![要是原起])因(?!此|为|而)(?P<why>[^,，。;；]{2,12}?)(?:被|而(?!已)|遭|没能)"),
    re.compile(r"受(?P<why>[^,，。;；的]{2,8})影响"),
    re.compile(
        r"(?<![a-z])(?:because(?: of)?|owing to|caused by|as a result of|thanks to|due to(?! be)"
        r"|the reason (?:is|being))"
        r" (?P<why>[^,;.)]+)"
    ),
)
TIMELY = re.compile(
    r"季度?|本月|月底|年底|还没|未结束|预估|截至|(?<![a-z])(?:quarter|month|year|estimate|so far|yet)(?![a-z])"
)
COMMA = re.compile(r"[,，。;；]")
HAN = re.compile(r"[\u4e00-\u9fff]+")
PLAIN = re.compile(r"原因|缘故|关系|没有|没能|不能|[的了在是有都和与就还被这那您我它]")
WORD = re.compile(r"[a-z]{4,}")
COMMON = frozenset(
    "that this they them were have been because your with from than then only also which what when there their just"
    " each been some more most very much will would could".split()
)
MOVED = re.compile(
    r"增多|变多|减少|增加|下滑|上升|下降|上涨|提高|变少|走弱|疲软|旺|淡季|缺货|(?<![a-z])(?:more|fewer"
    r"|increas\w+|decreas\w+|drop\w*|rising|falling|weak\w*|strong\w*)(?![a-z])"
)
STEM = 5
ENOUGH = 0.5
OTHERS = re.compile(
    r"(?P<who>业务员?|销售代表|客服|大?区?经理|财务|法务|仓库|同事|专员|司机|物流|会计|系统)(?:部门?|那边|人员|们)?"
    r"[^,，。;；:：?？]{0,6}(?:已经?|正在|会|将|帮您|替您|给您|取消|拒绝|下的|跟进|安排|审批|联系您|通过)"
    r"|(?<![a-z])(?P<whom>(?:sales )?rep|manager|finance|legal|colleagues?|accountant|driver|carrier"
    r"|warehouse|system|team)"
    r"(?: team| department)? (?:has|have|had|is|are|was|were|will|already|placed|cancell?ed|rejected"
    r"|approved|called|did)"
    r"(?![a-z])"
)
ASKED = re.compile(
    r"建议|请|让|找|问|可以|可|需要|如果|要是|若|(?<![a-z])(?:ask|please|if|once|could|can|may|might|should"
    r"|let)(?![a-z])"
)
READER = re.compile(
    r"(?:您|你|贵司|客户|对方|他们)(?:自己|主动|自行|单方面)?(?:取消|拒绝|撤回|撤销|退回|拒收|要求"
    r"|申请)了?(?!吗|[^,，。;；]{0,6}(?:吗|[?？]))"
    r"|(?:取消|拒绝|撤销)(?:人|方)(?:是|为)|由[^,，。;；]{1,8}(?:取消|拒绝|撤销|下单|提交)"
    r"|(?<![a-z])(?:you|they|he|she|the (?:dealer|customer|buyer))(?:'ve| have| had)? (?:yourself "
    r"|themselves |already )?"
    r"(?:cancell?ed|rejected|refused|returned|withdrew|withdrawn|requested|forgot|declined)(?![a-z])"
    r"|(?:cancell?ed|rejected|refused|placed|returned) by (?!\d|the end|then)"
    r"|(?<![a-z])(?:has|have) (?:stopped|quit|left us|gone bankrupt|closed)(?![a-z])|不再合作|停止合作"
    r"|已经?(?:倒闭|关门|停业)"
)
COMING = re.compile(
    r"自动(?!售)|(?:我们|公司|平台|品牌方?|系统)(?:这边)?(?:会|将)(?!有)|会(?:尽快|马上|立即|立刻|很快)"
    r"|(?:会|将|要|就)(?:(?:统一|一次性|再|另)*(?:按[^,，。;；]{0,8})?补(?:差|发|给|足差)|涨价|降价|上调|下调|调价|提额|调高|调低|调整(?!数量|订单|箱|的话|一下|品|内容)|送达|到货|发货|到账|入账|恢复(?!到[^,，。;；\d]{0,6}\d))"
    r"|(?:天|日|小时|周)(?:之?内|以内)(?:会|将|可|能|就)?(?:送|到|发|收|办|处理|完成)|(?:明[天早日晚]|后天"
    r"|今[晚早]|下周)[^,，。;；]{0,4}(?:送|到|发)"
    r"|(?<![a-z])automatic(?:ally)?(?![a-z])"
    r"|(?<![a-z])will (?:soon |then |also |now |still )?(?:be )?(?:raised|increased|lifted|extended|credited"
    r"|refunded|sent|"
    r"transferred|deducted|debited|waived|reset|delivered|shipped|arriv\w+|expire|called|contacted|collect\w*"
    r"|charged?|"
    r"paid (?:out|to|into)|go up in price|reset|renew\w*|upgraded|doubled)(?![a-z])"
    r"|(?<![a-z])(?:we|our team|the (?:warehouse|system|brand|company))(?:'ll| will)(?![a-z])"
    r"|(?<![a-z])(?:price|offer|promotion|quote)s? (?:is|are|stays?|remains?) (?:valid|fixed|good) (?:until|till|for)"
)
GIVEN = re.compile(r"(?:会|帮您|给您|就)?(?:带上|加上|附上|附带|计入|赠送?|送)")
ASKED_FOR = re.compile(
    r"的?(?:是)?[^,，。;；]{0,4}(?:到货|送货|送达|收货|交货|日期|\d)| (?:delivery|it for|arrival|a delivery|that it)"
)
TO_PLACE = re.compile(r" to (?:the |your )?([a-z][a-z ]*(?:warehouse|store|shop|depot|outlet))(?![a-z])")
WANTED = re.compile(r"希望[^\n]{0,16}到货|wanted on")
OFFER = re.compile(
    r"确认|点击|回复|需要|如果|要是"
    r"|(?<![a-z])(?:confirm|press|once you|let me know|if you|when you (?:confirm"
    r"|press))(?![a-z])"
)


def unfounded_reasons(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Causes, agents and promises that stand in no result; advice, offers and questions tell none."""
    for pattern in CAUSES:
        for found in pattern.finditer(said.text):
            if not _stands(found["why"], found.start("why"), said, view):
                yield Wrong(f"{found.group()} is no reason in any result")
    if not said.text.rstrip().endswith(("?", "？")):
        yield from _agents(said.text, view, vocabulary)
        yield from _promises(said.text, view, vocabulary)


def _agents(text: str, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Somebody who did something or is about to."""
    for found in OTHERS.finditer(text):
        clause = COMMA.split(text[found.start() :])[0]
        told = _known(clause, view, vocabulary) or (found["who"] and view.holds(found["who"]))
        if not (told or ASKED.search(_clause_before(text, found.start()))):
            yield Wrong(f"{found.group()}: that is in no result")
    for found in READER.finditer(text):
        if (
            not view.holds(found.group())
            and not _wanted(text, found.end(), view)
            and not ASKED.search(_clause_before(text, found.start()))
        ):
            yield Wrong(f"{found.group()} is said in no result")


def _promises(text: str, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """What will come by itself, or by the house."""
    for found in COMING.finditer(text):
        gift = GIVEN.match(text, found.end()) and "free" in view.cues.get("quantity", ())
        placed = (place := TO_PLACE.match(text, found.end())) and view.holds(place[1])
        offered = gift or placed or OFFER.search(text[: found.start()]) or OFFER.search(text[found.end() :])
        if not (view.holds(found.group()) or offered or vocabulary.not_yet.search(_clause_before(text, found.start()))):
            yield Wrong(f"{found.group()} is promised in no result")


def _wanted(text: str, at: int, view: View) -> bool:
    """Whether it is the day that the reader asked for: 您要求的到货日."""
    return bool(ASKED_FOR.match(text, at) and view.matches(WANTED))


def _known(words: str, view: View, vocabulary: Vocabulary) -> bool:
    """Whether it tells a state that results give."""
    return any(state.search(words) and view.matches(state) for state in vocabulary.states.values())


def _clause_before(text: str, at: int) -> str:
    return re.split(r"[,，。;；:：.](?!\d)", text[:at])[-1]


def _stands(why: str, at: int, said: Said, view: View) -> bool:
    """Whether most of its words stand in results, names of things aside; figures are checked by themselves."""
    if any(at <= one.number.span[0] < at + len(why) for one in said.numbers) or TIMELY.search(why):
        return True
    if (moved := MOVED.search(why)) and not view.holds(moved.group()):
        return False
    named = [(start - at, end - at) for _, start, end in said.things if at <= start < at + len(why)]
    for start, end in named:
        why = why[:start] + " " * (end - start) + why[end:]
    runs = [run for piece in PLAIN.split(why) for run in HAN.findall(piece)]
    pairs = [run[place : place + 2] for run in runs for place in range(len(run) - 1)]
    words = [word[:STEM] for word in WORD.findall(why) if word not in COMMON]
    parts = [*pairs, *words]
    if not parts:
        return bool(named)
    return sum(view.holds(part) for part in parts) >= ENOUGH * len(parts)
