"""What was heard in a message, and what was decided about it before any brain."""

from dataclasses import dataclass, field

from agents.turns import Answer


@dataclass(frozen=True, slots=True)
class Decision:
    """What was heard, and the answer where no brain is needed.

    ``secret``: nothing of what was said may be kept. ``public``: the answer holds nothing that a stranger may not read.
    ``reveals``: the enrolment whose secret the channel shows with the answer, and nobody keeps. ``withdraws``: an
    earlier message that the channel takes back.
    """

    heard: str
    answer: Answer | None = None
    decided: dict[str, object] = field(default_factory=dict)
    secret: bool = False
    public: bool = False
    reveals: str = ""
    withdraws: str = ""
