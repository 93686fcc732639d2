"""Words of Chinese that are common enough, from the dictionary in jieba's package; read when first asked for."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

PAIR, THREE = 40, 3  # how often a word of two characters, and of three, must stand there


@cache
def _words() -> frozenset[str]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        return frozenset()
    lines = Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ", 2) for line in lines)
    return frozenset(row[0] for row in rows if int(row[1]) >= {2: PAIR, 3: THREE}.get(len(row[0]), int(row[1]) + 1))


def is_a_word(characters: str) -> bool:
    """Whether two or three characters are a word that is often said."""
    return characters in _words()
