"""An LSTM by Nixtla's neuralforecast, on the processor: brought by ``qudao[lstm]``, imported where it is used."""

import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import numpy as np

from core.forecasts.arrays import Floats, quietly
from core.forecasts.errors import EngineMissing
from core.forecasts.networks import Network

LIBRARY = "neuralforecast"
SEEDS = 3
"""Networks that differ by the seed are averaged."""
STEPS = 600
SIZE = 48
SEEN = 24
"""Periods that it sees at once."""
QUIET: Mapping[str, bool] = {
    "logger": False,
    "enable_progress_bar": False,
    "enable_checkpointing": False,
    "enable_model_summary": False,
}


def installed() -> bool:
    """Whether the extra is here."""
    return find_spec(LIBRARY) is not None


@contextmanager
def undisturbed() -> Iterator[None]:
    """Training seeds the generators that the whole process shares; they go on afterwards as they were."""
    plain, arrays = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(plain)
        np.random.set_state(arrays)


def network(steps: int = STEPS, size: int = SIZE, seeds: int = SEEDS) -> Network:
    """One that learns for so many steps.

    Raises:
        EngineMissing: The extra isn't installed.
    """
    if not installed():
        raise EngineMissing(engine="lstm", extra="lstm")

    def said(learned: Sequence[Floats], asked: Sequence[Floats], ahead: int, season: int, seed: int) -> list[Floats]:
        del season
        with quietly(), undisturbed():
            return _said(learned, asked, [_model(ahead, steps, size, seed + at) for at in range(seeds)])

    return said


def _model(ahead: int, steps: int, size: int, seed: int) -> Any:
    for name in ("lightning", "lightning_fabric", "pytorch_lightning"):
        logging.getLogger(name).setLevel(logging.ERROR)
    from neuralforecast.models import LSTM

    make: Any = LSTM
    return make(
        h=ahead,
        input_size=SEEN,
        encoder_n_layers=1,
        encoder_hidden_size=size,
        decoder_hidden_size=size,
        max_steps=steps,
        learning_rate=0.003,
        num_lr_decays=3,
        batch_size=64,
        windows_batch_size=128,
        scaler_type="robust",
        start_padding_enabled=True,
        random_seed=seed,
        alias=f"seed {seed}",
        accelerator="cpu",
        **QUIET,
    )


def _said(learned: Sequence[Floats], asked: Sequence[Floats], models: Sequence[Any]) -> list[Floats]:
    from neuralforecast import NeuralForecast

    make: Any = NeuralForecast
    trained = make(models=list(models), freq=1)
    trained.fit(_frame(learned))
    ahead = trained.predict(_frame(asked)).sort_values(["unique_id", "ds"])
    mean = ahead[[model.alias for model in models]].to_numpy(dtype=np.float64).mean(axis=1)
    return list(mean.reshape(len(asked), -1))


def _frame(series: Sequence[Floats]) -> Any:
    import pandas as pd

    lengths = [len(each) for each in series]
    return pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(len(series)), lengths),
            "ds": np.concatenate([np.arange(length) for length in lengths]),
            "y": np.concatenate(series),
        }
    )
