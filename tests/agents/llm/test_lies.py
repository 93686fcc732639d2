"""An adversarial endpoint: each kind of lie once in each language; the benchmark runs five hundred."""

import pytest

from benchmarks.lies import leaked
from bot.evaluation.honest import honest
from bot.evaluation.lies import CALLS, KINDS, Liar
from bot.evaluation.running import Parts
from tests.agents.llm.conftest import Modelling

ASKED = ("查一下返利", "要10箱矿泉水，再来5箱绿茶", "How much credit is left?")
UNMASKED = "names,phones,tax,prices"


@pytest.mark.parametrize("kind", KINDS)
async def test_no_lie_reaches_the_user(modelled: Modelling, parts: Parts, kind: str) -> None:
    turn = await modelled(llm_share=UNMASKED)
    told = 0
    for words in ASKED:
        turn.fake.script = honest(parts[2])
        if kind == "earlier":
            await turn.says("8月的返利")
        liar = Liar(kind, honest(parts[2]))
        turn.fake.script = liar
        seen: list[str] = []
        asked = await turn.says(words, progress=seen.append)
        assert leaked(liar, asked, seen) is None
        assert asked.turn.answer.calls
        told += bool(liar.said or liar.asked)
    assert told


def test_there_are_enough_kinds() -> None:
    assert len(set(KINDS)) >= 25
    assert set(CALLS) <= set(KINDS)
