"""What a tool is handed besides its arguments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from pydantic_core import CoreSchema, core_schema

from core.actor import Actor
from core.brand.models import Brand
from core.contracts.standing_signatures import Authority
from core.db import Reads, Writes
from core.words import Words
from knowledge.service import Knowledge

Progress = Callable[[str], None]


class Spoken(str):
    """Progress in the reply's own words: all that is released of them so far, which is never taken back.

    Other progress says what is being done, and is gone once the reply is there.
    """

    __slots__ = ()


def _silent(_: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with the message; its bytes are stored under the SHA-256."""

    name: str
    sha256: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a model may never supply: who asks, when, where, and where data lives.

    ``private``: figures may be shown here. That holds ``in_a_group`` too while it is bound to a dealer and nobody in it
    is a stranger.
    """

    actor: Actor
    now: datetime
    today: date
    words: Words
    brand: Brand
    conversation: UUID
    private: bool
    turn_id: UUID
    reads: Reads
    writes: Writes
    knowledge: Knowledge
    attachments: tuple[Attachment, ...] = ()
    earlier_files: tuple[Attachment, ...] = ()
    progress: Progress = _silent
    in_a_group: bool = False
    authority: Authority | None = None
    call_index: Iterator[int] = field(default_factory=count)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> CoreSchema:
        """Handed through as it is: a tool's schema never looks inside."""
        return core_schema.is_instance_schema(cls)
