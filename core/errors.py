"""What may go wrong, as one tree. Each error names a catalogue key and parameters; only these become words for a user.

QudaoError
├── BadInput            what was sent can't be used
│   ├── EmptyMessage, MessageTooLong
│   └── UnreadableFile … (core.reading.errors)
├── NotFound            missing and forbidden look the same
├── NotPermitted        the actor's role lacks the permission
├── Refused             a rule of the trade says no, and names the way out
├── Stale               somebody else was first: expired, superseded, already decided
└── NotSetUp            the installation itself lacks something
"""

from typing import Any, ClassVar


class QudaoError(Exception):
    """A refusal that is explained to the user; anything else is a bug and stays loud."""

    key: ClassVar[str] = "error.generic"

    def __init__(self, key: str | None = None, /, **params: Any) -> None:
        self.message_key = key or self.key
        self.params = params
        super().__init__(self.message_key)

    def __str__(self) -> str:
        return f"{self.message_key} {self.params}" if self.params else self.message_key


class BadInput(QudaoError):
    """What was sent can't be used as it is."""

    key = "error.bad_input"


class EmptyMessage(BadInput):
    """Nothing was left of the message once it was cleaned."""

    key = "error.empty_message"


class MessageTooLong(BadInput):
    """Longer than a message may be; ``limit`` in characters."""

    key = "error.message_too_long"


class NotFound(QudaoError):
    """No such thing within what the actor may see."""

    key = "error.not_found"


class NotPermitted(QudaoError):
    """The actor's role lacks the permission."""

    key = "error.not_permitted"


class Refused(QudaoError):
    """A rule of the trade says no; the key's words name the way out."""

    key = "error.refused"


class Stale(QudaoError):
    """Decided, expired or superseded before this reached it."""

    key = "error.stale"


class NotSetUp(QudaoError):
    """The installation lacks something; the words say how to mend it."""

    key = "error.not_set_up"
