"""Whether what a sentence claims was done, is so, or is promised."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from core.checks.arrived import WE, YOUR_ORDER, has_arrived, is_held
from core.checks.drafts import without_drafts
from core.checks.reaching import ahead_in, top_told
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong
from core.language.normalise import fold

CLAUSE = re.compile(
    r",(?!(?<=\d,)\d{3}(?!\d))|[，;；。!！?？\n]|(?<![a-z])(?:but|and|so|then)(?![a-z-])|但|不过|所以|然后"
)
ORDER = re.compile(r"so-\d{8}-\d{3,4}")
GRATIS = frozenset({"免费", "free of charge"})
LOWEST = frozenset({"最低价", "best price"})
COUNTED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十]+)[张单笔]|(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
    r"(?: of (?:them|these)| orders?| of the \w+(?: \w+)?)* (?:were|are|have been|got|received|rejected)(?![a-z])"
)
REST = re.compile(
    r"除|其他|其它|其余|(?<![a-z])(?:others?|rest|everything else|all else|except|apart from|but for)(?![a-z])"
)
OTHER_ONE = re.compile(
    r"(?:另外?|剩下?|余下|其余)的?(?:那|这)?[一1][张单笔](?!被?[张单笔])"
    r"|(?<![a-z])(?:other|remaining|last|sixth) (?:one|order)(?![a-z])"
)
EXCEPT = re.compile(r"除(?:去|了|掉|开)[^,，。;；]*|除[^,，。;；]*(?:之?外|以外)")
EXCEPTED = re.compile(r"除[^,，。;；]*[,，] ?|(?<![a-z])(?:except for|apart from|other than|but for) [^,.;]*, ?")
LEFT_OUT = re.compile(
    r"(?:不含|不包括|不算|不计|除去|扣除|剔除|(?<![a-z])(?:excluding|without|neither"
    r"|not counting)(?![a-z]))[^,，。;；]*$"
)
LATELY = 24
OTHERS = re.compile(r"家|都|经销商|客户|(?<![a-z])(?:dealers?|they|everyone|everybody|customers?)(?![a-z])")
SETTLED = frozenset({"final", "paid_out"})
PAYMENTS = frozenset({"paid", "refunded"})
AMOUNT = re.compile(r"\d[\d,]*\.\d\d(?!\d)")
MONTHS: Mapping[str, int] = {
    name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
DAY = re.compile(
    r"(\d{1,2})月(\d{1,2})|(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?!\d)"
)
OFFERED = re.compile(
    r"(?:可以?|能|想|需要?|要不要|以便|方便|让|随时|是否)(?:我|我们|我再)?"
    r"(?:直接|马上|立刻|立即|现在|这就|先|就|再|一并|顺便|也|来|一起|同时|帮忙|随时)*$|(?:点击?|按下?|回复)(?:一下|个)?[“\"]?$"
)
ASKING_FOR = re.compile(
    r"(?:告诉|[报说给发讲回定]|提供|确定)(?:给|一下|下)?(?:我|我们|个|一声|声|出|好)*[^,，。;；]{0,8}"
    r"(?:数量|箱数|件数|数字|个数|多少|几箱|数|一声|量)[^。;；]*$|(?:需要|想[要订下]|要[订下])[^,，。;；]{0,6}的话[^。;；]*$"
)
INTENDED = re.compile(r"(?:我|我们|这就|马上|立即|立刻|现在就|稍后|会|将|就)*[帮为给替]您(?!.*(?:了|已|成功|完成))")
AFTER_DONE = re.compile(r"[了啦咯]|成功|完成")
PAID_CASES = re.compile(r"(?<![\d.,¥])\d{1,4} (?:cases? |bottles? )?(?:of (?:them|those|these|which) )?$")
FREE_TOLD = re.compile(r"(?<![a-z])(?:free|gift|bonus)(?![a-z])")
DENIED = re.compile(
    r"不用|不必|无需|不需|别担心|不是|并非|不存在|(?<![a-z])(?:no need|no risk|no worr\w+|don't worry"
    r"|needn't|rather than|instead of)(?![a-z])"
)
ADVISED = re.compile(
    r"(?:可以?|建议|适合|不妨|放心|尽管|提前|趁早?|便于|方便|用来|足够|够|来)(?:您|你|先|多|再|提前|安心|放心"
    r"|大胆|去|一次)*$"
    r"|(?<![a-z])(?:can|could|should|may|safe to|enough to|good for|ready to|plan to|want to) (?:safely |easily )?$"
)
UPON = re.compile(
    r"(?<![a-z])(?:just |please |simply )?(?:hit|press|click|tap|give|say)[^,.;]{1,24}(?:,"
    r"| and)(?: then)? ?$|(?:^|[.!?:;] |(?<![a-z])(?:please |kindly |just |simply ))confirm(?: it| this| the order)?"
    r"(?:,| and| so(?: that)?) ?$|(?<![a-z])(?:once|if|when|after|as soon as) you (?:confirm"
    r"|press|click|tap|say)[^,.;]*, ?$"
)
READY = re.compile(r"\W*(?:all )?(?:set|ready)\W*")
AWAITING = re.compile(
    r"(?<![a-z])(?:just |only )?(?:(?:waiting|waits?) (?:for|on)|needs?|pending|awaiting) (?:only )?"
    r"(?:your (?:ok|okay|confirmation|go-ahead|approval|word|tap|press|click|yes|say|sign-off|green light)"
    r"|you to (?:confirm|press|tap|click|approve|say))(?![a-z])"
    r"|(?:只|就|还)?(?:等|差|待)您(?:的|点|来|一)?(?:确认|点头|一句话|一步)"
)
SHIPPED = re.compile(
    r"(?:出库|发货|出仓)(?:之?后|了)|(?<![a-z])(?:once|after|when) (?:it|the order|this|they) (?:has |is "
    r"|have )?ship\w*"
)
SHIPPED_IN = re.compile(r"出库前可|until it ships")
QUESTION = re.compile(r"[?？]\s*$|吗[。.]?$|(?:要不要|是否|需不需要|can i|shall i|would you|do you want)")


def outcomes_in(texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The actions that the desk's own outcomes tell of."""
    return frozenset(
        name for text in texts for name, action in vocabulary.actions.items() if action.done.search(fold(text))
    )


def false_claims(
    text: str, view: View, done: frozenset[str], vocabulary: Vocabulary, *, asked: bool = False
) -> Iterator[Wrong]:
    """Claims in a folded sentence; ``done`` are the actions with an outcome in this conversation.

    A question claims nothing; what stands before it in the sentence does. What was done before doesn't count while
    something waits for a press. Behind an open question (``asked``) what will be done waits for its answer.
    """
    told = text[: _begin_of_question(text)]
    if view.waits:
        told = without_drafts(told)
        done = frozenset()
        yield from _claimed("waiting", vocabulary.waiting, told, view, vocabulary)
    promises = not asked and not vocabulary.condition.search(told)
    for name, action in vocabulary.actions.items():
        if name not in done:
            yield from _claimed(name, action.done, told, view, vocabulary, asked=asked)
            if action.will is not None and promises:
                yield from _claimed(name, action.will, told, view, vocabulary)
    for name, pattern in vocabulary.states.items():
        for found in pattern.finditer(told):
            if _is_other(name, found, told, view):
                continue
            if not _is_so(name, pattern, found, told, view, vocabulary) and not _hedged(told, found, vocabulary):
                yield Wrong(f"{name}: {found.group()} is said in no result")
    yield from _promised(text, view, vocabulary)


def _is_other(name: str, found: re.Match[str], told: str, view: View) -> bool:
    """Whether it only sounds so: cases that are paid beside free ones, payments that an account has."""
    before = told[: found.start()]
    if name == "received" and YOUR_ORDER.match(told, found.end()) and not view.waits:
        return bool(WE.search(before)) and is_held(view)
    if name == "fixed" and SHIPPED.search(before) and view.matches(SHIPPED_IN):
        return True
    if name == "paid_out" and PAID_CASES.search(before) and FREE_TOLD.search(told):
        return True
    return name in SETTLED and _entered(_clause(told, found), view)


def _promised(text: str, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Promises that neither results nor the reader made; a gift is free, and the last step price the lowest."""
    for found in vocabulary.promises.finditer(text):
        if found.group() in LOWEST and view.schedules:
            continue
        if found.group() in GRATIS and "free" in view.cues.get("quantity", ()):
            continue
        if not view.holds(found.group()) and not vocabulary.not_yet.search(_clause(text, found)):
            yield Wrong(f"{found.group()} is promised in no result")


def _begin_of_question(text: str) -> int:
    """Where the clause begins that makes it a question; the end where it is none."""
    asked = QUESTION.search(text)
    if asked is None:
        return len(text)
    ends = [match.end() for match in CLAUSE.finditer(text, 0, asked.start()) if text[match.end() :].strip("?？ ")]
    return ends[-1] if ends else 0


def _is_so(
    name: str, pattern: re.Pattern[str], found: re.Match[str], text: str, view: View, vocabulary: Vocabulary
) -> bool:
    """Results must say it; of an order, if one stands beside it, they must say it of that one."""
    known = _known(name, text, found, view, vocabulary)
    if known is not None:
        return known
    if not view.matches(pattern):
        return False
    if LEFT_OUT.search(text[: found.start()][-LATELY:]):
        return True
    start, end = _clause_span(text, found)
    start = _with_exception(text, start)
    if _of_amount(name, text[start:end], view):
        return True
    if OTHER_ONE.search(text, start, end):
        return sum(name in states for states in view.states.values()) == 1
    if REST.search(text, start, end) and not any(
        one.start() < found.start() < one.end() for one in EXCEPT.finditer(text)
    ):
        named = {f"code:{code.group()}" for code in ORDER.finditer(text)}
        others = {one for one, other in vocabulary.states.items() if one != name and other.search(text)}
        left = [states for order, states in view.states.items() if order not in named and not others & states]
        return all(name in states for states in left)
    if COUNTED.search(text, start, end):
        return True
    near = [view.states[f"code:{code}"] for code in _orders_beside(text, found) if f"code:{code}" in view.states]
    return not near or any(name in states for states in near)


def _known(name: str, text: str, found: re.Match[str], view: View, vocabulary: Vocabulary) -> bool | None:
    """Whether figures and rows say that it is so, where they say anything of it."""
    if name == "nothing_overdue" and REST.search(_clause(text, found)):
        return bool(view.matches(vocabulary.states["overdue"]))
    quarters = any(one.kind == "period" and len(one.rows) > 1 for one in view.listings)
    if (
        (name == "nothing_overdue" and _nothing_overdue(view))
        or (name == "month_on_month" and quarters)
        or (name == "highest_tier" and top_told(text, view))
    ):
        return True
    return ahead_in(text[slice(*_clause_span(text, found))], view) if name == "not_reached" else None


def _of_amount(name: str, clause: str, view: View) -> bool:
    """Whether a row with an amount of the clause, which names no order, is in the state."""
    amounts = {Decimal(one.replace(",", "")) for one in AMOUNT.findall(clause)}
    alike = [row for listing in view.listings for row in listing.rows if amounts.intersection(row.amounts)]
    return not ORDER.search(clause) and any(name in row.states for row in alike)


def _with_exception(text: str, start: int) -> int:
    """Where a clause begins with the exception to it that stands right before: 除了甲，其余都…."""
    before = [one for one in EXCEPTED.finditer(text, 0, start) if one.end() == start and ORDER.search(one.group())]
    return before[-1].start() if before else start


def _nothing_overdue(view: View) -> bool:
    """Whether a result gives no day and no money as overdue."""
    return any("overdue" in fact.cues for fact in view.facts.get(Decimal(0), ()))


def _orders_beside(text: str, found: re.Match[str]) -> list[str]:
    """Those of its clause; else the last before it and the first after it."""
    start, end = _clause_span(text, found)
    orders = list(ORDER.finditer(text))
    own = [one.group() for one in orders if start <= one.start() < end]
    before = [one.group() for one in orders if one.end() <= start][-1:]
    after = [one.group() for one in orders if one.start() >= end][:1]
    return own or [*before, *after]


def _claimed(
    name: str, pattern: re.Pattern[str], text: str, view: View, vocabulary: Vocabulary, *, asked: bool = False
) -> Iterator[Wrong]:
    for found in pattern.finditer(text):
        denied = vocabulary.not_yet.search(found.group())
        if (
            denied
            or _put_off(text, found, vocabulary, asked=asked)
            or (name == "ordered" and has_arrived(found, text, view))
            or (name != "waiting" and found.group() in view.words)
            or _stated(found, view, vocabulary)
            or (name in PAYMENTS and _entered(_clause(text, found), view))
        ):
            continue
        if name == "ordered" and "silent" in view.cues.get("quantity", ()) and OTHERS.search(_clause(text, found)):
            continue
        yield Wrong(f"{name}: {found.group()} has no outcome in this conversation")


def _entered(clause: str, view: View) -> bool:
    """Whether it tells a payment that an account has, by its amount or its day."""
    paid = {fact.value for same in view.facts.values() for fact in same if "paid" in fact.cues and fact.kind == "money"}
    rows = [row for listing in view.listings for row in listing.rows if paid.intersection(row.amounts)]
    amounts = {Decimal(one.replace(",", "")) for one in AMOUNT.findall(clause)}
    days = {(int(month or MONTHS[name]), int(day or late)) for month, day, name, late in DAY.findall(clause)}
    return bool(
        paid & amounts if amounts else any((start.month, start.day) in days for row in rows for start, _ in row.days)
    )


def _stated(found: re.Match[str], view: View, vocabulary: Vocabulary) -> bool:
    """Whether it tells a state that results give, which is checked by itself: an order is accepted or received."""
    return any(pattern.search(found.group()) and view.matches(pattern) for pattern in vocabulary.states.values())


def _put_off(text: str, found: re.Match[str], vocabulary: Vocabulary, *, asked: bool = False) -> bool:
    """Denied, offered or conditional before it says what was done, or a condition behind; "without delay" is none."""
    start, end = _clause_span(text, found)
    before = text[start : found.start()]
    if any(pattern.search(before) for pattern in (vocabulary.not_yet, vocabulary.condition, OFFERED)):
        return True
    if UPON.search(text[:start]):
        return True
    intended = INTENDED.match(found.group()) and not AFTER_DONE.match(text, found.end())
    if intended and (asked or ASKING_FOR.search(text[: found.start()])):
        return True
    return bool(
        vocabulary.unless.search(text, found.end(), end)
        or (READY.fullmatch(found.group()) and AWAITING.search(text, found.end()))
    )


def _hedged(text: str, found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Not yet, not at all, or only after a press; its own words aside."""
    start, end = _clause_span(text, found)
    if ADVISED.search(text[start : found.start()]) or DENIED.search(text[start : found.start()]):
        return True
    around = f"{text[start : found.start()]} {text[found.end() : end]}"
    return bool(vocabulary.not_yet.search(around) or vocabulary.condition.search(around))


def _clause(text: str, found: re.Match[str]) -> str:
    return text[slice(*_clause_span(text, found))]


def _clause_span(text: str, found: re.Match[str]) -> tuple[int, int]:
    breaks = [match.end() for match in CLAUSE.finditer(text, 0, found.start())]
    stop = CLAUSE.search(text, found.end())
    return breaks[-1] if breaks else 0, stop.start() if stop else len(text)
