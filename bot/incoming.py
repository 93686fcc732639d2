"""A message as a channel hands it in, cleaned and bounded before anything is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePath
from typing import Any

from core.errors import EmptyMessage, MessageTooLong
from core.language.normalise import clean
from tools.context import Attachment

MESSAGE_LIMIT = 8_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person sent: words, a press, or files. ``account`` is who sent it as the channel knows them.

    ``code`` goes with a press that needs a second factor. ``language`` is what the channel says of its user; it counts
    only where nothing better is known.
    """

    channel: str
    chat: str
    account: str
    text: str = ""
    press: str = ""
    proposal: str = ""
    files: tuple[Attachment, ...] = ()
    private: bool = True
    code: str = ""
    language: str = ""

    @property
    def lane(self) -> str:
        """What is answered in order: a chat of a channel."""
        return f"{self.channel}:{self.chat}"

    def cleaned(self) -> "Incoming":
        """The same without characters that no database keeps; an empty or overlong message is refused."""
        text = clean(self.text).strip()
        if len(text) > MESSAGE_LIMIT:
            raise MessageTooLong(limit=MESSAGE_LIMIT)
        if not (text or self.press or self.files):
            raise EmptyMessage
        return Incoming(
            self.channel,
            self.chat,
            self.account,
            text,
            clean(self.press)[:64],
            clean(self.proposal)[:64],
            told_apart(self.files),
            self.private,
            clean(self.code)[:16],
            self.language,
        )

    def payload(self) -> dict[str, Any]:
        """As the inbox stores it."""
        files = [{"name": f.name, "sha256": f.sha256, "mime": f.mime, "size": f.size} for f in self.files]
        return {
            "chat": self.chat, "text": self.text, "press": self.press, "proposal": self.proposal,
            "files": files, "private": self.private, "code": self.code, "language": self.language,
        }  # fmt: skip

    @classmethod
    def stored(cls, channel: str, account: str, payload: dict[str, Any]) -> "Incoming":
        """As the inbox gives it back."""
        return cls(
            channel, payload["chat"], account, payload["text"], payload["press"], payload["proposal"],
            tuple(Attachment(**item) for item in payload["files"]), payload["private"],
            payload.get("code", ""), payload.get("language", ""),
        )  # fmt: skip


def told_apart(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Files of one message by names of their own, since it is by its name that one is meant: 合同.pdf, 合同 (2).pdf."""
    kept: dict[str, Attachment] = {}
    for one in files:
        path = PurePath(one.name)
        name = one.name
        for number in count(2):
            if name not in kept:
                break
            name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        kept[name] = one if name == one.name else replace(one, name=name)
    return tuple(kept.values())
