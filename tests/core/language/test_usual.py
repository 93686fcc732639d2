"""What usually stands where surprises less."""

from core.language.usual import Usual, grams_of, symbols

SAID = ["来20箱绿茶", "绿茶来五箱", "绿茶多少钱"] * 5


def test_figures_in_digits_and_in_words_are_one_symbol_and_say_where_they_stand() -> None:
    found, spans = symbols("二十箱ok,1,200箱")

    assert "".join(found) == "|0箱a|0箱|"
    assert [spans[at] for at in (1, 5)] == [(0, 2), (6, 11)]


def test_what_was_seen_surprises_less_than_what_was_not() -> None:
    usual = Usual.of(SAID)

    assert usual.surprise("||绿茶来0箱", {}, 1) < usual.surprise("||绿查来0箱", {}, 1)


def test_a_name_that_no_text_has_is_as_usual_as_its_weight() -> None:
    usual, names = Usual.of(SAID), grams_of(["椰汁"], whole=False)

    assert usual.surprise("||椰汁", names, 10) < usual.surprise("||椰汁", {}, 10)
