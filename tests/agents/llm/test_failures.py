"""However an endpoint fails, the job is done within the turn's time."""

import logging
from datetime import datetime, timedelta

import pytest

from bot.evaluation.endpoint import FAILURES
from tests.agents.llm.conftest import Modelling
from tests.conftest import NOW

HANGING = {"llm_seconds": 0.4, "turn_seconds": 5}


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "plain"])
@pytest.mark.parametrize("since", [0, 1], ids=["first", "later"])
@pytest.mark.parametrize("failure", FAILURES)
async def test_the_job_is_done_whatever_fails(
    modelled: Modelling, failure: str, since: int, *, stream: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        turn = await modelled(fails=failure, llm_stream=stream, **HANGING)
        turn.fake.since = since
        asked = await turn.says("查一下返利")
    assert [call.name for call in asked.turn.answer.calls] == ["explain_rebate"]
    assert "¥2,718.31" in asked.reply.plain()
    assert asked.milliseconds < HANGING["turn_seconds"] * 1000


class TestRetrying:
    async def test_a_busy_endpoint_is_asked_once_more_after_the_time_it_names(self, modelled: Modelling) -> None:
        turn = await modelled(fails="busy")
        turn.fake.retry_after = "1"
        waited: list[float] = []

        async def mended(seconds: float) -> None:
            waited.append(seconds)
            turn.fake.fails = ""

        assert turn.desk.brains.endpoint is not None
        turn.desk.brains.endpoint.sleep = mended
        asked = await turn.says("查一下返利")
        assert waited == [1.0]
        assert asked.reply.plain().startswith("为您查到：")

    async def test_nobody_waits_for_an_endpoint_that_asks_for_too_long(self, modelled: Modelling) -> None:
        turn = await modelled(fails="busy")
        turn.fake.retry_after = "60"
        asked = await turn.says("查一下返利")
        assert len(turn.fake.requests) == 1
        assert asked.turn.answer.brain == "offline"


class TestTheBreaker:
    async def test_after_three_failures_the_endpoint_is_left_alone_for_a_while(self, modelled: Modelling) -> None:
        now = [NOW]

        def clock() -> datetime:
            return now[0]

        turn = await modelled(fails="html", at=clock)
        for _ in range(5):
            await turn.says("查一下返利")
        assert len(turn.fake.requests) == 3
        turn.fake.fails = ""
        now[0] += timedelta(seconds=31)
        asked = await turn.says("查一下返利")
        assert asked.turn.answer.brain == "llm"

    async def test_two_desks_have_breakers_of_their_own(self, modelled: Modelling) -> None:
        first, second = await modelled(fails="html"), await modelled()
        for _ in range(4):
            await first.says("查一下返利")
        assert (await second.says("查一下返利")).turn.answer.brain == "llm"


async def test_a_key_that_is_refused_is_told_to_the_operator(
    modelled: Modelling, caplog: pytest.LogCaptureFixture
) -> None:
    turn = await modelled(fails="wrong_key", llm_api_key="sk-secret-1234")
    await turn.says("查一下返利")
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert any("QUDAO_LLM_API_KEY" in record.getMessage() for record in told)
    assert "sk-secret-1234" not in caplog.text
