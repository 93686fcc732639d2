"""Which clauses a contract of its kind should have, and where it has them."""

import re
from collections.abc import Collection, Iterator

from core.contracts.cues import compiled, names
from core.contracts.findings import Kind, Missing, Side
from core.contracts.kinds import trades_of
from core.contracts.parties import Parties
from core.contracts.playbook import Expected, Playbook, phrase
from core.contracts.text import Contract, Sentence

_FORBIDS = frozenset(
    {"anti_bribery", "gsp_quality", "data_protection"}
)  # what does as they forbid doesn't replace them
_BLANK = re.compile(
    r"[\s：:。.，,/＿_（(—-]*(?:(?:本条|此条|本款)?(?:空白|从略|略|无|暂无|不适用|待定|保留|删除|reserved|none|n/?a)"
    r"|(?:双方)?(?:另行|另)(?:约定|协商|商定|议定|签订))?[\s）)。.，,；;/＿_—-]*",
    re.IGNORECASE,
)


def expected_in(contract: Contract, playbook: Playbook, kind: Kind) -> Iterator[Expected]:
    """What the playbook asks of a contract of this kind and trade."""
    trades = trades_of(contract)
    for each in playbook.expected:
        if kind not in each.kinds or (each.trades and trades.isdisjoint(each.trades)):
            continue
        if each.only_if and not any(re.search(pattern, contract.masked, re.IGNORECASE) for pattern in each.only_if):
            continue
        yield each


def present_in(
    contract: Contract, expected: Expected, playbook: Playbook, parties: Parties, side: Side
) -> tuple[int, ...]:
    """The places of the clauses that deal with it."""
    words = names(playbook.words, parties, side)
    by_heading = {
        at
        for at, clause in enumerate(contract.clauses)
        if clause.level
        and any(re.search(pattern, clause.heading, re.IGNORECASE) for pattern in expected.headings)
        and _says_something(contract, at)
    }
    shows = [compiled(pattern, words) for pattern in expected.shows]
    unless = [compiled(pattern, words) for pattern in expected.unless]
    by_words = {
        sentence.clause
        for sentence in contract.sentences
        if (text := _said(contract, sentence))
        and any(pattern.search(text) for pattern in shows)
        and not any(pattern.search(text) for pattern in unless)
    }
    return tuple(sorted(by_heading | by_words))


def _said(contract: Contract, sentence: Sentence) -> str:
    """The sentence; empty where it is a heading with nothing behind it."""
    clause = contract.clauses[sentence.clause] if sentence.clause >= 0 else None
    if clause is None or not clause.heading or sentence.start != clause.start:
        return sentence.text
    rest = sentence.text[len(clause.number) :].partition(clause.heading)[2]
    return "" if _BLANK.fullmatch(rest) else sentence.text


def _says_something(contract: Contract, at: int) -> bool:
    """Whether anything but a blank stands under a heading."""
    clause = contract.clauses[at]
    words = contract.clause_text(at)[len(clause.number) :]
    words = words.partition(clause.heading)[2] if clause.heading else words
    if _BLANK.fullmatch(words) is None:
        return True
    return any(below.parent == at and _says_something(contract, place) for place, below in enumerate(contract.clauses))


def missing_from(
    contract: Contract,
    playbook: Playbook,
    parties: Parties,
    side: Side,
    kind: Kind,
    language: str,
    dealt_with: Collection[str] = (),
) -> tuple[tuple[Missing, ...], dict[str, tuple[int, ...]]]:
    """What isn't there, and where that stands which is; what is raised as hard, ``dealt_with``, is there."""
    absent: list[Missing] = []
    present: dict[str, tuple[int, ...]] = {}
    for each in expected_in(contract, playbook, kind):
        places = present_in(contract, each, playbook, parties, side)
        present[each.category] = places
        if not places and (each.category in _FORBIDS or each.category not in dealt_with):
            absent.append(_missing(each, playbook, language))
    return tuple(sorted(absent, key=lambda one: -one.severity.weight)), present


def _missing(expected: Expected, playbook: Playbook, language: str) -> Missing:
    return Missing(
        category=expected.category,
        severity=expected.severity,
        title=phrase(playbook.categories[expected.category], language),
        reason=phrase(expected.reason, language),
        suggestion=phrase(expected.suggestion, language),
        basis=tuple(phrase(playbook.statutes[name], language) for name in expected.basis if name in playbook.statutes),
    )
