"""What a clause asks for: which intent it has, how likely, and the runner-up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from agents.offline.arguments.slots import THEIRS, ordinal
from agents.offline.evidence.cues import ASKS, OUTCOME, OWN_CASE
from agents.offline.evidence.things import evidence
from agents.offline.intents import IntentClassifier
from agents.offline.model.examples import Intent
from agents.offline.reading.understanding import Reading
from agents.offline.wording.spelling import Spelling
from core.actor import Role

SURE = 0.55
MARGIN = 0.18
UNSURE = 0.3
DETAIL = 24
KNOWLEDGE, FOREIGN = "search_knowledge", "out_of_scope"
RULES = 0.7
QUESTION, GENERAL = 0.18, 0.27  # see benchmarks/README.md, Handbook
UNLIKELY = 0.03
A_MONTH = 28  # days
SEES_MANY = frozenset({Role.REP, Role.MANAGER, Role.FINANCE})


@dataclass(frozen=True, slots=True)
class Request:
    """A stretch of the message with the intent that it most likely has, how likely, and the runner-up."""

    intent: str
    probability: float
    second: str
    margin: float
    reading: Reading

    @property
    def sure(self) -> bool:
        """Whether there is no need to ask."""
        return self.probability >= UNSURE


@dataclass(frozen=True)
class Recogniser:
    """The trained classifier with what the things found say for an intent."""

    intents: Mapping[str, Intent]
    classifier: IntentClassifier
    phrases: tuple[str, ...] = ()

    def recognise(self, reading: Reading, role: Role) -> Request:
        """One clause: by words and cues where these settle it, else by meaning too."""
        by_words = self.classifier.probabilities(reading.text, by_meaning=False)
        request = self._judge(reading, by_words, role)
        if request.probability >= SURE and request.margin >= MARGIN and not self._torn(request, by_words):
            return request
        return self._judge(reading, self.classifier.probabilities(reading.text), role)

    def has_cue(self, request: Request) -> bool:
        """Whether words stand in it that stand for its intent."""
        return any(cue.search(request.reading.text) for cue in self._cues.get(request.intent, ()))

    @cached_property
    def _cues(self) -> Mapping[str, tuple[re.Pattern[str], ...]]:
        return {name: tuple(re.compile(cue) for cue in intent.cues) for name, intent in self.intents.items()}

    def _torn(self, request: Request, by_words: Mapping[str, float]) -> bool:
        """A rule and the asker's own case are put in the same words: only the meaning of the whole tells them apart."""
        if request.intent == FOREIGN or (request.intent == KNOWLEDGE and _names_a_period(request.reading)):
            return True
        rule = self._asks_generally(request.reading.text)
        return rule and request.intent != KNOWLEDGE and by_words.get(KNOWLEDGE, 0.0) >= UNLIKELY

    def asks_of_rules(self, reading: Reading, role: Role) -> bool:
        """Whether a question has the form of one about rules, names no case of the asker's, and is taken for one."""
        if not self._asks_generally(reading.text) or OWN_CASE.search(reading.text):
            return False
        request = self.recognise(reading, role)
        return request.intent == KNOWLEDGE and request.probability >= RULES

    def _asks_generally(self, text: str) -> bool:
        return any(cue.search(text) for cue in self._cues.get(KNOWLEDGE, ()))

    @cached_property
    def spelling(self) -> Spelling:
        """What is spelt right: the examples and the lexicon's phrases."""
        examples = (example for intent in self.intents.values() for example in intent.examples)
        return Spelling((*examples, *self.phrases))

    def _rule(self, reading: Reading, *, role_sees_many: bool) -> float:
        """What the form of a question says for a rule: training saw as many examples of each intent, dealers don't.

        Who names an order, a period or a dealer asks of that case; who names a product, of its price, if of no rule.
        """
        if (
            _names_a_period(reading)
            or reading.of_kind("dealer")
            or (role_sees_many and THEIRS.search(reading.text) and not OUTCOME.search(reading.text))
        ):
            return -GENERAL
        if reading.has_lines or reading.orders or ordinal(reading.text) is not None or not ASKS.search(reading.text):
            return 0.0
        general = self._asks_generally(reading.text) and not OWN_CASE.search(reading.text)
        if general:
            return QUESTION + GENERAL
        return 0.0 if reading.of_kind("product") and len(reading.text) <= DETAIL else QUESTION

    def _judge(self, reading: Reading, probabilities: Mapping[str, float], role: Role) -> Request:
        scores = {name: probabilities.get(name, 0.0) for name in self.intents}
        for name, weight in (
            *evidence(reading, role).items(),
            (KNOWLEDGE, self._rule(reading, role_sees_many=role in SEES_MANY)),
        ):
            if name in scores:
                scores[name] += weight
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        first, second = ranked[0], ranked[1]
        return Request(first, scores[first], second, scores[first] - scores[second], reading)


def _names_a_period(reading: Reading) -> bool:
    """A month or more by name, as accounts have them; "today" and "last week" stand in rules too."""
    return reading.period is not None and (reading.period.end - reading.period.start).days >= A_MONTH
