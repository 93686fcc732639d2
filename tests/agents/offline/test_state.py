"""The dialogue state is what the recorded turns say, whichever brain made them."""

from agents.offline.arguments.theother import the_other
from agents.offline.state import fold_turns
from agents.turns import Answer, Asked, Call, Said, answer_record, said
from core.replies import Button, Reply, Shown, say

ORDER = Call("propose_order", {"lines": [{"sku": "W-550", "quantity": 10, "unit": "case"}]})
OFFER = say("10 cases", Button("confirm", "Confirm", proposal="p1"), Button("cancel", "Cancel", proposal="p1"))


def test_an_offered_order_is_the_draft_until_it_is_decided() -> None:
    offered = Said("10 cases of water", OFFER, (ORDER,))
    assert fold_turns([offered]).draft == ORDER
    confirmed = Said("confirm", say("ordered"), decided={"proposal": "p1", "status": "done"})
    assert fold_turns([offered, confirmed]).draft is None


def test_a_decision_on_another_proposal_leaves_the_draft() -> None:
    other = Said("confirm", say("ordered"), decided={"proposal": "p0", "status": "done"})
    assert fold_turns([Said("10 cases", OFFER, (ORDER,)), other]).draft == ORDER


def test_a_refused_call_is_not_what_was_done_last() -> None:
    quote = Call("quote", {"sku": "T-500"})
    refused = Call("quote", {"sku": "X-1"}, ok=False)
    state = fold_turns([Said("tea?", say("41.57"), (quote,)), Said("x?", say("unknown"), (refused,))])
    assert state.last == quote


def test_only_the_last_reply_leaves_a_question_open() -> None:
    asked = Asked("propose_order", {}, "lines")
    assert fold_turns([Said("order", say("which?"), asked=asked)]).asked == asked
    assert fold_turns([Said("order", say("which?"), asked=asked), Said("hi", say("hello"))]).asked is None


def test_what_was_shown_last_replaces_what_was_shown_of_its_kind() -> None:
    first = Said("teas", Reply(shown=(Shown("product", "T-500"), Shown("product", "T-500L"))))
    second = Said("orders", Reply(shown=(Shown("order", "SO-1"),)))
    assert fold_turns([first, second]).shown == {"product": ("T-500", "T-500L"), "order": ("SO-1",)}


def test_a_turn_reads_back_from_its_record_as_it_was() -> None:
    answer = Answer(OFFER, (ORDER,), Asked("propose_order", {"lines": []}, "sku", ("W-550",)))
    assert said("10", answer.reply.as_json(), answer_record(answer)) == Said("10", OFFER, (ORDER,), answer.asked)


def test_the_other_order_is_the_one_that_was_looked_at_before() -> None:
    looked = [Said(number, Reply(shown=(Shown("order", number),))) for number in ("SO-1", "SO-2")]
    state = fold_turns(looked)
    assert state.looked_at == ("SO-1", "SO-2")
    assert the_other("and the other one", "order", state) == "SO-1"
    assert the_other("and the first", "order", state) is None
    assert the_other("另外那单呢", "order", fold_turns(looked[:1])) is None
