"""Times said half in one language and half in the other."""

import pytest

from core.language.mixed import in_one_language


@pytest.mark.parametrize(
    ("said", "wholly"),
    [
        ("这个quarter top 3", "这个季度 top 3"),
        ("上个month的sell-in", "上个月的sell-in"),
        ("last个季度的返利", "上个季度的返利"),
        ("this年", "今年"),
        ("上year", "去年"),
        ("this quarter", "this quarter"),
        ("the last monthly report", "the last monthly report"),
    ],
)
def test_a_time_is_said_in_one_language(said: str, wholly: str) -> None:
    assert in_one_language(said) == wholly
