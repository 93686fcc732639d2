"""The checks themselves: a dialogue whose expectation is wrong in one thing fails for that, whatever the thing."""

from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.cases import Case
from bot.evaluation.running import Parts, copy_at, run_case
from core.settings import Settings

pytestmark = pytest.mark.embedder

PRICE: dict[str, Any] = {"says": "绿茶多少钱一箱"}
ORDER: dict[str, Any] = {"says": "要10箱矿泉水，再来5箱绿茶"}
PRESS: dict[str, Any] = {"presses": "confirm"}
TRUE: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("a price", [PRICE], {
        "tool": "quote", "tools": ["quote"], "args": {"sku": "T-500"}, "has": ["¥41.57", ["no", "含税"]],
        "never": ["D002"],
        "cites": ["price-policy.pdf#5", "price-policy.pdf"], "language": "zh", "database": "unchanged",
    }),
    ("an order", [ORDER], {
        "tool": "propose_order", "buttons": ["confirm", "cancel"], "database": "unchanged",
        "args": {"lines": [{"sku": "W-550", "quantity": 10}, {"sku": "T-500", "unit": "case"}]},
    }),
    ("a press", [ORDER, PRESS], {
        "tool": None, "database": {"orders": 1, "orders[status=submitted]": 1, "order_lines": 2, "dealers": 0},
    }),
]  # fmt: skip
LIES: list[tuple[str, list[dict[str, Any]], dict[str, Any], str]] = [
    ("another tool", [PRICE], {"tool": "propose_order"}, "tool quote, not propose_order"),
    ("no tool", [PRICE], {"tool": None}, "tool quote, not None"),
    ("a tool where none was called", [ORDER, PRESS], {"tool": "propose_order"}, "tool None, not propose_order"),
    ("more tools", [PRICE], {"tools": ["quote", "order_status"]}, "tools ['quote']"),
    ("another argument", [PRICE], {"args": {"sku": "T-500L"}}, "args "),
    ("an argument that wasn't given", [PRICE], {"args": {"dealer": "D001"}}, "args "),
    ("a line more", [ORDER], {"args": {"lines": [{"sku": "W-550"}]}}, "args "),
    ("lines in another order", [ORDER], {"args": {"lines": [{"sku": "T-500"}, {"sku": "W-550"}]}}, "args "),
    ("another quantity", [ORDER], {"args": {"lines": [{"quantity": 10}, {"quantity": 6}]}}, "args "),
    ("words that aren't there", [PRICE], {"has": ["¥42.00"]}, "nothing of ['¥42.00']"),
    ("none of several", [PRICE], {"has": [["¥42.00", "¥42.42"]]}, "nothing of ['¥42.00', '¥42.42']"),
    ("words that are there", [PRICE], {"never": ["绿茶"]}, "'绿茶' in the reply"),
    ("words in a button", [ORDER], {"never": ["确认下单"]}, "'确认下单' in the reply"),
    ("another button", [ORDER], {"buttons": ["person"]}, "no button person"),
    ("a button where none is", [PRICE], {"buttons": ["confirm"]}, "no button confirm"),
    ("another language", [PRICE], {"language": "en"}, "language zh, not en"),
    ("another page", [PRICE], {"cites": ["price-policy.pdf#6"]}, "price-policy.pdf#6 not cited"),
    ("another source", [PRICE], {"cites": ["handbook.pdf"]}, "handbook.pdf not cited"),
    ("nothing changed", [ORDER, PRESS], {"database": "unchanged"}, "table orders was changed"),
    ("an order that wasn't placed", [ORDER], {"database": {"orders": 1}}, "orders: 0 rows, not 1"),
    ("two orders", [ORDER, PRESS], {"database": {"orders": 2}}, "orders: 1 rows, not 2"),
    ("another state", [ORDER, PRESS], {"database": {"orders[status=accepted]": 1}}, "0 rows, not 1"),
    ("no order", [ORDER, PRESS], {"database": {"orders": 0}}, "orders: 1 rows, not 0"),
]


def _case(folder: Path, turns: list[dict[str, Any]], expect: dict[str, Any]) -> Case:
    *before, last = turns
    content = {"id": "lie", "as": "D001-buyer", "today": "2026-11-20", "turns": [*before, {**last, "expect": expect}]}
    return Case.model_validate({**content, "folder": folder})


@pytest.mark.parametrize(("turns", "expect"), [row[1:] for row in TRUE], ids=[row[0] for row in TRUE])
async def test_what_is_true_passes(
    turns: list[dict[str, Any]], expect: dict[str, Any], desk_url: str, folder: Path, settings: Settings, parts: Parts
) -> None:
    assert (await run_case(_case(folder, turns, expect), settings, parts, copy_at(desk_url))).failures == ()


@pytest.mark.parametrize(("turns", "expect", "why"), [row[1:] for row in LIES], ids=[row[0] for row in LIES])
async def test_what_is_wrong_in_one_thing_fails_for_it(
    turns: list[dict[str, Any]],
    expect: dict[str, Any],
    why: str,
    desk_url: str,
    folder: Path,
    settings: Settings,
    parts: Parts,
) -> None:
    result = await run_case(_case(folder, turns, expect), settings, parts, copy_at(desk_url))
    assert not result.passed
    assert any(why in failure and failure.startswith(f"turn {len(turns)}: ") for failure in result.failures)


async def test_the_first_turn_that_fails_ends_the_case(
    desk_url: str, folder: Path, settings: Settings, parts: Parts
) -> None:
    wrong = {**PRICE, "expect": {"tool": "help"}}
    result = await run_case(_case(folder, [wrong, ORDER], {"tool": "help"}), settings, parts, copy_at(desk_url))
    assert [failure.split(":")[0] for failure in result.failures] == ["turn 1"]


@pytest.mark.parametrize(
    "what", ["nothing_like_it", "orders[colour=red]", "dealers[colour=red]", "orders; drop table orders"]
)
async def test_a_table_or_column_that_does_not_exist_is_a_mistake_of_the_case(
    what: str, desk_url: str, folder: Path, settings: Settings, parts: Parts
) -> None:
    case = _case(folder, [ORDER, PRESS], {"database": {what: 0}})
    with pytest.raises(ValueError, match=r"no table|no column"):
        await run_case(case, settings, parts, copy_at(desk_url))
