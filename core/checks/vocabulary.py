"""What figures are called and what claims sound like, from ``prompts/checks``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from core import plainyaml
from core.language.normalise import fold


@dataclass(frozen=True, slots=True)
class Concept:
    """A name that figures of some kinds go by; ``over`` are general names that it outweighs.

    A ``weak`` one says little (in all): what it is about must be clear from elsewhere. It may be part of a ``whole``.
    An ``uncounted`` one is said of numbers that have no unit such as cases or days, one with a ``unit`` of that alone.
    """

    name: str
    kinds: frozenset[str]
    over: frozenset[str] = frozenset()
    qualifier: bool = False
    weak: bool = False
    whole: str = ""
    uncounted: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Action:
    """How it sounds that something was done, and that it is about to be."""

    done: re.Pattern[str]
    will: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Read once for all desks of a process; known by its identity, so that what it says of a text may be kept."""

    concepts: Mapping[str, Concept]
    phrases: Mapping[str, frozenset[str]]
    pattern: re.Pattern[str]
    actions: Mapping[str, Action]
    states: Mapping[str, re.Pattern[str]]
    not_yet: re.Pattern[str]
    condition: re.Pattern[str]
    unless: re.Pattern[str]
    waiting: re.Pattern[str]
    promises: re.Pattern[str]
    documents: tuple[re.Pattern[str], ...]
    generic_documents: frozenset[str]
    provinces: tuple[str, ...]

    def cues(self, text: str) -> frozenset[str]:
        """The concepts that folded text names, general ones left out beside what outweighs them."""
        return _cues(self, text)

    def all_cues(self, text: str) -> frozenset[str]:
        """The concepts that folded text names, general ones too."""
        return _all_cues(self, text)

    def first_cue(self, text: str) -> frozenset[str]:
        """The concepts of the first phrase that names any."""
        found = self.pattern.search(text)
        return self.phrases[found.group()] if found else frozenset()

    def general(self, name: str, names: Iterable[str]) -> bool:
        """Whether a concept is a more general name of one of the others."""
        return any(name in self.concepts[other].over for other in names)

    def of_kind(self, cues: Iterable[str], kind: str) -> frozenset[str]:
        """Those that a figure of the kind may go by, qualifiers left out."""
        return frozenset(
            name for name in cues if kind in self.concepts[name].kinds and not self.concepts[name].qualifier
        )

    def strong(self, cues: Iterable[str], kind: str, unit: str = "") -> frozenset[str]:
        """Those of a kind that say enough by themselves."""
        return frozenset(
            name
            for name in self.of_kind(cues, kind)
            if not self.concepts[name].weak
            and not (unit and self.concepts[name].uncounted)
            and self.concepts[name].unit in {"", unit}
        )

    def qualifiers(self, cues: Iterable[str], kind: str) -> frozenset[str]:
        """Those that change what a figure of the kind is."""
        return frozenset(name for name in cues if self.concepts[name].qualifier and kind in self.concepts[name].kinds)


@lru_cache(maxsize=1024)
def _all_cues(vocabulary: Vocabulary, text: str) -> frozenset[str]:
    """The same stretch of a sentence is read for each of its numbers."""
    return frozenset(name for match in vocabulary.pattern.finditer(text) for name in vocabulary.phrases[match.group()])


@lru_cache(maxsize=1024)
def _cues(vocabulary: Vocabulary, text: str) -> frozenset[str]:
    found = _all_cues(vocabulary, text)
    if len(found) > 1:
        found -= {general for name in found for general in vocabulary.concepts[name].over}
    return found


def widened(cues: frozenset[str]) -> frozenset[str]:
    """The price of a case is a price; credit left is what is left over."""
    cues = cues | {"price"} if any(name.startswith("price_") for name in cues) else cues
    return cues | {"left_over"} if "credit_left" in cues else cues


def load_vocabulary() -> Vocabulary:
    """From the two files."""
    folder = files("prompts") / "checks"
    cues: list[dict[str, Any]] = plainyaml.load((folder / "cues.yaml").read_text("utf-8"))
    claims: dict[str, Any] = plainyaml.load((folder / "claims.yaml").read_text("utf-8"))
    concepts = {
        one["name"]: Concept(
            one["name"],
            frozenset(one["kinds"]),
            frozenset(one.get("over", ())),
            bool(one.get("qualifier")),
            bool(one.get("weak")),
            one.get("whole", ""),
            bool(one.get("uncounted")),
            one.get("unit", ""),
        )
        for one in cues
    }
    phrases: dict[str, set[str]] = {}
    for one in cues:
        for phrase in one["words"]:
            phrases.setdefault(fold(str(phrase)), set()).add(one["name"])
    return Vocabulary(
        concepts=concepts,
        phrases={phrase.removesuffix("$"): frozenset(names) for phrase, names in phrases.items()},
        pattern=_alternation(phrases),
        actions={
            name: Action(_either(one["done"]), _either(one["will"]) if one.get("will") else None)
            for name, one in claims["actions"].items()
        },
        states={name: re.compile(pattern) for name, pattern in claims["states"].items()},
        not_yet=re.compile(claims["not_yet"]),
        condition=re.compile(claims["condition"]),
        unless=re.compile(claims["unless"]),
        waiting=_either(claims["waiting"]),
        promises=re.compile(claims["promises"]),
        documents=tuple(re.compile(pattern) for pattern in claims["documents"]),
        provinces=tuple(claims["provinces"]),
        generic_documents=frozenset(fold(str(name)) for name in claims["generic_documents"]),
    )


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _sign(phrase: str) -> str:
    bare = re.escape(phrase.removesuffix("$"))
    return (
        rf"{bare}(?= ?(?:约|大约|大概|差不多|将?近)?(?:$|[\d一二两三四五六七八九十]))" if phrase.endswith("$") else bare
    )


def _alternation(phrases: Iterable[str]) -> re.Pattern[str]:
    """The longest phrase wins; Latin ones stand as whole words, and those with ``$`` before a number."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    latin = "|".join(re.escape(phrase) for phrase in ordered if phrase[0].isascii() and phrase[0].isalpha())
    others = "|".join(_sign(phrase) for phrase in ordered if not (phrase[0].isascii() and phrase[0].isalpha()))
    return re.compile(f"(?<![a-z])(?:{latin})(?![a-z])|{others}")
