import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.normalise import clean, fold, folded, is_traditional, narrow

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("绿茶\x00 10箱", "绿茶 10箱"),
        ("a\ud800b", "ab"),
        ("\u202e10\u202c箱", "10箱"),
        ("绿\u200b茶\ufeff", "绿茶"),
        ("e\u0301", "é"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb\x07", "a\tb"),
        ("👌🏽 ok", "👌🏽 ok"),
        ("z" + "\u0301" * 50, "ź" + "\u0301" * 7),
    ],
)
def test_clean_drops_what_nobody_sees(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Ｗ－５５０", "w-550"),
        ("１２，５００", "12,500"),
        ("綠茶３箱", "绿茶3箱"),
        ("兩箱礦泉水、週三送", "两箱矿泉水、周三送"),
        ("  a \n\t b  ", "a b"),
        ("绿茶👌10箱", "绿茶 10箱"),
        ("👌", ""),
        ("1️⃣0", "10"),
        ("STRASSE Straße", "strasse strasse"),
        ("1½", "1 1/2"),
        ("㎏", "kg"),
        ("35℃", "35°c"),
        ("٣٥", "35"),
        ("ｶﾞｽ", "ガス"),
        ("—", "-"),
    ],
)
def test_fold_takes_together_what_is_the_same(raw: str, expected: str) -> None:
    assert fold(raw) == expected


@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@given(ANY_TEXT)
def test_folded_text_knows_where_it_came_from(text: str) -> None:
    found = folded(text)
    assert found.text == fold(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    for at in range(len(found.text)):
        start, end = found.span(at, at + 1)
        assert 0 <= start < end <= len(text)
    assert list(found.starts) == sorted(found.starts)
    assert "  " not in found.text
    assert found.text == found.text.strip()


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=50))
def test_case_and_width_never_matter(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert fold(wide) == fold(text.upper()) == fold(text)


def test_an_empty_stretch_has_a_place_too() -> None:
    found = folded("a 绿")
    assert found.span(1, 1) == (1, 1)
    assert found.span(9, 9) == (3, 3)


def test_traditional_characters_are_known() -> None:
    assert is_traditional("綠茶")
    assert not is_traditional("绿茶 W-550")


def test_letters_and_digits_of_full_width_are_narrow_and_other_marks_stay() -> None:
    assert narrow("ｙｅｓｔｅｒｄａｙ＇ｓ Ｔ－５００，１２．５？") == "yesterday's T-500，12.5？"
