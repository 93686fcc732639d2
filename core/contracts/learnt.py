"""What the learnt models say about a contract: Chinese sentences weighed, English ones by kind of clause."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.contracts.clause_types import clause_types
from core.contracts.findings import Kind
from core.contracts.playbook import Learnt, Playbook, Rule
from core.contracts.risk import among, risk_model
from core.contracts.signals import Signals
from core.contracts.text import Contract
from core.contracts.unfair import unfair_terms
from core.language.embedder import Embedder

Tell = Callable[[str, int, int], None]
_OF_A_KIND = 3  # paragraphs of a contract that are shown for each kind
_SHORTEST = 20
_ENGLISH = re.compile(r"\b(?:the|and|of|you)\b", re.IGNORECASE)
_GERMAN = re.compile(r"\b(?:der|die|und|Sie|nicht)\b")
_STEP = 200  # sentences between two words of progress


@dataclass(frozen=True, slots=True)
class Raised:
    """A sentence that is raised: by a rule where one says why, else by what the category means in general.

    ``deals`` says whether the sentence deals with the category first of all.
    """

    start: int
    end: int
    rule: Rule | None
    learnt: Learnt | None
    cues: tuple[str, ...] = ()
    deals: bool = True

    @property
    def category(self) -> str:
        """What it is raised for."""
        said = self.rule or self.learnt
        return said.category if said else ""


def weighed(
    signals: Sequence[Signals], playbook: Playbook, kind: Kind, embedder: Embedder | None, tell: Tell
) -> Iterator[Raised]:
    """Chinese sentences; rules of a brand's own playbook hold whatever the model thinks."""
    general = {each.label: each for each in playbook.learnt["risk"]}
    elsewhere = {each.label for each in playbook.learnt["risk"] if kind in each.elsewhere}
    model = risk_model()
    odds = among(model.odds(signals))
    for first in range(0, len(signals), _STEP):
        part = slice(first, first + _STEP)
        for risk in model.judge(signals[part], odds[part], embedder, elsewhere):
            each = risk.signals
            named = risk.categories()
            for category in named:
                rule = _gravest(each.rules, category)
                cues = tuple(name for name, count in each.hard.items() if count)
                learnt = None if rule else general[category]
                yield Raised(each.sentence.start, each.sentence.end, rule, learnt, cues, category == named[0])
            for rule in each.rules:
                if rule.id in playbook.own:
                    yield Raised(each.sentence.start, each.sentence.end, rule, None)
        tell("weighing", min(first + _STEP, len(signals)), len(signals))


def by_rules(signals: Sequence[Signals], own: frozenset[str], *, beside_chinese: bool) -> Iterator[Raised]:
    """Sentences in other languages: what rules say is all there is.

    Where they stand ``beside_chinese``, that is mostly weighed already: only a brand's own rules add to it, and those
    for what is refused.
    """
    for each in signals:
        for rule in each.rules:
            if rule.id in own or rule.stance == "refuse" or not beside_chinese:
                yield Raised(each.sentence.start, each.sentence.end, rule, None)


def by_kind(contract: Contract, playbook: Playbook, tell: Tell) -> Iterator[Raised]:
    """English clauses by their kind (CUAD's): of each kind the likeliest paragraphs, quoted by their best sentence."""
    known = {each.label: each for each in playbook.learnt["cuad"]}
    model = clause_types()
    tell("kinds", 0, 1)
    seen = model.see(contract.masked)
    for column, label in enumerate(model.labels):
        odds = seen.scores[:, column] if len(seen.scores) else np.empty(0)
        for at in [int(at) for at in np.argsort(-odds)[:_OF_A_KIND] if odds[at] > 0]:
            start, end = _trimmed(contract.masked, *seen.units.sentences[int(seen.best[at, column])])
            if end - start >= _SHORTEST:
                yield Raised(start, end, None, known[label])
    tell("kinds", 1, 1)


def by_fairness(contract: Contract, playbook: Playbook, embedder: Embedder | None) -> Iterator[Raised]:
    """Standard terms in English or German: sentences that are unfair by the measure of consumer law."""
    known = {each.label: each for each in playbook.learnt["unfair"]}
    model = unfair_terms(
        "de" if len(_GERMAN.findall(contract.masked)) > len(_ENGLISH.findall(contract.masked)) else "en"
    )
    kinds = model.judge([each.text for each in contract.sentences], embedder)
    for sentence, kind in zip(contract.sentences, kinds, strict=True):
        if kind:
            yield Raised(sentence.start, sentence.end, None, known[kind])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _gravest(rules: Sequence[Rule], category: str) -> Rule | None:
    fitting = [rule for rule in rules if rule.category == category]
    return max(fitting, key=lambda rule: rule.severity.weight, default=None)
