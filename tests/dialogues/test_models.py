"""Evaluation with a model: an honest one passes, and however it turns bad the dialogue goes on."""

from pathlib import Path
from typing import Any, get_args

import pytest

from bot.evaluation.cases import Case, Turn
from bot.evaluation.models import LOCAL
from bot.evaluation.running import Parts, copy_at, run_case
from core.settings import Settings

pytestmark = pytest.mark.embedder
WAYS = get_args(get_args(Turn.model_fields["model"].annotation)[0])


def _case(folder: Path, *turns: dict[str, Any]) -> Case:
    content = {"id": "model", "as": "D001-buyer", "today": "2026-11-20", "turns": list(turns)}
    return Case.model_validate({**content, "folder": folder})


@pytest.fixture
def with_model(settings: Settings) -> Settings:
    """As ``qudao eval --brain llm`` has them without an endpoint of one's own."""
    return settings.model_copy(update={"llm_base_url": LOCAL})


@pytest.mark.parametrize("way", WAYS)
async def test_a_dialogue_passes_however_the_model_turns_bad(
    way: str, desk_url: str, folder: Path, with_model: Settings, parts: Parts
) -> None:
    case = _case(
        folder,
        {"says": "查一下返利", "expect": {"tool": "explain_rebate", "has": ["为您查到", "¥2,718.31"]}},
        {"model": way, "says": "要10箱矿泉水", "expect": {"tool": "propose_order", "buttons": ["confirm"]}},
        {"presses": "confirm", "expect": {"database": {"orders": 1}}},
        {"says": "我们还能订多少货", "expect": {"tool": "show_account", "never": ["163,820.45"]}},
    )
    assert (await run_case(case, with_model, parts, copy_at(desk_url))).failures == ()


async def test_without_a_model_the_step_changes_nothing(
    desk_url: str, folder: Path, settings: Settings, parts: Parts
) -> None:
    case = _case(folder, {"model": "timeout", "says": "查一下返利", "expect": {"tool": "explain_rebate"}})
    assert (await run_case(case, settings, parts, copy_at(desk_url))).failures == ()
