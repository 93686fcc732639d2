"""Numbers up to ten as sentences about results say them: 3, 三, "three", "third"."""

from collections.abc import Mapping

WORDS: Mapping[str, int] = {
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
}  # fmt: skip


def small_number(said: str) -> int:
    """Of digits or of one of the words; KeyError for any other."""
    return int(said) if said.isdecimal() else WORDS[said]
