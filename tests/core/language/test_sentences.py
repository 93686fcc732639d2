import pytest

from core.language.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("返利按季度结算。逾期不补！可以吗？", ["返利按季度结算。", "逾期不补！", "可以吗？"]),
        ("他说：“可以。”然后走了。", ["他说：“可以。”", "然后走了。"]),
        (
            "It costs 1.5 yuan. Mr. Li pays. See No. 3 of the U.S. list.",
            ["It costs 1.5 yuan.", "Mr. Li pays.", "See No. 3 of the U.S. list."],
        ),
        ("标题\n正文一句", ["标题", "正文一句"]),
        ("Ends here.Next one.", ["Ends here.", "Next one."]),
        ("one (see below.) Two", ["one (see below.)", "Two"]),
        ("1. Pay in 2019. Then wait.", ["1. Pay in 2019.", "Then wait."]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
