"""Which clauses a contract of its kind should have, and where it has them."""

import re
from collections.abc import Collection, Iterator, Sequence

from core.contracts.findings import Kind, Missing
from core.contracts.kinds import trades_of
from core.contracts.playbook import Expected, Playbook, phrase
from core.contracts.presence import Presence
from core.contracts.signals import Signals
from core.contracts.text import Contract, Sentence
from core.language.embedder import Embedder

FORBIDS = frozenset({"anti_bribery", "gsp_quality", "data_protection"})  # what does as they forbid doesn't replace them
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


def headed_by(contract: Contract, expected: Expected) -> frozenset[int]:
    """The places of the clauses whose heading names it and that say something."""
    return frozenset(
        at
        for at, clause in enumerate(contract.clauses)
        if clause.level
        and any(re.search(pattern, clause.heading, re.IGNORECASE) for pattern in expected.headings)
        and _says_something(contract, at)
    )


def presence_in(contract: Contract, signals: Sequence[Signals], embedder: Embedder | None) -> Presence | None:
    """What a Chinese contract's sentences say of every subject; None for other languages."""
    if contract.language != "zh":
        return None
    return Presence([each for each in signals if _said(contract, each.sentence)], embedder)


def present_in(
    contract: Contract, expected: Expected, presence: Presence | None, *, raised: bool = False
) -> tuple[int, ...]:
    """The places of the clauses that deal with it; ``presence`` knows Chinese sentences, others show it by patterns.

    ``raised``: a sentence of the contract is raised for it.
    """
    headed = headed_by(contract, expected)
    if presence is not None:
        return presence.places(expected.subject, headed, raised=raised and expected.category not in FORBIDS)
    said = {
        sentence.clause
        for sentence in contract.sentences
        if (text := _said(contract, sentence)) and any(re.search(each, text, re.IGNORECASE) for each in expected.shows)
    }
    return tuple(sorted(headed | said))


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
    kind: Kind,
    language: str,
    presence: Presence | None,
    raised: Collection[str] = (),
) -> tuple[tuple[Missing, ...], dict[str, tuple[int, ...]]]:
    """What isn't there, and where that stands which is; ``raised`` are the categories that sentences are raised for."""
    absent: list[Missing] = []
    present: dict[str, tuple[int, ...]] = {}
    for each in expected_in(contract, playbook, kind):
        places = present_in(contract, each, presence, raised=each.category in raised)
        present[each.category] = places
        if not places:
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
