"""What a benchmark says, to machines and to people: one figure of one method on one set."""

import json
from collections.abc import Sequence
from typing import TypedDict


class Figure(TypedDict):
    """A row of ``--json``."""

    dataset: str
    method: str
    metric: str
    value: float


def show(found: Sequence[Figure], *, as_json: bool) -> None:
    """For machines, or a line each."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for figure in found:
        print(f"{figure['dataset']:14} {figure['metric']:44} {figure['value']:10.4f}")
