"""What a benchmark says to machines: one figure of one method on one set."""

from typing import TypedDict


class Figure(TypedDict):
    """A row of ``--json``."""

    dataset: str
    method: str
    metric: str
    value: float
