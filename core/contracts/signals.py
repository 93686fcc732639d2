"""What is noticed about a sentence: the rules that hold for it, what it is about, what makes it hard or fair."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.contracts.cues import LONGEST, compiled, hits, names
from core.contracts.features import characters, hashes
from core.contracts.findings import Kind, Side
from core.contracts.parties import Parties
from core.contracts.playbook import Playbook, Rule
from core.contracts.suspicious import is_order
from core.contracts.text import Contract, Sentence, is_heading
from core.reading.clauses import path

_OFTEN = 2  # beyond which a cue in a sentence says nothing more
_MOST = 3
_LONG = 200
_LONGEST_MEANT = 400  # characters that an embedder sees
_NUMBERS = re.compile(r"[\d.,，]+|[一二三四五六七八九十百千万两]{2,}")
_APART = re.compile("[；;。]")
_SHORTEST_PART = 12
_NOBODY = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Signals:
    """``hard``, ``fair`` and ``topics`` count cues by name; ``headed`` are topics of the headings above; ``besides``
    are categories that the sentence is in so many words, whatever else it is about."""

    sentence: Sentence
    rules: tuple[Rule, ...]
    hard: Mapping[str, int]
    fair: Mapping[str, int]
    topics: Mapping[str, int]
    headed: frozenset[str]
    side: Side
    plain: str
    besides: frozenset[str] = frozenset()

    def grams(self) -> NDArray[np.int64]:
        """Characters of the text with the parties and numbers taken out."""
        return hashes(characters(self.plain))

    def vector(self) -> NDArray[np.float32]:
        """How hard the sentence is on this side, whatever it is about."""
        hard = [min(count, _OFTEN) for count in self.hard.values()]
        fair = [min(count, _OFTEN) for count in self.fair.values()]
        kinds, softened = sum(map(bool, hard)), sum(map(bool, fair))
        grave = [min(sum(rule.severity.weight == weight for rule in self.rules), _OFTEN) for weight in (1, 2, 3)]
        more = [kinds, softened, max(kinds - 3, 0), kinds * (softened == 0), kinds - softened]
        length = min(len(self.plain), _LONG) / 100
        return np.array(
            [*hard, *fair, *more, length, *grave, bool(self.rules), self.side is Side.BRAND], dtype=np.float32
        )

    def marks(self, labels: Sequence[str]) -> NDArray[np.float32]:
        """What points to each category: words of the sentence, headings above it, rules."""
        ruled = {rule.category for rule in self.rules}
        words = [min(self.topics.get(name, 0), _MOST) for name in labels]
        headed = [name in self.headed for name in labels]
        return np.array([*words, *headed, *(name in ruled for name in labels)], dtype=np.float32)

    def parts(self) -> list[str]:
        """The sentence and, where it says several things, each of them."""
        pieces = [part for part in _APART.split(self.plain) if len(part) >= _SHORTEST_PART]
        return [self.plain, *pieces] if len(pieces) > 1 else [self.plain]


def plain(text: str, parties: Parties, side: Side) -> str:
    """Without spaces, and with one sign each for the reader's side, the other side and any number."""
    known = dict(names({}, parties, side))
    us, them = (re.compile(known[who], re.IGNORECASE) if known[who] else _NOBODY for who in ("us", "them"))
    return _NUMBERS.sub("#", them.sub("Ｔ", us.sub("Ｕ", re.sub(r"\s+", "", text))))


def meant(plain: str) -> str:
    """A sentence for an embedder: who is who instead of names."""
    return plain.replace("Ｕ", "我方").replace("Ｔ", "对方")[:_LONGEST_MEANT]


def signals_in(contract: Contract, playbook: Playbook, parties: Parties, side: Side, kind: Kind) -> list[Signals]:
    """One a sentence, in order; a heading binds nobody, and what is addressed to software is no term."""
    words = names(playbook.words, parties, side)
    held: dict[int, list[Rule]] = defaultdict(list)
    for hit in hits(contract, playbook, parties, side, kind):
        held[hit.sentence.start].append(hit.rule)
    cues = {
        name: {key: compiled(pattern, words) for key, pattern in group.items()} for name, group in playbook.cues.items()
    }
    headings = [_headings(contract, at) for at in range(len(contract.clauses))]
    found = []
    for sentence in contract.sentences:
        if is_heading(contract, sentence) or is_order(sentence.text):
            continue
        text = sentence.text[:LONGEST]
        found.append(
            Signals(
                sentence,
                tuple(held.get(sentence.start, ())),
                _counts(cues["hard"], text),
                _counts(cues["fair"], text),
                _counts(cues["topics"], text),
                frozenset(key for key, pattern in cues["topics"].items() if pattern.search(headings[sentence.clause])),
                side,
                plain(text.removeprefix(_number(contract, sentence)), parties, side),
                frozenset(key for key, pattern in cues["besides"].items() if pattern.search(text)),
            )
        )
    return found


def _number(contract: Contract, sentence: Sentence) -> str:
    """That of a clause, before the sentence that begins it: it says nothing of what is agreed."""
    clause = contract.clauses[sentence.clause] if sentence.clause >= 0 else None
    return clause.number if clause is not None and clause.start == sentence.start else ""


def _headings(contract: Contract, at: int) -> str:
    return " ".join(clause.heading for clause in path(contract.clauses, at)[-2:])


def _counts(cues: Mapping[str, re.Pattern[str]], text: str) -> dict[str, int]:
    return {key: len(pattern.findall(text)) for key, pattern in cues.items()}


def vectors(signals: Sequence[Signals]) -> NDArray[np.float32]:
    """A row a sentence."""
    return np.array([each.vector() for each in signals], dtype=np.float32)
