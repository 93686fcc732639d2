"""Whom a change serves: figures and who they belong to, what a review finds before and after, duties and rights."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.contracts.comparing.actors import Actor
from core.contracts.comparing.changes import Change, Effect, How, Words
from core.contracts.comparing.measures import Measure, Term, measures
from core.contracts.comparing.quantities import Quantity, differ_in_figures_only, paired, quantities
from core.contracts.comparing.reader import Reader
from core.contracts.findings import Severity, Side
from core.contracts.playbook import Playbook, Text, phrase
from core.contracts.text import Contract

_FIGURE = 6
_SURE = 2  # times how much graver it is, where a rule says so
_TERM = 3
_MISSING = 2
_SHOWN = 2  # reasons


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason: ``weight`` is positive where the side gains."""

    weight: int
    why: str
    category: str = ""
    severity: Severity = Severity.LOW


class Judge:
    """Looks at the changes between two versions from one side."""

    def __init__(self, ours: Contract, theirs: Contract, side: Side, playbook: Playbook, language: str) -> None:
        self._before = Reader(ours, playbook, side)
        self._after = Reader(theirs, playbook, side)
        self._side = side
        self._playbook = playbook
        self._language = language
        self._measures = measures()

    def judged(self, changes: Sequence[Change]) -> Iterator[Change]:
        """Each with its effect, how grave it is, what it is about and why."""
        self._before.look_at([one.before for one in changes if one.before and one.how is not How.MOVED])
        self._after.look_at([one.after for one in changes if one.after and one.how is not How.MOVED])
        for change in changes:
            yield self._judged(change)

    def _judged(self, change: Change) -> Change:
        if change.how is How.MOVED:
            return self._told(change, Effect.NEUTRAL, Severity.INFO, (), self._phrase("moved"))
        grounds = [one for one in self._grounds(change) if one.weight]
        total = sum(one.weight for one in grounds)
        effect = Effect.STRENGTHENED if total > 0 else Effect.WEAKENED if total < 0 else Effect.NEUTRAL
        if not total:
            return self._told(change, effect, Severity.INFO, grounds, self._phrase("neutral"))
        telling = sorted((one for one in grounds if (one.weight > 0) == (total > 0)), key=lambda one: -abs(one.weight))
        why = list(dict.fromkeys(one.why for one in telling))[:_SHOWN]
        severity = max((one.severity for one in telling), key=lambda one: one.weight)
        return self._told(change, effect, severity, telling, ("" if self._language.startswith("zh") else " ").join(why))

    def _told(self, change: Change, effect: Effect, severity: Severity, grounds: Sequence[Ground], why: str) -> Change:
        category = next((one.category for one in grounds if one.category), "") or self._topic(change)
        title = self._say(self._playbook.categories.get(category, {"en": category}))
        return replace(change, effect=effect, severity=severity, category=category, title=title, why=why)

    def _topic(self, change: Change) -> str:
        if change.after is not None:
            return self._after.topic(change.after)
        return self._before.topic(change.before) if change.before is not None else "other"

    def _grounds(self, change: Change) -> Iterator[Ground]:
        if change.before is not None and change.after is not None:
            figures = list(self._figures(change.before, change.after))
            yield from figures
            if figures and differ_in_figures_only(change.before.text, change.after.text):
                return
        yield from self._findings(change)
        yield from self._terms(change)
        yield from self._gaps(change)
        yield from self._wording(change)

    def _figures(self, before: Words, after: Words) -> Iterator[Ground]:
        for ours, theirs in paired(quantities(before.text), quantities(after.text)):
            found = self._measured(after.text, theirs)
            if found is None:
                continue
            name, category, gain = found
            sign = gain if theirs.value > ours.value else -gain
            sense = self._phrase("better" if sign > 0 else "worse")
            why = self._phrase("number", name=name, before=ours.written, after=theirs.written, sense=sense)
            yield Ground(sign * _FIGURE, why, category, Severity.MEDIUM)

    def _measured(self, text: str, quantity: Quantity) -> tuple[str, str, int] | None:
        """What the figure is, and whether more of it is good (1) or bad (-1) for the side."""
        part = _part_of(text, quantity.start)
        for near in (part, text):
            for each in self._measures.numbers:
                fits = quantity.unit in each.units and all(_has(pattern, near) for pattern in each.every)
                if not fits or any(_has(pattern, near) for pattern in each.unless):
                    continue
                return self._say(each.name), each.category, self._gain(each, self._after, text, quantity.start)
        return None

    def _gain(self, of: Measure | Term, reader: Reader, text: str, at: int) -> int:
        """1 where the side gains by more of it at that place, -1 where the other does."""
        gainer = of.more
        if gainer in {"actor", "other"}:
            actor = reader.cast.actor(text, at)
            if actor in {Actor.US, Actor.THEM}:
                return 1 if (actor is Actor.US) == (gainer == "actor") else -1
            gainer = of.alone
        return 1 if gainer == self._side else -1

    def _terms(self, change: Change) -> Iterator[Ground]:
        for term in self._measures.terms:
            old, new = _place_of(term, change.before), _place_of(term, change.after)
            if (old is None) == (new is None):
                continue
            came, reader, words, at = (
                (True, self._after, change.after, new) if new is not None else (False, self._before, change.before, old)
            )
            assert words is not None
            assert at is not None
            gain = self._gain(term, reader, words.text, at) * (1 if came else -1)
            sense = self._phrase("better" if gain > 0 else "worse")
            why = self._phrase("term_came" if came else "term_gone", name=self._say(term.name), sense=sense)
            yield Ground(gain * _TERM, why, term.category, Severity.MEDIUM)

    def _findings(self, change: Change) -> Iterator[Ground]:
        before, after = self._before.findings(change.before), self._after.findings(change.after)
        for category in sorted(before.keys() | after.keys()):
            old, new = before.get(category), after.get(category)
            worse = (new.severity.weight if new else 0) - (old.severity.weight if old else 0)
            told = new if worse > 0 else old
            if worse and told is not None:
                why = self._phrase("finding" if worse > 0 else "finding_gone", reason=self._say(told.reason))
                weight = -worse * (_SURE if told.sure else 1)
                yield Ground(weight, why, category, told.severity)

    def _gaps(self, change: Change) -> Iterator[Ground]:
        """A clause that such a contract should have, and lost or got by this change."""
        had, has = self._before.absent, self._after.absent
        for category, missing in has.items():
            if category not in had and change.before and self._before.shows(category, change.before):
                why = self._phrase("missing", reason=self._say(missing.reason))
                yield Ground(-_MISSING, why, category, missing.severity)
        for category, missing in had.items():
            if category not in has and change.after and self._after.shows(category, change.after):
                title = self._say(self._playbook.categories[category])
                yield Ground(_MISSING, self._phrase("missing_filled", title=title), category, missing.severity)

    def _wording(self, change: Change) -> Iterator[Ground]:
        """Duties, rights, and words that make a clause hard or fair."""
        before, after = self._before.tone(change.before), self._after.tone(change.after)
        burden, power, tone = (there - here for here, there in zip(before, after, strict=True))
        if burden:
            yield Ground(burden, self._phrase("relief" if burden > 0 else "burden"))
        if power:
            yield Ground(power, self._phrase("power_ours" if power > 0 else "power_theirs"))
        if tone:
            yield Ground(tone, self._phrase("softer" if tone > 0 else "harder"))

    def _phrase(self, key: str, **given: str) -> str:
        return self._say(self._measures.phrases[key]).format(**given)

    def _say(self, text: Text) -> str:
        return phrase(text, self._language)


def _place_of(term: Term, words: Words | None) -> int | None:
    """Where the term stands; None where it doesn't, or is only denied."""
    found = re.search(term.pattern, words.text, re.IGNORECASE) if words else None
    if found is None or words is None or any(_has(pattern, words.text) for pattern in term.unless):
        return None
    return found.start()


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _part_of(text: str, at: int) -> str:
    """The stretch between two commas that holds the place."""
    start = max(text.rfind(mark, 0, at) for mark in "，。；,;\n") + 1
    ends = [found for mark in "，。；;\n" if (found := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]
