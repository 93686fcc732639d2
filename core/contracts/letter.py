"""A draft reply to the other side: what we ask to be changed and added, as text and as a Word file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import groupby
from typing import Protocol

import docx

from core import plainyaml
from core.contracts.findings import Finding, Review, Severity
from core.contracts.playbook import phrase

_QUOTE = 90
_NEVER = frozenset({"hidden_text", "instructions"})
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Letter:
    """``asks`` counts the changes and additions."""

    title: str
    paragraphs: tuple[str, ...]
    asks: int

    @property
    def text(self) -> str:
        """All of it, a paragraph a line."""
        return "\n".join((self.title, "", *self.paragraphs))


class Say(Protocol):
    """Words of the letter by key."""

    def __call__(self, key: str, **given: object) -> str: ...


def letter_of(review: Review, title: str, other: str, us: str) -> Letter:
    """From what is high or medium, each clause once with all that is asked of it; in the review's language."""

    def say(key: str, **given: object) -> str:
        return phrase(_phrases()[key], review.language).format(**given)

    grave = [one for one in review.findings if one.severity.weight >= Severity.MEDIUM.weight]
    grave = [one for one in grave if one.category not in _NEVER]
    lines = [say("greeting", other=other or say("other_party")), say("opening", title=title)]
    changes = [list(group) for _, group in groupby(sorted(grave, key=lambda one: one.start), key=lambda one: one.start)]
    if changes:
        lines.append(say("changes"))
        for place, group in enumerate(changes, 1):
            lines += _change(place, group, say)
    if review.missing:
        lines.append(say("additions" if changes else "additions_only"))
        for place, one in enumerate(review.missing, 1):
            lines.append(say("addition", place=place, title=one.title, suggestion=one.suggestion))
    if not changes and not review.missing:
        lines.append(say("nothing"))
    lines += [say("closing"), say("regards"), us]
    return Letter(say("title", title=title), tuple(line for line in lines if line), len(changes) + len(review.missing))


def _change(place: int, group: list[Finding], say: Say) -> Iterator[str]:
    first = group[0]
    quote = " ".join(first.quote.split())
    where = ""
    if first.clause:
        where = say("where" if first.page else "where_only", number=first.clause.strip("第条"), page=first.page)
    titles = dict.fromkeys(one.title for one in group)
    yield say(
        "change",
        place=place,
        where=where,
        title=say("comma").join(titles),
        quote=quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…",
    )
    yield say("reason", reason=first.reason)
    for suggestion in dict.fromkeys(one.suggestion for one in group if one.suggestion):
        yield say("asks", suggestion=suggestion)


def as_docx(letter: Letter) -> bytes:
    """The letter as a Word file, to be changed before it is sent."""
    document = docx.Document()
    document.add_heading(letter.title, level=1)
    for paragraph in letter.paragraphs:
        document.add_paragraph(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = plainyaml.load(
        files("core.contracts").joinpath("letter.yaml").read_text(encoding="utf-8")
    )
    return read
