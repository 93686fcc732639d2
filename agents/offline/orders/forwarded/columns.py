"""Which column of a list holds what, by the words at its head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from agents.offline.wording.lexicon import Lexicon
from core.language.normalise import fold
from core.language.units import units_named

LOOKED_AT = 25  # rows in which a heading may stand
LONGEST_HEADING = 24


class Role(StrEnum):
    """What a column holds."""

    PRODUCT = "product"
    CODE = "code"
    QUANTITY = "quantity"
    UNIT = "unit"
    SPEC = "spec"
    PRICE = "price"
    AMOUNT = "amount"
    REMARK = "remark"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where what stands; ``unit`` is what the heading of the quantities counts in (数量(箱), 箱数)."""

    at: Mapping[Role, int] = field(default_factory=dict)
    unit: str | None = None

    def cell(self, row: Sequence[str], role: Role) -> str:
        """What a row holds in a column; nothing where there is no such column."""
        place = self.at.get(role)
        return row[place] if place is not None and place < len(row) else ""

    @property
    def useful(self) -> bool:
        """Whether lines can be read by these columns."""
        return Role.QUANTITY in self.at and (Role.PRODUCT in self.at or Role.CODE in self.at)


def by_heading(row: Sequence[str], lexicon: Lexicon) -> Columns | None:
    """The columns that a row of headings names; None where the row is none."""
    at: dict[Role, int] = {}
    unit = None
    named = 0
    for place, cell in enumerate(row):
        role = heading(cell, lexicon)
        if role is None:
            continue
        named += 1
        if role not in at:
            at[role] = place
            if role is Role.QUANTITY:
                unit = next(iter(units_named(fold(cell))), None)
    filled = sum(1 for cell in row if cell)
    found = Columns(at, unit)
    mostly = named >= 2 and named * 2 >= filled
    return found if mostly and (found.useful or Role.PRODUCT in at or Role.CODE in at) else None


def heading(cell: str, lexicon: Lexicon) -> Role | None:
    """What a heading names: the longest known word that ends it, whatever stands in brackets behind it."""
    text = re.sub(r"[(（\[【].*?(?:[)）\]】]|$)", " ", fold(cell))
    text = re.sub(r"[*:：.。_\s]+", " ", text).strip()
    if not text or len(text) > LONGEST_HEADING:
        return None
    best: tuple[int, Role | None] = (0, None)
    for part in (text, *re.split(r"[/、与和]", text)):
        for role in Role:
            for word in lexicon.lists.get(f"column_{role}", ()):
                if len(word) > best[0] and _ends(part.strip(), word):
                    best = (len(word), role)
        if best[1] is not None:
            break
    return best[1]


def _ends(text: str, word: str) -> bool:
    if not text.endswith(word):
        return False
    before = text[: -len(word)]
    return not before or not word.isascii() or not before[-1].isalnum()
