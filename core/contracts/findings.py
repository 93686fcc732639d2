"""What a review says: findings, what is missing, the facts, each with where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.contracts.facts import Facts
from core.reading.clauses import Clause


class Side(StrEnum):
    """Whose lawyer reads."""

    DEALER = "dealer"
    BRAND = "brand"


class Kind(StrEnum):
    """What a contract is about."""

    DEALER = "dealer"
    DISTRIBUTION = "distribution"
    AGENCY = "agency"
    PURCHASING = "purchasing"
    CONFIDENTIALITY = "confidentiality"
    OTHER = "other"


class Severity(StrEnum):
    """High: may cost the side its business, void or illegal; medium: negotiate; low: point out; info: as agreed."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def weight(self) -> int:
        """For ordering; the gravest has the most."""
        return list(Severity).index(self)


class Source(StrEnum):
    """What a finding was recognised by."""

    RULE = "rule"
    LEARNT = "learnt"
    MODEL = "model"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Finding:
    """``quote`` is ``Review.text[start:end]``, word for word; ``basis`` names statutes or the playbook it rests on;
    ``rule`` is the playbook's id of what recognised it."""

    category: str
    severity: Severity
    quote: str
    start: int
    end: int
    page: int | None
    clause: str
    title: str
    reason: str
    suggestion: str
    basis: tuple[str, ...]
    rule: str
    source: Source = Source.RULE


@dataclass(frozen=True, slots=True)
class Missing:
    """A clause that a contract of this kind should have and this one hasn't."""

    category: str
    severity: Severity
    title: str
    reason: str
    suggestion: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """``text`` is what spans are measured in; findings come gravest first, then as they stand in the text.

    ``present`` says where each category that was looked for is dealt with; ``unread`` are pages nobody could read.
    """

    text: str
    language: str
    side: Side
    kind: Kind
    facts: Facts
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    present: Mapping[str, tuple[int, ...]]
    summary: str
    playbook: str
    unread: tuple[int, ...] = ()


def by_sentence(findings: Iterable[Finding]) -> list[list[Finding]]:
    """What was raised about the same words together, in the order of the first of each."""
    groups: dict[int, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.start, []).append(one)
    return list(groups.values())


def places(findings: Iterable[Finding]) -> Mapping[str, int]:
    """How many sentences are of each severity, each by the gravest thing that was raised about it."""
    gravest = [max(group, key=lambda one: one.severity.weight).severity for group in by_sentence(findings)]
    return {each.value: gravest.count(each) for each in Severity}
