"""Propose, then confirm once: every change of trade waits here for the press of somebody who may make it."""

from core.proposals.confirming import confirm
from core.proposals.drafts import CarryOut, Changed, Draft, Outcome
from core.proposals.proposing import cancel, expire, propose
from core.proposals.rights import check, find
from core.proposals.waiting import approvers_of, needs, of_turn, open_for_word, statuses, waiting_for

__all__ = [
    "CarryOut",
    "Changed",
    "Draft",
    "Outcome",
    "approvers_of",
    "cancel",
    "check",
    "confirm",
    "expire",
    "find",
    "needs",
    "of_turn",
    "open_for_word",
    "propose",
    "statuses",
    "waiting_for",
]
