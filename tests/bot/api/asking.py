"""What the tests of the REST interface ask with, and what they look at."""

from collections.abc import Awaitable, Callable
from typing import Any

from httpx import ASGITransport, AsyncClient
from sqlalchemy import func, select

from bot.desk import Desk
from bot.server import create_app
from core.actor import system
from core.orders.models import Order
from core.scope import visible

Call = Callable[..., Awaitable[AsyncClient]]
TWENTY_CASES = {"lines": [{"sku": "W-550", "quantity": 20, "unit": "case"}]}


async def ok(response: Any, status: int = 200) -> Any:
    """What was answered, with this status."""
    assert response.status_code == status, response.text
    return response.json()


async def problem(response: Any, status: int, key: str) -> Any:
    """The problem that was answered, of this kind."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"urn:qudao:problem:{key}", response.text
    return response.json()


async def orders(desk: Desk) -> int:
    """How many orders there are."""
    async with desk.database.reads() as session:
        everywhere = visible(system("test"), Order)
        return (await session.execute(select(func.count(Order.id)).where(everywhere))).scalar_one()


def client_of(desk: Desk, key: str) -> AsyncClient:
    """A client of a desk of its own, at another time say."""
    app = create_app(desk, chores=False)
    headers = {"authorization": f"Bearer {key}"}
    return AsyncClient(transport=ASGITransport(app=app), base_url="http://desk.test/api", headers=headers)
