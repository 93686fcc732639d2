"""A price is suggested where history carries it, within the floor, and nowhere else."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from core.db import Database
from core.errors import BadInput
from core.forecasts.pricing import Advice, advise
from core.forecasts.questions import Question, subject_of
from core.forecasts.responses import NoResponse, Response
from core.orders.models import OrderState
from core.products.models import Price
from core.sales.rules import add_months
from tests.core.forecasts.trade import ORIGIN, SHIFT
from tests.core.orders.market import Market, open_market, promotion
from tests.factories import LONG_AGO, TODAY, make_order, make_product

pytestmark = pytest.mark.database
D = Decimal
MONTHS = 24


async def priced(database: Database, on_offer: int, *, floor: str = "15.00") -> Market:
    """W-550 (18.00) sold 100 cases a month, ``on_offer`` in every fourth month at 16.20; W-600 always 200."""
    market = await open_market(database)
    async with database.writes.begin() as session:
        other = await make_product(session, "W-600", D("20.00"))
        tier = {"valid_from": LONG_AGO.date(), "recorded_at": LONG_AGO, "tier": "A"}
        session.add(Price(product_id=market.products["W-550"].id, amount=D(floor), currency="CNY", **tier))
        for back in range(1, MONTHS + 1):
            month, cut = add_months(ORIGIN, -back), back % 4 == 0
            cases = {market.products["W-550"].id: on_offer if cut else 100 + back % 3, other.id: 200}
            day = month + timedelta(days=9)
            at = datetime.combine(day, time(10), SHIFT)
            dealer = market.dealers["D001"]
            await make_order(session, dealer, cases, state=OrderState.CLOSED, placed_on=day, placed_at=at)
            if cut:
                days = {"valid_from": month, "valid_to": add_months(month, 1)}
                special = {"special_price": D("16.20"), **days}
                session.add(promotion(market, f"P{back}", "special_price", "W-550", **special))
    return market


async def advice(database: Database, market: Market, sku: str | None = "W-550") -> Advice:
    async with database.reads() as session:
        subject = await subject_of(session, market.actors["rep-east"], Question(sku=sku), TODAY)
        return await advise(session, subject, TODAY, "CNY")


async def test_a_cut_that_pays_is_suggested_within_the_floor(database: Database) -> None:
    found = await advice(database, await priced(database, 150, floor="16.90"))
    assert isinstance(found.found, Response)
    assert found.found.elasticity == pytest.approx(-3.8, abs=0.3)
    assert found.floor == D("16.90")
    assert found.best is not None
    assert found.best.price >= found.floor
    assert found.best.turnover[0] > 1
    assert found.best.cases[1] <= found.best.cases[0] <= found.best.cases[2]
    assert all(one.price >= found.floor for one in found.tried)


async def test_a_cut_that_loses_money_is_not_suggested(database: Database) -> None:
    found = await advice(database, await priced(database, 106))
    assert isinstance(found.found, Response)
    assert found.tried
    assert found.best is None


async def test_demand_that_never_answered_brings_no_advice(database: Database) -> None:
    found = await advice(database, await priced(database, 100))
    assert isinstance(found.found, NoResponse)
    assert found.found.reason in {"none_seen", "unclear"}
    assert (found.tried, found.best) == ((), None)


async def test_a_price_is_of_one_product(database: Database) -> None:
    with pytest.raises(BadInput):
        await advice(database, await priced(database, 100), None)
