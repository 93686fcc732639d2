"""The files that came with a message: lists are read for whoever may order, the rest is left to the documents."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from core.actor import Permission
from core.documents import files
from core.errors import QudaoError
from core.reading.sheets import Sheet, is_picture, is_table, read_sheets
from tools.context import Attachment, ToolContext

TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of the message: a list's ``sheets``, or why it can't be read as one; neither where it is a document."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    problem: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        """Whether it was taken for a list."""
        return bool(self.sheets or self.problem)


async def sent_files(ctx: ToolContext) -> tuple[Sent, ...]:
    """The message's files in order."""
    return tuple([await _sent(ctx, one) for one in ctx.attachments])


async def _sent(ctx: ToolContext, one: Attachment) -> Sent:
    if not (ctx.private and ctx.actor.may(Permission.ORDERS_DRAFT) and _may_be_list(ctx, one)):
        return Sent(one.name)
    async with ctx.reads() as session:
        data = await files.load(session, one.sha256)
    try:
        return Sent(one.name, await asyncio.to_thread(read_sheets, data, PurePath(one.name).name))
    except QudaoError as error:
        return Sent(one.name, problem=error.message_key, params=error.params)


def _may_be_list(ctx: ToolContext, one: Attachment) -> bool:
    """A text may be either: to whoever publishes documents it is one."""
    if PurePath(one.name).suffix.lower() == TEXT:
        return not ctx.actor.may(Permission.DOCUMENTS_PUBLISH)
    return is_table(one.name) or is_picture(one.name)
