"""What is needed, rounded down and told as enough: 28,000 doesn't do where 28,169.06 are lacking."""

import re
from collections.abc import Iterator

from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.spoken import EXACT_COUNTERS
from core.checks.view import View
from core.checks.wrong import Wrong

STOP = re.compile(r"[。;；!！?？]|\.(?= |$)")
ABOUT = re.compile(
    r"(?:约|大概|大约|大致|差不多|将近|接近|超过|不止|至少|多|(?<![a-z])(?:about|around|roughly|approximately|some"
    r"|over|more than|at least|nearly|almost)) ?(?:cn|us|rmb)? ?$"
)
ABOUT_AFTER = re.compile(r" ?(?:元|块|箱)?(?:货)?(?:左右|上下|多|出头|以上|\+)| (?:or so|or more|and change|odd)")
ENOUGH = re.compile(
    r"[正刚恰]好|足够|足以|就够|便够|即够|够了|就行|便可|绰绰有余|一分不[多差]|不多不少|凑[个成]整"
    r"|(?<![a-z])(?:(?:is|are|be|would|will|just|exactly|quite) (?:just |exactly |quite )?enough|enough to"
    r"|(?:will|would|'ll) do(?![a-z])|suffices?|sufficient|exactly|precisely|(?:that's|that is|is) all (?:it"
    r"|you|that) (?:takes?|needs?)|to the (?:cent|yuan)|does (?:it|the job|the trick))(?![a-z])"
)
SETTLED = re.compile(
    r"[全就]部?(?:能|可以?|会)?(?:付清|还清|结清|清零|清账|两清|清了)"
    r"|(?<![a-z])(?:clears?|settles?|pays? off|paying off|wipes? out) (?:it|them|everything|the (?:whole"
    r"|lot|debt|balance)|all|your (?:debt|balance|account))(?![a-z])"
)
PAYING = re.compile(
    r"(?:付|还|打|转|汇)(?:款|了|个|掉|出|上)?(?:约)? ?(?:cn)?$"
    r"|(?<![a-z])(?:pay|paying|paid|transfer\w*|wir\w+) (?:in )?(?:cn)?$"
)
NOTHING: frozenset[str] = frozenset()
LACKED, DUE = frozenset({"missing"}), frozenset({"owed", "due_next", "payable", "goods", "overdue"})
NEAR = 20


def wrong_enough(said: Said, view: View) -> Iterator[Wrong]:
    """A number below what results say is lacking or owed, told as all that is needed."""
    for one in said.numbers:
        if one.kind not in {"money", "quantity"} or one.unit in EXACT_COUNTERS or _is_rough(one, said):
            continue
        paid = PAYING.search(said.text[: one.number.span[0]]) and _told(SETTLED, one, said)
        names = LACKED if _told(ENOUGH, one, said) else DUE if paid else NOTHING
        if names and _falls_short(one, said, view, names):
            yield Wrong(f"{one.shown} is less than what is needed")


def _is_rough(one: Spoken, said: Said) -> bool:
    start, end = one.number.span
    return bool(ABOUT.search(said.text[:start]) or ABOUT_AFTER.match(said.text, end))


def _told(pattern: re.Pattern[str], one: Spoken, said: Said) -> bool:
    """In its sentence, behind it or shortly before."""
    start, end = one.number.span
    stop = next((found.start() for found in STOP.finditer(said.text, end)), len(said.text))
    begin = max([0, start - NEAR, *(found.end() for found in STOP.finditer(said.text, 0, start))])
    return bool(pattern.search(said.text, begin, stop))


def _falls_short(one: Spoken, said: Said, view: View, names: frozenset[str]) -> bool:
    """Whether it is such a figure, rounded down, and no figure by itself."""
    told = abs(one.number.value)
    if told in view.facts:
        return False
    ways = roundings(one.number, said.text)
    meant = [
        fact.value
        for value, same in view.facts.items()
        if any(way.gives(told, value) for way in ways)
        for fact in same
        if fact.kind == "money" and fact.cues & names
    ]
    return bool(meant) and told < min(meant)
