"""Which brain thinks: the chat model from the settings, with the built-in one beneath it."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from langchain_core.language_models import BaseChatModel

from agents.llm.brain import WatchedBrain
from agents.llm.budget import Budget
from agents.llm.endpoint import Endpoint
from agents.llm.telling import Telling
from agents.llm.watching import Turn, outcomes_of
from agents.offline.brain import OfflineBrain
from agents.offline.intents import IntentClassifier
from agents.offline.model.examples import Intent, content_hash, hints, load_intents
from agents.offline.model.learnt import ADOPTED, read_examples, weights_file, weights_of, with_learnt
from agents.offline.model.remembering import remembering
from agents.offline.model.retraining import Labelled, labelled
from agents.offline.model.weights import Weights
from agents.offline.reading.briefing import Briefer, Briefing
from agents.offline.requests import Recogniser
from agents.offline.state import fold_turns
from agents.offline.wording.lexicon import Lexicon, load_lexicon
from agents.turns import BrainName, Said
from core.checks.checking import Checker
from core.checks.spoken import Named
from core.checks.view import Reader
from core.checks.vocabulary import Vocabulary, load_vocabulary
from core.egress.masking import Mask, shared_kinds
from core.language.embedder import Embedder
from tools.context import ToolContext
from tools.registry import Registry

log = logging.getLogger(__name__)

RESERVED = 0.2
MOST_RESERVED = 4.0


@dataclass(frozen=True)
class Learnt:
    """What every desk of a process may share: it comes from files alone."""

    recogniser: Recogniser
    lexicon: Lexicon
    vocabulary: Vocabulary


def learn(registry: Registry, embedder: Embedder | None, kept: Path | None = None) -> Learnt:
    """Read the examples and the weights trained on them.

    Examples of tool packages change what is to be learnt: that is fitted here, once, and left in the folder ``kept``.
    """
    prompts = [package.prompts for package in registry.packages if package.prompts is not None]
    intents = in_use(registry, embedder, kept)
    lexicon = load_lexicon(folder / "lexicon" for folder in prompts)
    by_name = {intent.name: intent for intent in intents}
    recogniser = Recogniser(by_name, _classifier(intents, embedder, kept), lexicon.phrases)
    return Learnt(recogniser, lexicon, load_vocabulary())


def shipped_intents(registry: Registry) -> tuple[Intent, ...]:
    """Every intent with the examples that came with the installation."""
    return load_intents(package.prompts / "intents" for package in registry.packages if package.prompts is not None)


def in_use(registry: Registry, embedder: Embedder | None, kept: Path | None) -> tuple[Intent, ...]:
    """With what an operator adopted, where its model fits what is installed: it is never trained at a start."""
    shipped = shipped_intents(registry)
    adopted = read_examples(kept / ADOPTED) if kept is not None else {}
    if not adopted:
        return shipped
    learnt = with_learnt(shipped, adopted)
    if weights_of(learnt, embedder, kept) is not None:
        return learnt
    log.warning("What was learnt here was trained on other examples than those installed: run `qudao nlu retrain`.")
    return shipped


def _classifier(intents: Sequence[Intent], embedder: Embedder | None, kept: Path | None) -> IntentClassifier:
    known = weights_of(intents, embedder, kept)
    if known is not None:
        return _with(known, embedder, intents)
    name = embedder.name if embedder is not None else "words"
    trained_on = content_hash(intents)
    into = weights_file(kept, trained_on, name) if kept is not None else None
    return _fitted(intents, embedder, trained_on, into)


def _with(weights: Weights, embedder: Embedder | None, intents: Sequence[Intent]) -> IntentClassifier:
    """By words alone where the weights were trained on another embedder's vectors."""
    fits = embedder is not None and embedder.dimensions == weights.e5_mean.size
    return IntentClassifier(embedder=embedder if fits else None, weights=weights, hints=hints(intents))


def _fitted(
    intents: Sequence[Intent], embedder: Embedder | None, trained_on: str, into: Path | None
) -> IntentClassifier:
    examples = labelled(intents)
    log.warning("Learning %s examples, those of tool packages among them; this is done once.", len(examples))
    known = _remembered(examples, embedder, into.parent) if into is not None else embedder
    log.warning("Fitting them; a quarter of a minute or so is left.")
    classifier = IntentClassifier(embedder=known, hints=hints(intents)).fit(*zip(*examples, strict=True))
    if into is not None and classifier.weights is not None:
        unfinished = into.with_name(f"{uuid4().hex}.part.npz")
        replace(classifier.weights, trained_on=trained_on).save(unfinished)
        unfinished.rename(into)
    return classifier


def _remembered(examples: Labelled, embedder: Embedder | None, folder: Path) -> Embedder | None:
    """With the vectors of the examples that the shipped weights know, so that only a package's own are embedded."""
    folder.mkdir(parents=True, exist_ok=True)
    own = load_intents()
    return remembering(embedder, weights_of(own, embedder, None), labelled(own), examples, folder, log.warning)


@dataclass
class Brains:
    """The brains of one desk; without an endpoint the built-in one alone."""

    learnt: Learnt
    registry: Registry
    endpoint: Endpoint | None = None
    briefer: Briefer = field(default_factory=Briefer)

    async def think_with(self, heard: str, past: Sequence[Said], ctx: ToolContext) -> tuple[BaseChatModel, BrainName]:
        """The brain for one turn."""
        state = fold_turns(past)
        worked_out = state.draft is not None and "lines" not in state.draft.args
        briefing = await self.briefer.brief(ctx, heard, state.draft_proposal if worked_out else "", state.arg("dealer"))
        brain = OfflineBrain.of(briefing, self.learnt.lexicon, self.learnt.recogniser, state)
        if self.endpoint is None or any(one.is_list for one in briefing.sent):  # a model sees no files
            return brain, "offline"
        return WatchedBrain(turn=self._watched(brain, briefing, past, ctx, self.endpoint)), "llm"

    def _watched(
        self, brain: OfflineBrain, briefing: Briefing, past: Sequence[Said], ctx: ToolContext, endpoint: Endpoint
    ) -> Turn:
        vocabulary = self.learnt.vocabulary
        reader = Reader(vocabulary, _named(briefing), ctx.today, ctx.brand.fiscal_year_start)
        settings = endpoint.settings
        reserve = min(settings.turn_seconds * RESERVED, MOST_RESERVED)
        return Turn(
            ctx=ctx,
            registry=self.registry,
            past=past,
            below=brain,
            endpoint=endpoint,
            checker=Checker(reader, ctx.words.language, outcomes_of(past, vocabulary)),
            telling=Telling(settings.llm_window),
            budget=Budget(settings),
            mask=Mask(shared_kinds(settings.llm_share), _private_names(briefing)),
            deadline=asyncio.get_running_loop().time() + settings.turn_seconds - reserve,
        )

    async def aclose(self) -> None:
        """Let go of connections."""
        if self.endpoint is not None:
            await self.endpoint.aclose()


def _private_names(briefing: Briefing) -> tuple[str, ...]:
    """Who is behind the codes: dealers, their addresses, and the person who asks."""
    kinds = ("dealer", "ship_to")
    names = [name for kind in kinds for thing in briefing.linker.of_kind(kind) for name in thing.names]
    return (*names, briefing.actor.name)


def _named(briefing: Briefing) -> Named:
    """Who and what may be named, as the checks ask for it."""

    def find(text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
        for mention in briefing.linker.find(text):
            yield mention.kind, mention.codes, mention.start, mention.end

    return find
