from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import plainyaml
from core.language.detect import detect

EXAMPLES: dict[str, list[str]] = {}
for _file in (files("prompts") / "intents").iterdir():
    if _file.name.endswith(".yaml") and not _file.name.startswith("out_of_scope"):
        for _language, _said in plainyaml.load(_file.read_text("utf-8"))["examples"].items():
            EXAMPLES.setdefault(_language, []).extend(_said)
MANY = ("zh", "en", "ja", "ko", "vi", "th", "id", "ms", "es", "pt", "fr", "de", "it", "ru", "ar", "tr", "pl", "nl")
OURS = ("zh", "zh_TW", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("要10箱绿茶", "zh"),
        ("收到", "zh"),
        ("嗯", "zh"),
        ("Where is my order?", "en"),
        ("hello", "en"),
        ("thx", "en"),
        ("查一下 W-550 price", "zh"),
        ("帮我 check 一下 order status", "zh"),
        ("order 10 箱 绿茶", "zh"),
        ("矿泉水 10 cases", "zh"),
        ("price of 绿茶", "en"),
        ("please send 绿茶", "en"),
        ("I want 10箱矿泉水 and 5箱绿茶", "en"),
    ],
)
def test_chinese_and_english_alone_and_mixed(text: str, language: str) -> None:
    assert detect(text, default="xx") == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "W-550?",
        "OK",
        "ok",
        "👌",
        "10",
        "2026Q3",
        "SO-20261120-003",
        "https://a.com/b",
        "a@b.com",
        "？！",
        "T500 x10",
    ],
)
@pytest.mark.parametrize("default", ["zh", "en"])
def test_what_belongs_to_no_language_gets_the_persons_own(text: str, default: str) -> None:
    assert detect(text, default=default) == default


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("お茶を10ケースください", "ja"),
        ("注文はどこですか", "ja"),
        ("주문 어디까지 왔나요", "ko"),
        ("ส่งน้ำ 10 ลัง", "th"),
        ("saya mau pesan 10 dus air", "id"),
        ("tôi muốn đặt 10 thùng nước", "vi"),
        ("quiero 10 cajas de agua", "es"),
        ("quero 10 caixas de água", "pt"),
        ("je voudrais 10 caisses d'eau", "fr"),
        ("ich möchte 10 Kisten Wasser", "de"),
        ("vorrei 10 casse d'acqua", "it"),
        ("хочу 10 ящиков воды", "ru"),
        ("أريد 10 كراتين ماء", "ar"),
        ("10 koli su istiyorum", "tr"),
        ("chcę 10 skrzynek wody", "pl"),
        ("ik wil graag een bestelling plaatsen", "nl"),
        ("barang saya bila sampai, dah dua hari tak hantar", "ms"),
        ("barang saya kapan dikirim, kok belum sampai juga", "id"),
        ("how much rebate did I earn last quarter", "en"),
        ("merci", "fr"),
        ("danke", "de"),
        ("hola", "es"),
        ("hello", "en"),
        ("茶の味不错吗", "zh"),
    ],
)
def test_every_language_in_use_is_told_apart(text: str, language: str) -> None:
    assert detect(text, among=MANY, default="en") == language


def test_a_language_that_is_not_in_use_gets_the_default() -> None:
    assert detect("주문 어디까지 왔나요", default="zh") == "zh"
    assert detect("хочу воды", default="en") == "en"
    assert detect("緑茶を10ケースお願いします", default="en") == "en"
    assert detect("注文状況を確認願います", among=OURS, default="en") == "en"


@pytest.mark.parametrize("default", ["en", "ja", "ru"])
@pytest.mark.parametrize("language", MANY)
def test_most_of_what_dealers_write_is_told_apart(language: str, default: str) -> None:
    """Sentences of four words and more, or without spaces; what is shorter may be of several languages."""
    said = [text for text in EXAMPLES[language] if len(text.split()) > 3 or (not text.isascii() and " " not in text)]
    right = sum(detect(text, among=MANY, default=default) == language for text in said)
    assert right / len(said) > (0.8 if language in {"id", "ms"} else 0.92)


@pytest.mark.parametrize(
    ("text", "default", "language"),
    [
        ("請問綠茶多少錢", "zh", "zh_TW"),
        ("请问绿茶多少钱", "zh_TW", "zh"),
        ("確認", "zh", "zh_TW"),
        ("要10箱", "zh_TW", "zh_TW"),
        ("要10箱", "zh", "zh"),
        ("要10箱", "en", "zh"),
        ("W-550", "zh_TW", "zh_TW"),
        ("where is my order", "zh_TW", "en"),
        ("清源绿茶這個月賣得怎麼樣", "en", "zh_TW"),
    ],
)
def test_what_both_kinds_of_characters_share_is_in_the_persons_own(text: str, default: str, language: str) -> None:
    assert detect(text, among=OURS, default=default) == language


def test_traditional_characters_are_answered_in_them_where_they_are_in_use() -> None:
    assert detect("請問綠茶多少錢", among=("zh_CN", "zh_TW", "en"), default="en") == "zh_TW"
    assert detect("请问绿茶多少钱", among=("zh_CN", "zh_TW", "en"), default="en") == "zh_CN"
    assert detect("請問綠茶多少錢", among=("zh_CN", "en"), default="en") == "zh_CN"


def test_languages_that_no_model_knows_do_no_harm() -> None:
    assert detect("some words here", among=("qq", "qx"), default="qx") == "qx"


@given(st.text(max_size=200), st.sampled_from([("zh", "en"), MANY]))
def test_the_answer_is_always_one_of_those_in_use(text: str, among: tuple[str, ...]) -> None:
    assert detect(text, among=among, default="zh") in among
