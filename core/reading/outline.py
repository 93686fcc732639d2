"""What a PDF says about itself: its title and its outline."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader

from core.reading.headings import squeezed
from core.reading.lines import Line
from core.reading.text import join_lines, tidy

_ENTRIES = 5_000
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*$|microsoft |powerpoint|幻灯片|无标题|未命名|新建)|\.(?:docx?|pdf|wps|pptx?)$",
    re.IGNORECASE,
)


def outline(reader: PdfReader) -> dict[int, dict[str, int]]:
    """For each page from 0 the squeezed titles that point to it, with their level from 1."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    try:
        _gather(reader, reader.outline, 1, found)
    except Exception:  # noqa: BLE001 - a damaged outline makes pypdf raise nearly anything; there are other signs
        return {}
    return dict(found)


def _gather(reader: PdfReader, entries: Sequence[Any], level: int, found: dict[int, dict[str, int]]) -> None:
    for entry in entries:
        if sum(map(len, found.values())) >= _ENTRIES:
            return
        if isinstance(entry, list):
            _gather(reader, entry, min(level + 1, 6), found)
            continue
        page = reader.get_destination_page_number(entry)
        title = squeezed(tidy(str(entry.title or "")))
        if page is not None and page >= 0 and title:
            found[page].setdefault(title, level)


def title(reader: PdfReader, first_page: Sequence[Line]) -> str:
    """The title in the file's properties, else the largest words of the first page; empty where neither says."""
    try:
        named = tidy((reader.metadata and reader.metadata.title) or "").strip()
    except Exception:  # noqa: BLE001 - damaged properties
        named = ""
    if named and not _NO_TITLE.search(named):
        return named[:200]
    sizes = sorted({line.size for line in first_page}, reverse=True)
    if len(sizes) < 2:
        return ""
    largest = [line.text for line in first_page if line.size == sizes[0]]
    return join_lines(largest)[:200] if len(largest) <= 3 else ""
