"""Which column of a list holds what where nothing stands at its head: by what the cells say."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from agents.offline.orders.forwarded.cells import amount, number
from agents.offline.orders.forwarded.columns import Columns, Role
from core.language.normalise import fold
from core.language.quantities import find_quantities
from core.language.units import measure_after

Holds = Callable[[str], bool]
MOST = 0.5
BARCODE = 12  # digits and more


def by_content(rows: Sequence[Sequence[str]], is_code: Holds, names_product: Holds) -> Columns:
    """The columns as far as they can be told; what counts goods is left out where two columns may."""
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] for row in rows if place < len(row) and row[place]] for place in range(width)]
    at: dict[Role, int] = {}
    for role, holds in ((Role.CODE, is_code), (Role.PRODUCT, names_product), (Role.UNIT, is_unit)):
        free = [place for place in range(width) if place not in at.values()]
        best, place = max(((_share(columns[place], holds), -place) for place in free), default=(0.0, 0))
        if best >= MOST:
            at[role] = -place
    free = [place for place in range(width) if place not in at.values()]
    counted = [place for place in free if _share(columns[place], is_counted) >= MOST]
    numeric = [place for place in free if place not in counted and _is_numeric(columns[place])]
    if counted:
        priced = [place for place in numeric if _has_cents(columns[place])]
        at[Role.QUANTITY] = counted[0]
        at |= {Role.PRICE: priced[0]} if priced else {}
    else:
        at |= _told_apart(numeric, columns, len(rows))
    return Columns(at)


def _told_apart(numeric: Sequence[int], columns: Sequence[Sequence[str]], rows: int) -> dict[Role, int]:
    """Quantity, price and amount among bare numbers."""
    serial = [place for place in numeric if _is_serial(columns[place], rows)]
    left = [place for place in numeric if place not in serial[:1]] if len(numeric) > 1 else list(numeric)
    if len(left) == 1:
        return {Role.QUANTITY: left[0]}
    for total in left[::-1]:
        for one in left:
            for other in left:
                if len({one, other, total}) == 3 and one < other and _multiply(columns, one, other, total):
                    first, second = (other, one) if _has_cents(columns[one]) else (one, other)
                    return {Role.QUANTITY: first, Role.PRICE: second, Role.AMOUNT: total}
    whole = [place for place in left if not _has_cents(columns[place])]
    cents = [place for place in left if _has_cents(columns[place])]
    if len(whole) != 1:
        return {}
    return {Role.QUANTITY: whole[0]} | ({Role.PRICE: cents[0]} if cents else {})


def is_unit(cell: str) -> bool:
    """Whether a cell is a word that counts goods, alone."""
    text = fold(cell)
    found = measure_after(text, 0) if text and not text[0].isdigit() else None
    return found is not None and found.end == len(text)


def is_counted(cell: str) -> bool:
    """Whether it is a number with what it counts: 10箱."""
    found = find_quantities(fold(cell))
    return len(found) == 1 and found[0].span[1] - found[0].span[0] >= len(fold(cell)) - 1


def _is_numeric(column: Sequence[str]) -> bool:
    barcodes = sum(len(cell) >= BARCODE and cell.isdigit() for cell in column)
    return _share(column, lambda cell: amount(cell) is not None) >= MOST and barcodes * 2 < len(column)


def _is_serial(column: Sequence[str], rows: int) -> bool:
    """1, 2, 3 … down the list."""
    values = [number(cell) for cell in column]
    return rows > 1 and len(values) > 1 and values == [Decimal(place) for place in range(1, len(values) + 1)]


def _has_cents(column: Sequence[str]) -> bool:
    values = [value for cell in column if (value := amount(cell)) is not None]
    return any(value != value.to_integral_value() for value in values)


def _multiply(columns: Sequence[Sequence[str]], one: int, other: int, total: int) -> bool:
    """Whether two columns' products stand in the third."""
    threes = list(zip(columns[one], columns[other], columns[total], strict=False))
    right = 0
    for cells in threes:
        first, second, third = (amount(cell) for cell in cells)
        if first is not None and second is not None and third is not None:
            right += abs(first * second - third) <= Decimal("0.05")
    return len(threes) > 0 and right * 10 >= len(threes) * 8


def _share(column: Sequence[str], holds: Holds) -> float:
    return sum(holds(cell) for cell in column) / len(column) if column else 0.0
