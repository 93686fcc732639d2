"""Telegram's HTML as its server reads it: a few tags, closed in order; anything else is refused."""

from html.parser import HTMLParser

TAGS = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise ValueError(f'Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f'Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise ValueError("Unsupported start tag")

    def handle_decl(self, decl: str) -> None:
        raise ValueError("Unsupported start tag")


def read_html(text: str) -> str:
    """What is seen; ValueError where the server would refuse it."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise ValueError(f"Can't find end tag corresponding to start tag {reader.open[-1]}")
    return "".join(reader.words)
