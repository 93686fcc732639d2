"""Replies as a phone shows them: within Telegram's limits, whole blocks together, and the same again at a later try."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram import keyboards
from bot.channels.telegram.keyboards import data_of, keyboard, read, short_id
from bot.channels.telegram.layout import Picture, Words, lay_out
from bot.channels.telegram.splitting import cut, units
from core.replies import Band, Button, Chart, Citation, Citations, Column, Reply, Series, Table, Text
from tests.telegram.html import read_html


def shown(reply: Reply, public_url: str = "") -> list[str]:
    return [read_html(part.html) for part in lay_out(reply, public_url).parts if isinstance(part, Words)]


def table(columns: int, rows: int = 2, title: str = "库存") -> Table:
    labels = tuple(Column(f"栏{number}") for number in range(columns))
    return Table(labels, tuple(tuple(f"{row}-{at}" for at in range(columns)) for row in range(rows)), title)


def test_three_columns_stand_side_by_side_and_more_become_cards() -> None:
    assert shown(Reply((table(3, 1),))) == ["库存\n栏0 · 栏1 · 栏2\n0-0 · 0-1 · 0-2"]
    assert shown(Reply((table(5, 1),))) == ["库存\n0-0\n栏1 0-1 · 栏2 0-2 · 栏3 0-3 · 栏4 0-4"]


def test_a_block_that_fits_is_not_cut() -> None:
    first, second = "一" * 3000, "二" * 3000
    assert shown(Reply((Text(first), Text(second)))) == [first, second]


def test_a_heading_is_no_messages_last_line() -> None:
    long = Reply((Text("字" * 4090), table(2, 400)))
    messages = shown(long)
    assert not any(message.endswith(("库存", "栏0 · 栏1")) for message in messages)
    rows = "\n".join(messages)
    assert all(f"{row}-0 · {row}-1" in rows for row in range(400))


def test_a_sentence_is_cut_behind_its_end() -> None:
    text = "这是一句话。" * 1000
    pieces = list(cut(text, 4096))
    assert "".join(pieces) == text
    assert all(piece.endswith("。") for piece in pieces)


@given(st.text(min_size=1, max_size=60), st.integers(2, 30))
def test_cutting_loses_nothing_but_spaces(text: str, limit: int) -> None:
    pieces = list(cut(text, limit))
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(1, 400)), min_size=1, max_size=6), st.integers(1, 6))
def test_every_message_is_within_the_limits_and_can_be_read(blocks: list[tuple[str, int]], columns: int) -> None:
    many = [block for words, times in blocks for block in (Text(words * times), Table(
        tuple(Column(words) for _ in range(columns)), ((words,) * columns,) * (times // 40), words))]  # fmt: skip
    reply = Reply(tuple(many))
    messages = shown(reply)
    assert all(units(message) <= 4096 and message.strip() for message in messages)
    assert lay_out(reply) == lay_out(reply)


def test_a_source_is_a_link_where_the_page_is_public_and_a_file_always() -> None:
    reply = Reply((Text("见手册"), Citations((Citation("手册.pdf", 3, version=7), Citation("旧.pdf", None)))))
    laid = lay_out(reply, "https://desk.example.com/")
    (words,) = laid.parts
    assert isinstance(words, Words)
    link = "https://desk.example.com/documents/7/%E6%89%8B%E5%86%8C.pdf#page=3"
    assert f'<a href="{link}">手册.pdf p.3</a>' in words.html
    assert "<a" not in "".join(shown(reply))
    made = keyboard((), None, laid.documents)
    assert made is not None
    assert [row[0].callback_data for row in made.inline_keyboard] == ["doc|7"]


def test_a_charts_caption_is_within_its_limit() -> None:
    chart = Chart("line", "走势", tuple(f"2026-{n:03d}" for n in range(400)), (Series("a", (1.5,) * 400),), "元")
    (part,) = lay_out(Reply((chart,))).parts
    assert isinstance(part, Picture)
    assert 900 < units(read_html(part.caption)) <= 1024


def test_a_forecasts_caption_tells_what_lies_ahead_and_between_what() -> None:
    history = tuple(f"2026年{month}月" for month in range(1, 12))
    line = Series("进货（虚线为预估）", (*(100.0,) * 11, 120.5), dashed_from=11)
    band = Band("80%区间", (*(None,) * 11, 90.0), (*(None,) * 11, 150.0))
    chart = Chart("line", "进货与预估", (*history, "2026年12月"), (line,), "箱", (band,))
    (part,) = lay_out(Reply((chart,))).parts
    assert isinstance(part, Picture)
    assert read_html(part.caption) == "进货与预估\n2026年12月 120.5 箱\n80%区间: 2026年12月 90–150 箱"


@pytest.mark.parametrize("id_", ["confirm", "choose:12", "a-button-of-a-third-party:with a long id", "多字节" * 9])
def test_a_button_comes_back_as_what_it_was_within_64_bytes(id_: str) -> None:
    button, turn = Button(id_, "按", proposal=str(uuid4())), uuid4()
    data = data_of(button, turn)
    pressed = read(data)
    assert len(data.encode()) <= 64
    assert pressed is not None
    assert (pressed.turn, pressed.proposal) == (turn, UUID(button.proposal))
    assert pressed.means(button)
    assert not pressed.means(Button(f"{id_}0", "按", proposal=button.proposal))
    assert not pressed.means(Button(id_, "按", proposal=str(uuid4())))


@pytest.mark.parametrize("data", ["", "x", "a|b", "a|b|c", "doc|x", "a|b|c|d", "|||||"])
def test_foreign_data_is_no_press(data: str) -> None:
    assert read(data) is None


def test_short_buttons_share_a_row_and_long_ones_have_their_own() -> None:
    short = [Button("confirm", "确认下单"), Button("change", "修改"), Button("cancel", "取消")]
    long = [Button(f"choose:{n}", f"第{n}种很长很长的产品名称") for n in range(3)]
    made = keyboard([*short, *long], None)
    assert made is not None
    assert [len(row) for row in made.inline_keyboard] == [3, 1, 1, 1]
    assert short_id("confirm") == "confirm"
    assert keyboards.keyboard((), None) is None
