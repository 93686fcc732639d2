"""Contracts: read, reviewed, explained; no database, complete without a model."""

from core.contracts.comparing.changes import Change, Deviation, Effect, How, Words
from core.contracts.comparing.deviation import compare
from core.contracts.facts import Facts
from core.contracts.findings import Finding, Kind, Missing, Review, Severity, Side, Source
from core.contracts.playbook import BadPlaybook, Playbook, load
from core.contracts.review import review

__all__ = [
    "BadPlaybook",
    "Change",
    "Deviation",
    "Effect",
    "Facts",
    "Finding",
    "How",
    "Kind",
    "Missing",
    "Playbook",
    "Review",
    "Severity",
    "Side",
    "Source",
    "Words",
    "compare",
    "load",
    "review",
]
