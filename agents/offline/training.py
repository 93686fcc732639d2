"""Train the desk's own intent model: ``python -m agents.offline.training`` writes ``prompts/intents/weights.npz``."""

from dataclasses import replace
from pathlib import Path

import prompts
from agents.offline.intents import IntentClassifier
from agents.offline.model.examples import content_hash, hints, load_intents
from core.language.embedder import load_embedder


def train(into: Path) -> str:
    """Fit on every example and save; returns what it was trained on."""
    intents = load_intents()
    texts = [example for intent in intents for example in intent.examples]
    labels = [intent.name for intent in intents for _ in intent.examples]
    classifier = IntentClassifier(embedder=load_embedder("e5"), hints=hints(intents)).fit(texts, labels)
    assert classifier.weights is not None
    trained_on = content_hash(intents)
    replace(classifier.weights, trained_on=trained_on).save(into)
    return trained_on


if __name__ == "__main__":
    train(Path(prompts.__path__[0]) / "intents" / "weights.npz")
