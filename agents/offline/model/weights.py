"""What training an intent model leaves, as plain arrays, and how they are kept in a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.offline.model.features import Vector


@dataclass(frozen=True, slots=True)
class Mix:
    """How far each view of a text is trusted; what multiplies its scores before they are added up."""

    meaning: float = 1.0
    words: float = 1.5
    nearest: float = 4.0
    words_alone: float = 4.0


@dataclass(frozen=True, slots=True)
class Weights:
    """All that predicting needs. Rows of ``ngram_coef`` are n-grams, then hints; examples stand in order of labels."""

    labels: tuple[str, ...]
    columns: NDArray[np.uint32]
    ngram_coef: Vector
    ngram_bias: Vector
    e5_coef: Vector
    e5_bias: Vector
    e5_mean: Vector
    e5_examples: Vector
    owners: NDArray[np.int32]
    mix: Mix
    threshold: float = 0.0
    trained_on: str = ""

    def save(self, file: Path) -> None:
        """As one compressed file of arrays, halved in precision."""
        mix = [self.mix.meaning, self.mix.words, self.mix.nearest, self.mix.words_alone]
        np.savez_compressed(
            file,
            labels=np.array(self.labels),
            columns=self.columns,
            owners=self.owners,
            mix=np.array(mix),
            threshold=np.array(self.threshold),
            trained_on=np.array(self.trained_on),
            **{name: getattr(self, name).astype(np.float16) for name in _HALVED},
        )

    @classmethod
    def load(cls, file: Any) -> "Weights":
        """The inverse of ``save``; ``file`` is a path or an open binary file."""
        with np.load(file, allow_pickle=False) as data:
            return cls(
                labels=tuple(str(label) for label in data["labels"]),
                columns=data["columns"],
                owners=data["owners"],
                mix=Mix(*(float(share) for share in data["mix"])),
                threshold=float(data["threshold"]),
                trained_on=str(data["trained_on"]),
                **{name: data[name].astype(np.float32) for name in _HALVED},
            )


_HALVED = ("ngram_coef", "ngram_bias", "e5_coef", "e5_bias", "e5_mean", "e5_examples")
