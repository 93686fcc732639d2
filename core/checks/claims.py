"""Whether what a sentence claims was done, is so, or is promised."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.checks.figures import Wrong
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.language.normalise import fold

CLAUSE = re.compile(r"[,，;；。!！?？\n]|(?<![a-z])(?:but|and|so|then)(?![a-z])|但|不过|所以|然后")
ORDER = re.compile(r"so-\d{8}-\d{3,4}")
QUESTION = re.compile(r"[?？]\s*$|吗[。.]?$|(?:要不要|是否|需不需要|can i|shall i|would you|do you want)")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What was really done in this conversation, by action, and how results in view put their states."""

    actions: frozenset[str] = frozenset()


def outcomes_in(texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The actions that the desk's own outcomes tell of."""
    return frozenset(
        name for text in texts for name, action in vocabulary.actions.items() if action.done.search(fold(text))
    )


def false_claims(text: str, view: View, done: frozenset[str], vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Claims in a folded sentence; ``done`` are the actions with an outcome in this conversation."""
    asks = bool(QUESTION.search(text))
    for name, action in vocabulary.actions.items():
        if name not in done and not asks:
            yield from _claimed(name, action.done, text, view, vocabulary)
            if action.will is not None:
                yield from _claimed(name, action.will, text, view, vocabulary)
    for name, pattern in vocabulary.states.items():
        found = pattern.search(text)
        if found and not asks and not _is_so(name, pattern, text, view) and not _hedged(text, found, vocabulary):
            yield Wrong(f"{name}: {found.group()} is said in no result")
    for found in vocabulary.promises.finditer(text):
        if not view.holds(found.group()) and not vocabulary.not_yet.search(_clause(text, found)):
            yield Wrong(f"{found.group()} is promised in no result")


def _is_so(name: str, pattern: re.Pattern[str], text: str, view: View) -> bool:
    """Of an order that the sentence names, results must say it of that one."""
    if not pattern.search(view.words):
        return False
    named = [code for code in ORDER.findall(text) if view.states.get(f"code:{code}")]
    return not named or any(name in view.states[f"code:{code}"] for code in named)


def _claimed(name: str, pattern: re.Pattern[str], text: str, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    for found in pattern.finditer(text):
        if _hedged(text, found, vocabulary) or found.group() in view.words:
            continue
        yield Wrong(f"{name}: {found.group()} has no outcome in this conversation")


def _hedged(text: str, found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Not yet, not at all, or only after a press."""
    clause = _clause(text, found)
    return bool(vocabulary.not_yet.search(clause) or vocabulary.condition.search(clause))


def _clause(text: str, found: re.Match[str]) -> str:
    breaks = [match.end() for match in CLAUSE.finditer(text, 0, found.start())]
    start = breaks[-1] if breaks else 0
    stop = CLAUSE.search(text, found.end())
    return text[start : stop.start() if stop else len(text)]
