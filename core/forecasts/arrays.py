"""Arrays of numbers, as the forecasts use them."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@contextmanager
def quietly() -> Iterator[None]:
    """What libraries remark about odd series is no news: odd results are replaced, not reported."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
