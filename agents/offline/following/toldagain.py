"""What was told a moment ago, put another way: without tax, or the one of several that is asked about."""

import re

from agents.offline.arguments.slots import ordinal
from agents.offline.mind import Mind
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading

BRIEF = 24


def told_again(reading: Reading, mind: Mind) -> Plan | None:
    """The last call again, where the words ask for its other side."""
    return _why_of_one(reading, mind) or _why_so_little(reading, mind) or _other_side_of_tax(reading, mind)


WHY = re.compile(r"为什么|为啥|怎么(?:这么|那么)?[高低少多]|(?<![a-z])(?:why|how come)(?![a-z])")


def _why_of_one(reading: Reading, mind: Mind) -> Plan | None:
    """ "Why is the second lower?" behind the rebates of two: that one's again, which tells how it was worked out."""
    last, place = mind.state.last, ordinal(reading.text)
    told = [str(call.args.get("dealer")) for call in mind.state.recent[-MOST_TOLD:] if last and call.name == last.name]
    if last is None or last.name != "explain_rebate" or place is None or not WHY.search(reading.text):
        return None
    if not -len(told) <= place < len(told):
        return None
    return Plan((Do(last.name, {**last.args, "dealer": told[place]}),))


def _why_so_little(reading: Reading, mind: Mind) -> Plan | None:
    """ "Why so low" behind a rebate: that one again, which tells how it was worked out."""
    last = mind.state.last
    named = reading.mentions or reading.orders or any(q.unit for q in reading.quantities) or reading.period
    if last is None or last.name != "explain_rebate" or named or not SO_LITTLE.search(reading.text):
        return None
    return Plan((Do(last.name, last.args),))


MOST_TOLD = 3
SO_LITTLE = re.compile(
    r"(?:为什么|为啥|咋|怎么)(?:才|只|就|会|是)?(?:这么|那么|这点|那点|有这)[高低少多点]?|(?<![a-z])(?:why"
    r"|how come) (?:is (?:it|that) )?"
    r"(?:so |that |only )?(?:low|little|small|high|much|less)(?![a-z])"
    r"|(?:为什么|为啥|咋|怎么)(?:才|只|就|会|是)*(?:有|给|按)?[\d.]+ ?[%个]"
    r"|(?<![a-z])(?:why|how come) (?:is (?:it|that) |am i )?"
    r"(?:only |just |at |on )*[\d.]+ ?%"
)
TAX = re.compile(r"税|(?<![a-z])(?:tax|vat)(?![a-z])")
AND_WITHOUT = re.compile(
    r"税[^税]{0,12}(?:去掉|没有|不含|不带)(?:的话|的)?(?:呢|是?多少)?[?？]*$|(?:不含|不带)(?:的话|的)?(?:呢|是?多少)[?？]*$"
    r"|(?<![a-z])(?:and |what about )?without(?: it| that)?\W*$"
)


def _other_side_of_tax(reading: Reading, mind: Mind) -> Plan | None:
    """ "That's with VAT, right? Without?" behind a price: the same before tax."""
    last = mind.state.last
    if last is None or last.name != "quote" or not mind.state.fresh_quote or reading.mentions or reading.has_lines:
        return None
    if not AND_WITHOUT.search(reading.text) or not (TAX.search(reading.text) or len(reading.text) <= BRIEF):
        return None
    return Plan((Do("quote", {**last.args, "before_tax": True}),))
