"""The bytes of files, kept once by their SHA-256."""

import hashlib
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.documents.models import StoredFile
from core.errors import NotFound


async def store(session: AsyncSession, data: bytes, mime: str, at: datetime) -> str:
    """Keep the bytes, unless they are there already; returns their SHA-256 in hex."""
    sha256 = hashlib.sha256(data).hexdigest()
    if await session.get(StoredFile, sha256) is None:
        with suppress(IntegrityError):  # somebody else stored the same bytes at the same moment
            async with session.begin_nested():
                session.add(StoredFile(sha256=sha256, size=len(data), mime=mime, data=data, stored_at=at))
    return sha256


async def load(session: AsyncSession, sha256: str) -> bytes:
    """The bytes of a stored file."""
    data = (await session.execute(select(StoredFile.data).where(StoredFile.sha256 == sha256))).scalar_one_or_none()
    if data is None:
        raise NotFound
    return data
