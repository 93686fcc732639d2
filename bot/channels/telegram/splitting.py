"""Long replies cut into messages: between blocks first, then between lines, and inside a line only where one must."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

MARK = re.compile(r"<[^>]*>")
GOOD_ENDS = ("。", "；", "！", "？", ". ", "; ", "，", ", ", " ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line whose marks are closed within it; ``keep_with_next``: a heading is no message's last line."""

    html: str
    keep_with_next: bool = False

    @property
    def length(self) -> int:
        """As Telegram counts: what is read, without marks, in UTF-16 units."""
        return units(without_marks(self.html))


def units(text: str) -> int:
    """UTF-16 code units: an emoji counts twice."""
    return len(text.encode("utf-16-le")) // 2


def without_marks(html: str) -> str:
    """What is read."""
    return unescape(MARK.sub("", html))


def cut(text: str, limit: int) -> Iterator[str]:
    """Pieces within the limit, cut behind a sentence, a clause or a word; an empty text is one empty piece."""
    while units(text) > limit:
        head = _head(text, limit)
        ends = [head.rfind(end) + len(end) for end in GOOD_ENDS if head.rfind(end) > limit // 2]
        at = ends[0] if ends else len(head)
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    yield text


def _head(text: str, limit: int) -> str:
    """The longest beginning within the limit that splits no character."""
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")


def packed(blocks: Sequence[Sequence[Line]], limit: int) -> Iterator[str]:
    """Messages in which there is something to read."""
    return (message for message in _packed(blocks, limit) if without_marks(message).strip())


def _packed(blocks: Sequence[Sequence[Line]], limit: int) -> Iterator[str]:
    """As few messages as keep blocks whole; a block that is too long for one is cut between its lines."""
    message: list[Line] = []
    size = 0
    for block in blocks:
        whole = sum(line.length + 1 for line in block) - 1
        if message and size + whole > limit >= whole:
            yield _joined(message)
            message, size = [], 0
        for line in block:
            length = line.length
            if message and size + length > limit:
                held = _held_back(message, limit - length)
                yield _joined(message[: len(message) - len(held)])
                message, size = held, sum(one.length + 1 for one in held)
            message.append(line)
            size += length + 1
    if message:
        yield _joined(message)


def _held_back(message: Sequence[Line], room: int) -> list[Line]:
    """Headings at the end, which go over to the next message where there is room for them."""
    held: list[Line] = []
    for line in reversed(message):
        if not line.keep_with_next:
            break
        held.insert(0, line)
    fits = sum(line.length + 1 for line in held) <= room
    return held if fits and len(held) < len(message) else []


def _joined(lines: Sequence[Line]) -> str:
    return "\n".join(line.html for line in lines)
