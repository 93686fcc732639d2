"""What the labels of figures and the things around them say: periods, names, what a whole reply is about."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core.checks.spoken import Said, Spoken, tiers_in
from core.checks.vocabulary import Vocabulary, widened
from core.language.numerals import Kind
from core.language.periods import Grain, TimeRange, parse_period
from core.language.units import Unit
from core.replies import Figure, Reply

DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
PERIOD_CODE = re.compile(r"(?<!\d)\d{4}(?:-?[QqHh]\d|-\d{2}(?:-\d{2})?)?(?!\d)")
LABELLED: Mapping[str, frozenset[str]] = {
    "order": frozenset({"buy"}), **{unit: frozenset({"size"}) for unit in ("bottle", "pack", "case", "pallet")},
}  # fmt: skip
PAYABLE = frozenset({"payable", "goods"})
MISSING = frozenset({"missing"})
TEMPORARY = frozenset({"temporary", "credit_limit"})
ROSE, FELL = frozenset({"rose"}), frozenset({"fell"})
UNITS = frozenset(str(unit) for unit in Unit)


def cues_of(figure: Figure, label: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The names that a figure goes by; ``label`` is its folded label."""
    if label == "to the next tier":
        return MISSING
    if label == "temporary credit":
        return TEMPORARY
    cues = widened(vocabulary.cues(label) | priced_by(figure.kind, label))
    if figure.kind == "quantity" or label not in UNITS:
        cues |= LABELLED.get(label, frozenset())
    if label == "order total":
        cues |= PAYABLE
    if figure.kind == "percent" and "change" in label:
        cues |= FELL if figure.value.startswith("-") else ROSE
    return cues


def next_tiers(reply: Reply) -> Iterator[str]:
    """The tiers of which figures say what they lack."""
    figures = [(figure.label or "", Decimal(figure.value)) for figure in reply.figures if figure.kind == "money"]
    lacking = [value for label, value in figures if label == "to the next tier"]
    counted = [value for label, value in figures if label.startswith("purchases that count")]
    for label, value in figures:
        for name, _, _ in tiers_in(label) if "threshold" in label else ():
            if any(value - less in counted for less in lacking):
                yield name


def orders_in(things: Iterable[str]) -> list[str]:
    """The orders among things."""
    return [name for name in things if name.startswith("code:so-")]


def moved(spoken: Spoken, said: Said) -> frozenset[str]:
    """A signed percentage says which way."""
    if spoken.number.kind is not Kind.PERCENT:
        return frozenset()
    if spoken.number.value < 0:
        return FELL
    return ROSE if said.text[: spoken.number.span[0]].endswith("+") else frozenset()


def rated(spoken: Spoken, said: Said) -> frozenset[str]:
    """A percentage that something is multiplied by is a rate."""
    rate = spoken.kind == "percent" and any(spoken.number.value == step[2] for step in said.steps)
    return frozenset({"rebate_rate"}) if rate else frozenset()


def priced_by(kind: str, label: str) -> frozenset[str]:
    """``W-550 case`` labels the price of a case."""
    last = label.rpartition(" ")[2]
    return frozenset({f"price_{last}"}) if kind == "money" and last in UNITS else frozenset()


def about_of(reply: Reply) -> frozenset[str]:
    """The one thing of its kind that the whole reply is about."""
    kinds = defaultdict(set)
    for one in reply.shown:
        kinds[one.kind].add(f"{one.kind}:{one.code}")
    return frozenset(name for names in kinds.values() if len(names) == 1 for name in names)


def nearest_of(own: frozenset[str], above: frozenset[str], about: frozenset[str]) -> frozenset[str]:
    """The nearest word on each kind of thing counts."""
    found = set(own)
    for more in (above, about):
        kinds = {name.split(":")[0] for name in found}
        found |= {name for name in more if name.split(":")[0] not in kinds}
    return frozenset(found)


def days_in(label: str) -> tuple[date, date] | None:
    """The first day of a stretch in a label such as ``total 2026-10-01/2026-10-20``, and the day after its last."""
    found = DAYS.search(label)
    return (date.fromisoformat(found[1]), date.fromisoformat(found[2]) + timedelta(days=1)) if found else None


def period_in(label: str, fiscal: int) -> TimeRange | None:
    """The period in a label such as ``rebate 2026Q3``."""
    found = PERIOD_CODE.search(label)
    if found is None:
        return None
    try:
        period = parse_period(found.group(), fiscal)
    except ValueError:
        return None
    return replace(period, text=found.group()) if period.grain is not Grain.RANGE else None
