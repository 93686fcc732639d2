"""How an answer from a contract reads: the clause word for word, what was raised about it, or that it doesn't say."""

from core.contracts.answering import Answered, Said
from core.replies import Block, Button, Citation, Citations, Reply, Text
from core.words import Words
from tools.contract_papers import Looked
from tools.contract_replies import CITED, figures_in, shortened, where


def told(looked: Looked, found: Answered, words: Words, *, named: bool = False) -> Reply:
    """The best sentence with its place, a second one, and why it was raised where it was; ``named``: of which file."""
    if not found.said:
        person = Button("person", words("button.person"), words("button.person.says"))
        missing = next((one for one in looked.review.missing if one.category == found.category), None)
        lines = [words("contracts.not_said", name=looked.paper.name)]
        if missing is not None:
            lines.append(words("contracts.not_said_but", reason=missing.reason, suggestion=missing.suggestion))
        return Reply((Text("\n".join(lines)), *_caveat(looked, words))).with_buttons([person])
    lines = [words("contracts.of_file", name=looked.paper.name)] if named else []
    lines += [_line(one, words) for one in found.said]
    raised = next((one.finding for one in found.said if one.finding and one.finding.severity.weight), None)
    if raised is not None:
        grave = words(f"contracts.severity.{raised.severity}")
        lines.append(words("contracts.raised", severity=grave, title=raised.title, reason=raised.reason))
    items = tuple(Citation(looked.paper.name, one.page, one.heading, shortened(one.quote, CITED)) for one in found.said)
    stated = tuple(dict.fromkeys(figure for one in found.said for figure in figures_in(one.quote)))
    return Reply((Text("\n".join(lines)), Citations(items), *_caveat(looked, words)), stated)


def _line(one: Said, words: Words) -> str:
    place = where(one.clause, one.page, words)
    return words("contracts.says_so", quote=shortened(one.quote, CITED), where=place)


def _caveat(looked: Looked, words: Words) -> tuple[Block, ...]:
    return (Text(words("contracts.caveat")),) if looked.first else ()
