"""Histories made up for tests."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def monthly(values: Sequence[float], uid: str = "a", start: str = "2023-01-01") -> pd.DataFrame:
    dates = pd.date_range(start, periods=len(values), freq="MS")
    return pd.DataFrame({"unique_id": uid, "ds": dates, "y": np.asarray(values, dtype=float)})


def seasonal(length: int = 48, level: float = 100.0, seed: int = 1) -> list[float]:
    draw = np.random.default_rng(seed)
    at = np.arange(length)
    values = level * (1 + 0.3 * np.sin(2 * np.pi * at / 12) + 0.004 * at + 0.05 * draw.standard_normal(length))
    return [float(value) for value in values]


def sparse(length: int = 48, seed: int = 1) -> list[float]:
    draw = np.random.default_rng(seed)
    return [float(value) for value in draw.poisson(3, length) * (draw.random(length) < 0.35)]


def several(count: int = 6, length: int = 48) -> pd.DataFrame:
    return pd.concat([monthly(seasonal(length, 10.0 ** (1 + at % 4), at), f"s{at}") for at in range(count)])
