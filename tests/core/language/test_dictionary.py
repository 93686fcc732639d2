"""What is a word of the language, and what only sounds like one."""

import pytest

from core.language.dictionary import is_a_word


@pytest.mark.parametrize(
    ("characters", "said"), [("天津", True), ("限额", True), ("水仙花", True), ("天近", False), ("绿查", False)]
)
def test_words_that_are_often_said_are_known(characters: str, said: bool) -> None:
    assert is_a_word(characters) is said
