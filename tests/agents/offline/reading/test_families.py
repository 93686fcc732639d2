"""An attribute tells products of one family apart, and guesses none."""

from decimal import Decimal

from agents.offline.reading.families import Families

NAMES = {
    "S-500C": ("可乐", "cola"),
    "S-330C": ("罐装可乐", "cola can", "canned cola"),
    "S-330Z": ("无糖可乐", "sugar-free cola can"),
    "S-1250C": ("大瓶可乐", "cola large"),
    "T-500": ("绿茶", "green tea"),
}
SIZES = {"S-500C": Decimal(500), "S-330C": Decimal(330), "S-1250C": Decimal(1250), "T-500": Decimal(500)}
ATTRIBUTES = {"canned": ("罐装", "canned", "can"), "large": ("大瓶", "large", "big"), "small": ("小的", "small")}
FAMILIES = Families(NAMES, SIZES, ATTRIBUTES)


def test_a_family_shares_a_name() -> None:
    assert set(FAMILIES.relatives(["S-1250C"])) == {"S-500C", "S-330C", "S-330Z"}


def test_words_of_one_attribute_say_the_same() -> None:
    pool = list(NAMES)

    assert FAMILIES.holding("big", pool) == FAMILIES.holding("大瓶", pool) == ["S-1250C"]


def test_the_name_that_is_the_attribute_and_the_family_alone_is_the_nearest() -> None:
    assert FAMILIES.holding("canned", ["S-330C", "S-330Z"]) == ["S-330C", "S-330Z"]
    assert FAMILIES.called("canned", FAMILIES.heads(["S-500C"]), ["S-330C", "S-330Z"]) == ["S-330C"]


def test_size_decides_between_two_and_never_among_more() -> None:
    assert FAMILIES.beside("small", ["S-500C", "S-330C"]) == ["S-330C"]
    assert FAMILIES.beside("small", ["S-500C", "S-330C", "S-1250C"]) == []


def test_what_a_name_has_beside_the_shared_one_tells_it_apart() -> None:
    assert "大瓶" in FAMILIES.telling("S-1250C", ["S-1250C", "S-330C"])
    assert FAMILIES.telling("S-500C", ["S-500C", "S-330C"]) == []


def test_namesakes_share_the_longest_name() -> None:
    assert set(FAMILIES.namesakes("S-1250C")) == {"S-500C", "S-330C", "S-330Z", "S-1250C"}
    assert FAMILIES.namesakes("T-500") == ["T-500"]
