"""Goods that are counted by the beginning of their codes: T-500系列11款, two codes begin with T-1000."""

import re
from collections.abc import Iterator

from core.checks.said import Said
from core.checks.view import View

PREFIX = r"(?<![a-z0-9-])[a-z]{1,3}-\d{2,4}(?![a-z0-9])"
FAMILY = re.compile(
    rf"(?P<behind>{PREFIX})(?: ?(?:-?x+|\*))? ?(?:这个?)?(?:系列|开头|打头|前缀|那?几款|的(?=有|共|是"
    rf"|那?\d|[一二两三四五六七八九十])"
    r"|[- ]?(?:series|range|family|line|prefix|codes))"
    rf"|(?:前缀|以|开头是|编号|beginning with|starting with|begin with|start with"
    rf"|prefix(?:ed)?(?: with)?) ?(?P<ahead>{PREFIX})"
)


def families_in(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The beginnings of codes by which a text tells of several goods, with their places."""
    for found in FAMILY.finditer(text):
        name = "behind" if found["behind"] else "ahead"
        yield found[name], found.span(name)


def of_family(code: str, view: View) -> int:
    """How many goods of one table have a code that begins so."""
    heads = [
        sum(row.head.startswith(code) for row in listing.rows) for listing in view.listings if listing.kind == "product"
    ]
    return max(heads, default=0)


def family_told(span: tuple[int, int], said: Said, view: View) -> bool:
    """Whether a code stands for the goods whose codes begin with it."""
    return any(begin <= span[0] < end and of_family(code, view) > 0 for code, (begin, end) in families_in(said.text))
