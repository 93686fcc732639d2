"""English typed without its apostrophes."""

import pytest

from agents.offline.wording.apostrophes import with_apostrophes
from agents.offline.wording.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("who hasnt ordered", "who hasn't ordered"),
        ("dont cancel", "don't cancel"),
        ("whats the price n hows our rebate", "what's the price n how's our rebate"),
        ("where is tuesdays order", "where is tuesday's order"),
        ("cancel yesterdays order", "cancel yesterday's order"),
        ("last weeks orders", "last week's orders"),
        ("last months total", "last month's total"),
        ("ill take 20", "i'll take 20"),
        ("lets do 40", "let's do 40"),
        ("youre late", "you're late"),
        ("海河源昨天那单 whats the status", "海河源昨天那单 what's the status"),
    ],
)
def test_what_is_left_out_is_put_back(typed: str, printed: str) -> None:
    assert with_apostrophes(typed) == printed


@pytest.mark.parametrize(
    "text",
    [
        "its 20 cases",
        "he is ill today",
        "were the orders shipped",
        "we deliver on mondays",
        "well then",
        "the cans",
        "lets",
    ],
)
def test_words_of_their_own_stay(text: str) -> None:
    assert with_apostrophes(text) == text


def test_phrases_of_the_lexicon_are_met_either_way() -> None:
    lexicon = load_lexicon()
    assert lexicon.value("sales_summary", "filter", with_apostrophes("who hasnt ordered")) == "no_orders"
    assert lexicon.is_one("order it", with_apostrophes("ill take it"))
