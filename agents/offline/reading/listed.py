"""Lists of products with bare numbers, one a line or in a row: "Green tea - 30", 小绿20小红10."""

import re
from collections.abc import Sequence

from agents.offline.reading.named import Mention
from core.language.quantities import Quantity

MARKER = re.compile(r"^[ \t]*(?:[-•*·–—●▪>]+(?!\d)|[(（]?\d{1,2}(?:[.](?!\d)|[、)）．]))[ \t]*")
AFTER_NAME = re.compile(r" ?(?:[:x×*=\-,、.]|要|来|拿|订|共|是|各)? ?")
BEFORE_NAME = re.compile(r" ?(?:[x×*]|of(?: (?:the|your|those|that))?)? ?")
OF = re.compile(r" ?of (?:(?:the|your|those|that) )?")
FEWEST = 2


def one_a_line(message: str) -> str:
    """The message with the ends of its lines as ends of clauses, and without the marks before the items of a list."""
    lines = [line for line in message.split("\n") if line.strip()]
    if len(lines) < FEWEST:
        return message
    bare = [MARKER.sub("", line).strip() for line in lines]
    return "; ".join(line.rstrip(" ;；,，") for line in bare if line)


def counted_by_place(
    text: str, mentions: Sequence[Mention], loose: Sequence[Quantity], counted: Sequence[Quantity]
) -> tuple[Quantity, ...]:
    """All quantities, where bare numbers stand right beside products; empty where such a number could mean anything.

    One product with one bare number is no list; two of them are, or one beside lines that have their units.
    """
    products = sorted((m for m in mentions if m.kind == "product"), key=lambda mention: mention.start)
    bare = [number for number in loose if all(_apart(number.span, known.span) for known in counted)]
    after, before = _beside(text, products, bare, behind=True), _beside(text, products, bare, behind=False)
    found, others = (after, before) if len(after) >= len(before) else (before, after)
    found = [*found, *(one for one in others if one not in found)]  # "60 green tea, no wait, water 160"
    several = len(products) >= FEWEST or any(_of(text, number, products) for number in found)
    if not found or len(found) + len(counted) < FEWEST or not several:
        return ()
    return tuple(sorted([*counted, *found], key=lambda quantity: quantity.span))


def _of(text: str, number: Quantity, products: Sequence[Mention]) -> bool:
    """ "And 2 of green tea": a number that says of what."""
    gaps = (text[number.span[1] : product.start] for product in products if number.span[1] <= product.start)
    return any(OF.fullmatch(gap) for gap in gaps)


def _beside(text: str, products: Sequence[Mention], bare: Sequence[Quantity], *, behind: bool) -> list[Quantity]:
    """The numbers that stand right behind a product, or right before one, with nothing but a sign between them."""
    found = []
    for product in products:
        for number in bare:
            between = (product.end, number.span[0]) if behind else (number.span[1], product.start)
            sign = AFTER_NAME if behind else BEFORE_NAME
            if between[0] <= between[1] and sign.fullmatch(text, *between) and number not in found:
                found.append(number)
    return found


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] <= other[0] or one[0] >= other[1]
