"""What is usual in a PDF: its text's size, leading and columns; what only repeats on every page."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from core.reading.headings import squeezed
from core.reading.lines import Line
from core.reading.tables import Table

_CONTENTS_LINE = re.compile(r"\D[\s.·…]*(\d{1,4})$")
_PAGE_NUMBER = re.compile(r"[-–—·\s]*\d{1,4}[-–—·\s]*$")
_DIGITS = re.compile(r"\d+")
_COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")
_EDGE = 6  # characters by which a running header is known, since chapter or page number change
_GUTTER = 60  # points between the beginnings of lines that stand in different columns
_COLUMN = 8  # lines that make one


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page before it is understood. ``titles``: those of the file's outline that point to it, squeezed, by level."""

    number: int
    lines: Sequence[Line]
    tables: Sequence[Table] = ()
    titles: Mapping[str, int] = field(default_factory=dict)

    @property
    def flowing(self) -> list[Line]:
        """The lines outside of tables."""
        return [line for line in self.lines if not any(table.holds(line) for table in self.tables)]


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in the document; ``width`` is that of a column of text."""

    size: float
    width: float
    leading: float
    larger: tuple[float, ...]
    compounds: frozenset[str]
    outlined: bool

    def is_word(self, compound: str) -> bool:
        """Whether the document writes it with its hyphen elsewhere."""
        return compound in self.compounds


def style_of(sheets: Sequence[Sheet]) -> Style:
    """Measured over all pages."""
    lines = [line for sheet in sheets for line in sheet.lines]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    body = [[line for line in sheet.flowing if line.size == size] for sheet in sheets]
    gaps = [
        above.y - below.y
        for page in body
        for above, below in pairwise(page)
        if above.y is not None and below.y is not None and above.y > below.y
    ]
    widths = [right - left for page in body for left, right, _ in _measured(page)]
    return Style(
        size=size,
        width=median(widths) if widths else max((line.right - line.x for line in lines), default=0.0),
        leading=median(gaps) if gaps else 1.5 * size,
        larger=tuple(sorted({each for each in sizes if size and each > 1.12 * size}, reverse=True)),
        compounds=frozenset(found.casefold() for line in lines for found in _COMPOUND.findall(line.text)),
        outlined=sum(len(sheet.titles) for sheet in sheets) >= 3,
    )


def right_edges(sheet: Sheet, style: Style) -> dict[float, float]:
    """For each x at which a line of the page begins, where its column ends on the right."""
    body = [line for line in sheet.flowing if line.size == style.size]
    measured = {x: right for _, right, starts in _measured(body) for x in starts}
    edges = dict(measured)
    for x in {line.x for line in sheet.lines} - measured.keys():
        nearest = max((start for start in measured if start <= x), default=None)
        edges[x] = x + style.width if nearest is None else measured[nearest]
    return edges


def _measured(lines: Sequence[Line]) -> list[tuple[float, float, frozenset[float]]]:
    """Left and right of each column of the page that has lines enough to tell, and where its lines begin."""
    columns: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.x):
        if columns and line.x - columns[-1][-1].x <= _GUTTER:
            columns[-1].append(line)
        else:
            columns.append([line])
    return [
        (
            column[0].x,
            sorted(line.right for line in column)[len(column) * 9 // 10],
            frozenset(line.x for line in column),
        )
        for column in columns
        if len(column) >= _COLUMN
    ]


def running_keys(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Keys of the lines that stand at the top or foot of most pages, and nowhere else."""
    counts: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for sheet in sheets:
        edge = _at_the_edge(sheet)
        counts.update({key for line in edge for key in keys(line.text)})
        inside.update({key for line in sheet.lines if line not in edge for key in keys(line.text)})
    return frozenset(
        key
        for key, count in counts.items()
        if count >= 3 and count * 2 > len(sheets) and inside[key] * 5 <= len(sheets)
    )


def without_furniture(sheet: Sheet, running: frozenset[str]) -> list[Line]:
    """The page's lines without what only repeats, and without a page number that stands alone."""
    edge = _at_the_edge(sheet)
    kept = [line for line in sheet.lines if line not in edge or not keys(line.text) & running]
    while kept and _PAGE_NUMBER.match(kept[-1].text):
        kept.pop()
    return kept[1:] if kept and _PAGE_NUMBER.match(kept[0].text) else kept


def _at_the_edge(sheet: Sheet) -> list[Line]:
    ordered = sorted(sheet.flowing, key=lambda line: -line.y if line.y is not None else 0)
    return [*ordered[:2], *ordered[-2:]]


def keys(text: str) -> set[str]:
    """What a line is known by whatever number it bears; a key says from which end it was taken."""
    bare = _DIGITS.sub("#", squeezed(text))
    return {"^" + bare[:_EDGE], bare[-_EDGE:] + "$"} if len(bare) > _EDGE else {f"^{bare}$"}


def is_contents(lines: Sequence[Line], pages: int) -> bool:
    """Whether most lines end in page numbers that only grow: a table of contents."""
    numbers = [int(found.group(1)) for line in lines if (found := _CONTENTS_LINE.search(line.text.rstrip()))]
    grow = all(one <= other <= pages for one, other in pairwise(numbers))
    return len(numbers) >= 5 and len(numbers) * 10 >= len(lines) * 7 and grow
