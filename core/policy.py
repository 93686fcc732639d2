"""Policy rows: never changed, valid over half-open days, superseded by later knowledge."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Date, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Name, UtcDateTime
from core.errors import Refused
from core.statements import changed_rows, upsert


class Policy:
    """In force on ``valid_from <= day < valid_to``; known from ``recorded_at`` until ``superseded_at``."""

    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date, default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime())
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)
    source: Mapped[str | None] = mapped_column(Name(200), default=None)
    source_page: Mapped[int | None] = mapped_column(default=None)


class PolicyLock(Base):
    """One row a kind of policy; whoever adds to it holds the row."""

    __tablename__ = "policy_locks"

    name: Mapped[str] = mapped_column(Code(64), primary_key=True)


def as_of(model: type[Policy], day: date, known_at: datetime | None = None) -> ColumnElement[bool]:
    """Rows in force on ``day``, as the books stood at ``known_at`` (now, when absent)."""
    in_force = and_(model.valid_from <= day, or_(model.valid_to.is_(None), model.valid_to > day))
    if known_at is None:
        return and_(in_force, model.superseded_at.is_(None))
    known = and_(model.recorded_at <= known_at, or_(model.superseded_at.is_(None), model.superseded_at > known_at))
    return and_(in_force, known)


async def add_policy(session: AsyncSession, row: Policy, same: Mapping[str, Any]) -> None:
    """Add a row whose ``same`` columns name what it governs; an overlap in force is refused, under lock."""
    model = type(row)
    await _one_at_a_time(session, model)
    overlap = [getattr(model, column) == value for column, value in same.items()]
    overlap.append(model.superseded_at.is_(None))
    overlap.append(or_(model.valid_to.is_(None), model.valid_to > row.valid_from))
    if row.valid_to is not None:
        overlap.append(model.valid_from < row.valid_to)
    found = (await session.execute(select(model).where(*overlap).limit(1))).scalar_one_or_none()
    if found is not None:
        raise Refused("policy.overlap", valid_from=found.valid_from, valid_to=found.valid_to)
    session.add(row)
    await session.flush()


async def supersede(session: AsyncSession, model: type[Policy], row_id: int, at: datetime) -> None:
    """Close the books on a row that turned out wrong or was replaced; what was known before stays readable."""
    row: Any = model
    closed = update(model).where(row.id == row_id, model.superseded_at.is_(None)).values(superseded_at=at)
    if not await changed_rows(session, closed):
        raise Refused("policy.already_superseded")


async def _one_at_a_time(session: AsyncSession, model: type[Policy]) -> None:
    """Hold the policy's lock until the transaction ends: rows that aren't there yet can't be locked themselves."""
    await upsert(session, PolicyLock, ["name"], {"name": cast(Any, model).__tablename__}, keep=True)
