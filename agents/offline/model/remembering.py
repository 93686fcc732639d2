"""Vectors of examples, so that no training embeds a text twice."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from agents.offline.model.weights import Weights
from core.language.embedder import Embedder, RememberingEmbedder, Vector
from core.language.normalise import fold

CLOSE = 0.995
TRIED = 4  # examples that are embedded anew, to see whether recovered vectors hold
EVERY = 1_000  # examples between two words of progress
Labelled = Sequence[tuple[str, str]]


def remembering(
    embedder: Embedder | None,
    weights: Weights | None,
    own: Labelled,
    whole: Labelled,
    folder: Path,
    tell: Callable[[str], None],
) -> Embedder | None:
    """The embedder with every example's vector: from an earlier run or from the weights in use, else embedded now."""
    if embedder is None:
        return None
    kept = folder / f"vectors-{embedder.name}.npz"
    shared = RememberingEmbedder(embedder, _read(kept) or _recovered(embedder, weights, own))
    texts = sorted({fold(text) for text, _ in whole} - shared.known.keys())
    try:
        for place, text in enumerate(texts, 1):
            shared.query(text)
            if place % EVERY == 0 or place == len(texts):
                tell(f"Embedding: {place} of {len(texts)}")
    finally:  # stopped on the way, what was embedded so far is there the next time
        wanted = {fold(text) for text, _ in whole} & shared.known.keys()
        if wanted and (texts or not kept.exists()):
            _write(kept, {text: shared.known[text] for text in sorted(wanted)})
    return shared


def _recovered(embedder: Embedder, weights: Weights | None, own: Labelled) -> dict[str, Vector]:
    """Unit vectors from those that weights keep, which are centred and of unit length again; tried on a few."""
    if weights is None or weights.e5_examples.shape[1] != embedder.dimensions:
        return {}
    mean, centred = weights.e5_mean, weights.e5_examples
    along = centred @ mean
    stretch = -along + np.sqrt(np.maximum(along**2 + 1 - mean @ mean, 0))
    rows = np.asarray(mean + stretch[:, None] * centred, dtype=np.float32)
    found: dict[str, Vector] = {}
    for place, label in enumerate(weights.labels):
        texts = [fold(text) for text, own_label in own if own_label == label]
        owned = rows[weights.owners == place]
        if len(owned) - len(texts) not in {0, 1}:  # the label's own name may stand behind its examples
            return {}
        found |= dict(zip(texts, owned, strict=False))
    for text in list(found)[:: max(1, len(found) // TRIED)]:
        if float(embedder.query(text) @ found[text]) < CLOSE:
            return {}
    return found


def _read(file: Path) -> dict[str, Vector]:
    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as data:
        rows = data["vectors"].astype(np.float32)
        return {str(text): row for text, row in zip(data["texts"], rows, strict=True)}


def _write(file: Path, vectors: Mapping[str, Vector]) -> None:
    unfinished = file.with_name(f"{file.stem}.part.npz")
    rows = np.stack(list(vectors.values())).astype(np.float16)
    np.savez_compressed(unfinished, texts=np.array(list(vectors)), vectors=rows)
    unfinished.replace(file)
