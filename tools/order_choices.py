"""Ways out of an order that can't be made as asked: buttons that say the whole order another way."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from core.orders.drafts import OrderDraft, Requested
from core.products.rules import Unit
from core.words import Words
from tools.product_replies import decimal_words

Swap = tuple[str, str, Decimal]
"""The code that was asked for, the one to take, and how many cases of it."""


def ways_out(draft: OrderDraft, asked: Sequence[Requested], words: Words) -> list[tuple[str, str]]:
    """Label and words of each; only one line differs, the others are said as they were asked for."""
    named = {line.sku.strip().upper() for line in asked}
    ways = [
        (_says(other, cases, Unit.CASE, words), _whole(_said(asked, (sku, other, cases), words), draft, words))
        for sku, other, cases in _swaps(draft)
        if sku.upper() in named
    ]
    for problem in draft.problems:
        for place in problem.params.get("places", ()):
            lines = words("list.comma").join(_said(asked, None, words))
            key = "order.says_to" if lines and draft.order is None else "order.says_place"
            ways.append((place[words.language], words(key, lines=lines, place=place[words.language])))
    return ways


def _swaps(draft: OrderDraft) -> Iterator[Swap]:
    """What the warehouse has now, then substitutes; whole cases around a broken one; a minimum that was missed."""
    if not any(problem.key == "order.credit_short" for problem in draft.problems):
        for short in draft.shortages:
            sku = short.product.sku
            if short.able >= short.product.minimum_cases:
                yield sku, sku, Decimal(short.able)
            for one in short.instead:
                yield sku, one.product.sku, Decimal(short.wanted)
    for problem in draft.problems:
        for key in ("below", "above", "minimum"):
            if problem.product is not None and key in problem.params:
                yield problem.product.sku, problem.product.sku, Decimal(problem.params[key])


def _said(asked: Sequence[Requested], swap: Swap | None, words: Words) -> Iterable[str]:
    for line in asked:
        if swap is not None and line.sku.strip().upper() == swap[0].upper():
            yield _says(swap[1], swap[2], Unit.CASE, words)
        else:
            yield _says(line.sku, line.quantity, line.unit or Unit.CASE, words)


def _whole(lines: Iterable[str], draft: OrderDraft, words: Words) -> str:
    said = words("list.comma").join(lines)
    return said if draft.order is None else words("order.says_change", lines=said)


def _says(sku: str, quantity: Decimal, unit: str, words: Words) -> str:
    key = f"unit.{unit}.one" if quantity == 1 else f"unit.{unit}"
    return f"{sku} {words(key, quantity=decimal_words(quantity))}"
