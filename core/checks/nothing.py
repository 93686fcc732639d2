"""That nothing is left or nothing is owed, told in words: only where no figure says how much."""

import re
from collections.abc import Iterator, Mapping

from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

LEFT = re.compile(
    r"(?:没有?|无)(?:任何|什么)?(?:剩余的?|多余的?|可用的?|剩下的?)(?:信用)?(?:额度|授信|信用)"
    r"|(?:额度|授信|信用额)(?:现在|目前)?(?:都|全都?|全部|已经?|早就?|也)*(?:用完|用光|用尽|用满|占满|耗尽|没了|见底)"
    r"(?!之?[前后]|的话|就|才|再|时)"
    r"|(?<!临时)(?:可用)?(?:信用)?(?:授信|额度)(?:总额|余额)?(?:现在|目前)?"
    r"(?:是|为|只有|剩|还剩)? ?(?:cn)?¥? ?0(?:\.0+)?(?![\d.,%万])"
    r"|可用(?:授信|额度)?(?:余额)?(?:已经?|只剩|还剩|只有)?(?:是|为|剩)?(?:零|没有?了)"
    r"|(?<![a-z])no (?:more |free |available )?(?:credit|headroom|room)"
    r"(?: is| are)? (?:left|available|remaining|remains|free)"
    r"|(?<![a-z])(?:have|has|there's|there is|with) no (?:more )?"
    r"(?:available |free |remaining )?(?:credit|headroom)(?![a-z])"
    r"|(?<![a-z])(?:credit(?: line| limit)?|limit)(?:'s| is| has been| was)? (?:now |already |fully |completely |all )*"
    r"(?:used up|exhausted|maxed out|fully used|fully drawn|gone)(?![a-z])|(?<![a-z])out of credit(?![a-z])"
)
OWED = re.compile(
    r"(?:没有?|无|并无|不存在)(?:任何|什么)?(?:应付|未付|未结|待付)?(?:的)?(?:欠款|货款|欠账|账款)(?!逾期|到期|未|过期|没|需)"
    r"|(?:什么|一分钱?|分文)(?:都|也)?不欠|不欠(?:任何|一分|款|钱|货款)"
    r"|(?<![a-z])(?:owe|owes|owing|owed) (?:us )?(?:nothing|no money)|(?<![a-z])(?:don't|doesn't|do not|does not)"
    r" (?:currently |now )?owe (?:us )?(?:anything|any money|a thing)"
    r"|(?<![a-z])nothing (?:is )?(?:owed|outstanding|to pay|payable)"
    r"(?! until| before| yet)(?![a-z])|(?<![a-z])no (?:outstanding|unpaid) (?:balance|amount|debt|invoices?)(?![a-z])"
)
TEMPORARY = re.compile(r"临时(?:授信|额度|信用)|(?<![a-z])temporary (?:credit|limit|line|increase|extension)")
HAD = re.compile(
    r"含|包括|其中|算上|加上|有|已|(?<![a-z])(?:includ\w+|with|plus|counts?|counting"
    r"|has|have|had|of which|thanks to)(?![a-z])"
)
WITHOUT = re.compile(
    r"没|无|不|未|零|需要|要|审批|申请|可以|如|若|吗|[?？]|(?<![\d.])0(?![\d.])"
    r"|(?<![a-z])(?:no|not|n't|without|none|zero|excluding|if|could|can|may|apply|ask|request|would|any|need)(?![a-z])"
)
FIGURES: Mapping[str, re.Pattern[str]] = {"credit_left": LEFT, "owed": OWED}
ELSEWHERE = re.compile(
    r"临时|逾期|过期|其他|其它|别的|另外|如果|若|要是|假如|马上|立刻|眼下|暂时|这会儿|今天|付清|还清|结清|付完|还完|下单|之后|以后|到期前|[吗?？]"
    r"|(?<![a-z])(?:temporary|overdue|past due|other|else|if|once|after|would|will|when"
    r"|until|before|besides|right (?:away|now)|just yet|today|immediately|at once|this month)(?![a-z])"
)
PARTLY = re.compile(r"半|成|部分|%|(?<![a-z])(?:half|thirds?|quarters?|fifths?|most|parts?|some|percent)(?![a-z])")
CLAUSE = re.compile(r"[,，](?!\d{3})|[。;；!！\n]|\.(?= |$)|(?<![a-z])(?:but|and)(?![a-z])")


def wrong_temporary(said: Said, view: View) -> Iterator[Wrong]:
    """A temporary limit that is told as had, where results say that it is zero."""
    if not TEMPORARY.search(said.text):
        return
    amounts = [fact.value for same in view.facts.values() for fact in same if "temporary" in fact.cues]
    if not amounts or any(amounts):
        return
    for found in TEMPORARY.finditer(said.text):
        start = max([0, *(one.end() for one in CLAUSE.finditer(said.text, 0, found.start()))])
        stop = next((one.start() for one in CLAUSE.finditer(said.text, found.end())), len(said.text))
        if not WITHOUT.search(said.text, start, stop) and HAD.search(said.text, start, stop):
            yield Wrong(f"{found.group()}: there is none")


def wrong_nothing(said: Said, view: View) -> Iterator[Wrong]:
    """Nothing where every figure of that name is something."""
    for name, pattern in FIGURES.items():
        for found in pattern.finditer(said.text):
            start = max([0, *(one.end() for one in CLAUSE.finditer(said.text, 0, found.start()))])
            stop = next((one.start() for one in CLAUSE.finditer(said.text, found.end())), len(said.text))
            facts = [
                fact
                for same in view.facts.values()
                for fact in same
                if fact.kind == "money" and name in fact.cues and "before" not in fact.cues
            ]
            apart = ELSEWHERE.search(said.text, start, stop) or PARTLY.search(said.text, start, found.start())
            if facts and all(fact.value for fact in facts) and not apart:
                yield Wrong(f"{found.group()}: there is {facts[0].value}")
