"""What a terminal and a chat of plain text show of a chart that looks ahead."""

from bot.api.completions.markdown import to_markdown
from bot.render import to_terminal, with_unit
from core.replies import Band, Chart, Reply, Series
from core.words import Catalogues

OUTLOOK = Chart(
    "line",
    "绿茶：动销与预测",
    ("11月", "12月"),
    (Series("动销", (300.0, None)), Series("预测", (None, 310.0), dashed_from=1)),
    "箱",
    (Band("80%区间", (None, 280.0), (None, 340.0)),),
)


def test_a_terminal_tells_what_is_expected_from_what_was() -> None:
    title, *lines = to_terminal(Reply((OUTLOOK,))).splitlines()
    assert title == "绿茶：动销与预测"
    assert lines == ["动销", f"11月 {'▇' * 29} 300箱", "预测", f"12月 {'░' * 30} 310箱  80%区间 280–340"]


def test_markdown_gives_a_band_a_column() -> None:
    (table,) = to_markdown(Reply((OUTLOOK,)), Catalogues().words("zh"))
    assert "|  | 动销 | 预测 | 80%区间 |" in table
    assert "| 12月 | – | 310箱 | 280–340箱 |" in table


def test_a_words_unit_stands_apart_from_its_figure() -> None:
    assert [with_unit("300", unit) for unit in ("箱", "cases", "%", "")] == ["300箱", "300 cases", "300%", "300"]
