"""What is noted on an order names no goods, and no water is meant by testing the waters."""

import pytest

from agents.offline.reading.notes import REMARK, without_notes


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("ok 100 then please, note on it: call Mr Zhu before delivery", "call Mr Zhu before delivery"),
        ("65 then, with a note: leave at back gate", "leave at back gate"),
        ("ok 100 please. remark - unload after 3pm", "unload after 3pm"),
        ("100 cases please and note that the lift is broken", "the lift is broken"),
        ("make it 100, note for the driver: gate 3", "gate 3"),
        ("来100，备注一下：送之前打朱师傅电话", "送之前打朱师傅电话"),
        ("那就100箱，註明下午送", "下午送"),
        ("好，100箱，附言：走后门卸货", "走后门卸货"),
    ],
)
def test_a_note_behind_an_amount_is_kept_and_read_as_nothing_else(said: str, noted: str) -> None:
    found = REMARK.search(said)
    assert found is not None
    assert (found["zh"] or found["en"]) == noted
    assert noted not in without_notes(said.lower() if said.isascii() else said)
    assert "100" in without_notes(said) or "65" in without_notes(said)


@pytest.mark.parametrize(
    "said",
    ["对公打款要备注什么", "do you have a note on the price of 100", "100箱的单打款备注什么", "订单备注改成下午送"],
)
def test_a_question_and_a_change_of_the_note_stay_whole(said: str) -> None:
    assert without_notes(said) == said


def test_what_stands_behind_the_note_is_read() -> None:
    assert without_notes("绿茶20箱，备注易碎，周一送") == "绿茶20箱，周一送"
    assert without_notes("20 green tea, note: fragile. ship monday") == "20 green tea. ship monday"


@pytest.mark.parametrize(
    "said",
    [
        "先来点试试水：拿铁10箱",
        "探探水，拿铁10箱",
        "先试下水温：拿铁10箱",
        "拿铁10箱试水",
        "testing the waters: 10 latte",
    ],
)
def test_testing_the_waters_asks_for_no_water(said: str) -> None:
    left = without_notes(said)
    assert "水" not in left
    assert "water" not in left


@pytest.mark.parametrize("said", ["试试水10箱", "先来10箱水", "测测水的价格", "10 cases of water to try"])
def test_water_that_is_meant_stays(said: str) -> None:
    assert without_notes(said) == said
