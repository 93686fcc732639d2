"""What is owed: not what was owed at the start of a period, and no orders without an invoice where there are none."""

import re
from collections.abc import Iterator

from core.checks.belonging import of_kind
from core.checks.said import Said
from core.checks.stretches import readings
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.periods import Grain

SETTLED = frozenset({"opening", "paid"})
OWED = frozenset({"owed", "payable", "goods"})
AT_THE_START = re.compile(
    r"初|期前|上期|上月|开始时|(?<![a-z])(?:opening|opened|start\w*|beg[aiu]n\w*|brought forward|carried)(?![a-z])"
)
PAID = re.compile(
    r"(?<![未没应待需要须])(?<!没有)(?<!不用)付(?!款日)|结清|还清|已还|回款|收到"
    r"|(?<![a-z])(?<!not )(?<!n't )(?<!to be )(?:paid"
    r"|settled|received"
    r"|payments?)(?![a-z])"
)
NOT_INVOICED = re.compile(
    r"(?:未|没|没有|等|待|尚未)(?:开票|开发票|开具发票)"
    r"|(?<![a-z])(?:uninvoiced|(?:not|[a-z]+n't|yet to be|waiting to be|to be"
    r"|never) (?:yet )?(?:been )?(?:invoiced|billed)"
    r"|(?:awaiting|waiting for|without) (?:an? |their |its )?invoic\w+)(?![a-z])"
)
NONE = re.compile(
    r"没有|无(?!法)|并无|不存在|(?<!\d)0(?:\.0+)?(?!\d|\.)|零|是否|[吗?？]"
    r"|(?<![a-z])(?:no|none|nothing|zero|without any|neither|nor|any)(?![a-z])|(?:isn't|aren't|are not|is not) any"
)
NEXT = re.compile(
    r"下(?:一)?[次笔](?:到期|付款|应付|还款)(?:日期?|时间)?|最近一?[次笔](?:到期|付款)"
    r"|(?<![a-z])next (?:due(?: date)?|payment|bill|deadline)(?![a-z])"
)
DUE = re.compile(r"到期|应付|due")
DUE_BEFORE = re.compile(r"(?<![a-z])(?:due|payable|to be paid)(?: on| by)? ?$|到期日?(?:是|为|:)? ?$")
DUE_AFTER = re.compile(r" ?(?:就|才|全部|都)?到期(?!之?[前后])")
CLAUSE = re.compile(r",(?!\d{3})|[，。;；!！\n]|\.(?= |$)|(?<![a-z])(?:but|and)(?![a-z])")


def wrong_debts(said: Said, view: View) -> Iterator[Wrong]:
    """An opening balance told as what is owed now; orders not invoiced told of where their amount is zero."""
    yield from _settled(said, view)
    amounts = [fact.value for same in view.facts.values() for fact in same if "not_invoiced" in fact.cues]
    if not amounts or any(amounts):
        return
    for found in NOT_INVOICED.finditer(said.text):
        start = max([0, *(one.end() for one in CLAUSE.finditer(said.text, 0, found.start()))])
        stop = next((one.start() for one in CLAUSE.finditer(said.text, found.end())), len(said.text))
        around = said.text[start : found.start()] + " " + said.text[found.end() : stop]
        if not NONE.search(around.replace("还没有", "").replace("没有下", "")):
            yield Wrong(f"{found.group()}: there are none")


def wrong_next(said: Said, view: View) -> Iterator[Wrong]:
    """A later day on which something is due, told as the next one."""
    if not NEXT.search(said.text):
        return
    known = {
        span
        for line in view.lines
        if NEXT.search(line.text)
        for time in line.times
        if time.grain is Grain.DAY
        for span in readings(time)
    }
    for found in NEXT.finditer(said.text) if known else ():
        stop = next((one.start() for one in CLAUSE.finditer(said.text, found.end())), len(said.text))
        told = [time for time in said.times if found.end() <= time.span[0] < stop and time.grain is Grain.DAY]
        if len(told) == 1 and not known.intersection(readings(told[0])):
            yield Wrong(f"{told[0].text} is not the next day")


def wrong_due(said: Said, view: View) -> Iterator[Wrong]:
    """A day on which something is told as due, where results have nothing due on it."""
    due = {day for listing in view.listings for row in listing.rows for day in row.due}
    if not due or not said.times:
        return
    due |= {span for line in view.lines if DUE.search(line.text) for time in line.times for span in readings(time)}
    for time in said.times:
        start, end = time.span
        told = DUE_BEFORE.search(said.text[:start]) or DUE_AFTER.match(said.text, end)
        dated = any(char.isdigit() for char in time.text)
        if told and dated and time.grain is Grain.DAY and not due.intersection(readings(time)):
            yield Wrong(f"nothing is due on {time.text}")


def _settled(said: Said, view: View) -> Iterator[Wrong]:
    """What was owed at the start, or has been paid since, told as owed without its time and without that it is paid."""
    if AT_THE_START.search(said.text) or PAID.search(said.text):
        return
    for one in said.numbers:
        facts = view.facts.get(abs(one.number.value), ()) if one.kind == "money" else ()
        if not any(fact.cues & SETTLED for fact in facts):
            continue
        others = [fact for fact in facts if not fact.cues & SETTLED]
        of_a_time = [of_kind(fact.entities, "period") | of_kind(fact.entities, "day") for fact in others]
        if one.around.near & OWED and all(times and not times & one.entities for times in of_a_time):
            yield Wrong(f"{one.shown} was owed at the start")
