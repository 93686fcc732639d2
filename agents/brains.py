"""Which brain thinks: the chat model from the settings, with the built-in one beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from langchain_core.language_models import BaseChatModel

from agents.offline.brain import OfflineBrain
from agents.offline.briefing import Briefer
from agents.offline.examples import content_hash, hints, load_intents
from agents.offline.intents import IntentClassifier, Weights
from agents.offline.lexicon import Lexicon, load_lexicon
from agents.offline.requests import Recogniser
from agents.offline.state import fold_turns
from agents.turns import BrainName, Said
from core.language.embedder import Embedder
from tools.context import ToolContext
from tools.registry import Registry


@dataclass(frozen=True)
class Learnt:
    """What every desk of a process may share: it comes from files alone."""

    recogniser: Recogniser
    lexicon: Lexicon


def learn(registry: Registry, embedder: Embedder | None) -> Learnt:
    """Read the examples and the weights trained on them; a package's own examples are learnt on the spot."""
    prompts = [package.prompts for package in registry.packages if package.prompts is not None]
    intents = load_intents(folder / "intents" for folder in prompts)
    with (files("prompts") / "intents" / "weights.npz").open("rb") as file:
        weights = Weights.load(file)
    if weights.trained_on != content_hash(intents):
        labelled = [(example, intent.name) for intent in intents for example in intent.examples]
        classifier = IntentClassifier(embedder=embedder, hints=hints(intents)).fit(*zip(*labelled, strict=True))
    else:
        classifier = IntentClassifier(embedder=embedder, weights=weights, hints=hints(intents))
    return Learnt(
        Recogniser({intent.name: intent for intent in intents}, classifier),
        load_lexicon(folder / "lexicon" for folder in prompts),
    )


@dataclass
class Brains:
    """The brains of one desk."""

    learnt: Learnt
    briefer: Briefer = field(default_factory=Briefer)

    async def think_with(self, heard: str, past: Sequence[Said], ctx: ToolContext) -> tuple[BaseChatModel, BrainName]:
        """The brain for one turn."""
        briefing = await self.briefer.brief(ctx, heard)
        brain = OfflineBrain.of(briefing, self.learnt.lexicon, self.learnt.recogniser, fold_turns(past))
        return brain, "offline"
