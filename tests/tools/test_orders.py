"""The tools that draft, follow, change and cancel orders, as they read."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from langchain_core.tools import BaseTool
from sqlalchemy import func, select

from core.db import Database
from core.errors import BadInput, NotFound
from core.orders import service as orders
from core.proposals.models import Proposal, Status
from core.proposals.service import confirm
from core.replies import Reply
from core.words import Catalogues
from tests.core.orders.market import CARRY_OUT, LATER, Market, add_all, invoice, open_market, promotion, stock_of, trade
from tests.factories import NOW, TODAY
from tests.tools.calls import call, context_for, first_text
from tools.context import ToolContext
from tools.order_replies import cancelled, changed, placed, shown_order
from tools.orders import (
    PACKAGE,
    list_orders,
    order_status,
    propose_cancellation,
    propose_order,
    propose_order_change,
)
from tools.registry import Effect


@pytest.fixture
async def market(database: Database) -> Market:
    return await open_market(database)


async def context(database: Database, market: Market, who: str, language: str = "zh") -> ToolContext:
    return replace(await context_for(database, who, language), conversation=market.conversations[who].id)


async def ask(
    database: Database, market: Market, tool: BaseTool, who: str = "D001-buyer", language: str = "zh", **args: Any
) -> Reply:
    return await call(tool, await context(database, market, who, language), **args)


def lines(*asked: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"sku": sku, "quantity": quantity} for sku, quantity in asked]


async def only_proposal(database: Database) -> Proposal:
    async with database.reads() as session:
        return (await session.execute(select(Proposal))).scalar_one()


async def count_proposals(database: Database) -> int:
    async with database.reads() as session:
        return await session.scalar(select(func.count()).select_from(Proposal)) or 0


async def press(database: Database, market: Market, who: str = "D001-buyer") -> dict[str, Any]:
    async with database.reads() as session:
        mine = select(Proposal.id).where(Proposal.status == Status.OPEN)
        proposal_id = (await session.execute(mine)).scalar_one()
    async with database.writes.begin() as session:
        outcome = await confirm(session, market.actors[who], proposal_id, LATER, CARRY_OUT)
    assert outcome.result is not None
    return outcome.result


def test_only_proposing_tools_propose_and_all_are_private() -> None:
    effects = {spec.name: spec.effect for spec in PACKAGE.tools}
    assert {name for name, effect in effects.items() if effect == Effect.PROPOSE} == {
        "propose_order", "propose_order_change", "propose_cancellation",
    }  # fmt: skip
    assert all(spec.private for spec in PACKAGE.tools)
    assert {kind.name for kind in PACKAGE.kinds} == set(CARRY_OUT)


async def test_a_draft_shows_the_amount_first_and_offers_to_confirm(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P1", "free_units", "W-550", buy_cases=10, free_cases=1))
    before = await trade(database)
    reply = await ask(database, market, propose_order, lines=lines(("W-550", 10), ("T-500", 5)), remark="下午送")
    assert first_text(reply) == "合计¥380.00（含税，15箱，另赠1箱），请确认："
    words = reply.plain()
    assert "另送1箱 W-550" in words
    assert "送至城南仓（按惯例）；备注：下午送" in words
    assert "下单后可用授信¥9,620.00" in words
    assert [button.id for button in reply.buttons] == ["confirm", "change", "cancel"]
    assert {button.proposal for button in reply.buttons} == {str((await only_proposal(database)).id)}
    assert [one.code for one in reply.shown] == ["W-550", "T-500", "D001"]
    assert await trade(database) == before


async def test_the_same_in_english(database: Database, market: Market) -> None:
    reply = await ask(
        database, market, propose_order, language="en", lines=lines(("W-550", 10)), wanted_date="2026-11-25"
    )
    assert first_text(reply).startswith("Total CN¥180.00, tax included, 10 cases")
    assert "wanted on Nov 25, 2026" in reply.plain()
    assert "确认" not in reply.plain()


async def test_a_stored_draft_is_shown_in_the_approvers_language(database: Database, market: Market) -> None:
    await ask(database, market, propose_order, lines=lines(("W-550", 10)))
    english = await context(database, market, "D001-owner", "en")
    reply = shown_order(await only_proposal(database), english.words)
    assert "Confirm order" in reply.plain()
    assert "Place S1" in reply.plain()


@pytest.mark.parametrize(
    ("asked", "words", "choices"),
    [
        (("W-550", 0), "要大于0", []),
        (("W-550", -3), "要大于0", []),
        (("W-550", 1.5), "请改为1箱或2箱", ["W-550 1箱", "W-550 2箱"]),
        (("W-550", 0.5), "请改为1箱。", ["W-550 1箱"]),
        (("X-999", 1), "没有在售产品", []),
        (("W-550", 1e12), "数量太大", []),
        (("T-500", 240), "现在可订230箱", ["T-500 230箱", "T-500L 240箱"]),
        (("T-500", 260), "差¥400.00授信", []),
    ],
)
async def test_a_refusal_says_why_and_the_way_out_and_stores_nothing(
    database: Database, market: Market, asked: tuple[str, float], words: str, choices: list[str]
) -> None:
    async with database.writes.begin() as session:
        stock = await stock_of(session, market, "T-500")
        stock.on_hand = 24 * (230 if asked[1] == 240 else 400)
    before = await trade(database)
    reply = await ask(database, market, propose_order, lines=lines(asked))
    assert words in reply.plain()
    assert [button.says for button in reply.buttons] == choices
    assert [button.id for button in reply.buttons] == [f"choose:{n}" for n, _ in enumerate(choices, 1)]
    assert await count_proposals(database) == 0
    assert await trade(database) == before


async def test_a_way_out_keeps_the_other_lines(database: Database, market: Market) -> None:
    reply = await ask(database, market, propose_order, lines=lines(("W-550", 10), ("T-500", 2.5)))
    assert [button.says for button in reply.buttons] == ["W-550 10箱，T-500 2箱", "W-550 10箱，T-500 3箱"]
    places = await ask(database, market, propose_order, lines=lines(("W-550", 10)), ship_to="火星")
    assert [button.says for button in places.buttons] == ["W-550 10箱，送城南仓", "W-550 10箱，送浦东店"]


async def test_an_overdue_dealer_hears_what_to_pay(database: Database, market: Market) -> None:
    await add_all(database, invoice(market.dealers["D001"], "300", TODAY - timedelta(days=20)))
    reply = await ask(database, market, propose_order, lines=lines(("W-550", 10)))
    assert "¥300.00货款逾期" in reply.plain()
    assert "20天" in reply.plain()
    assert await count_proposals(database) == 0


async def test_above_the_limit_the_buyer_cant_confirm_and_the_owner_can(database: Database, market: Market) -> None:
    reply = await ask(database, market, propose_order, lines=lines(("T-500", 126)))
    assert "老板确认" in reply.plain()
    assert [button.id for button in reply.buttons] == ["change", "cancel"]
    assert "confirm" in {
        button.id for button in shown_order(await only_proposal(database), Catalogues().words("zh")).buttons
    }
    result = await press(database, market, "D001-owner")
    assert result["amount"] == "5040"


async def test_a_rep_drafts_for_a_dealer_of_theirs(database: Database, market: Market) -> None:
    reply = await ask(database, market, propose_order, "rep-east", lines=lines(("W-550", 10)), dealer="D002")
    assert "由经销商D002确认" in reply.plain()
    assert "confirm" not in {button.id for button in reply.buttons}
    with pytest.raises(NotFound):
        await ask(database, market, propose_order, "rep-east", lines=lines(("W-550", 10)), dealer="D040")
    with pytest.raises(BadInput):
        await ask(database, market, propose_order, "rep-east", lines=lines(("W-550", 10)))
    with pytest.raises(BadInput, match=r"order\.bad_date"):
        await ask(database, market, propose_order, lines=lines(("W-550", 10)), wanted_date="明天")


async def test_an_order_is_followed_from_the_press_to_the_receipt(database: Database, market: Market) -> None:
    await ask(database, market, propose_order, lines=lines(("W-550", 10), ("T-500", 5)))
    result = await press(database, market)
    number = result["order"]
    said = placed(result, (await context(database, market, "D001-buyer")).words)
    assert first_text(said) == f"已下单：{number}，¥380.00，已提交"
    status = await ask(database, market, order_status)
    assert first_text(status) == f"{number}：已提交，¥380.00，15箱"
    assert "W-550 产品W-550 10箱，T-500 产品T-500 5箱" in status.plain()
    truck = orders.Truck("顺捷物流", "SJ123", TODAY + timedelta(days=2))
    for state, detail in (("accepted", None), ("shipped", orders.Detail(truck=truck))):
        async with database.writes.begin() as session:
            await orders.advance(session, market.actors["operator"], number, state, NOW, detail)
    shipped = (await ask(database, market, order_status, order=number)).plain()
    assert "顺捷物流 SJ123：15箱，2026年11月20日发出，预计2026年11月22日到" in shipped
    async with database.writes.begin() as session:
        await orders.advance(session, market.actors["operator"], number, "received", NOW)
    assert "2026年11月20日签收" in (await ask(database, market, order_status)).plain()
    assert "D001" in (await ask(database, market, order_status, "rep-east")).plain()
    held = (await ask(database, market, order_status, order=number, product="T-500")).plain()
    assert held.startswith("这张单里T-500 产品T-500：5箱")
    assert "这张单里没有S-500C" in (await ask(database, market, order_status, product="S-500C")).plain()


async def test_a_change_and_a_cancellation_are_confirmed_too(database: Database, market: Market) -> None:
    await ask(database, market, propose_order, lines=lines(("W-550", 10)))
    number = (await press(database, market))["order"]
    change = await ask(database, market, propose_order_change, lines=lines(("W-550", 8)), ship_to="浦东店")
    assert f"订单{number}改为下面这样" in change.plain()
    words = (await context(database, market, "D001-buyer")).words
    assert first_text(changed(await press(database, market), words)).startswith(f"已修改：{number}，现为¥144.00")
    short = await ask(database, market, propose_order_change, lines=lines(("W-550", 10.5)))
    assert [button.says for button in short.buttons] == ["把订单改成W-550 10箱", "把订单改成W-550 11箱"]
    nowhere = await ask(database, market, propose_order_change, ship_to="火星")
    assert [button.says for button in nowhere.buttons] == ["送城南仓", "送浦东店"]
    ending = await ask(database, market, propose_cancellation, reason="数量有误")
    assert f"取消订单{number}（¥144.00，已提交）" in ending.plain()
    assert [button.id for button in ending.buttons] == ["confirm", "cancel"]
    assert "已取消订单" in first_text(cancelled(await press(database, market), words))
    with pytest.raises(NotFound, match=r"order\.none_changeable"):
        await ask(database, market, propose_cancellation)


async def test_a_rep_asks_for_a_change_that_the_dealer_confirms(database: Database, market: Market) -> None:
    number = await market.order(database, ("W-550", 10))
    change = await ask(database, market, propose_order_change, "rep-east", order=number, lines=lines(("W-550", 9)))
    assert [button.id for button in change.buttons] == ["change", "cancel"]
    ending = await ask(database, market, propose_cancellation, "rep-east", order=number)
    assert [button.id for button in ending.buttons] == ["cancel"]


async def test_orders_are_listed_with_their_sum(database: Database, market: Market) -> None:
    assert "没有符合条件的订单" in (await ask(database, market, list_orders)).plain()
    for quantity in range(1, 8):
        await market.order(database, ("W-550", quantity))
    reply = await ask(database, market, list_orders, period="2026-11")
    assert first_text(reply) == "共7张订单，合计¥504.00（合计不含已取消和已拒绝的）"
    assert len(reply.shown) == 7
    assert reply.more
    assert "共7张订单，合计¥504.00" in (await ask(database, market, list_orders, "rep-east", state="submitted")).plain()
    assert "D001" in (await ask(database, market, list_orders, "rep-east", dealer="D001")).plain()
    assert "没有符合条件的订单" in (await ask(database, market, list_orders, period="2026-10")).plain()
    with pytest.raises(BadInput):
        await ask(database, market, list_orders, period="去年")
    with pytest.raises(NotFound):
        await ask(database, market, list_orders, "rep-east", dealer="D040")


async def test_the_usual_unit_is_filled_in_and_marked(database: Database, market: Market) -> None:
    await market.order(database, ("W-550", 1, "pallet"))
    reply = await ask(database, market, propose_order, lines=lines(("W-550", 2)))
    assert "2托 = 100箱（按惯例） × ¥18.00" in reply.plain()


async def test_discounts_and_a_long_order_stay_readable(database: Database, market: Market) -> None:
    await add_all(database, promotion(market, "P2", "threshold", threshold=Decimal(100), discount=Decimal(20)))
    reply = await ask(database, market, propose_order, lines=lines(("W-550", 10)))
    assert "已减¥20.00（促销P2）" in reply.plain()
    assert "¥160.00" in first_text(reply)
