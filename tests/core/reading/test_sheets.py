"""Tables as their senders' programs write them, and what is refused of them."""

import io
import zipfile
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

from core.errors import NotSetUp, QudaoError
from core.reading.sheets import is_picture, is_table, pictures, read_sheets
from core.reading.sheets.delimited import read_delimited
from core.reading.sheets.pictures import Piece, lines_of
from tests.dialogues.making_lists import locked, with_formula, workbook

ROWS = (("品名", "数量"), ("矿泉水", "10"))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def refused(data: bytes, name: str) -> str:
    with pytest.raises(QudaoError) as error:
        read_sheets(data, name)
    return error.value.message_key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_text_with_columns_is_read_in_its_encoding(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in ROWS)
    (sheet,) = read_sheets(text.encode(encoding), "list.csv")
    assert sheet.rows == ROWS


def test_lines_without_columns_stay_whole() -> None:
    assert read_delimited("矿泉水10箱\n\n绿茶5箱, 明天要") == (("矿泉水10箱",), (), ("绿茶5箱, 明天要",))


def test_quoted_cells_hold_delimiters_and_a_lone_quote_is_a_letter() -> None:
    assert read_delimited('a,"b, c"\nd,e') == (("a", "b, c"), ("d", "e"))
    assert read_delimited('19" rack,2\nshelf,3') == (('19" rack', "2"), ("shelf", "3"))


def test_excels_own_hint_is_followed() -> None:
    assert read_delimited("sep=;\na;1,5\nb;2") == (("a", "1,5"), ("b", "2"))


def test_a_workbook_gives_what_stands_in_its_cells() -> None:
    (sheet,) = read_sheets(workbook([["品名", "数量", None], [], ["矿泉水", 10.0, 28.8]]), "list.xlsx")
    assert sheet.rows == (("品名", "数量"), (), ("矿泉水", "10", "28.8"))
    assert sheet.filled == 2


def test_of_a_formula_the_stored_value_counts() -> None:
    data = with_formula(workbook([["SKU", "Qty"], ["W-550", 12]]), "B2", "6*7")
    assert read_sheets(data, "list.xlsx")[0].rows[1] == ("W-550", "12")


def test_hidden_sheets_are_left_alone() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["W-550", 1])
    hidden = book.create_sheet("prices")
    hidden.append(["T-500", 2])
    hidden.sheet_state = "hidden"
    into = io.BytesIO()
    book.save(into)
    assert [sheet.rows for sheet in read_sheets(into.getvalue(), "list.xlsx")] == [(("W-550", "1"),)]


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "list.csv", "list.empty"),
        (b"\r\n \r\n", "list.csv", "list.empty"),
        (workbook([]), "list.xlsx", "list.empty"),
        (workbook(ROWS)[:2000], "list.xlsx", "list.broken"),
        (b"PK\x03\x04 and no more", "list.xlsx", "list.broken"),
        (b"\x00\x01\x02\x03" * 100, "list.csv", "list.broken"),
        (b"not a workbook", "list.xlsx", "list.broken"),
        (locked(), "list.xlsx", "list.encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "list.xls", "list.old"),
        (b"sku,qty\n" + b"W-550,1\n" * 500, "list.csv", "list.too_long"),
        (workbook([["W-550", 1]] * 501), "list.xlsx", "list.too_long"),
        (b"a,b\n" * 1_300_000, "list.csv", "list.too_large"),
    ],
    ids="none blank no-rows cut zip noise text locked old rows rows-of-a-workbook bytes".split(),
)
def test_what_cannot_be_used_says_why(data: bytes, name: str, key: str) -> None:
    assert refused(data, name) == key


def test_five_hundred_rows_are_taken() -> None:
    assert read_sheets(workbook([["W-550", 1]] * 500), "list.xlsx")[0].filled == 500


def packed(parts: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return into.getvalue()


def test_a_workbook_that_grows_beyond_bounds_is_not_unpacked() -> None:
    assert refused(packed({"xl/workbook.xml": b"<a/>", "xl/big.xml": bytes(70_000_000)}), "a.xlsx") == (
        "list.too_large_inside"
    )


def test_a_workbook_that_declares_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    assert refused(packed({"xl/workbook.xml": bomb}), "a.xlsx") == "list.broken"


def test_another_program_s_zip_is_no_workbook() -> None:
    assert refused(packed({"word/document.xml": b"<a/>"}), "a.xlsx") == "list.broken"


def test_names_say_what_may_be_a_list() -> None:
    assert all(map(is_table, ["a.XLSX", "b.csv", "c.tsv", "d.txt", "e.xls", "f.xlsm"]))
    assert all(map(is_picture, ["a.JPG", "b.png", "c.webp"]))
    assert not any(map(is_table, ["a.pdf", "b.md", "c.jpg"]))


class TestPictures:
    def test_without_the_extra_it_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pictures, "can_read_pictures", lambda: False)
        with pytest.raises(NotSetUp) as error:
            read_sheets(PNG, "photo.png")
        assert error.value.message_key == "list.no_pictures"

    def test_pieces_at_one_height_are_a_line(self) -> None:
        pieces = [
            Piece("箱", 300, 52, 20),
            Piece("绿茶", 10, 80, 20),
            Piece("水", 10, 50, 20),
            Piece("10", 200, 48, 20),
        ]
        assert [[piece.text for piece in line] for line in lines_of(pieces)] == [["水", "10", "箱"], ["绿茶"]]

    def test_a_photo_of_a_list_gives_its_lines(self, tmp_path: Path) -> None:
        pytest.importorskip("rapidocr", reason="the extra qudao[ocr] is not installed")
        from PIL import Image, ImageDraw, ImageFont

        image = Image.new("RGB", (700, 300), "white")
        draw = ImageDraw.Draw(image)
        font = ImageFont.truetype(str(files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"), 40)
        for place, text in enumerate(("矿泉水 10箱", "绿茶 20箱", "可乐 5箱")):
            draw.text((40, 30 + 80 * place), text, font=font, fill="black")
        file = tmp_path / "photo.png"
        image.save(file)
        (sheet,) = read_sheets(file.read_bytes(), file.name)
        assert sheet.seen
        assert ["".join(row).replace(" ", "") for row in sheet.rows] == ["矿泉水10箱", "绿茶20箱", "可乐5箱"]

    def test_a_damaged_picture_is_refused(self) -> None:
        pytest.importorskip("rapidocr", reason="the extra qudao[ocr] is not installed")
        assert refused(PNG, "photo.png") == "list.broken"
