"""Buttons under a message: which button of which turn, in the 64 bytes that Telegram gives back at a press."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from core.replies import Button, Citation

LONGEST_ID = 17
A_ROW = 3
ROW_COLUMNS = 24
DOCUMENT = "doc"
MOST_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press says: the button as the turn offered it, or a document to be sent."""

    button: str
    proposal: UUID | None = None
    turn: UUID | None = None
    document: int | None = None

    def means(self, button: Button) -> bool:
        """Whether this is the button that was pressed."""
        same = self.proposal is None or button.proposal == str(self.proposal)
        return same and short_id(button.id) == self.button


def data_of(button: Button, turn: UUID | None) -> str:
    """What Telegram keeps with the button; at most 64 bytes."""
    proposal = UUID(button.proposal) if button.proposal else None
    return "|".join((short_id(button.id), _packed(proposal), _packed(turn)))


def document_data(version: int) -> str:
    """A press that asks for a document's file."""
    return f"{DOCUMENT}|{version}"


def read(data: str) -> Pressed | None:
    """The inverse; None for what we never wrote."""
    kind, *rest = data.split("|")
    try:
        if kind == DOCUMENT and len(rest) == 1:
            return Pressed(DOCUMENT, document=int(rest[0]))
        proposal, turn = rest
        return Pressed(kind, _unpacked(proposal), _unpacked(turn))
    except ValueError:
        return None


def short_id(id_: str) -> str:
    """The button's id, or where it is too long, a name made of it."""
    if len(id_.encode()) <= LONGEST_ID and "|" not in id_:
        return id_
    return "#" + hashlib.sha256(id_.encode()).hexdigest()[: LONGEST_ID - 1]


def keyboard(
    buttons: Sequence[Button], turn: UUID | None, documents: Sequence[Citation] = ()
) -> InlineKeyboardMarkup | None:
    """Short buttons side by side, long ones in rows of their own, documents last."""
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for button in buttons:
        width = _columns(button.label)
        if not rows or len(rows[-1]) >= A_ROW or width > room:
            rows.append([])
            room = ROW_COLUMNS
        rows[-1].append(InlineKeyboardButton(button.label, callback_data=data_of(button, turn)))
        room -= width
    named = {one.source: one.version for one in documents if one.version is not None}
    for source, version in list(named.items())[:MOST_DOCUMENTS]:
        rows.append([InlineKeyboardButton(f"📄 {source}", callback_data=document_data(version))])
    return InlineKeyboardMarkup(rows) if rows else None


def _columns(label: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in label)


def _packed(one: UUID | None) -> str:
    return base64.urlsafe_b64encode(one.bytes).decode().rstrip("=") if one else ""


def _unpacked(text: str) -> UUID | None:
    return UUID(bytes=base64.urlsafe_b64decode(text + "==")) if text else None
