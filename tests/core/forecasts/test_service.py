"""Questions answered within somebody's scope: stored or computed, and never another dealer's."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from core.actor import PERMISSIONS, Actor, Role, system
from core.db import Database
from core.errors import BadInput, NotFound, Refused
from core.forecasts import ordering, watching
from core.forecasts import service as forecasts
from core.forecasts.questions import Question
from core.forecasts.risks import Risk
from core.forecasts.running import refresh
from core.forecasts.service import Outlook
from core.sales.rules import add_months
from tests.core.forecasts.trade import ORIGIN, open_trade, plain
from tests.core.orders.market import Market
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.database
MANAGER = Actor(9, "manager", "m", Role.MANAGER, "zh", everywhere=True, permissions=PERMISSIONS[Role.MANAGER])
NOBODY = Actor(8, "trainer", "t", Role.TRAINER, "zh", permissions=PERMISSIONS[Role.TRAINER])


async def ask(database: Database, actor: Actor, **question: object) -> Outlook:
    async with database.reads() as session:
        known = await forecasts.known(session, actor, Question(**question), TODAY)  # type: ignore[arg-type]
    return await forecasts.outlook(known, plain)


async def opened(database: Database, *, stored: bool = True) -> Market:
    market = await open_trade(database)
    if stored:
        await refresh(database, TODAY, NOW, engine=plain)
    return market


@pytest.mark.parametrize("stored", [True, False])
async def test_an_answer_is_the_same_whether_it_was_stored_or_is_computed(database: Database, stored: bool) -> None:
    market = await opened(database, stored=stored)
    found = await ask(database, market.actors["D001-buyer"], sku="W-550")
    assert [(point.month, point.mean) for point in found.points] == [(add_months(ORIGIN, 1), Decimal(100))]
    assert found.total.low80 == 80
    assert found.cut_off == date(2026, 10, 31)
    assert found.accuracy is not None
    assert found.accuracy.wape == 0
    assert found.accuracy.inside80 == 1


async def test_each_sees_their_own_and_no_more(database: Database) -> None:
    market = await opened(database)
    buyer = market.actors["D001-buyer"]
    assert (await ask(database, buyer)).total.mean == 140
    assert (await ask(database, market.actors["rep-east"])).total.mean == 220
    assert (await ask(database, MANAGER)).total.mean == 250
    assert (await ask(database, MANAGER, region="SOUTH")).total.mean == 30
    assert (await ask(database, MANAGER, dealer="D002", category="tea")).total.mean == 20
    for actor in (buyer, market.actors["D001-owner"]):
        with pytest.raises(NotFound):
            await ask(database, actor, dealer="D002")
    with pytest.raises(NotFound):
        await ask(database, market.actors["rep-east"], dealer="D040")
    with pytest.raises(NotFound):
        await ask(database, market.actors["rep-east"], region="SOUTH")
    with pytest.raises(NotFound):
        await ask(database, NOBODY)


async def test_a_buyer_who_names_a_region_is_told_of_their_own_alone(database: Database) -> None:
    market = await opened(database)
    found = await ask(database, market.actors["D001-buyer"], region="EAST", sku="W-550")
    assert found.subject.dealer is not None
    assert found.subject.dealer.code == "D001"
    assert set(found.history.values()) == {Decimal(100)}
    for elsewhere in ("SOUTH", "MOON"):
        with pytest.raises(NotFound):
            await ask(database, market.actors["D001-buyer"], region=elsewhere, sku="W-550")


async def test_parts_of_a_region_are_its_dealers_and_add_up(database: Database) -> None:
    market = await opened(database)
    async with database.reads() as session:
        known = await forecasts.known(session, market.actors["rep-east"], Question(sku="W-550"), TODAY)
        parts = await forecasts.parts(session, known)
    assert [(part.dealer_code, part.cases) for part in parts] == [("D001", Decimal(100)), ("D002", Decimal(60))]
    assert (await forecasts.outlook(known, plain)).total.mean == sum(part.cases for part in parts)


async def test_months_may_be_named_or_counted_but_not_past_or_too_far(database: Database) -> None:
    market = await opened(database)
    buyer = market.actors["D001-buyer"]
    quarter = await ask(database, buyer, start=date(2027, 1, 1), end=date(2027, 4, 1))
    assert [point.month.month for point in quarter.points] == [1, 2, 3]
    assert quarter.total.mean == 420
    assert len((await ask(database, buyer, months=6)).points) == 6
    running = await ask(database, buyer, start=date(2026, 10, 1), end=date(2027, 1, 1))
    assert [point.month.month for point in running.points] == [11, 12]
    for start, end in ((date(2026, 10, 1), date(2026, 11, 1)), (date(2027, 6, 1), date(2027, 7, 1))):
        with pytest.raises(BadInput):
            await ask(database, buyer, start=start, end=end)


async def test_a_product_never_bought_is_refused_and_an_unknown_one_missing(database: Database) -> None:
    market = await opened(database)
    with pytest.raises(Refused):
        await ask(database, market.actors["D001-buyer"], sku="T-500L")
    with pytest.raises(NotFound):
        await ask(database, market.actors["D001-buyer"], sku="X-1")


async def test_stock_at_risk_is_ones_own_and_transfers_are_for_reps(database: Database) -> None:
    market = await opened(database)
    async with database.reads() as session:
        own = await watching.watch(session, market.actors["D001-buyer"], Question(), TODAY)
        east = await watching.watch(session, market.actors["rep-east"], Question(), TODAY)
        everything = await watching.watch(session, system("test"), Question(sku="W-550"), TODAY)
    assert {one.dealer_code for one in own.risks} == {"D001"}
    assert own.lots == ()
    assert own.transfers == ()
    assert {one.dealer_code for one in east.risks} == {"D001", "D002"}
    assert {one.dealer_code for one in everything.risks} == {"D001", "D002", "D040"}
    assert all(one.threat.risk is Risk.STOCK_OUT for one in own.risks)


def halved(history: pd.DataFrame, horizon: int, /) -> pd.DataFrame:
    """What no mean of the past would say."""
    made = plain(history, horizon)
    columns = ["mean", "lo-80", "hi-80", "lo-95", "hi-95"]
    return made.assign(**{name: made[name] / 2 for name in columns})


@pytest.mark.parametrize("stored", [True, False])
async def test_a_dealer_hears_of_one_stock_and_one_demand_whatever_they_ask(database: Database, stored: bool) -> None:
    market = await open_trade(database)
    if stored:
        await refresh(database, TODAY, NOW, engine=halved)
    buyer, asked = market.actors["D001-buyer"], Question(sku="W-550")
    async with database.reads() as session:
        basis = await ordering.basis(session, buyer, asked, TODAY, None)
        wide = await ordering.basis(session, buyer, Question(), TODAY, None)
        sole = (await watching.watch(session, buyer, asked, TODAY, halved)).sole
    assert sole is not None
    for plan in [await ordering.plan(found, halved) for found in (basis, wide)]:
        line = next(one for one in (*plan.lines, *plan.enough) if one.product.sku == "W-550")
        assert (line.stock, line.need.daily) == (sole.stock, sole.daily)
        assert (line.need.coming, line.cover) == (sole.coming, sole.cover)
    assert sole.daily < 2  # its mean month is of 100 cases
    assert sole.stock > 0
