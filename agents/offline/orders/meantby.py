"""Which product a name means, from what was just priced or from a word said behind it."""

import re
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line
from agents.offline.reading.understanding import Reading
from core.language.normalise import fold

THE_ONE = re.compile(  # "20 electrolyte, the lemon one", 「电解质20箱 柠檬的那种」
    r"(?<!not )(?<![a-z])the (?P<en>[a-z]{3,}(?: [a-z]{3,})?) (?:ones?|kind|version|type|flavou?r)(?![a-z])"
    r"|(?P<zh>[\u4e00-\u9fff]{1,4}?)(?:口?味)?(?:的[那这][个款种样]|的(?=$|[ ,，。]))"
)


def as_meant(line: Line, reading: Reading, mind: Mind) -> Line:
    """The line with the product that is meant, where the name alone would say another or several."""
    if line.sku is None:
        return _as_told_behind(line, reading, mind)
    return line if ANOTHER.search(reading.text) else _the_one_priced(line, mind)


ANOTHER = re.compile(
    r"换|不要|别的|其[他它]|普通|原味|(?<![a-z])(?:instead|regular|plain|normal|ordinary|not the|other)(?![a-z])"
)
OWN_NAMES = slice(3)  # its code, and what it is called in Chinese and in English


def _the_one_priced(line: Line, mind: Mind) -> Line:
    """「茉莉30」 behind the price of 无糖茉莉花茶: that one, though another is called 茉莉 for short.

    A product's code or own name means that product: 「可乐20箱」 behind the price of the sugar-free one.
    """
    if not mind.state.fresh_quote or not line.words or line.sku is None:
        return line
    priced: list[str] = []
    for call in reversed(mind.state.recent):
        if call.name != "quote":
            break
        priced.append(str(call.args.get("sku")))
    names = mind.briefing.linker.product_names
    words = fold(line.words)
    if line.sku in priced or words in names[line.sku][OWN_NAMES]:
        return line
    held = [sku for sku in dict.fromkeys(priced) if any(words in name for name in names.get(sku, ()))]
    return replace(line, sku=held[0], candidates=(held[0],)) if len(held) == 1 else line


def _as_told_behind(line: Line, reading: Reading, mind: Mind) -> Line:
    """ "20 electrolyte, the lemon one": of those that the name may mean, the one that is so."""
    names = mind.briefing.linker.product_names
    for said in THE_ONE.finditer(reading.text) if len(line.candidates) > 1 else ():
        word = said["en"] or said["zh"]
        held = [sku for sku in line.candidates if any(word in name for name in names.get(sku, ()))]
        if len(held) == 1:
            return replace(line, sku=held[0], candidates=(held[0],))
    return line
