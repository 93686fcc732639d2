"""Words of Chinese that are common enough, from the dictionary in jieba's package; read when first asked for."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# A line is a word, how often it stands in texts, and its kind: pairs from 40 times on, three characters from 3 on.
OFTEN = re.compile(r"^(?:(\S\S) (?:[4-9]\d|\d{3,})|(\S{3}) (?:[3-9]|\d{2,})) ", re.MULTILINE)


@cache
def _words() -> frozenset[str]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        return frozenset()
    text = Path(spec.origin).with_name("dict.txt").read_text("utf-8")
    return frozenset(pair or three for pair, three in OFTEN.findall(text))


def is_a_word(characters: str) -> bool:
    """Whether two or three characters are a word that is often said."""
    return characters in _words()
