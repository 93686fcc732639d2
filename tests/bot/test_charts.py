"""Charts as pictures: the right size, always the same, whatever stands in them."""

import io
from importlib.resources import as_file, files

import pytest
from matplotlib.ft2font import FT2Font
from PIL import Image

from bot.charts import FONT, Pen, png, scale_of, wrapped
from core.replies import Chart, Series
from core.words import LOCALES, Catalogues

DEALERS = (
    "广州珠江汇商贸",
    "北京京华泉商贸",
    "上海松江永盛副食批发部",
    "石家庄燕赵汇商贸",
    "大同云冈副食批发部（云冈店）二店",
)
BARS = Chart(
    "bar", "2026年11月各经销商进货额", DEALERS, (Series("本期", (419991.85, 308400.3, 0.0, None, -81.5)),), "元"
)
MONTHS = tuple(f"{month}月" for month in range(1, 13))
LINES = Chart(
    "line",
    "2026年按月动销",
    MONTHS,
    (
        Series("本期", (5.2e6, None, 4.9e6, None, None, 6e6, 7e6, 8e6, 9e6, 8e6, 7e6, 2e6)),
        Series("上年同期", (1e6,) * 12),
    ),
    "箱",
)


def size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        return image.size


@pytest.mark.parametrize(
    "chart",
    [
        BARS,
        LINES,
        Chart("bar", "空", (), (Series("本期", ()),)),
        Chart("line", "空", (), (Series("本期", ()),)),
        Chart("line", "全无", ("a", "b"), (Series("本期", (None, None)),)),
        Chart("bar", "$x_$ 😀 {a} \\frac", ("$a$", "b^2"), (Series("$s$", (1.0, 2.0)), Series("t", (2.0, 1.0)))),
        Chart("line", "Sell-in", ("Jan", "Feb"), (Series("This span", (-4.0, 9e8)),), "CNY"),
        Chart("bar", "同值", ("甲",), (Series("本期", (0.0,)),), "天"),
    ],
    ids=["bars", "lines", "no bars", "no lines", "all unknown", "markup", "english", "zero"],
)
def test_any_chart_becomes_a_picture_of_the_width_asked(chart: Chart) -> None:
    assert size(png(chart))[0] == 800
    assert size(png(chart, 480))[0] == 480


@pytest.mark.parametrize("chart", [BARS, LINES], ids=["bars", "lines"])
def test_equal_charts_give_equal_bytes(chart: Chart) -> None:
    assert png(chart) == png(chart)


def test_more_bars_make_a_taller_picture() -> None:
    few = Chart("bar", "题", DEALERS[:2], (Series("本期", (1.0, 2.0)),))
    assert size(png(BARS))[1] > size(png(few))[1]


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    import matplotlib as mpl
    from matplotlib.font_manager import fontManager

    before, fonts = dict(mpl.rcParams), len(fontManager.ttflist)
    png(BARS)
    assert dict(mpl.rcParams) == before
    assert len(fontManager.ttflist) == fonts


@pytest.mark.parametrize(
    ("top", "unit", "value", "words"),
    [
        (419_991.85, "元", 419_991.85, "42.0万"),
        (419_991.85, "元", 0.0, "0"),
        (9_999.0, "元", 8_123.4, "8,123"),
        (126_617_692.0, "元", 126_617_692.0, "12,662万"),
        (2_500_000_000.0, "元", 1_250_000_000.0, "12.5亿"),
        (23.68, "天", 23.68, "23.7"),
        (23.68, "天", -4.25, "-4.3"),
        (26_617_692.21, "CNY", 26_617_692.21, "26.6M"),
        (419_991.85, "CNY", 85_334.1, "85.3K"),
    ],
)
def test_numbers_read_as_their_readers_count(top: float, unit: str, value: float, words: str) -> None:
    from matplotlib.font_manager import FontProperties

    chart = Chart("bar", "", ("a",), (Series("s", (top,)),), unit)
    assert Pen(FontProperties(), *scale_of(chart)).number(value) == words


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("上海", "上海"),
        ("上海松江永盛副食批发部", "上海松江永盛副食批发部"),
        ("大同云冈副食批发部（云冈店）二店", "大同云冈副食批发部（云\n冈店）二店"),
        ("Guangzhou Zhujianghui Trading Group", "Guangzhou Zhujianghui\nTrading Group"),
        ("好" * 40, "好" * 11 + "\n" + "好" * 10 + "…"),
    ],
)
def test_long_labels_take_two_lines_at_most(label: str, lines: str) -> None:
    assert wrapped(label) == lines


def test_traditional_readers_count_in_their_own_characters() -> None:
    chart = Chart("bar", "2026年11月各經銷商進貨額", ("高雄港都",), (Series("本期", (419991.85,)),), "元")
    assert scale_of(chart)[1] == "萬"


def test_the_font_has_every_character_of_every_catalogue() -> None:
    with as_file(files(FONT[0]) / FONT[1]) as path:
        font = FT2Font(str(path))
    said = "".join(text for tag in LOCALES for text in Catalogues().words(tag).under("").values())
    assert not {char for char in set(said) - {"\n"} if not font.get_char_index(ord(char))}
