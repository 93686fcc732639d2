"""A thirtieth of the dialogues by way of Telegram; `python -m benchmarks.telegram --dialogues` plays them all."""

import pytest

from bot.evaluation.cases import Case
from bot.evaluation.running import Parts, copy_at
from core.settings import Settings
from tests.dialogues.test_dialogues import CASES, GAPS, on_postgresql
from tests.telegram.dialogues import play

SEVERAL_FILES = [case for case in CASES if any(turn.sends_files for turn in case.turns)]  # no message of Telegram's
CHOSEN = [case for case in CASES if (on_postgresql(case) or "code" in case.tags) and case not in SEVERAL_FILES]


@pytest.mark.embedder
@pytest.mark.parametrize("case", [case for case in CHOSEN if case.id not in GAPS], ids=lambda case: case.id)
async def test_dialogue_by_telegram(case: Case, desk_url: str, settings: Settings, parts: Parts) -> None:
    result = await play(case, parts, copy_at(desk_url), settings.data_dir)
    assert not result.failures, case.id
