"""A contract's clauses as a tree, from how they are numbered."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.reading.numbering import STRONG, Numbered, Style, number_of
from core.reading.plain import Plain

_CHINESE_HEADING = re.compile(r"[\s　【〔]*([^\s　。，,；;：:！？【】]{2,24})(?:[】〕]|[\s　：:]+|$)")
_ENGLISH_HEADING = re.compile(
    r"\s*((?:[A-Z][\w'’/&-]*|and|or|of|the|to|for|on|in|by|with|;|,|/|&)(?:[\s,;/&]+(?:[A-Z][\w'’/&-]*|and|or|of|the|to|for|on|in|by|with))*)\s*(?:[.:–—-](?:\s|$)|$)"
)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Clause:
    """``start`` to ``end`` is its own text without what stands under it; ``parent`` is the place in the sequence of
    the clause above it; ``level`` is 1 at the top, 0 for what stands before the first number."""

    number: str
    heading: str
    level: int
    start: int
    end: int
    page: int | None
    parent: int | None = None


def clauses(plain: Plain) -> tuple[Clause, ...]:
    """All clauses in reading order; together they cover the text."""
    found = list(_begun(plain))
    ends = [*(each.start for each in found[1:]), len(plain.text)]
    return tuple(replace(each, end=end) for each, end in zip(found, ends, strict=True))


def path(tree: Sequence[Clause], at: int) -> tuple[Clause, ...]:
    """The clause at a place with those above it, top first."""
    chain = [tree[at]]
    while (parent := chain[-1].parent) is not None:
        chain.append(tree[parent])
    return tuple(reversed(chain))


def clause_at(tree: Sequence[Clause], offset: int) -> int:
    """The place in the sequence of the clause that holds the character at ``offset``."""
    return max(0, bisect_right(tree, offset, key=lambda each: each.start) - 1)


def _begun(plain: Plain) -> Iterator[Clause]:
    stack: list[tuple[Numbered, int]] = []
    at, bare = 0, 0
    for offset, line in plain.lines():
        number = number_of(line)
        if number is not None and number.style is Style.BARE:
            number = replace(number, style=Style.NUMBER) if int(number.text) == bare + 1 else None
            bare += number is not None
        if number is None:
            if offset == 0:
                yield Clause("", "", 0, 0, 0, plain.page_at(0))
                at += 1
            continue
        while stack and not _stands_under(number, [above for above, _ in stack]):
            stack.pop()
        parent = stack[-1][1] if stack else None
        stack.append((number, at))
        yield Clause(number.text, heading_of(line[number.end :]), len(stack), offset, 0, plain.page_at(offset), parent)
        at += 1


def _stands_under(number: Numbered, stack: Sequence[Numbered]) -> bool:
    """Whether a clause with this number may stand right under the last of the stack."""
    last = stack[-1]
    if number.style in STRONG:
        return last.style in STRONG and STRONG.index(last.style) < STRONG.index(number.style)
    if number.style is Style.NUMBER and any(each.style is Style.NUMBER for each in stack):
        return (last.style is Style.NUMBER and last.depth < number.depth) or last.style in STRONG
    return all(each.style is not number.style for each in stack)


def heading_of(rest: str) -> str:
    """The title that follows a clause's number; empty where its text begins at once."""
    latin = _is_latin(rest)
    found = _ENGLISH_HEADING.match(rest[: _LONGEST + 2]) if latin else _CHINESE_HEADING.match(rest)
    title = found.group(1).strip() if found else ""
    alone = rest.strip()
    return title or (alone if len(alone) <= 24 and not re.search(r"[。；;，,]|\.$", alone) else "")


def _is_latin(text: str) -> bool:
    return re.match(r"\s*[A-Za-z]", text) is not None
