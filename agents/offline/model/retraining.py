"""A model with what was learnt, held against the one without it before anybody adopts it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from agents.offline.intents import IntentClassifier
from agents.offline.model.examples import Intent, content_hash, hints
from agents.offline.model.learnt import weights_file, weights_of
from agents.offline.model.remembering import remembering
from agents.offline.model.weights import Weights
from core.language.embedder import Embedder

FOLDS = 3
Tell = Callable[[str], None]
Labelled = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Flip:
    """An example that the two models take for different intents."""

    text: str
    intent: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Report:
    """What adopting would change. Accuracies are shares of one, by cross-validation; ``added`` counts new examples."""

    trained_on: str
    examples: int
    added: int
    before: float
    after: float
    added_before: float
    added_after: float
    flips: tuple[Flip, ...]

    def save(self, file: Path) -> None:
        """Beside the weights."""
        file.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def load(cls, file: Path) -> "Report":
        """The inverse of ``save``."""
        data = json.loads(file.read_text("utf-8"))
        return cls(**{**data, "flips": tuple(Flip(**flip) for flip in data["flips"])})


def retrain(
    used: Sequence[Intent], learnt: Sequence[Intent], embedder: Embedder | None, folder: Path, tell: Tell
) -> Report:
    """Train with the learnt examples, compare with what is used, and leave weights and report; nothing changes yet."""
    trained_on = content_hash(learnt)
    name = embedder.name if embedder is not None else "words"
    folder.mkdir(parents=True, exist_ok=True)
    own, whole = labelled(used), labelled(learnt)
    added = [one for one in whole if one not in set(own)]
    weights = weights_of(used, embedder, folder)
    shared = remembering(embedder, weights, own, whole, folder, tell)
    tell(f"Training with {len(whole)} examples, {len(added)} of them new …")
    after = _fit(whole, learnt, shared)
    before = (
        IntentClassifier(embedder=shared, weights=weights, hints=hints(used)) if weights else _fit(own, used, shared)
    )
    flips = tuple(_flips(whole, before, after))
    tell(f"Comparing by {FOLDS}-fold cross-validation …")
    scores = _compared(own, added, (used, learnt), shared, folder, tell)
    report = Report(trained_on, len(whole), len(added), *scores, flips)
    assert after.weights is not None
    replace(after.weights, trained_on=trained_on).save(weights_file(folder, trained_on, name))
    report.save(report_file(folder, trained_on))
    return report


def report_file(folder: Path, trained_on: str) -> Path:
    """Where a comparison lies."""
    return folder / f"report-{trained_on}.json"


def labelled(intents: Sequence[Intent]) -> Labelled:
    """Each example with its intent."""
    return [(example, intent.name) for intent in intents for example in intent.examples]


def _fit(examples: Labelled, intents: Sequence[Intent], embedder: Embedder | None) -> IntentClassifier:
    texts, labels = zip(*examples, strict=True)
    return IntentClassifier(embedder=embedder, hints=hints(intents)).fit(texts, labels)


def _flips(examples: Labelled, before: IntentClassifier, after: IntentClassifier) -> Iterator[Flip]:
    texts = [text for text, _ in examples]
    taken = zip(before.predict(texts), after.predict(texts), strict=True)
    for (text, intent), (old, new) in zip(examples, taken, strict=True):
        if old.label != new.label:
            yield Flip(text, intent, old.label, new.label)


def _compared(
    own: Labelled,
    added: Labelled,
    intents: tuple[Sequence[Intent], Sequence[Intent]],
    embedder: Embedder | None,
    folder: Path,
    tell: Tell,
) -> tuple[float, float, float, float]:
    """Accuracy on the examples in use, then on the new ones, each without and with learning from others of these."""
    used, learnt = intents
    right = [0, 0, 0, 0]
    for number in range(FOLDS):
        inside, outside = _parted(own, number)
        more, held = _parted(added, number)
        before = _kept_fit(inside, used, embedder, folder, number)
        after = _fit([*inside, *more], learnt, embedder)
        found = [_right(outside, before), _right(outside, after), _right(held, before), _right(held, after)]
        right = [sum(pair) for pair in zip(right, found, strict=True)]
        tell(f"Part {number + 1} of {FOLDS} done")
    whole, few = max(len(own), 1), max(len(added), 1)
    return right[0] / whole, right[1] / whole, right[2] / few, right[3] / few


def _kept_fit(
    inside: Labelled, used: Sequence[Intent], embedder: Embedder | None, folder: Path, number: int
) -> IntentClassifier:
    """What is compared with is trained once for all comparisons."""
    name = embedder.name if embedder is not None else "words"
    file = folder / f"part-{number}-{content_hash(used)}-{name}.npz"
    if file.exists():
        return IntentClassifier(embedder=embedder, weights=Weights.load(file), hints=hints(used))
    model = _fit(inside, used, embedder)
    assert model.weights is not None
    model.weights.save(file)
    return model


def _parted(examples: Labelled, number: int) -> tuple[Labelled, Labelled]:
    """What to learn from and what to be tried on, in this part."""
    dealt = list(zip(examples, _folds(examples), strict=True))
    return [one for one, fold_of in dealt if fold_of != number], [one for one, fold_of in dealt if fold_of == number]


def _folds(examples: Labelled) -> list[int]:
    """Each intent's examples dealt out in turn, the same way each time."""
    seen: dict[str, int] = {}
    dealt = []
    for _, intent in examples:
        dealt.append(seen.get(intent, 0) % FOLDS)
        seen[intent] = seen.get(intent, 0) + 1
    return dealt


def _right(examples: Labelled, model: IntentClassifier) -> int:
    if not examples:
        return 0
    predicted = model.predict([text for text, _ in examples])
    return sum(one.label == intent for one, (_, intent) in zip(predicted, examples, strict=True))
