"""Makes the lists that dialogues send, with ``python -m tests.dialogues.making_lists``; they are committed."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

FOLDER = Path(__file__).parent / "lists_files"
Rows = Sequence[Sequence[Any]]

SOUTH_CITY: Rows = [
    ["浦江源商贸 订货单"],
    ["日期：2026-11-20"],
    [],
    ["序号", "品名", "规格", "数量", "单位", "单价", "金额", "备注"],
    [1, "矿泉水", "550ml*24", 10, "箱", 28.8, 288],
    [2, "矿泉水", "1.5L*12", 5, "箱", None, None, "要新日期"],
    [3, "绿茶", "500ml", 20, "箱", 42, 840],
    [4, "矿泉水", "550ml", 20, "箱", 28.8, 576],
    ["合计", None, None, 55],
    ["制表：小周"],
]
DOUBTFUL: Rows = [
    ["品名", "数量", "单位"],
    ["绿茶", 20, "箱"],
    ["水", 3, "箱"],
    ["红牛", 2, "箱"],
    ["可乐", "半箱"],
    ["冰红茶", None, "箱"],
    ["橙汁", "一百来箱"],
]
CODES: Rows = [["W-550", 10, 28.51], ["T-500", 20, 41.57], ["S-500C", 5, 46.0]]
TWO_NUMBERS: Rows = [["W-550", 10, 28], ["T-500", 20, 42]]
FORM: Rows = [
    ["SKU", "Item", "Size", "Qty (cases)"],
    ["W-350", "Mineral water mini", "350ml", None],
    ["W-550", "Mineral water", "550ml", 40],
    ["W-1500", "Mineral water large", "1.5L", None],
    ["T-500", "Green tea", "500ml", 20],
    ["T-500H", "Iced lemon tea", "500ml", 0],
    ["S-500C", "Cola", "500ml", None],
    ["J-450O", "Orange juice drink", "450ml", None],
    ["Total", None, None, 60],
]
ENGLISH: Rows = [
    ["Item", "Qty", "Unit", "Unit price", "Notes"],
    ["Green tea", 30, "cases", 40, "fresh dates please"],
    ["Cola", 20, "ctn", 47.42, None],
    ["Coke Zero Vanilla", 5, "cases", None, None],
    ["Oolong", 1.5, "cases", None, None],
    ["Green tea", 10, "cases", None, None],
]
SECOND: Rows = [["品名", "数量"], ["可乐", "5箱"], ["绿茶", "10箱"]]
CONFLICT: Rows = [["货号", "品名", "箱数"], ["W-550", "绿茶", 10], ["T-500", "绿茶", 20]]


def workbook(rows: Rows) -> bytes:
    """A workbook with one sheet."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def with_formula(data: bytes, cell: str, formula: str) -> bytes:
    """The workbook with a formula in a cell whose value stays what it was."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                opening = f'<c r="{cell}" t="n">'.encode()
                assert opening in content
                content = content.replace(opening, opening + f"<f>{formula}</f>".encode())
            new.writestr(part.filename, content)
    return into.getvalue()


def locked() -> bytes:
    """How Office wraps a workbook with a password: an OLE file that names its one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)


def make() -> dict[str, bytes]:
    """Each file's name with its bytes."""
    whole = workbook(SOUTH_CITY)
    return {
        "south-city.xlsx": whole,
        "doubtful.xlsx": workbook(DOUBTFUL),
        "codes.xlsx": workbook(CODES),
        "two-numbers.xlsx": workbook(TWO_NUMBERS),
        "form.xlsx": workbook(FORM),
        "english.xlsx": workbook(ENGLISH),
        "second.xlsx": workbook(SECOND),
        "conflict.xlsx": workbook(CONFLICT),
        "formula.xlsx": with_formula(workbook([["SKU", "Qty"], ["W-550", 12], ["T-500", 30]]), "B2", "99*99"),
        "broken.xlsx": whole[: len(whole) // 2],
        "locked.xlsx": locked(),
        "empty.xlsx": workbook([]),
        "nothing.csv": b"",
        "gb18030.csv": "品名,数量,单位\r\n矿泉水,10,箱\r\n冰红茶,20,箱\r\n".encode("gb18030"),
        "bom.csv": "\ufeff货号;要货量（箱）;备注\r\nW-550;10;\r\nT-500;20;要新日期\r\n".encode(),
        "tabs.csv": "code\tqty\tuom\nS-500C\t10\tcases\nT-500\t15\tcases\n".encode("utf-16"),
        "lines.txt": "矿泉水10箱\n绿茶20箱\n合计30箱\n".encode(),
        "too-long.csv": b"sku,qty\n" + b"W-550,1\n" * 501,
    }


def main() -> None:
    """Write those that are missing: a workbook holds the time at which it was made."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in make().items():
        if not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
