"""Changes of several lines at once: all of them, those of a category, all but the ones that are named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.evidence.cues import EACH
from agents.offline.orders.changewords import (
    LESS,
    MAKE,
    REMOVE,
    SWAP,
    adds,
    factor_in,
    line_changed,
    quantity_after,
    without_factors,
)
from agents.offline.orders.lines import Line
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from agents.offline.wording.lexicon import Lexicon


def of_every_line(lines: Sequence[Line], reading: Reading, *, nothing_else: bool = True) -> list[Line] | None:
    """「全部加倍」, "cut everything in half", 「都减10箱」: each line the same way.

    ``nothing_else``: a factor counts only where nothing else is said: 「一半送浦东店」 halves nothing.
    """
    if reading.of_kind("product") or not lines or any(line.quantity is None for line in lines):
        return None
    factor = factor_in(reading.text)
    counted = [one for one in reading.quantities if one.value != factor]
    rest = FILLER.sub("", EVERY.sub(" ", without_factors(reading.text)))
    if factor is not None and not counted and not (nothing_else and rest):
        return [replace(line, quantity=(line.quantity or 0) * factor) for line in lines]
    if len(counted) != 1 or not EVERY.search(reading.text) or len(lines) < 2:
        return None
    said = Line(None, counted[0].value, str(counted[0].unit) if counted[0].unit else None)
    if not (
        EACH.search(reading.text)
        or adds(reading.text)
        or LESS.search(reading.text)
        or SWAP.search(reading.text)
        or MAKE.search(reading.text)
    ):
        return None
    changed = [replace(line, quantity=quantity_after(line, said, counted[0].value, reading.text)) for line in lines]
    return changed if all((line.quantity or 0) > 0 for line in changed) else None


EVERY = re.compile(
    r"全部?|都|所有|每[样个种款]|整[张个]?单|各|(?<![a-z])(?:everything|all(?: of (?:it|them|those))?"
    r"|every (?:line|one)|each(?: (?:one|line))?"
    r"|the (?:lot|whole (?:order|thing|lot)))(?![a-z])"
)


def of_every_kind(lines: Sequence[Line], new: Sequence[Line], reading: Reading) -> list[Line] | None:
    """ "Take both barrel waters off", 「两种水都改50」: each line that the one word may mean, the same way."""
    if len(new) != 1 or new[0].sku is not None or not (KINDS.search(reading.text) or EVERY.search(reading.text)):
        return None
    meant = [at for at, line in enumerate(lines) if line.sku in new[0].candidates]
    if len(meant) < PAIR:
        return None
    if new[0].quantity is None:
        return [line for at, line in enumerate(lines) if at not in meant] if REMOVE.search(reading.text) else None
    changed = [replace(line, quantity=quantity_after(line, new[0], new[0].quantity, reading.text)) for line in lines]
    return [changed[at] if at in meant else line for at, line in enumerate(lines)]


PAIR = 2
KINDS = re.compile(
    r"[两三](?:[个种样款]|味)|俩|都|全"
    r"|(?<![a-z])(?:both|the two|all(?: the| of the)?|every|each)(?![a-z])"
)


def by_category(lines: Sequence[Line], reading: Reading, briefing: Briefing, lexicon: Lexicon) -> list[Line] | None:
    """ "Drop the juice", 「茶减到30」: the lines of that category leave, or the one of them is changed."""
    if reading.of_kind("product") or not (
        REMOVE.search(reading.text) or LESS.search(reading.text) or SWAP.search(reading.text)
    ):
        return None
    category = lexicon.value("find_products", "category", reading.text)
    held = [at for at, line in enumerate(lines) if line.sku and briefing.categories.get(line.sku) == category]
    if category is None or not held or len(held) == len(lines) > 1:
        return None
    if not reading.quantities and (REMOVE.search(reading.text) or LEFT_OUT.search(reading.text)):
        return [line for at, line in enumerate(lines) if at not in held]
    return line_changed(lines, held[0], reading) if len(held) == 1 else None


LEFT_OUT = re.compile(r"(?<![a-z])(?:minus|less|without)(?![a-z])")


def only_these(lines: Sequence[Line], new: Sequence[Line], reading: Reading) -> list[Line] | None:
    """「水还是老样子，其他的不要」: the lines that are named, in other amounts where these are said, and no others."""
    found = OTHERS_GO.search(reading.text)
    if found is None or len(lines) < 2:
        return None
    behind = {code for one in reading.of_kind("product") if one.end > found.start() for code in one.codes}
    kept = [one for one in new if one.sku is not None and (found["just"] is None or one.sku in behind)]
    again = [(line, one) for line in lines for one in kept if one.sku == line.sku]
    if not again or len(again) >= len(lines):
        return None
    return [
        replace(old, quantity=one.quantity, unit=one.unit or old.unit) if one.quantity is not None else old
        for old, one in again
    ]


OTHERS_GO = re.compile(
    r"(?:其他|其它|其余|别的|剩下|另外)的?[几两]?[样个种款]?(?:都|全|就|先|统统)*(?:不要|不来|不订|不拿|不用"
    r"|去掉|删|免|取消|砍|撤)"
    r"|只(?:要|留|保留|下|订|拿)(?! ?[\d一二两三四五六七八九十百半])|(?<![a-z])(?:nothing else|(?:drop|skip"
    r"|leave out|remove|lose) (?:the rest"
    r"|everything else|the others?|all else)"
    r"|(?:just|only) keep the|keep (?:just|only))(?![a-z])"
    r"|(?<![a-z])(?P<just>just|only) the (?:[a-z]+ ?){1,3}(?:,? ?(?:please|thanks|then))?[.!]*$"
)


def as_many(new: Sequence[Line], model: Line) -> list[Line]:
    """「再来一样多的绿茶」: what says no amount has that of the last line."""
    return [line if line.quantity else replace(line, quantity=model.quantity, unit=model.unit) for line in new]


def like_the_other(lines: Sequence[Line], new: Sequence[Line]) -> list[Line] | None:
    """「冰红茶跟可乐一样多」, both on the draft: the first as many as the second."""
    if len(new) != 2 or any(line.quantity is not None for line in new):
        return None
    changed, model = (next((old for old in lines if old.sku == line.sku), None) for line in new)
    if changed is None or model is None:
        return None
    return [replace(line, quantity=model.quantity, unit=model.unit) if line is changed else line for line in lines]
