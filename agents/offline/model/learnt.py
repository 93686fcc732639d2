"""Examples that this desk learnt from its own people: accepted by an operator, and those that are in use.

They are files of the data directory: ``accepted.yaml`` grows with each acceptance, ``adopted.yaml`` is what the model
in use was trained on besides the shipped examples.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import yaml

from agents.offline.model.examples import Intent, content_hash
from agents.offline.model.weights import Weights
from core import plainyaml
from core.language.embedder import Embedder
from core.language.normalise import fold

FOLDER = "learnt"
ACCEPTED = "accepted.yaml"
ADOPTED = "adopted.yaml"

Learnt = Mapping[str, tuple[str, ...]]


def read_examples(file: Path) -> Learnt:
    """Examples by intent; none where there is no such file."""
    if not file.exists():
        return {}
    data = plainyaml.load(file.read_text("utf-8")) or {}
    return {str(intent): tuple(str(text) for text in texts) for intent, texts in data.items()}


def add_examples(file: Path, intent: str, texts: Iterable[str]) -> int:
    """Add what isn't there yet, under any intent's name; says how many."""
    known = read_examples(file)
    seen = {fold(text) for examples in known.values() for text in examples}
    fresh: dict[str, str] = {}
    for text in texts:
        if (folded := fold(text)) and folded not in seen:
            fresh.setdefault(folded, text)
    if fresh:
        write_examples(file, {**known, intent: (*known.get(intent, ()), *fresh.values())})
    return len(fresh)


def write_examples(file: Path, examples: Learnt) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{uuid4().hex}.part")
    data = {intent: list(texts) for intent, texts in sorted(examples.items())}
    unfinished.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    unfinished.replace(file)


def with_learnt(intents: Sequence[Intent], learnt: Learnt) -> tuple[Intent, ...]:
    """The intents with learnt examples behind their own; what is shipped meanwhile isn't taken twice."""
    shipped = {fold(example) for intent in intents for example in intent.examples}
    return tuple(
        replace(
            intent,
            examples=(
                *intent.examples,
                *(text for text in learnt.get(intent.name, ()) if fold(text) not in shipped),
            ),
        )
        for intent in intents
    )


def weights_of(intents: Sequence[Intent], embedder: Embedder | None, folder: Path | None) -> Weights | None:
    """What was trained on just these examples: shipped, or kept in the folder; None where there is none."""
    trained_on = content_hash(intents)
    with (files("prompts") / "intents" / "weights.npz").open("rb") as file:
        shipped = Weights.load(file)
    if shipped.trained_on == trained_on:
        return shipped
    name = embedder.name if embedder is not None else "words"
    kept = weights_file(folder, trained_on, name) if folder is not None else None
    return Weights.load(kept) if kept is not None and kept.exists() else None


def weights_file(folder: Path, trained_on: str, embedder: str) -> Path:
    """Where a model lies, by what it was trained on."""
    return folder / f"intents-{trained_on}-{embedder}.npz"
