"""The shipped intent model is the one that the examples train."""

from importlib.resources import files

from agents.offline.model.examples import content_hash, load_intents
from agents.offline.model.weights import Weights


def test_shipped_weights_were_trained_on_the_examples_as_they_are() -> None:
    with (files("prompts") / "intents" / "weights.npz").open("rb") as file:
        assert Weights.load(file).trained_on == content_hash(load_intents())
