"""What a single cell says: a number, an amount of money, a size."""

import re
from collections.abc import Mapping
from decimal import Decimal

from core.language.normalise import fold

SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?(ml|毫升|l|升|cl)(?![a-z])")
PACKING = re.compile(
    r"[*x×/] ?\d+ ?(?:瓶|罐|听|盒|包|袋|入|支|bottles?|cans?|pcs)?(?: ?/ ?(?:箱|件|cases?|ctn))?"
    r"|(?<![\d.])\d+ ?(?:瓶|罐|听|盒|包|袋|入|支)(?:装)?(?: ?/ ?(?:箱|件))?|(?<!\d)1 ?[*x×:] ?\d+"
)
MILLILITRES: Mapping[str, Decimal] = {
    "ml": Decimal(1), "毫升": Decimal(1), "cl": Decimal(10), "l": Decimal(1000), "升": Decimal(1000),
}  # fmt: skip


def number(text: str) -> Decimal | None:
    """A bare number, grouped or with a decimal comma; None for anything else."""
    bare = fold(text).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d{1,2}", bare):
        bare = bare.replace(",", ".")
    return Decimal(bare) if re.fullmatch(r"[+-]?(?:\d{1,12}(?:\.\d*)?|\.\d+)", bare) else None


def amount(text: str) -> Decimal | None:
    """A number that may carry the sign of money and what it is the price of: ¥28.80/箱."""
    return number(re.sub(r"人民币|rmb|cny|[¥￥$元块]|/ ?[^\d]+$", "", fold(text)).strip())


def size(text: str) -> Decimal | None:
    """How much a bottle holds, in millilitres."""
    found = SIZE.search(fold(text))
    return Decimal(found[1]) * MILLILITRES[found[2]] if found else None


def without_sizes(text: str) -> str:
    """Folded text without sizes and packings: 550ml*24, 1×15, 24瓶/箱."""
    return PACKING.sub(" ", SIZE.sub(" ", text))
