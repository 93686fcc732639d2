"""What is to take a line's place and is none of our products: 「不要可乐 要雪碧」, "swap the cola for fizz"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER

OLD_GOES = (
    r"(?:不要|别要|去掉|删掉|拿掉|取消|不来|不拿)[^,，。换改]{1,8}?了?[ ,，]*(?:就|还是|给我|都)*"
    r"(?:要|换(?:成|上)?|改(?:成|要)?|来)"
)
INSTEAD = re.compile(
    rf"(?:{OLD_GOES}|[\u4e00-\u9fff](?:换成|改成|改要|换))(?P<zh>[\u4e00-\u9fff]{{2,6}}?)(?:吧|好了|行了|谢谢)*$"
    r"|(?<![a-z])(?:swap|switch|replace|change) (?:the )?[a-z ]+? (?:for|to|with) (?:the )?"
    r"(?P<en>[a-z]{3,}(?: [a-z]+)?)$"
    r"|(?<![a-z])no [a-z ]+,? ?(?P<en2>[a-z]{3,}) instead$"
)
NO_GOODS = re.compile(
    r"[的个种款样]$|^(?:别的|其他|其它|那个|这个|现货|自提|原来|刚才|之前)|店|仓|^(?:it|that|this|one|something)"
)


def with_unknown_instead(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """The lines with the words in place of what goes, to be asked about; None where nothing of that kind is said."""
    found = INSTEAD.search(reading.text)
    named = [code for one in reading.of_kind("product") for code in one.codes]
    if (
        found is None
        or reading.quantities
        or reading.wanted
        or len(goes := [one for one in lines if one.sku in named]) != 1
    ):
        return None
    words = FILLER.sub("", next(part for part in (found["zh"], found["en"], found["en2"]) if part)).strip()
    start = reading.text.rindex(words) if words and words in reading.text else -1
    if start < 0 or NO_GOODS.search(words) or any(one.end > start for one in reading.mentions):
        return None
    if mind.lexicon.value("find_products", "category", words) or mind.briefing.linker.guess(words, "product", {}):
        return None
    return [replace(one, sku=None, words=words, candidates=()) if one is goes[0] else one for one in lines]
