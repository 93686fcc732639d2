"""A row of a list → an order line: which product, how many, and where that isn't clear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from agents.offline.orders.forwarded.cells import amount, number, size, without_sizes
from agents.offline.orders.forwarded.columns import Columns, Role
from agents.offline.orders.forwarded.rows import Row
from agents.offline.orders.lines import Line, read_lines, settle
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.listed import MARKER
from agents.offline.reading.understanding import read_clause
from agents.offline.wording.filler import FILLER
from agents.offline.wording.lexicon import stands_in
from core.language.normalise import fold
from core.language.quantities import Quantity, find_quantities
from core.language.units import Unit, measure_after

SOLD_IN = frozenset({Unit.BOTTLE, Unit.PACK, Unit.CASE, Unit.PALLET})
SIZE_WORDS = re.compile(r"[\s\d.]|大瓶|小瓶|[大小中]|large|small|big|mini|medium|regular")
MANY = 12  # products looked at for one of another size
NAMES_NOTHING = frozenset(
    "瓶装 整箱 箱装 产品 饮料 饮品 系列 正装 标准 常规 规格 每箱 s bottle bottles case cases drink".split()
)


@dataclass(frozen=True, slots=True)
class Matched:
    """The products that a name may mean: one, several, or none."""

    sku: str | None = None
    candidates: tuple[str, ...] = ()


def lines_of(row: Row, columns: Columns, briefing: Briefing) -> list[Line]:
    """A row's lines: one, or those that its words name where it has no columns."""
    if not (row.product or row.code) or (Role.QUANTITY not in columns.at and find_quantities(fold(row.product))):
        return _in_words(row, briefing)
    name = " ".join(part for part in (row.product, row.spec) if part)
    matched = match(row.product, row.code, name, briefing)
    counted = _counted(row, columns, briefing)
    line = Line(
        matched.sku,
        counted.value if counted else None,
        counted.unit if counted else None,
        row.product or row.code,
        matched.candidates,
        approximate=bool(counted and counted.approximate),
        source=row.words,
        row=row.number,
        stated=amount(row.price),
        remark=row.remark,
    )
    return [line]


def settle_unit(line: Line, briefing: Briefing) -> Line:
    """A missing unit is the one that this dealer usually orders in; the product stays open where it is."""
    return settle(line, briefing) if line.sku is not None else line


def match(product: str, code: str, name: str, briefing: Briefing) -> Matched:
    """By the code, unless the name says something else; by the name and the size that stands with it."""
    coded = briefing.linker.get("product", code) if code else None
    if coded is None and product and (alone := briefing.linker.get("product", product)):
        return Matched(alone.code, (alone.code,))
    named = _by_name(product, size(name), briefing) if product else Matched()
    if coded is None:
        return named
    if named.candidates and coded.code not in named.candidates and named.sku is not None:
        return Matched(None, (coded.code, *named.candidates)[:3])
    return Matched(coded.code, (coded.code,))


def _by_name(product: str, wanted: Decimal | None, briefing: Briefing) -> Matched:
    text = fold(product)
    reading = read_clause(f"{text} 1箱", product, briefing)
    mentions = reading.of_kind("product")
    if not mentions:
        bare = FILLER.sub(" ", without_sizes(text)).strip()
        return Matched(None, tuple(briefing.linker.guess(bare, "product", briefing.weights)) if bare else ())
    mention = max(mentions, key=lambda one: one.end - one.start)
    codes = mention.codes
    rest = _rest(text, mention.start, mention.end)
    if rest:
        codes = _holding(mention.text, rest, briefing)
        if not codes:
            guessed = briefing.linker.guess(" ".join(rest), "product", briefing.weights)
            return Matched(None, tuple(dict.fromkeys((*mention.codes, *guessed)))[:3])
    return _of_size(mention.text, codes, wanted, briefing)


def _rest(text: str, start: int, end: int) -> list[str]:
    """Words beside the name that say more: another brand, another taste."""
    beside = without_sizes(text[:start] + " " + text[end:])
    words = FILLER.sub(" ", beside).replace("-", " ").replace("/", " ").replace("_", " ").split()
    return [word for word in words if word not in NAMES_NOTHING and not number(word)]


def _holding(name: str, rest: Sequence[str], briefing: Briefing) -> tuple[str, ...]:
    """Products one of whose names holds all that was written."""
    return tuple(
        thing.code
        for thing in briefing.linker.of_kind("product")
        if any(all(stands_in(word, fold(known)) for word in (name, *rest)) for known in thing.names)
    )


def _of_size(name: str, codes: Sequence[str], wanted: Decimal | None, briefing: Briefing) -> Matched:
    """Of what a name may mean, what comes in the size; 「矿泉水 1.5L」 is the large bottle."""
    sizes = briefing.sizes
    if wanted is None or not any(sizes.values()):
        return Matched(codes[0] if len(codes) == 1 else None, tuple(codes))
    fitting = [code for code in codes if sizes.get(code) == wanted]
    if len(fitting) == 1:
        return Matched(fitting[0], tuple(fitting))
    near = briefing.linker.guess(name, "product", briefing.weights, limit=MANY)
    others = [code for code in near if sizes.get(code) == wanted and code not in fitting]
    same = [code for code in others if _differs_in_size(name, code, briefing)]
    if not fitting and len(same) == 1:
        return Matched(same[0], tuple(same))
    return Matched(None, tuple(dict.fromkeys((*fitting, *same, *codes, *others)))[:3])


def _differs_in_size(name: str, code: str, briefing: Briefing) -> bool:
    """Whether a product is called as another but for its size: 大瓶矿泉水 beside 矿泉水, and not 高山矿泉水."""
    known = briefing.linker.get("product", code)
    return known is not None and any(
        name in folded and not SIZE_WORDS.sub("", without_sizes(folded.replace(name, " ")))
        for folded in map(fold, known.names)
    )


def _counted(row: Row, columns: Columns, briefing: Briefing) -> Quantity | None:
    """The one quantity of a row; None where there is none, or more than one, or in what we don't sell by."""
    text = fold(row.quantity)
    if not text:
        return None
    bare = number(text)
    if bare is not None:
        said = measure_after(fold(row.unit), 0) if row.unit else None
        unit = said.unit if said else (None if row.unit else columns.unit)
        value = bare * (said.factor if said else Decimal(1))
        found = [Quantity(value, _unit(unit), (0, len(text)), approximate=False, source_text=row.quantity)]
    else:
        found = find_quantities(text) or find_quantities(text + fold(row.unit)) or find_quantities(text, bare=True)
    if len(found) != 1 or (found[0].unit is not None and found[0].unit not in SOLD_IN) or found[0].value <= 0:
        return None
    if found[0].unit is None and row.unit and (said := measure_after(fold(row.unit), 0)):
        if said.unit is not None and said.unit not in SOLD_IN:
            return None
        return replace(found[0], unit=said.unit)
    return found[0]


def _unit(unit: str | None) -> Unit | None:
    return Unit(unit) if unit else None


def _in_words(row: Row, briefing: Briefing) -> list[Line]:
    """A row without columns, read as a message would be: 「矿泉水 10箱」; a single name is taken as a cell's."""
    text = MARKER.sub("", fold(row.words))
    reading = read_clause(text, row.words, briefing).with_loose_numbers()
    found = read_lines(reading, briefing) or [Line(None, None, None, row.words)]
    if len(found) == 1 and len(reading.quantities) <= 1:
        spans = [one.span for one in reading.quantities]
        name = text if not spans else f"{text[: spans[0][0]]} {text[spans[0][1] :]}"
        matched = match(name.strip(), "", name, briefing)
        found = [replace(found[0], sku=matched.sku, candidates=matched.candidates, words=name.strip())]
    return [replace(line, source=row.words, row=row.number, words=line.words or row.words) for line in found]
