"""「白桃电解质」, 「nfc的橙汁」: a word right before a product's name that makes it another product."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from agents.offline.reading.named import Mention

CHINESE, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"(?<![a-z0-9])[a-z]{3,10}$")
BETWEEN = re.compile(r"(?:口?味)?的? ?$")
LONGEST, SHORTEST = 4, 2


def qualified(text: str, mentions: Sequence[Mention], names: Mapping[str, Sequence[str]]) -> list[Mention]:
    """The mentions, a name with the word before it where only one product is called by both."""
    found = list(mentions)
    for place, mention in enumerate(found):
        if mention.kind == "product" and CHINESE.search(mention.text):
            earliest = max((one.end for one in found if one.end <= mention.start), default=0)
            found[place] = _with_the_word_before(text, mention, earliest, names)
    return found


def _with_the_word_before(text: str, mention: Mention, earliest: int, names: Mapping[str, Sequence[str]]) -> Mention:
    before = BETWEEN.sub("", text[earliest : mention.start])
    for word in _ends(before):
        held = [sku for sku, called in names.items() if any(word in one and mention.text in one for one in called)]
        if len(held) == 1 and set(held) != set(mention.codes):
            start = earliest + len(before) - len(word)
            return replace(mention, codes=tuple(held), start=start, text=text[start : mention.end])
        if held:
            break
    return mention


def _ends(words: str) -> Iterable[str]:
    """The ends of it that may be such a word, the longest first."""
    if latin := LATIN.search(words):
        return [latin.group()]
    ends = (words[-length:] for length in range(LONGEST, SHORTEST - 1, -1) if length <= len(words))
    return [end for end in ends if all(CHINESE.match(char) for char in end)]
