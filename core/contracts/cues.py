"""Rules against sentences: the playbook's patterns with this contract's own names of the parties put in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.contracts.findings import Kind, Side
from core.contracts.parties import Parties
from core.contracts.playbook import Playbook, Rule
from core.contracts.text import Contract, Sentence

_NAME = re.compile(r"\{([a-z_]+)\}")
_NOBODY = r"(?!)"
LONGEST = 1_500  # characters of a sentence that patterns see


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a rule recognised."""

    rule: Rule
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    every: tuple[re.Pattern[str], ...]
    either: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    unless_clause: tuple[re.Pattern[str], ...]
    clause: tuple[re.Pattern[str], ...]


def hits(contract: Contract, playbook: Playbook, parties: Parties, side: Side, kind: Kind) -> Iterator[Hit]:
    """Each sentence with each rule that holds for it on this side."""
    words = names(playbook.words, parties, side)
    rules = [_compiled(rule, words) for rule in playbook.rules if _applies(rule, side, kind)]
    for sentence in contract.sentences:
        text = sentence.text[:LONGEST]
        for each in rules:
            if _holds(each, text, contract, sentence.clause):
                yield Hit(each.rule, sentence)


def names(words: Mapping[str, str], parties: Parties, side: Side) -> tuple[tuple[str, str], ...]:
    """The playbook's words and who is who: us is the side that reads."""
    other = Side.BRAND if side is Side.DEALER else Side.DEALER
    who = {
        "brand": parties.brand or _NOBODY,
        "dealer": parties.dealer or _NOBODY,
        "us": parties.pattern(side) or _NOBODY,
        "them": parties.pattern(other) or _NOBODY,
    }
    return tuple((words | who if isinstance(words, dict) else {**words, **who}).items())


@lru_cache(maxsize=8_192)
def compiled(pattern: str, words: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """A pattern with its words put in; a word that is unknown matches nothing."""
    known = dict(words)
    for _ in range(3):
        pattern = _NAME.sub(lambda found: f"(?:{known.get(found.group(1), _NOBODY)})", pattern)
    return re.compile(pattern, re.IGNORECASE)


def _compiled(rule: Rule, words: tuple[tuple[str, str], ...]) -> _Compiled:
    def group(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(pattern, words) for pattern in patterns)

    return _Compiled(
        rule, group(rule.every), group(rule.either), group(rule.unless), group(rule.unless_clause), group(rule.clause)
    )


def _applies(rule: Rule, side: Side, kind: Kind) -> bool:
    return rule.side in {"any", side} and (not rule.kinds or kind in rule.kinds)


def _holds(rule: _Compiled, text: str, contract: Contract, clause: int) -> bool:
    if not all(pattern.search(text) for pattern in rule.every):
        return False
    if rule.either and not any(pattern.search(text) for pattern in rule.either):
        return False
    if any(pattern.search(text) for pattern in rule.unless):
        return False
    if not (rule.unless_clause or rule.clause):
        return True
    whole = contract.clause_text(clause)
    if any(pattern.search(whole) for pattern in rule.unless_clause):
        return False
    return all(pattern.search(whole) for pattern in rule.clause)
