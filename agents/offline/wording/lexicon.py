"""Words that stand for an argument's value, from ``prompts/lexicon`` and tool packages: 回款 is ``collections``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from agents.offline.wording.apostrophes import with_apostrophes
from core import plainyaml
from core.language.normalise import fold

ANY_TOOL = "any"


@dataclass(frozen=True)
class Lexicon:
    """tool → argument → value → phrases; phrases are folded, Latin ones match whole words."""

    values: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    lists: Mapping[str, tuple[str, ...]]

    def value(self, tool: str, argument: str, text: str, allowed: Iterable[str] = ()) -> str | None:
        """The value whose longest phrase stands in the folded text."""
        table = {**self.values.get(ANY_TOOL, {}).get(argument, {}), **self.values.get(tool, {}).get(argument, {})}
        permitted = set(allowed)
        best: tuple[int, str] | None = None
        for value, phrases in table.items():
            if permitted and value not in permitted:
                continue
            for phrase in phrases:
                if (best is None or len(phrase) > best[0]) and stands_in(phrase, text):
                    best = (len(phrase), value)
        return best[1] if best else None

    def has(self, name: str, text: str) -> bool:
        """Whether a phrase of a named list stands in the folded text."""
        return any(stands_in(phrase, text) for phrase in self.lists.get(name, ()))

    def is_one(self, name: str, text: str) -> bool:
        """Whether the folded text, but for punctuation and particles, is a phrase of a named list."""
        return _bare(text) in self._bare_lists.get(name, frozenset())

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase."""
        listed = (phrase for phrases in self.lists.values() for phrase in phrases)
        tables = (table for arguments in self.values.values() for table in arguments.values())
        return (*listed, *(phrase for table in tables for phrases in table.values() for phrase in phrases))

    @cached_property
    def _bare_lists(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(_bare(phrase) for phrase in phrases) for name, phrases in self.lists.items()}


def load_lexicon(extra: Iterable[Traversable] = ()) -> Lexicon:
    """Every lexicon file; a package adds values for its own tools."""
    values: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for folder in (files("prompts") / "lexicon", *extra):
        for file in sorted(folder.iterdir() if folder.is_dir() else (), key=lambda item: item.name):
            if not file.name.endswith(".yaml"):
                continue
            data: dict[str, Any] = plainyaml.load(file.read_text("utf-8"))
            for name, phrases in data.get("lists", {}).items():
                lists[name] = lists.get(name, ()) + tuple(_as_read(phrase) for phrase in phrases)
            for tool, arguments in data.get("values", {}).items():
                for argument, table in arguments.items():
                    into = values.setdefault(tool, {}).setdefault(argument, {})
                    for value, phrases in table.items():
                        into[str(value)] = into.get(str(value), ()) + tuple(_as_read(phrase) for phrase in phrases)
    return Lexicon(values, lists)


def _as_read(phrase: Any) -> str:
    """A phrase as messages are read: folded, "whats" as "what's"."""
    return with_apostrophes(fold(str(phrase)))


def stands_in(phrase: str, text: str) -> bool:
    """A Latin phrase as whole words, a Chinese one anywhere."""
    if phrase not in text:
        return False
    if not phrase.isascii():
        return True
    at = text.find(phrase)  # a pattern for each of so many phrases would be compiled again and again
    while at >= 0:
        end = at + len(phrase)
        if not _goes_on(text[at - 1 : at]) and not _goes_on(text[end : end + 1]):
            return True
        at = text.find(phrase, at + 1)
    return False


def _goes_on(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _bare(text: str) -> str:
    kept = re.sub(r"[^\w\s]|_", "", fold(text))
    return re.sub(r"[吧啊呀哦呢了啦哈的]+$", "", re.sub(r"\s+", " ", kept).strip())
