"""All regions behind one."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from agents.offline.following.everywhere import of_all_regions, without_region
from agents.offline.mind import Mind
from agents.offline.plans import Do
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of((Known("product", "T-500", ("绿茶", "Green tea")), Known("region", "SOUTH", ("华南", "South"))))
OF_THE_SOUTH = {"region": "SOUTH", "period": "2026-10"}


def widened(said: str, args: dict[str, Any]) -> dict[str, Any] | None:
    state = DialogueState(last=Call("sales_summary", args))
    mind = cast(Mind, SimpleNamespace(state=state, schemas={"sales_summary": None}))
    plan = of_all_regions(read(said, BRIEFING), mind)
    return None if plan is None else dict(plan.calls[0].args)


@pytest.mark.parametrize(
    "said", ["全国呢", "那全國的呢", "全国是多少", "whole country?", "and nationwide?", "what about all regions"]
)
def test_the_region_is_left_out(said: str) -> None:
    assert widened(said, OF_THE_SOUTH) == {"period": "2026-10"}


@pytest.mark.parametrize("said", ["全国逾期的列给我", "绿茶呢", "whole country overdue list", "华南呢"])
def test_what_asks_more_or_names_a_region_is_none_of_that(said: str) -> None:
    assert widened(said, OF_THE_SOUTH) is None


def test_where_no_region_was_asked_of_there_is_none_to_leave_out() -> None:
    assert widened("全国呢", {"period": "2026-10"}) is None


def test_another_product_of_the_whole_country_loses_the_region_too() -> None:
    call = Do("suggest_price", {"sku": "T-500", "region": "SOUTH"})
    assert without_region(call, read("same for green tea, whole country", BRIEFING)).args == {"sku": "T-500"}
    assert without_region(call, read("same for green tea", BRIEFING)) == call
