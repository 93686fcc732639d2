"""A sheet's rows: those that order something, and those that are headings, totals, notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.offline.orders.forwarded.cells import number
from agents.offline.orders.forwarded.columns import LOOKED_AT, Columns, Role, by_heading
from agents.offline.orders.forwarded.guessing import Holds, by_content
from agents.offline.wording.lexicon import Lexicon
from core.language.normalise import fold
from core.reading.sheets import Sheet

SOURCE = 80  # characters of a row that are shown
TEMPLATE = 3  # rows without a quantity from which a list may be a form to fill in


@dataclass(frozen=True, slots=True)
class Row:
    """A row of goods as its sender wrote it; ``number`` is the row's own, ``words`` are all its cells."""

    number: int
    words: str
    product: str = ""
    code: str = ""
    spec: str = ""
    quantity: str = ""
    unit: str = ""
    price: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a sheet holds: ``goods``, ``others`` (titles, totals, notes) and ``unfilled`` lines of an order form."""

    goods: tuple[Row, ...] = ()
    others: tuple[Row, ...] = ()
    unfilled: tuple[Row, ...] = ()
    columns: Columns = field(default_factory=Columns)


@dataclass(frozen=True, slots=True)
class Eyes:
    """How a sheet is looked at: the words of lists, and what is known to be a code or to name a product."""

    lexicon: Lexicon
    is_code: Holds
    names_product: Holds


def rows_of(sheet: Sheet, eyes: Eyes) -> Rows:
    """The rows of a sheet, none left out."""
    at, columns = _heading(sheet, eyes)
    begin = 0 if at is None else at + 1
    if columns is None or not columns.useful:
        body = [row for row in sheet.rows[begin:] if row and not _is_total(row, eyes)]
        guessed = by_content(body, eyes.is_code, eyes.names_product)
        columns = Columns({**guessed.at, **(columns.at if columns else {})}, columns.unit if columns else None)
    goods: list[Row] = []
    others = [_row(place, row) for place, row in enumerate(sheet.rows[:begin], 1) if row and place <= begin]
    for place, cells in enumerate(sheet.rows[begin:], begin + 1):
        if not cells:
            continue
        row = _cut(place, cells, columns)
        if _orders_nothing(row, cells, eyes, goods):
            others.append(_row(place, cells))
        else:
            goods.append(row)
    filled, unfilled = _form(goods, columns)
    return Rows(tuple(filled), tuple(others), tuple(unfilled), columns)


def _heading(sheet: Sheet, eyes: Eyes) -> tuple[int | None, Columns | None]:
    for place, cells in enumerate(sheet.rows[:LOOKED_AT]):
        found = by_heading(cells, eyes.lexicon) if cells else None
        if found is not None:
            return place, found
    return None, None


def _row(place: int, cells: Sequence[str]) -> Row:
    return Row(place, " ".join(cell for cell in cells if cell)[:SOURCE])


def _cut(place: int, cells: Sequence[str], columns: Columns) -> Row:
    said = {role.value: columns.cell(cells, role) for role in Role if role not in {Role.AMOUNT, Role.OTHER}}
    shown = [cell for at, cell in enumerate(cells) if cell and at not in _aside(columns)]
    return Row(place, " ".join(shown)[:SOURCE], **said)


def _aside(columns: Columns) -> set[int | None]:
    return {columns.at.get(role) for role in (Role.AMOUNT, Role.OTHER, Role.PRICE, Role.REMARK)} - {None}


def _orders_nothing(row: Row, cells: Sequence[str], eyes: Eyes, before: Sequence[Row]) -> bool:
    """Totals, headings that come again, and notes."""
    if _is_total(cells, eyes) or by_heading(cells, eyes.lexicon) is not None:
        return True
    filled = [cell for cell in cells if cell]
    named = any(eyes.is_code(cell) or eyes.names_product(cell) for cell in filled)
    if not named and _is_note(filled, eyes):
        return True
    if not (row.product or row.code) and row.quantity and before:
        return number(row.quantity) == sum(filter(None, (number(one.quantity) for one in before)))
    digits = any(char.isdigit() for cell in filled for char in cell)
    return not (named or digits or row.quantity or row.unit or row.code or row.spec or row.remark)


def _is_total(cells: Sequence[str], eyes: Eyes) -> bool:
    filled = [cell for cell in cells if cell][:2]
    return any(_label(cell) in eyes.lexicon.lists.get("row_total", ()) for cell in filled) or bool(
        filled and _label(re.split(r"[:：]|(?<=[一-鿿])\s*(?=\d)", filled[0])[0]) in eyes.lexicon.lists["row_total"]
    )


def _is_note(filled: Sequence[str], eyes: Eyes) -> bool:
    """「备注：尽快发货」, "Prepared by: Chen": a label, with what it labels behind it."""
    labels = eyes.lexicon.lists.get("row_note", ())
    return any(_label(re.split(r"[:：]", cell)[0]) in labels for cell in filled[:1]) or any(
        re.search(r"[:：]", cell) and _label(re.split(r"[:：]", cell)[0]) in labels for cell in filled
    )


def _label(cell: str) -> str:
    text = fold(cell)
    bare = re.sub(r"[\s:：.。]+", "" if re.search(r"[一-鿿]", text) else " ", text)
    return bare.strip()


def _form(goods: Sequence[Row], columns: Columns) -> tuple[list[Row], list[Row]]:
    """Lines of a form that were left empty, or filled with 0, order nothing; one or two in a list were forgotten."""
    if Role.QUANTITY not in columns.at:
        return list(goods), []
    empty = [row for row in goods if not row.quantity]
    zero = [row for row in goods if row.quantity and number(row.quantity) == 0]
    form = len(empty) >= TEMPLATE and len(empty) * 2 >= len(goods) and len(empty) < len(goods)
    unfilled = [row for row in goods if row in zero or (form and row in empty)]
    return [row for row in goods if row not in unfilled], unfilled
