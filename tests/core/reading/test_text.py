import pytest

from core.reading.text import join_lines, tidy


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["返利按季度", "结算。"], "返利按季度结算。"),
        (["“W-550 ", "要 60 箱"], "“W-550 要 60 箱"),
        (["共30", "箱"], "共30箱"),
        (["orders are", "shipped"], "orders are shipped"),
        (["settle-", "ment"], "settlement"),
        (["Sell-", "Through"], "Sell-Through"),
        (["W-", "550"], "W-550"),
        (["a -", "b"], "a - b"),
        (["and/", "or"], "and/or"),
        (["", "one", " ", "two"], "one two"),
        ([], ""),
    ],
)
def test_lines_join_as_their_script_is_written(lines: list[str], whole: str) -> None:
    assert join_lines(lines) == whole


def test_a_known_compound_keeps_its_hyphen() -> None:
    assert join_lines(["sell-", "through, say"], {"sell-through"}.__contains__) == "sell-through, say"


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("⻚⼀", "页一"),
        ("oﬃce ﬁle", "office file"),
        ("a\u00a0 b", "a b"),
        ("清 源 饮 品", "清源饮品"),
        ("项目 规定", "项目 规定"),
    ],
)
def test_what_fonts_do_to_characters_is_undone(drawn: str, meant: str) -> None:
    assert tidy(drawn) == meant
