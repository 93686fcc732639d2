"""The development sets of contracts: CUAD, Claudette and ContractNLI in the formats that they are kept in here."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TEST = 1


def part_of(name: str) -> int:
    """One of five, by the file's name; the part ``TEST`` is never learnt from."""
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 5


def opened(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")


def lines(path: Path) -> Iterator[Mapping[str, Any]]:
    yield from (json.loads(line) for line in opened(path).split("\n") if line.strip())


@dataclass(frozen=True)
class Marked:
    """A CUAD contract: the spans of each category."""

    file: str
    text: str
    spans: tuple[tuple[str, int, int], ...]


def cuad(path: Path) -> list[Marked]:
    return [
        Marked(row["file"], row["text"], tuple((one["category"], one["start"], one["end"]) for one in row["spans"]))
        for row in lines(path)
    ]


def labels_of(contract: Marked, spans: Sequence[tuple[int, int]], names: Sequence[str]) -> NDArray[np.bool_]:
    """A row a stretch, true where a span of the category overlaps it."""
    places = {name: at for at, name in enumerate(names)}
    starts, ends = np.array([start for start, _ in spans]), np.array([end for _, end in spans])
    labels = np.zeros((len(spans), len(names)), dtype=bool)
    for category, start, end in contract.spans:
        if category in places:
            labels[(starts < end) & (ends > start), places[category]] = True
    return labels


@dataclass(frozen=True)
class Terms:
    """Sentences of one document of Claudette's, in order; ``unfair`` has the categories whose tag is 2 or 3."""

    document: str
    language: str
    sentences: tuple[str, ...]
    unfair: tuple[frozenset[str], ...]


def claudette(path: Path) -> list[Terms]:
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in lines(path):
        groups.setdefault((row["language"], row["document"]), []).append(row)
    return [
        Terms(
            document,
            language,
            tuple(row["sentence"] for row in rows),
            tuple(frozenset(tag[:-1] for tag in row["tags"] if tag[-1:] in {"2", "3"}) for row in rows),
        )
        for (language, document), rows in groups.items()
    ]


def contractnli(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(opened(path))
    return found
