"""A thirtieth of the dialogues through ``/v1`` and the official OpenAI client; ``benchmarks.completions`` plays all."""

from hashlib import sha256

import pytest

from benchmarks.completions import NoWord, can_be_said, play
from bot.evaluation.cases import Case
from bot.evaluation.running import Parts, copy_at
from core.settings import Settings
from tests.dialogues.test_dialogues import A_THIRTIETH, CASES, GAPS

CHOSEN = [
    case
    for case in CASES
    if can_be_said(case) and case.id not in GAPS and sha256(case.id.encode()).digest()[1] % A_THIRTIETH == 0
]


@pytest.mark.embedder
@pytest.mark.parametrize("said", CHOSEN, ids=lambda case: case.id)
async def test_a_dialogue_passes_through_the_official_client(
    said: Case, desk_url: str, settings: Settings, parts: Parts
) -> None:
    try:
        found, _ = await play(said, settings, parts, copy_at(desk_url))
    except NoWord:
        pytest.skip("presses what no word may stand for")
    assert not found


def test_a_thirtieth_is_chosen() -> None:
    able = [case for case in CASES if can_be_said(case)]
    assert len(able) > len(CASES) // 2
    assert len(able) // 40 <= len(CHOSEN) <= len(able) // 10
