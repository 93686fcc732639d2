"""A contract as rules see it: its sentences, each in its clause, without what is hidden or written to a machine."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.language.normalise import simplified
from core.reading.clauses import Clause, clauses
from core.reading.document import Document, Hidden
from core.reading.plain import Plain, plain

_END = re.compile(
    r"[。！？!?]+[”’」』）】)\"']*|\n+|(?<![A-Z0-9])(?<!\bNo)(?<!\bInc)(?<!\bLtd)(?<!\bCo)[.;][\"”’)]*(?=\s+[\"“(A-Z])"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_LETTERS = re.compile("[A-Za-z]")
_LONGEST_HEADING = 12  # characters; what is longer without a full stop may be a short term


@dataclass(frozen=True, slots=True)
class Sentence:
    """``clause`` is the place of its clause in the contract's sequence."""

    start: int
    end: int
    clause: int
    text: str


@dataclass(frozen=True, slots=True)
class Contract:
    """``masked`` is the text in simplified characters with hidden stretches blanked out, offsets unchanged; only quotes
    come from ``plain``."""

    plain: Plain
    masked: str
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    hidden: tuple[tuple[int, int, Hidden], ...]
    title: str
    language: str

    def clause_text(self, at: int) -> str:
        """The clause's own words, hidden ones left out."""
        clause = self.clauses[at]
        return self.masked[clause.start : clause.end]

    def as_written(self, words: str) -> str:
        """What was read in ``masked``, in the contract's own characters."""
        at = self.masked.find(words)
        return self.plain.text[at : at + len(words)] if at >= 0 else words


def contract_of(document: Document) -> Contract:
    """Reads nothing but the document."""
    whole, hidden = _with_hidden(plain(document), document.hidden)
    masked = simplified(_masked(whole.text, hidden))
    tree = clauses(whole)
    title = next((line.strip() for _, line in whole.lines() if line.strip()), document.title)
    return Contract(whole, masked, tree, tuple(sentences_in(masked, tree)), hidden, title[:80], language_of(masked))


def is_heading(contract: Contract, sentence: Sentence) -> bool:
    """A heading names a subject; it binds nobody."""
    if not 0 <= sentence.clause < len(contract.clauses):
        return False
    clause = contract.clauses[sentence.clause]
    short = 0 < len(clause.heading) <= _LONGEST_HEADING
    return short and sentence.start == clause.start and sentence.text.endswith(clause.heading)


def language_of(text: str) -> str:
    """``zh`` or ``en``, by what most of it is written in."""
    sample = text[:50_000]
    return "zh" if len(_CHINESE.findall(sample)) * 4 > len(_LETTERS.findall(sample)) else "en"


def sentences_in(text: str, tree: Sequence[Clause]) -> list[Sentence]:
    """All sentences in order, none across the beginning of a clause."""
    starts = [clause.start for clause in tree]
    bounds = sorted({0, len(text), *starts, *(match.end() for match in _END.finditer(text))})
    found = []
    for start, end in pairwise(bounds):
        piece = text[start:end]
        if piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(begin, start + len(piece.rstrip()), bisect_right(starts, start) - 1, piece.strip()))
    return found


def _with_hidden(whole: Plain, hidden: Sequence[Hidden]) -> tuple[Plain, tuple[tuple[int, int, Hidden], ...]]:
    """Where each hidden stretch stands; what the text lacks is added at its end, so that it can be quoted."""
    placed = []
    text, starts, pages = whole.text, list(whole.starts), list(whole.pages)
    squeezed, offsets = _squeezed(text)
    for each in hidden:
        wanted = "".join(each.text.split())
        at = squeezed.find(wanted)
        if at >= 0:
            placed.append((offsets[at], offsets[at + len(wanted) - 1] + 1, each))
            continue
        starts.append(len(text) + 1)
        pages.append(each.page)
        text = f"{text}\n{each.text}"
        placed.append((len(text) - len(each.text), len(text), each))
    return Plain(text, tuple(starts), tuple(pages)), tuple(placed)


def _squeezed(text: str) -> tuple[str, list[int]]:
    kept = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in kept), kept


def _masked(text: str, hidden: Sequence[tuple[int, int, Hidden]]) -> str:
    for start, end, _ in hidden:
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    return text
