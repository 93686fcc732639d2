"""Charts as pictures: the right size, always the same, whatever stands in them."""

import io
from dataclasses import replace
from importlib.resources import as_file, files

import pytest
from matplotlib.ft2font import FT2Font
from PIL import Image

from bot.charts import png
from bot.charts.lines import labelled
from bot.charts.pen import Pen, on_two_lines, scale_of, wrapped
from bot.charts.picture import FONT
from core.replies import Band, Chart, Series
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
GAPS = (None,) * 24
OUTLOOK = Chart(
    "line",
    "绿茶500ml：每月动销与预测",
    tuple(f"{2024 + month // 12}年{month % 12 + 1}月" for month in range(27)),
    (
        Series("动销", (*(300.0 + month for month in range(24)), None, None, None)),
        Series("预测", (*GAPS, 310.0, 290.0, 350.0), dashed_from=24),
    ),
    "箱",
    (
        Band("80%区间", (*GAPS, 280.0, 250.0, 300.0), (*GAPS, 340.0, 330.0, 400.0)),
        Band("95%区间", (*GAPS, 260.0, 230.0, 270.0), (*GAPS, 360.0, 350.0, 440.0)),
    ),
)
ONE_AHEAD = Chart(
    "line",
    "下月",
    ("11月", "12月"),
    (Series("箱", (5.0, 6.0), dashed_from=1),),
    "",
    (Band("80%", (None, 4.0), (None, 8.0)),),
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
        OUTLOOK,
        ONE_AHEAD,
        Chart("line", "只有区间", ("1月",), (Series("无", (None,), dashed_from=0),), "", (Band("b", (None,), (1.0,)),)),
        Chart("bar", "同值", ("甲",), (Series("本期", (0.0,)),), "天"),
    ],
    ids=[
        "bars",
        "lines",
        "no bars",
        "no lines",
        "all unknown",
        "markup",
        "english",
        "outlook",
        "one ahead",
        "nothing known",
        "zero",
    ],
)
def test_any_chart_becomes_a_picture_of_the_width_asked(chart: Chart) -> None:
    assert size(png(chart))[0] == 800
    assert size(png(chart, 480))[0] == 480


@pytest.mark.parametrize("chart", [BARS, LINES, OUTLOOK], ids=["bars", "lines", "outlook"])
def test_equal_charts_give_equal_bytes(chart: Chart) -> None:
    assert png(chart) == png(chart)


def test_more_bars_make_a_taller_picture() -> None:
    few = Chart("bar", "题", DEALERS[:2], (Series("本期", (1.0, 2.0)),))
    assert size(png(BARS))[1] > size(png(few))[1]


def drawn_on(picture: bytes) -> int:
    """How many points aren't white."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
        return image.width * image.height - grey.histogram()[255]


@pytest.mark.parametrize("chart", [OUTLOOK, ONE_AHEAD], ids=["outlook", "one ahead"])
def test_a_band_is_shaded_even_around_a_single_month(chart: Chart) -> None:
    assert drawn_on(png(chart)) > drawn_on(png(replace(chart, bands=()))) + 3000


def test_few_labels_are_written_under_many_months_and_the_first_expected_always() -> None:
    written = labelled(OUTLOOK)
    assert len(written) <= 8
    assert 24 in written


@pytest.mark.parametrize(
    ("label", "lines"),
    [("2026年12月", "2026年\n12月"), ("Dec 2026", "Dec\n2026"), ("12月", "12月"), ("2026年", "2026年"), ("Dec", "Dec")],
)
def test_a_year_stands_on_a_line_of_its_own(label: str, lines: str) -> None:
    assert on_two_lines(label).replace(" \n", "\n") == lines


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
