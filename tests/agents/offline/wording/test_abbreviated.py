"""Words as they are typed in a hurry."""

import pytest

from agents.offline.wording.abbreviated import spelt_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("push that one to tues and go", "push that one to tuesday and go"),
        ("make it for weds pls", "make it for wednesday pls"),
        ("by thurs", "by thursday"),
        ("next fri's order", "next friday's order"),
        ("same thing for quanzhou", "same for quanzhou"),
        ("the same question for d036", "same for d036"),
        ("the order from tue", "the order from tuesday"),
    ],
)
def test_days_and_what_is_asked_again_are_spelt_out(typed: str, meant: str) -> None:
    assert spelt_out(typed) == meant


@pytest.mark.parametrize("text", ["we sat down", "sun milk 20", "the wed ding", "same price as before"])
def test_other_words_stay(text: str) -> None:
    assert spelt_out(text) == text
