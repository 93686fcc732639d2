"""A code that was asked for: what it is for, and until when it is waited for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from agents.turns import Said

WAITED_FOR = timedelta(minutes=5)
LOOK_BACK = 3
"""Turns: somebody who asks a question in between may still give the code."""


def asking(now: datetime, lasts: timedelta = WAITED_FOR) -> dict[str, object]:
    """What the conversation remembers of a press that lacks its code, or of an enrolment."""
    return {"asks_code_until": (now + lasts).isoformat()}


def asked_for(past: Sequence[Said], now: datetime) -> Mapping[str, Any] | None:
    """What was decided when a code was asked for last.

    None where that is answered or long ago, or another thing is asked.
    """
    if not past or past[-1].asked is not None:
        return None
    for turn in reversed(past[-LOOK_BACK:]):
        if turn.decided:
            until = turn.decided.get("asks_code_until")
            waits = until is not None and now < datetime.fromisoformat(until)
            return turn.decided if waits else None
    return None
