import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.tokens import LONGEST, search_tokens


def test_chinese_gives_characters_and_pairs() -> None:
    assert search_tokens("矿泉水") == ["矿", "泉", "水", "矿泉", "泉水"]


def test_a_single_character_is_found() -> None:
    assert search_tokens("茶") == ["茶"]


def test_question_words_are_no_terms() -> None:
    assert search_tokens("返利是什么") == search_tokens("返利")
    assert "what" not in search_tokens("What is the rebate?")


@pytest.mark.parametrize("written", ["W-550", "w-550", "Ｗ－５５０", "W_550", "W.550", "W550"])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    assert "w550" in search_tokens(f"要{written}矿泉水")


def test_codes_beside_each_other_stay_apart() -> None:
    terms = search_tokens("T-500/W-550")
    assert {"t-500", "w-550"} <= set(terms)
    assert "t-500/w-550" not in terms


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("3,200元", "3200"),
        ("1.5箱", "1.5"),
        ("5%", "5%"),
        ("５％", "5%"),
        ("2026-11-20", "2026-11-20"),
        ("第3.2.1条", "3.2.1"),
    ],
)
def test_numbers_stay_whole(written: str, term: str) -> None:
    assert term in search_tokens(written)


def test_a_percentage_is_also_its_number() -> None:
    assert "5" in search_tokens("返5%")


def test_quantity_and_unit_are_found_apart() -> None:
    assert {"550ml", "550", "ml"} <= set(search_tokens("550ml"))


def test_words_share_their_stem() -> None:
    assert set(search_tokens("rebates")) & set(search_tokens("rebate")) >= {"~reba"}


def test_part_of_a_word_is_not_the_word() -> None:
    assert "rice" not in search_tokens("price")


def test_thai_gives_triples() -> None:
    assert search_tokens("น้ำดื่ม")[0] == "น้ํ"
    assert all(len(term) == 3 for term in search_tokens("ประเทศไทย"))


def test_accents_and_width_make_no_difference() -> None:
    assert search_tokens("phở") == search_tokens("pho")
    assert search_tokens("ＡＢＣ") == search_tokens("abc")


def test_traditional_finds_simplified() -> None:
    assert search_tokens("訂單") == search_tokens("订单")


def test_mixed_scripts_are_split() -> None:
    assert {"绿茶", "t500", "10", "箱", "ウォ", "생수", "order"} <= set(search_tokens("绿茶T-500要10箱 ウォ생수order"))


@pytest.mark.parametrize("text", ["", "  ", "🙂🙂", "\x00", "\ud800", "，。！"])
def test_nothing_to_find_gives_no_terms(text: str) -> None:
    assert search_tokens(text) == []


def test_no_term_is_longer_than_the_table_takes() -> None:
    long = "a" * 300 + " " + "1" * 300 + " " + "b2" * 200 + " " + "9" * 99 + "%"
    assert all(len(term) <= LONGEST for term in search_tokens(long))


@given(st.text(st.characters()))
def test_any_text_gives_terms_without_spaces(text: str) -> None:
    assert all(term and not any(char.isspace() for char in term) for term in search_tokens(text))
