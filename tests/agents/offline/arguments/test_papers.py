"""The contract that a tool is asked of next."""

from types import SimpleNamespace
from typing import Any, cast

from agents.offline.arguments.papers import each
from agents.offline.arguments.slots import Schema
from agents.offline.mind import Mind
from agents.offline.plans import Do
from agents.offline.reading.linking import Known
from agents.offline.reading.understanding import read
from agents.offline.state import DialogueState
from agents.turns import Call
from tests.agents.offline.briefings import briefing_of

LOOKS = {"file": {"type": "string"}, "contract": {"type": "string"}, "dealer": {"type": "string"}}
TOOLS = ("review_contract", "ask_contract", "check_contract_against_system", "compare_contracts", "propose_contract")
SCHEMAS = {**{name: Schema(name, LOOKS, ()) for name in TOOLS}, "quote": Schema("quote", {}, ())}
ASKED = Call("ask_contract", {"contract": "HT-2026-040", "question": "notice period?"})


def args_of(tool: str, recent: tuple[Call, ...], args: dict[str, Any], in_view: tuple[str, ...] = ("a.pdf",)) -> Any:
    briefing = SimpleNamespace(in_view=in_view, words=None)
    mind = SimpleNamespace(
        briefing=briefing, schemas=SCHEMAS, state=DialogueState(recent=recent), words=lambda key: key
    )
    (step,) = each(
        tool, args, read("run a risk review on it", briefing_of((Known("product", "X", ("x",)),))), cast(Mind, mind)
    )
    return step.args if isinstance(step, Do) else None


def test_the_number_that_was_named_goes_on() -> None:
    for tool in ("review_contract", "check_contract_against_system", "compare_contracts", "ask_contract"):
        assert args_of(tool, (ASKED, Call("quote", {})), {})["contract"] == "HT-2026-040"


def test_another_number_or_a_dealer_in_the_words_counts() -> None:
    assert args_of("review_contract", (ASKED,), {"contract": "HT-2026-001"}) == {"contract": "HT-2026-001"}
    assert args_of("review_contract", (ASKED,), {"dealer": "D001"}) == {"dealer": "D001"}


def test_a_file_looked_at_since_is_the_one_in_view() -> None:
    assert args_of("ask_contract", (ASKED, Call("review_contract", {})), {}) == {}
    assert args_of("ask_contract", (ASKED, Call("review_contract", {"file": "a.pdf"})), {}) == {}


def test_a_contract_to_register_is_never_the_one_that_was_asked_about() -> None:
    assert args_of("propose_contract", (ASKED,), {}) == {}


def test_of_several_in_view_one_has_to_be_named() -> None:
    assert args_of("review_contract", (ASKED,), {}, ("a.pdf", "b.pdf")) is None
