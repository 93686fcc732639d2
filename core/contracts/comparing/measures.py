"""What makes another wording better or worse for a side, as lawyers wrote it down in the playbook's deviation.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from core import plainyaml
from core.contracts.playbook import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that is bargained about: how it is recognised, and who gains where it rises.

    ``more`` is ``actor``, ``other``, ``dealer`` or ``brand``; ``alone`` holds where the sentence names neither or both.
    """

    id: str
    category: str
    units: tuple[str, ...]
    every: tuple[str, ...]
    unless: tuple[str, ...]
    more: str
    alone: str
    name: Text


@dataclass(frozen=True, slots=True)
class Term:
    """Words whose coming or going serves somebody; ``more`` and ``alone`` as with figures, where the words come."""

    id: str
    category: str
    pattern: str
    unless: tuple[str, ...]
    more: str
    alone: str
    name: Text


@dataclass(frozen=True, slots=True)
class Measures:
    """All that a comparison goes by beside the rules of a review."""

    numbers: tuple[Measure, ...]
    terms: tuple[Term, ...]
    burdens: tuple[str, ...]
    powers: tuple[str, ...]
    hard: str
    fair: str
    phrases: Mapping[str, Text]


@cache
def measures() -> Measures:
    """Read once."""
    text = files("core.contracts").joinpath("playbook", "deviation.yaml").read_text(encoding="utf-8")
    raw: Mapping[str, Any] = plainyaml.load(text)
    return Measures(
        numbers=tuple(
            Measure(
                **{key: str(each[key]) for key in ("id", "category", "more", "alone")},
                units=tuple(each["units"]),
                every=tuple(each["every"]),
                unless=tuple(each.get("unless", ())),
                name=each["name"],
            )
            for each in raw["numbers"]
        ),
        terms=tuple(
            Term(
                **{key: str(each[key]) for key in ("id", "category", "pattern", "more", "alone")},
                unless=tuple(each.get("unless", ())),
                name=each["name"],
            )
            for each in raw["terms"]
        ),
        burdens=tuple(raw["burdens"]),
        powers=tuple(raw["powers"]),
        hard=raw["hard_english"],
        fair=raw["fair_english"],
        phrases=raw["phrases"],
    )
