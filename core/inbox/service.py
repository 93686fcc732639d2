"""The inbox and the outbox: what came in is answered once and in order, what goes out is kept until it was sent."""

from core.inbox.incoming import (
    MAX_ATTEMPTS,
    LostLease,
    claim,
    claim_one,
    finish,
    forget_words,
    receive,
    release,
    renew,
    unanswered,
)
from core.inbox.outgoing import MAX_SENDS, failed, latest, send, sent, shown, since, take_to_send, waiting

__all__ = [
    "MAX_ATTEMPTS",
    "MAX_SENDS",
    "LostLease",
    "claim",
    "claim_one",
    "failed",
    "finish",
    "forget_words",
    "latest",
    "receive",
    "release",
    "renew",
    "send",
    "sent",
    "shown",
    "since",
    "take_to_send",
    "unanswered",
    "waiting",
]
