"""What the learnt models say about a contract: Chinese sentences weighed, English ones by kind of clause."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.contracts.playbook import Learnt, Playbook, Rule
from core.contracts.risk import risk_model
from core.contracts.signals import Signals

Tell = Callable[[str, int, int], None]
_STEP = 200  # sentences between two words of progress


@dataclass(frozen=True, slots=True)
class Raised:
    """A sentence that is raised: by a rule where one says why, else by what the category means in general."""

    start: int
    end: int
    rule: Rule | None
    learnt: Learnt | None
    cues: tuple[str, ...] = ()


def weighed(signals: Sequence[Signals], playbook: Playbook, own: frozenset[str], tell: Tell) -> Iterator[Raised]:
    """Chinese sentences; rules of a brand's ``own`` playbook hold whatever the model thinks."""
    general = {each.label: each for each in playbook.learnt["risk"]}
    for first in range(0, len(signals), _STEP):
        part = signals[first : first + _STEP]
        for risk in risk_model().judge(part):
            each = risk.signals
            named = risk.categories()
            for category in named:
                rule = _gravest(each.rules, category)
                cues = tuple(name for name, count in each.hard.items() if count)
                yield Raised(each.sentence.start, each.sentence.end, rule, None if rule else general[category], cues)
            for rule in each.rules:
                if rule.id in own:
                    yield Raised(each.sentence.start, each.sentence.end, rule, None)
        tell("weighing", min(first + _STEP, len(signals)), len(signals))


def by_rules(signals: Sequence[Signals]) -> Iterator[Raised]:
    """Sentences in other languages: what rules say is all there is."""
    for each in signals:
        for rule in each.rules:
            yield Raised(each.sentence.start, each.sentence.end, rule, None)


def _gravest(rules: Sequence[Rule], category: str) -> Rule | None:
    fitting = [rule for rule in rules if rule.category == category]
    return max(fitting, key=lambda rule: rule.severity.weight, default=None)
