"""What is said in each language, and how amounts, dates and quantities are written in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.words import LOCALES, Catalogues, our_language


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans-HK", "zh"),
        ("zh-TW", "zh_TW"),
        ("zh_TW", "zh_TW"),
        ("zh-hant", "zh_TW"),
        ("zh-Hant-HK", "zh_TW"),
        ("zh-HK", "zh_TW"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("ja-JP", ""),
        ("", ""),
    ],
)
def test_which_of_ours_a_tag_asks_for(tag: str, ours: str) -> None:
    assert our_language(tag) == ours


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("zh", ["¥1,234.50", "2026年11月20日", "10箱", "3托", "2026-11-20 17:30", "3.5%"]),
        ("zh_TW", ["CN¥1,234.50", "2026年11月20日", "10箱", "3棧板", "2026-11-20 17:30", "3.5%"]),
        ("en", ["CN¥1,234.50", "Nov 20, 2026", "10 cases", "3 pallets", "2026-11-20 17:30", "3.5%"]),
    ],
)
def test_figures_are_written_as_the_reader_does(tag: str, written: list[str]) -> None:
    words = Catalogues().words(tag)
    assert [
        words.money(Decimal("1234.5"), "CNY"),
        words.day(date(2026, 11, 20)),
        words.quantity(10, "case"),
        words.quantity(3, "pallet"),
        words.moment(datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        words.percent(Decimal("0.035")),
    ] == written


def test_a_variant_shares_its_languages_names_and_speaks_its_own_words() -> None:
    words = Catalogues().words("zh_TW")
    assert (words.tag, words.language, words.web_locale) == ("zh_TW", "zh", "zh-TW")
    assert words("button.confirm_order") == "確認下單"


def test_a_language_that_we_lack_is_answered_in_english() -> None:
    assert Catalogues().words("ja").tag == "en"


def test_what_a_package_lacks_is_said_in_the_language_nearest_to_it(tmp_path: Path) -> None:
    for locale, said in (("zh_CN", "班车"), ("en", "bus")):
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "bus.po").write_text(f'msgid "bus.name"\nmsgstr "{said}"\n', "utf-8")
    catalogues = Catalogues(tmp_path)
    assert {tag: catalogues.words(tag)("bus.name") for tag in LOCALES} == {"zh": "班车", "zh_TW": "班车", "en": "bus"}
