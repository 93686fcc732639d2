"""A thumb up or down under a reply, changed and taken back at will."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StrictBool
from sqlalchemy.ext.asyncio import AsyncSession

from bot.api.same_site import OwnPage
from bot.channels.web.sessions import Who
from bot.channels.web.state import WebState
from core.learning import service as learning

router = APIRouter(tags=["web chat"])


class Thought(BaseModel):
    """``good`` is true or false; null takes it back."""

    model_config = ConfigDict(extra="forbid")
    good: StrictBool | None


@router.post("/desk/turns/{turn}/opinion", status_code=204)
async def think_of(turn: UUID, thought: Thought, _: OwnPage, who: Who, web: WebState) -> None:
    """What the person thinks of a reply of their own conversation."""
    async with web.desk.database.writes.begin() as session:
        await learning.think_of(session, who.actor.person_id, turn, thought.good, web.desk.clock())


async def with_opinions(session: AsyncSession, messages: Iterable[dict[str, Any]]) -> None:
    """Say of each reply what was thought of it."""
    replies = {UUID(one["turn"]): one for one in messages if one["by"] == "desk" and one["id"] is not None}
    for turn, good in (await learning.opinions_of(session, replies)).items():
        replies[turn]["good"] = good
