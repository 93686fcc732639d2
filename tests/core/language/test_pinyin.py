import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.pinyin import SAME_SOUND, SIMILAR_SOUND, pinyin_key, similarity

CATALOGUE = ("矿泉水", "绿茶", "红茶", "乌龙茶", "苏打水", "奶茶", "橙汁", "气泡水", "椰子水", "菊花茶")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("矿泉税", "矿泉水"),
        ("矿拳水", "矿泉水"),
        ("kuangquanshui", "矿泉水"),
        ("kuang quan shui", "矿泉水"),
        ("lvcha", "绿茶"),
        ("lücha", "绿茶"),
        ("lucha", "绿茶"),
        ("nvcha", "绿茶"),
        ("録茶", "绿茶"),
        ("綠茶", "绿茶"),
        ("绿差", "绿茶"),
        ("洪茶", "红茶"),
        ("无龙茶", "乌龙茶"),
        ("乌农茶", "乌龙茶"),
        ("苏打睡", "苏打水"),
        ("lai cha", "奶茶"),
        ("成汁", "橙汁"),
        ("期泡水", "气泡水"),
        ("菊发茶", "菊花茶"),
        ("矿泉氷", "矿泉水"),
    ],
)
def test_a_word_that_sounds_or_looks_alike_is_nearest_to_the_one_that_is_meant(written: str, meant: str) -> None:
    nearest = max(CATALOGUE, key=lambda name: similarity(written, name))
    assert nearest == meant
    assert similarity(written, meant) > 0.6


@pytest.mark.parametrize(("a", "b"), [("红茶", "绿茶"), ("苏打水", "矿泉水"), ("奶茶", "绿茶"), ("cola", "water")])
def test_other_products_stay_apart(a: str, b: str) -> None:
    assert similarity(a, b) < 0.6


def test_the_same_sound_counts_less_than_the_same_word_and_more_than_a_similar_one() -> None:
    assert similarity("绿茶", "綠 茶") == 1.0
    assert similarity("lvcha", "绿茶") == SAME_SOUND
    assert similarity("nvcha", "绿茶") == SIMILAR_SOUND
    assert similarity("", "绿茶") == 0.0


def test_keys_take_together_what_speakers_mix_up_only_when_asked() -> None:
    assert pinyin_key("兰茶") == pinyin_key("南茶")
    assert pinyin_key("兰茶", fuzzy=False) != pinyin_key("南茶", fuzzy=False)
    assert pinyin_key("绿茶", fuzzy=False) == "lvcha"


@given(st.text(max_size=100), st.text(max_size=100))
def test_similarity_is_a_symmetric_share(a: str, b: str) -> None:
    found = similarity(a, b)
    assert 0 <= found <= 1
    assert found == similarity(b, a)
    assert pinyin_key(a) == pinyin_key(a.upper())


@given(st.sampled_from(CATALOGUE))
def test_every_word_is_itself(word: str) -> None:
    assert similarity(word, word) == 1.0
