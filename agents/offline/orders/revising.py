"""How the next sentence changes an open draft: corrections, additions, removals and swaps."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.arguments.slots import ordinal
from agents.offline.orders.changewords import (
    ADD,
    LESS,
    MAKE,
    REMOVE,
    SWAP,
    adds,
    factor_in,
    line_changed,
    quantity_after,
)
from agents.offline.orders.lines import Line, read_lines, settle, without_the_vague
from agents.offline.orders.restating import put_right
from agents.offline.orders.wholly import as_many, by_category, like_the_other, of_every_kind, of_every_line, only_these
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import Reading
from agents.offline.wording.lexicon import Lexicon
from core.language.normalise import fold


def revise(lines: Sequence[Line], reading: Reading, briefing: Briefing, lexicon: Lexicon) -> list[Line] | None:
    """An open draft's lines after a correction, addition or removal; None where the sentence changes none of them."""
    sides = _sides(reading)
    new = [among(settle(line, briefing), lines) for side in sides for line in read_lines(side, briefing)]
    new = _of_the_same_name(without_the_vague(new), lines, reading, briefing)
    text = reading.text
    ways = (
        only_these(lines, new, reading),
        of_every_line(lines, reading),
        of_every_kind(lines, new, reading),
        by_place(lines, reading),
        by_part(lines, reading, briefing) or by_category(lines, reading, briefing, lexicon),
        put_right(lines, new, reading),
    )
    if (pointed := next((found for found in ways if found is not None), None)) is not None:
        return pointed
    if not new:
        return None
    if SWAP.search(text) and REMOVE.search(text) and (swapped := _swap(lines, new, both=True)) is not None:
        return swapped
    if REMOVE.search(text) and any(line.sku for line in new) and not any(line.quantity for line in new):
        gone = {line.sku for line in new}
        kept = [line for line in lines if line.sku not in gone]
        return kept if len(kept) < len(lines) else None
    if SWAP.search(text):
        swapped = _swap(lines, new)
        if swapped is not None:
            return swapped
    if SAME_AMOUNT.search(text) and lines:
        return like_the_other(lines, new) or _applied(lines, as_many(new, lines[-1]), text)
    return _applied(lines, new, text)


def _applied(lines: Sequence[Line], new: Sequence[Line], text: str) -> list[Line] | None:
    result = list(lines)
    for line in new:
        result = _apply(result, line, text)
    return result if result != list(lines) else None


IN_PLACE = re.compile(r"换成?|改成|改为|(?<=[a-z]) (?:with|by) ")


def _sides(reading: Reading) -> list[Reading]:
    """What goes and what comes: in 「绿茶去掉换成40箱可乐」 the number is of what comes."""
    for mark in IN_PLACE.finditer(reading.text):
        goes, comes = _between(reading, 0, mark.start()), _between(reading, mark.end(), len(reading.text))
        if goes.of_kind("product") and comes.of_kind("product") and not goes.quantities:
            return [goes, comes]
    return [reading]


def _between(reading: Reading, start: int, end: int) -> Reading:
    """With the products and quantities of a part of it alone."""
    return replace(
        reading,
        mentions=tuple(m for m in reading.mentions if m.kind != "product" or (start <= m.start and m.end <= end)),
        quantities=tuple(q for q in reading.quantities if start <= q.span[0] and q.span[1] <= end),
    )


SAME_AMOUNT = re.compile(
    r"一样多|同样(?:的量|多|数量)|也是这么多|(?<![a-z])same (?:amount|quantity|number|again)|as many"
)


def _of_the_same_name(new: list[Line], lines: Sequence[Line], reading: Reading, briefing: Briefing) -> list[Line]:
    """「可乐改成听装的」: what is changed is the one on the draft that is called so, whichever its size."""
    if not (SWAP.search(reading.text) or REMOVE.search(reading.text)) or ADD.search(reading.text) or not new:
        return new
    first, held = new[0], {line.sku for line in lines}
    if first.sku in held or not first.words:
        return new
    called = [line.sku for line in lines if line.sku and first.words in _called(line, briefing)]
    return [replace(first, sku=called[0]), *new[1:]] if len(called) == 1 else new


def among(line: Line, lines: Sequence[Line]) -> Line:
    """「水减10箱」: of all that 水 may mean, the one on the draft is meant."""
    held = [old.sku for old in lines if old.sku in line.candidates]
    return replace(line, sku=held[0]) if line.sku is None and len(held) == 1 else line


def _swap(lines: Sequence[Line], new: Sequence[Line], *, both: bool = False) -> list[Line] | None:
    """「绿茶换成乌龙茶」 or, with one line, 「换成乌龙茶」; ``both``: only where what goes is named too."""
    skus = [line.sku for line in lines]
    old = [line for line in new if line.sku in skus]
    fresh = [line for line in new if line.sku is None or line.sku not in skus]
    if len(fresh) != 1 or (both and len(old) != 1):
        return None
    target = old[0].sku if old else (skus[-1] if skus else None)
    if target is None or fresh[0].sku is None:
        return None
    return [_in_place(line, fresh[0]) if line.sku == target else line for line in lines]


def _in_place(line: Line, fresh: Line) -> Line:
    if fresh.quantity is not None:
        return fresh
    return replace(line, sku=fresh.sku, words=fresh.words, candidates=fresh.candidates)


def _apply(lines: list[Line], new: Line, text: str) -> list[Line]:
    """One named line onto the draft: changes that product's line, or joins; a bare quantity means the last line."""
    place = next((i for i, line in enumerate(lines) if line.sku == new.sku), None)
    if new.sku is None and not new.words:
        if len(lines) > 1:
            return [*lines, replace(new, candidates=tuple(line.sku for line in lines if line.sku))]
        place = 0 if lines else None
    if place is None:
        return [*lines, new]
    old = lines[place]
    factor = factor_in(text)
    if new.quantity is None or (new.quantity == factor):  # 「减一半」: a half of what stands there
        if factor is None or old.quantity is None:
            return lines
        return [replace(old, quantity=old.quantity * factor) if i == place else line for i, line in enumerate(lines)]
    if adds(text) and new.unit and old.unit and new.unit != old.unit:
        return [*lines, new]  # 「绿茶再加3提」 to bottles: the tool adds up what is of one product
    quantity = quantity_after(old, new, new.quantity, text)
    if quantity <= 0 and LESS.search(text):
        return [line for i, line in enumerate(lines) if i != place]
    changed = replace(old, quantity=quantity, unit=new.unit or old.unit, approximate=new.approximate)
    return [changed if i == place else line for i, line in enumerate(lines)]


def by_place(lines: Sequence[Line], reading: Reading) -> list[Line] | None:
    """「第二个改12箱」: the draft's second line, changed or left out."""
    place = ordinal(reading.text)
    if place is None or not -len(lines) <= place < len(lines) or reading.of_kind("product") or len(lines) < 2:
        return None
    return line_changed(lines, place % len(lines), reading)


def by_part(lines: Sequence[Line], reading: Reading, briefing: Briefing) -> list[Line] | None:
    """ "drop the coconut": the one line whose product's name holds a word that was said."""
    changes = len(reading.quantities) == 1 and (SWAP.search(reading.text) or MAKE.search(reading.text))
    if reading.of_kind("product") or not (REMOVE.search(reading.text) or changes):
        return None
    words = {word for word in PART.findall(reading.text) if not REMOVE.search(word)}
    held = [at for at, line in enumerate(lines) if any(word in _called(line, briefing) for word in words)]
    return line_changed(lines, held[0], reading) if len(held) == 1 else None


PART = re.compile(r"[a-z]{4,}|[\u4e00-\u9fff]{2}")


def _called(line: Line, briefing: Briefing) -> str:
    known = briefing.linker.get("product", line.sku) if line.sku else None
    return " ".join(fold(name) for name in known.names) if known else ""
