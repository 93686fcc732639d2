"""What was said of an order is put right: 「不是30 是50」, two amounts exchanged, 「大的」 of what stands."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from core.language.quantities import Quantity, find_quantities

MORE = re.compile(r"加|再来|另外|还要|(?<![太很不么])多(?!了)|also|add|plus|another|more|extra")


def put_right(lines: Sequence[Line], new: Sequence[Line], reading: Reading) -> list[Line] | None:
    """The lines with that one thing other; None where the words put nothing right."""
    if (restated := _restated(lines, reading)) is not None:
        return restated
    if len(new) == 2 and EXCHANGE.search(reading.text) and not reading.quantities:
        return _exchanged(lines, new)
    if len(new) == 2 and not reading.quantities and (meant := _the_one_meant(lines, new, reading)) is not None:
        return meant
    if len(new) == 1 and _by_an_attribute_alone(new[0], lines, reading):
        return [replace(lines[0], sku=new[0].sku, words=new[0].words, candidates=new[0].candidates)]
    return None


def _by_an_attribute_alone(new: Line, lines: Sequence[Line], reading: Reading) -> bool:
    """「大的」 to an order of one product: that kind of it instead."""
    pointed = [mention for mention in reading.of_kind("product") if not mention.sure]
    alone = len(lines) == 1 and len(pointed) == 1 == len(reading.mentions) and new.sku not in {None, lines[0].sku}
    if not alone or MORE.search(reading.text):
        return False
    rest = reading.text[: pointed[0].start] + " " + reading.text[pointed[0].end :]
    return not FILLER.sub("", rest) and not reading.quantities


def _the_one_meant(lines: Sequence[Line], named: Sequence[Line], reading: Reading) -> list[Line] | None:
    """「是摩卡不是拿铁」, "meant mocha not latte": in place of the one on the order, as much of the other."""
    back = [m for m in reading.of_kind("product") if NOT.search(reading.text[: m.start].removesuffix("the "))]
    if len(back) != 1 or back[0].code is None:
        return None
    other = next((line for line in named if line.sku not in {None, back[0].code}), None)
    held = [at for at, line in enumerate(lines) if line.sku == back[0].code]
    if other is None or len(held) != 1 or any(line.sku == other.sku for line in lines):
        return None
    old = lines[held[0]]
    changed = replace(old, sku=other.sku, words=other.words, candidates=other.candidates)
    return [changed if at == held[0] else line for at, line in enumerate(lines)]


EXCHANGE = re.compile(
    r"对调|互换|调换|反过来|弄反|搞反|(?<![a-z])(?:the other way (?:a)?round|swap the (?:amounts|quantities|two))"
)


def _exchanged(lines: Sequence[Line], named: Sequence[Line]) -> list[Line] | None:
    """「可乐和凉茶的数量对调一下」: each has what the other had."""
    held = {line.sku: line for line in lines}
    first, second = (held.get(line.sku) for line in named)
    if first is None or second is None or first is second:
        return None
    amounts = {first.sku: second, second.sku: first}
    return [
        replace(line, quantity=amounts[line.sku].quantity, unit=amounts[line.sku].unit) if line.sku in amounts else line
        for line in lines
    ]


NOT = re.compile(r"(?:\bnot|不是|不要|别) *$")
WRONG = re.compile(  # "12 was too many, 8", 「12箱多了 8箱」
    r" ?(?:箱|件|提|cases?|cs)?(?:(?:有[点些]|还是)?(?:太?[多少]了|[太嫌]多)"
    r"|(?: is| was| were|'s)? ?(?:(?:a bit|a little|far|way) )?too (?:many|much|few|little)(?![a-z]))"
    r"[ ,，。.;；]+(?:(?:make it|make that|just|only|then|so|要|改成?|就|来|那就?)[ ,，]*)*"
)
BY = re.compile(  # 「12箱少了，再来8箱」, "20 is too few, add 10": by how much
    r" ?(?:箱|件|提|cases?|cs)?(?:(?:有[点些]|还是)?(?:太?少了|不够)"
    r"|(?: is| was|'s)? ?(?:too few|too little|not enough)(?![a-z]))"
    r"[ ,，。.;；]*(?:and )?(?P<more>再[来加要]|加|多来|add|another|plus)? *"
    r"| ?(?:箱|件|提|cases?|cs)?(?:(?:有[点些]|还是)?(?:太?多了|太多)|(?: is| was|'s)? ?(?:too (?:many|much))(?![a-z]))"
    r"[ ,，。.;；]*(?P<less>减|少来|少要|take off|minus|less|drop) *"
)
MORE_BEHIND = re.compile(r" ?(?:cases?|cs|箱)? ?more(?![a-z])")


def by_a_difference(lines: Sequence[Line], reading: Reading) -> list[Line] | None:
    """The one line with the amount that was too little or too much, by so much more or less."""
    said = [one for one in find_quantities(reading.text, bare=True) if TOO_FEW.match(one.source_text.lower()) is None]
    if len(said) != 2 or reading.of_kind("product"):
        return None
    found = BY.fullmatch(reading.text, said[0].span[1], said[1].span[0])
    held = [at for at, line in enumerate(lines) if line.quantity == said[0].value]
    more = found is not None and (found["more"] or MORE_BEHIND.match(reading.text, said[1].span[1]))
    if found is None or len(held) != 1 or not (more or found["less"]):
        return None
    old = lines[held[0]]
    amount = said[0].value + said[1].value if more else said[0].value - said[1].value
    if amount <= 0 or (said[1].unit and old.unit and str(said[1].unit) != old.unit):
        return None
    return [replace(old, quantity=amount) if at == held[0] else line for at, line in enumerate(lines)]


TOO_FEW = re.compile(r"(?:a )?few$|little$")  # "too few" counts nothing


def _was_wrong(said: Sequence[Quantity], lines: Sequence[Line], text: str) -> bool:
    """ "12 was too many, 8": the first amount was, and the second is no other line's and the last word."""
    others = any(line.quantity == said[1].value for line in lines)
    rest = FILLER.sub("", text[said[1].span[1] :]).strip(" ,，.。!！")
    return WRONG.fullmatch(text, said[0].span[1], said[1].span[0]) is not None and not others and not rest


def _restated(lines: Sequence[Line], reading: Reading) -> list[Line] | None:
    """「不是30 是50」, "50, not 30": of the one line that has the amount that is taken back."""
    if reading.of_kind("product"):
        return None
    said = find_quantities(reading.text, bare=True)
    back = [one for one in said if NOT.search(reading.text[: one.span[0]])]
    if len(said) == 2 and not back and _was_wrong(said, lines, reading.text):
        back = said[:1]
    if len(said) != 2 or len(back) != 1:
        return None
    held = [at for at, line in enumerate(lines) if line.quantity == back[0].value]
    instead = next(one for one in said if one is not back[0])
    if len(held) != 1:
        return None
    unit = str(instead.unit) if instead.unit else lines[held[0]].unit
    changed = replace(lines[held[0]], quantity=instead.value, unit=unit, approximate=instead.approximate)
    return [changed if at == held[0] else line for at, line in enumerate(lines)]
