"""How the promotions that run read."""

from collections.abc import Sequence

from core.products.promotions import PromotionKind
from core.products.rules import Unit
from core.products.running import Running
from core.replies import Block, Citation, Citations, Figure, Reply, Shown, Text, money_figure
from core.words import Words
from tools.product_replies import offer_terms

FIRST = 5


def promotions(found: Sequence[Running], currency: str, words: Words) -> Reply:
    """One a line with its last day, in ``currency`` where it has none; beyond the first few behind a button."""
    if not found:
        return Reply((Text(words("promotions.none")),))
    lines = [_line(one, one.offer.currency or currency, words) for one in found]
    head = words("promotions.running", count=len(found))
    blocks: list[Block] = [Text("\n".join([head, *lines[:FIRST]])), *_sources(found, words)]
    more: tuple[Block, ...] = (Text("\n".join(lines[FIRST:])),) if lines[FIRST:] else ()
    figures = tuple(figure for one in found for figure in _figures(one, one.offer.currency or currency))
    shown = tuple(Shown("product", one.product.sku) for one in found if one.product is not None)
    return Reply(tuple(blocks), (Figure("quantity", str(len(found))), *figures), shown, more)


def _line(one: Running, currency: str, words: Words) -> str:
    offer = one.offer
    name = offer.names.get(words.language) or offer.code
    if offer.kind == PromotionKind.SPECIAL_PRICE and one.product is not None:
        name = f"{one.product.sku} {name}"
    line = words("promotions.one", name=name, terms=offer_terms(offer, one.free, currency, words))
    if one.until is not None:
        line += words("promotions.until", day=one.until)
    if one.where is not None:
        line += words("promotions.where", region=one.where.get(words.language) or one.where["en"])
    return line


def _sources(found: Sequence[Running], words: Words) -> tuple[Block, ...]:
    sources = sorted({(one.offer.source, one.offer.page or 0) for one in found if one.offer.source})
    items = tuple(Citation(str(name), page or None, words("promotions.source")) for name, page in sources)
    return (Citations(items),) if items else ()


def _figures(one: Running, currency: str) -> list[Figure]:
    offer = one.offer
    figures = [
        Figure("quantity", str(offer.buy_cases), Unit.CASE, "buy"),
        Figure("quantity", str(offer.free_cases), Unit.CASE, "free"),
        money_figure(offer.threshold, currency, "threshold"),
        money_figure(offer.discount, currency, "discount"),
    ]
    if offer.special_price is not None:
        figures.append(money_figure(offer.special_price, currency, "special price"))
    if one.until is not None:
        figures.append(Figure("date", one.until.isoformat()))
    figures += [Figure("code", product.sku) for product in (one.product, one.free) if product is not None]
    return figures
