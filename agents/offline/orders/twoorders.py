"""「一单绿茶50箱，另一单矿泉水100箱」: two orders in one message, of which one is drawn up at a time."""

import re

from agents.offline.mind import Mind
from agents.offline.plans import Say
from agents.offline.reading.understanding import Reading, read_clause
from core.replies import say

SECOND = re.compile(
    r"[,，;；。、 ]*(?:然后|还有|再|和)?(?:帮我|给我)?"
    r"(?:另外?(?:再)?(?:下|开|来|做)?一?[张个份]?(?:订单|单子?)|第二[张个份]?(?:订单|单子?)|再(?:下|开)一[张个份](?:订单|单子?)|分开(?:下|开)一[张个]?单)"
    r"[:：是,， ]*"
    r"|[,;. ]*(?:and |then )?(?:(?:a|the) (?:second|separate|different) order"
    r"|another (?:separate )?order|the other(?: order| one)?"
    r"|one more order|order (?:two|2))(?: (?:of|for|with|is|should be|goes))*[: ]*"
)


def first_of_two(reading: Reading, mind: Mind) -> tuple[Reading, Say | None]:
    """What is ordered first, and the word about the second order, which has to wait for that."""
    for found in SECOND.finditer(reading.text):
        first, second = reading.text[: found.start()], reading.text[found.end() :]
        if not first.strip() or not second.strip():
            continue
        one = read_clause(first, first, mind.briefing)
        other = read_clause(second, second, mind.briefing).with_loose_numbers()
        if one.with_loose_numbers().quantities and one.of_kind("product") and other.of_kind("product"):
            words = mind.words("order.second_waits", words=second.strip(" ,，。."))
            return one, Say(say(words))
    return reading, None
