"""What a short question of rules is about."""

from types import SimpleNamespace
from typing import cast

import pytest

from agents.offline.arguments.spokenof import named_matter, of_its_kind
from agents.offline.mind import Mind
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

BRIEFING = briefing_of(
    (Known("dealer", "D023", ("东莞莞城鸿运贸易有限公司", "Dongguan Hongyun Trading", "鸿运", "hongyun")),)
)


def asked(said: str, last: Call | None = None) -> dict[str, str] | None:
    mind = SimpleNamespace(state=DialogueState(last=last), words=lambda key: key)
    return named_matter(read(said, BRIEFING), said, cast(Mind, mind))


@pytest.mark.parametrize(
    "said",
    ["想临时加一点额度过年,怎么申请", "旺季能不能多给点额度", "need more credit for the new year push, how do i apply"],
)
def test_how_to_get_a_temporary_line_is_asked_as_the_guide_has_it(said: str) -> None:
    assert asked(said) == {"question": "about.temporary.how"}


@pytest.mark.parametrize(
    "said", ["临时额度最多能加多少", "can we get a bump for chinese new year? how much max", "过年想加点授信，最长多久"]
)
def test_how_much_of_one_too(said: str) -> None:
    assert asked(said) == {"question": "about.temporary.most"}


def test_how_long_behind_it_is_of_the_same() -> None:
    behind = Call("search_knowledge", {"question": "about.temporary.most"})
    assert asked("for how long", behind) == {"question": "about.temporary.most"}
    assert asked("for how long", Call("search_knowledge", {"question": "deposits"})) is None


def test_whether_it_goes_on_is_of_a_temporary_line_behind_an_account_that_tells_of_one() -> None:
    found = asked("用完可以续吗", Call("show_account", {}))
    assert found == {"question": "用完可以续吗", "about": "about.matter.temporary"}
    assert asked("用完可以续吗") is None


@pytest.mark.parametrize("said", ["额度还剩多少", "临时额度要填哪张表", "临时额度谁批"])
def test_other_questions_keep_their_words(said: str) -> None:
    assert asked(said) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("鸿运这种停货了的怎么才给放货", "停货了的怎么才给放货"),
        ("鸿运这样的客户还能下单吗", "还能下单吗"),
        ("can a dealer like hongyun still order", "can a dealer still order"),
        ("鸿运还欠多少", "鸿运还欠多少"),
    ],
)
def test_one_named_as_an_example_is_left_out(said: str, asked: str) -> None:
    assert of_its_kind(read(said, BRIEFING)) == asked
