"""A stream of words as sentences, without what doesn't belong in a chat: thoughts, tables, marks of Markdown."""

import re
from collections.abc import Iterator, Sequence

from core.language.sentences import sentences

THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
OPENING = re.compile(r"<[a-z]{0,8}$")
MARKS = re.compile(r"\*\*|__|`+|(?m:^#{1,6} +)|(?m:^> )")
TABLE = re.compile(r"(?m)^ *\|.*\|? *$")
BETWEEN = re.compile(r"[\W_]+")
FINISHED = re.compile(r"[。！？!?；…\n][”’」』）】》)\"'\]]*\s*$")

ENDED = re.compile(r"[。！？!?；.][”’」』）】》)\"'\]]*\s*$")
HEADED = re.compile(r"[:：]\s*$")


class Sentences:
    """Fed with pieces, gives each sentence once it is whole."""

    def __init__(self) -> None:
        self._raw = ""
        self._given = 0

    def feed(self, piece: str) -> Iterator[str]:
        """More words came; the last sentence waits until something follows it or it plainly ends."""
        self._raw += piece
        yield from self._new(whole=False)

    def end(self) -> Iterator[str]:
        """No more words come."""
        yield from self._new(whole=True)

    def _new(self, *, whole: bool) -> Iterator[str]:
        text = plain(self._raw) if whole else plain(OPENING.sub("", self._raw))
        found = sentences(text)
        if not whole and found and not FINISHED.search(text):
            found = found[:-1]
        yield from found[self._given :]
        self._given = max(self._given, len(found))


def plain(text: str) -> str:
    """Without thoughts, tables and marks."""
    if "<" in text:
        text = THOUGHT.sub("", text)
    if "|" in text:
        text = TABLE.sub("", text)
    return MARKS.sub("", text) if any(mark in text for mark in "*_`#>") else text


def heading_of(told: Sequence[str]) -> str:
    """The line that leads the list in which the next one stands, if all since it are items and no sentences."""
    for sentence in reversed(told):
        if HEADED.search(sentence):
            return sentence
        if ENDED.search(sentence):
            return ""
    return ""


def same_words(one: str, other: str) -> bool:
    """Whether two sentences have the same letters and figures, whatever stands between; none have no match."""
    letters = BETWEEN.sub("", one).casefold()
    return bool(letters) and letters == BETWEEN.sub("", other).casefold()


def joined(told: list[str]) -> str:
    """Sentences as a paragraph: a space between Latin ones, items of a list on lines of their own."""
    text = ""
    for sentence in told:
        if not text:
            text = sentence
        elif re.match(r"(?:[-•*]|\d{1,2}[.)、]) ?", sentence):
            text += "\n" + sentence
        else:
            text += ("" if _wide(text[-1]) or _wide(sentence[0]) else " ") + sentence
    return text


def _wide(char: str) -> bool:
    return char > "\u2e7f"
