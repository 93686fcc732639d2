"""Whether the process is alive, and whether it can do its work."""

import logging
from typing import Any

from fastapi import APIRouter, Request, Response

from core import migrations
from core.db import Database

log = logging.getLogger(__name__)
router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request, response: Response) -> dict[str, Any]:
    """The database answers and has the shape that this code needs; 503 where not."""
    database: Database = request.app.state.desk.database
    checks = {"database": await _database(database), "migrations": "unknown"}
    if checks["database"] == "ok":
        checks["migrations"] = await _migrations(database)
    ready = all(state == "ok" for state in checks.values())
    response.status_code = 200 if ready else 503
    return {"status": "ok" if ready else "unavailable", "checks": checks}


async def _database(database: Database) -> str:
    try:
        await database.answers()
    except Exception:
        log.exception("the database does not answer")
        return "unreachable"
    return "ok"


async def _migrations(database: Database) -> str:
    try:
        missing = await migrations.pending(database.url)
    except Exception:
        log.exception("the database's revision can't be read")
        return "unknown"
    return f"pending: {', '.join(missing)}" if missing else "ok"
