"""The playbook: what we accept, negotiate and refuse, as YAML; ours, and a brand's own on top of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from core import plainyaml
from core.contracts.findings import Severity
from core.errors import BadInput

STANCES: Mapping[str, Severity] = {
    "accept": Severity.INFO,
    "note": Severity.LOW,
    "negotiate": Severity.MEDIUM,
    "refuse": Severity.HIGH,
}
_LARGEST = 1_000_000  # characters of a brand's own playbook
_WORDS = ("title", "reason", "suggestion")

Text = Mapping[str, str]
Own = str | Path | Mapping[str, Any]  # YAML text, a file, or what was read from one


class BadPlaybook(BadInput):
    """A brand's own playbook that can't be followed; ``what`` says where it goes wrong."""

    key = "contracts.bad_playbook"


class Graded:
    """What the playbook takes a stance on, be it there or absent."""

    __slots__ = ()
    stance: str

    @property
    def severity(self) -> Severity:
        """How grave it is by the playbook."""
        return STANCES[self.stance]


@dataclass(frozen=True, slots=True)
class Rule(Graded):
    """What is looked for in a sentence: all of ``every``, one of ``either`` if there are any, none of ``unless``, and
    none of ``unless_clause`` in the whole clause. Patterns may hold the words of ``{names}``."""

    id: str
    category: str
    stance: str
    side: str
    every: tuple[str, ...]
    either: tuple[str, ...]
    unless: tuple[str, ...]
    unless_clause: tuple[str, ...]
    clause: tuple[str, ...]
    reason: Text
    suggestion: Text
    basis: tuple[str, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected(Graded):
    """A clause that contracts of these kinds and trades should have.

    ``subject`` is what :mod:`core.contracts.presence` knows it as in Chinese; in other languages it ``shows`` by these
    patterns in a sentence; in any by its heading.
    """

    category: str
    subject: str
    stance: str
    kinds: tuple[str, ...]
    trades: tuple[str, ...]
    shows: tuple[str, ...]
    headings: tuple[str, ...]
    reason: Text
    suggestion: Text
    basis: tuple[str, ...]
    only_if: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learnt(Graded):
    """What a learnt category counts as on this side; it has no business in contracts of the kinds ``elsewhere``."""

    label: str
    category: str
    stance: str
    reason: Text
    suggestion: Text
    basis: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """Everything a review says comes from here; the code has no words of its own.

    ``own`` are the ids of a brand's rules.
    """

    name: str
    words: Mapping[str, str]
    cues: Mapping[str, Mapping[str, str]]
    categories: Mapping[str, Text]
    statutes: Mapping[str, Text]
    rules: tuple[Rule, ...]
    expected: tuple[Expected, ...]
    learnt: Mapping[str, tuple[Learnt, ...]]
    phrases: Mapping[str, Text]
    own: frozenset[str] = frozenset()

    def severity_of(self, rule: str) -> Severity:
        """By the id of a rule; KeyError where there is none."""
        known = {each.id: each.severity for each in self.rules}
        known |= {f"learnt.{each.label}": each.severity for group in self.learnt.values() for each in group}
        return known[rule]


def load(own: Own | None = None) -> Playbook:
    """Ours, with what ``own`` (YAML text, a file or what was read from one) says on top."""
    ours = _ours()
    return ours if own is None else _overlaid(ours, _given(own))


def phrase(text: Text, language: str) -> str:
    """In the language asked for; traditional characters are made from simplified ones."""
    if language in text:
        return text[language]
    words = text.get("zh" if language.startswith("zh") else "en") or next(iter(text.values()), "")
    return _traditional(words) if language == "zh_TW" else words


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2twp")


def _traditional(words: str) -> str:
    return str(_converter().convert(words))


@cache
def _ours() -> Playbook:
    folder = files("core.contracts").joinpath("playbook")
    parts = {
        entry.name.removesuffix(".yaml"): plainyaml.load(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    rules = [_rule(each) for name in sorted(parts) if name.startswith("rules_") for each in parts[name]]
    return Playbook(
        name="qudao",
        words=_expanded(parts["words"]),
        cues=parts["cues"],
        categories=parts["categories"],
        statutes=parts["statutes"],
        rules=tuple(rules),
        expected=tuple(_expected(each) for each in parts["missing"]),
        learnt={name: tuple(_learnt(each) for each in group) for name, group in parts["learnt"].items()},
        phrases=parts["phrases"],
    )


def _expanded(words: Mapping[str, str]) -> Mapping[str, str]:
    """Words may be made of others that stand before them."""
    known: dict[str, str] = {}
    for name, pattern in words.items():
        known[name] = re.sub(r"\{([a-z_]+)\}", lambda found: known.get(found.group(1), found.group()), pattern)
    return known


def _rule(raw: Mapping[str, Any]) -> Rule:
    return Rule(
        id=str(raw["id"]),
        category=str(raw.get("category") or str(raw["id"]).partition(".")[0]),
        stance=_stance(raw),
        side=str(raw.get("side", "any")),
        every=_patterns(raw, "every"),
        either=_patterns(raw, "either"),
        unless=_patterns(raw, "unless"),
        unless_clause=_patterns(raw, "unless_clause"),
        clause=_patterns(raw, "clause"),
        reason=_text(raw, "reason"),
        suggestion=_text(raw, "suggestion"),
        basis=_patterns(raw, "basis"),
        kinds=_patterns(raw, "kinds"),
    )


def _expected(raw: Mapping[str, Any]) -> Expected:
    return Expected(
        category=str(raw["category"]),
        subject=str(raw.get("subject", raw["category"])),
        stance=_stance(raw),
        kinds=_patterns(raw, "kinds"),
        trades=_patterns(raw, "trades"),
        shows=_patterns(raw, "shows"),
        headings=_patterns(raw, "headings"),
        reason=_text(raw, "reason"),
        suggestion=_text(raw, "suggestion"),
        basis=_patterns(raw, "basis"),
        only_if=_patterns(raw, "only_if"),
    )


def _learnt(raw: Mapping[str, Any]) -> Learnt:
    return Learnt(
        label=str(raw["label"]),
        category=str(raw["category"]),
        stance=_stance(raw),
        reason=_text(raw, "reason"),
        suggestion=_text(raw, "suggestion"),
        basis=_patterns(raw, "basis"),
        elsewhere=_patterns(raw, "elsewhere"),
    )


def _stance(raw: Mapping[str, Any]) -> str:
    stance = str(raw.get("stance", "negotiate"))
    if stance not in STANCES:
        raise BadPlaybook(what=f"stance: {stance}")
    return stance


def _patterns(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key) or ()
    return (value,) if isinstance(value, str) else tuple(map(str, value))


def _text(raw: Mapping[str, Any], key: str) -> Text:
    value = raw.get(key) or {}
    if isinstance(value, str):
        return {"zh": value, "en": value}
    return {str(name): str(words) for name, words in value.items()}


def _given(own: Own) -> Mapping[str, Any]:
    if isinstance(own, Mapping):
        return own
    text = own.read_text(encoding="utf-8") if isinstance(own, Path) else own
    if len(text) > _LARGEST:
        raise BadPlaybook(what="size")
    try:
        raw = plainyaml.load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise BadPlaybook(what=str(error)[:200]) from error
    if not isinstance(raw, Mapping):
        raise BadPlaybook(what="rules")
    return raw


def _overlaid(ours: Playbook, own: Mapping[str, Any]) -> Playbook:
    """``positions`` changes the stance of a rule or of a category; ``rules`` adds some, or replaces one of its id."""
    try:
        added = [_rule(each) for each in own.get("rules") or ()]
        positions = {str(name): _stance({"stance": stance}) for name, stance in (own.get("positions") or {}).items()}
        _check_patterns(added, ours.words)
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise BadPlaybook(what=str(error)[:200]) from error
    kept = [rule for rule in ours.rules if rule.id not in {each.id for each in added}]
    known = {rule.id for rule in (*kept, *added)} | set(ours.categories)
    if unknown := sorted(positions.keys() - known):
        raise BadPlaybook(what=", ".join(unknown))
    return replace(
        ours,
        name=str(own.get("name") or "own"),
        own=frozenset(rule.id for rule in added),
        rules=tuple(_positioned(rule, positions) for rule in (*kept, *added)),
        learnt={
            name: tuple(replace(each, stance=positions.get(each.category, each.stance)) for each in group)
            for name, group in ours.learnt.items()
        },
        expected=tuple(replace(each, stance=positions.get(each.category, each.stance)) for each in ours.expected),
    )


def _positioned(rule: Rule, positions: Mapping[str, str]) -> Rule:
    return replace(rule, stance=positions.get(rule.id) or positions.get(rule.category) or rule.stance)


def _check_patterns(rules: Iterable[Rule], words: Mapping[str, str]) -> None:
    for rule in rules:
        patterns: Sequence[str] = (*rule.every, *rule.either, *rule.unless, *rule.unless_clause, *rule.clause)
        if not (rule.every or rule.either):
            raise BadPlaybook(what=f"{rule.id}: every")
        for pattern in patterns:
            re.compile(re.sub(r"\{[a-z_]+\}", "x", pattern))
