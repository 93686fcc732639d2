"""What goes into a proposal and what comes out of a press."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor
from core.proposals.models import Proposal, Status

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that somebody is asked to confirm. ``payload`` is plain JSON; ``payload.encode`` makes it so."""

    kind: str
    payload: Mapping[str, Any]
    permission: str
    dealer_id: int | None = None
    approvers: int = 1
    proposer_may: bool = True
    amount: Decimal | None = None
    currency: str | None = None
    lifetime: timedelta = DAY


class Changed(Exception):
    """Raised by a CarryOut: price, stock or credit are no longer as shown, and ``draft`` is what can be done now."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(draft.kind)


CarryOut = Callable[[AsyncSession, Actor, Proposal, datetime], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a proposal stands after a press.

    ``first``: this very press counted; a repeated one finds the same outcome with False. ``waiting_for``: presses still
    to come while open. ``replacement``: the proposal that took the place of one whose terms had changed.
    ``lacks_code``: it is open still, and a code of the second factor, given with the next press, would do.
    """

    status: Status
    proposal: Proposal
    result: dict[str, Any] | None = None
    waiting_for: int = 0
    replacement: Proposal | None = None
    first: bool = False
    refusal: tuple[str, dict[str, Any]] | None = field(default=None)
    lacks_code: bool = False
