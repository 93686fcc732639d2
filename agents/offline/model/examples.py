"""The example utterances in ``prompts/intents``, and those that tool packages bring."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import plainyaml
from core.language.normalise import fold


@dataclass(frozen=True, slots=True)
class Intent:
    """Something that a message may want. ``tool`` is what carries it out; acts of conversation have none.

    ``follows``: tools whose calls it is about where the words name nothing: 「为什么这么高」 after a forecast.
    ``within``: words that mean it right after one of those: 「违约金多少」 while a contract is in view.
    """

    name: str
    tool: str | None
    examples: tuple[str, ...]
    cues: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def load_intents(extra: Iterable[Traversable] = ()) -> tuple[Intent, ...]:
    """Every intent, in the order of file names; a package's folder may add examples to an intent of the same name."""
    found: dict[str, Intent] = {}
    for folder in (files("prompts") / "intents", *extra):
        for file in sorted(folder.iterdir() if folder.is_dir() else (), key=lambda item: item.name):
            if file.name.endswith(".yaml"):
                _merge(found, _intent(plainyaml.load(file.read_text("utf-8"))))
    return tuple(found.values())


def _intent(data: dict[str, Any]) -> Intent:
    examples = tuple(str(example) for language in data["examples"].values() for example in language)
    cues, follows, within = (tuple(data.get(name, ())) for name in ("cues", "follows", "within"))
    return Intent(data["intent"], data.get("tool"), examples, cues, follows, within)


def _merge(found: dict[str, Intent], new: Intent) -> None:
    old = found.get(new.name)
    if old is not None:
        both = (
            old.examples + new.examples,
            old.cues + new.cues,
            old.follows + new.follows,
            old.within + new.within,
        )
        new = Intent(old.name, old.tool, *both)
    found[new.name] = new


def content_hash(intents: Iterable[Intent]) -> str:
    """What a trained model was trained on, in 16 hex digits."""
    digest = hashlib.sha256()
    for intent in intents:
        digest.update(f"{intent.name}\0{intent.cues}\n".encode())
        for example in intent.examples:
            digest.update(f"{intent.name}\0{example}\n".encode())
    return digest.hexdigest()[:16]


HINT = 0.6


def hints(intents: Sequence[Intent]) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """Features that say which cues stand in a text; how far to trust each is learnt with the rest."""
    cues = [re.compile(cue) for intent in intents for cue in intent.cues]

    def rows(texts: Sequence[str]) -> NDArray[np.float32]:
        folded = [fold(text) for text in texts]
        return np.array([[HINT if cue.search(text) else 0.0 for cue in cues] for text in folded], dtype=np.float32)

    return rows
