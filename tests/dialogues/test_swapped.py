"""The brain changes in the middle of a dialogue, from a model to none and back: what was said and drafted holds."""

from hashlib import sha256

import pytest

from agents.llm.endpoint import Endpoint
from bot.desk import Desk
from bot.evaluation.cases import Case
from bot.evaluation.models import LOCAL
from bot.evaluation.running import Parts, copy_at, run_case
from core.settings import Settings
from tests.dialogues.test_dialogues import CASES, GAPS

LONG = [case for case in CASES if len(case.turns) >= 3 and case.id not in GAPS]
CHOSEN = sorted(LONG, key=lambda case: sha256(case.id.encode()).digest())[:40]


class Swapping:
    """Takes the model away before every other turn, and gives it back before the next."""

    def __init__(self, *, model_first: bool) -> None:
        self.with_model = not model_first
        self.endpoint: Endpoint | None = None
        self.turns: list[bool] = []

    def __call__(self, desk: Desk, _number: int) -> None:
        self.endpoint = self.endpoint or desk.brains.endpoint
        self.with_model = not self.with_model
        desk.brains.endpoint = self.endpoint if self.with_model else None
        self.turns.append(self.with_model)


@pytest.mark.embedder
@pytest.mark.parametrize("model_first", [True, False], ids=["model-first", "model-second"])
@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.id)
async def test_what_was_said_holds(
    case: Case, desk_url: str, settings: Settings, parts: Parts, *, model_first: bool
) -> None:
    swapping = Swapping(model_first=model_first)
    with_model = settings.model_copy(update={"llm_base_url": LOCAL})
    result = await run_case(case, with_model, parts, copy_at(desk_url), swapping)
    if swapping.endpoint is not None:  # the desk closes only the one that it has at the end
        await swapping.endpoint.aclose()
    assert set(swapping.turns) == {True, False}
    assert not result.failures, case.id


def test_forty_are_chosen() -> None:
    assert len(CHOSEN) == 40
