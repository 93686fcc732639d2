"""How products and quotes read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from core.money import ZERO
from core.products.promotions import Offer, Priced, PromotionKind
from core.products.rules import ListPrice, Unit, nearest_cases
from core.products.rules import before_tax as without_tax
from core.products.service import CatalogueProduct, Quote
from core.replies import (
    Block,
    Button,
    Citation,
    Citations,
    Column,
    Figure,
    Reply,
    Shown,
    Table,
    Text,
    money_figure,
    say,
)
from core.words import Words

FIRST = 5


def called(product: CatalogueProduct, words: Words) -> str:
    """``W-550 矿泉水 550ml``: a code is never shown without its name."""
    return f"{product.sku} {product.name(words.tag)} {product.size}"


def some_products(found: Sequence[CatalogueProduct], total: int, query: str, words: Words) -> Reply:
    """One product with all its units, several as a table, none with a way on."""
    shown = tuple(Shown("product", product.sku) for product in found)
    figures = tuple(Figure("code", product.sku) for product in found)
    if not found:
        person = Button("person", words("button.person"), words("button.person.says"))
        return say(words("products.none", query=query) if query else words("products.none_at_all"), person)
    if len(found) == 1:
        return Reply((Text(_described(found[0], words)),), (*figures, *_pack_figures(found[0])), shown)
    columns = (
        Column(words("products.column_name")),
        Column(words("products.column_size")),
        Column(words("products.column_case"), "end"),
    )
    rows = [(f"{one.sku} {one.name(words.tag)}", one.size, f"1×{one.case}") for one in found]
    title = words("products.found", count=total)
    more: tuple[Block, ...] = (Table(columns, tuple(rows[FIRST:])),) if rows[FIRST:] else ()
    if total > len(found):
        more = (*more, Text(words("products.narrower", count=total - len(found))))
    counts = (Figure("quantity", str(total)), *(Figure("quantity", str(one.case), Unit.BOTTLE) for one in found))
    return Reply((Table(columns, tuple(rows[:FIRST]), title),), (*figures, *counts), shown, more)


def quoted(quote: Quote, words: Words, *, before_tax: bool = False) -> Reply:
    """The price first, then what makes it better, then what there is of it."""
    lines = [
        _price_line(quote, words),
        _net_line(quote, words) if before_tax else "",
        _not_whole(quote, words),
        _steps_line(quote.steps, quote.currency, words),
        *_offer_lines(quote, words),
        _terms_line(quote, words),
        stock_line(quote, words),
        _lot_and_packs(quote, words),
    ]
    first = Text("\n".join(line for line in lines if line))
    figures = (*_quote_figures(quote), *(_net_figures(quote) if before_tax else ()))
    return Reply((first, *_sources(quote, words)), figures, (Shown("product", quote.product.sku),))


def _lot_and_packs(quote: Quote, words: Words) -> str:
    packs = packs_line(quote.product, words)
    if quote.lot is None:
        return packs
    lot = words(
        "quote.lot",
        lot=quote.lot.number,
        produced_on=quote.lot.produced_on,
        expires_on=quote.lot.expires_on,
        shelf=quote.product.shelf_life_days,
    )
    return f"{lot}{words('list.semicolon')}{packs}"


def _price_line(quote: Quote, words: Words) -> str:
    name, money = called(quote.product, words), words.money(quote.price, quote.currency)
    each = words("quote.each", price=money, unit=words(f"unit.name.{Unit.CASE}"))
    if quote.unit != Unit.CASE:
        other = words.money(quote.unit_price, quote.currency)
        each += words("quote.or_each", price=other, unit=words(f"unit.name.{quote.unit}"))
    if quote.amount is None or quote.quantity is None:
        return words("quote.price", product=name, each=each)
    amount = words.money(quote.amount, quote.currency)
    return words(
        "quote.total", product=name, each=each, quantity=words.quantity(quote.quantity, quote.unit), amount=amount
    )


def _net_line(quote: Quote, words: Words) -> str:
    """The unit's price without tax and, of a quantity, its amount."""
    amounts = [words.money(Decimal(figure.value), quote.currency) for figure in _net_figures(quote)]
    unit = words("quote.a_unit", price=amounts[0], unit=words(f"unit.name.{quote.unit}"))
    key = "quote.before_tax_in_all" if len(amounts) > 1 else "quote.before_tax"
    return words(key, price=unit, amount=amounts[-1], rate=words.percent(quote.product.tax_rate))


def _net_figures(quote: Quote) -> tuple[Figure, ...]:
    rate, currency = quote.product.tax_rate, quote.currency
    amounts = [("before tax", quote.unit_price), *([("total before tax", quote.amount)] if quote.amount else [])]
    return tuple(money_figure(without_tax(amount, rate, currency), currency, label) for label, amount in amounts)


def _steps_line(steps: Sequence[ListPrice], currency: str, words: Words) -> str:
    if len(steps) < 2:
        return ""
    parts = [
        words("quote.step", quantity=words.quantity(row.from_cases, Unit.CASE), price=words.money(row.amount, currency))
        for row in steps
    ]
    return words("quote.steps", steps=words("list.comma").join(parts))


def _offer_lines(quote: Quote, words: Words) -> Iterable[str]:
    for offer in quote.offers:
        name = offer.names.get(words.language) or offer.code
        free = quote.free_products.get(offer.free_product_id or 0, quote.product)
        line = words("quote.offer", name=name, terms=offer_terms(offer, free, quote.currency, words))
        yield line + (words("promotions.until", day=offer.last_day) if offer.last_day else "")
        if quote.priced:
            yield from _free_line(quote, quote.priced, offer, words)


def _terms_line(quote: Quote, words: Words) -> str:
    """How many it takes at least, and that nothing runs on it: who asks for a promotion is told so."""
    least = quote.product.minimum_cases
    parts = [words("quote.minimum", quantity=words.quantity(least, Unit.CASE))] if least > 1 else []
    parts += [] if quote.offers else [words("quote.no_offer")]
    return words("list.semicolon").join(parts)


def _free_line(quote: Quote, priced: Priced, offer: Offer, words: Words) -> Iterable[str]:
    for gift in priced.free:
        if gift.offer.id == offer.id and quote.cases is not None:
            product = quote.free_products.get(gift.product_id, quote.product)
            line = words(
                "quote.paid_and_free",
                paid=words.quantity(quote.cases, Unit.CASE),
                free=words.quantity(gift.cases, Unit.CASE),
                product=f"{product.sku} {product.name(words.tag)}",
            )
            in_all = _in_all(quote, gift.product_id, gift.cases)
            yield line + (words("quote.in_all", quantity=words.quantity(in_all, Unit.CASE)) if in_all else "")


def _in_all(quote: Quote, free_product: int, free: int) -> int:
    """Cases paid and free together; 0 where what comes free is another product."""
    same = quote.free_products.get(free_product, quote.product) is quote.product
    return (quote.cases or 0) + free if same else 0


def offer_terms(offer: Offer, free: CatalogueProduct | None, currency: str, words: Words) -> str:
    """What a promotion gives, in a few words; ``free`` is the product that comes free."""
    match offer.kind:
        case PromotionKind.FREE_UNITS:
            return words(
                "quote.terms_free",
                buy=words.quantity(offer.buy_cases, Unit.CASE),
                free=words.quantity(offer.free_cases, Unit.CASE),
                product=f"{free.sku} {free.name(words.tag)}" if free else "",
            )
        case PromotionKind.THRESHOLD:
            scope = words(f"category.{offer.category}") if offer.category else words("quote.whole_order")
            return words(
                "quote.terms_threshold",
                scope=scope,
                threshold=words.money(offer.threshold, currency),
                discount=words.money(offer.discount, currency),
            )
        case _:
            return words("quote.terms_special", price=words.money(offer.special_price or ZERO, currency))


def stock_line(quote: Quote, words: Words) -> str:
    """What can be promised, and as of when; what ran out says when there is more."""
    as_of = time_of(quote.stock.known_at, quote.day.isoformat(), words)
    if quote.available_cases:
        return words("quote.stock", cases=words.quantity(quote.available_cases, Unit.CASE), as_of=as_of)
    if quote.stock.next_arrival is not None and quote.stock.next_arrival > quote.day:
        return words("quote.no_stock_until", as_of=as_of, day=quote.stock.next_arrival)
    return words("quote.no_stock", as_of=as_of, days=quote.product.lead_days)


def time_of(moment: datetime, today: str, words: Words) -> str:
    """``09:30`` today, with the day before it on another."""
    whole = words.moment(moment)
    return whole.removeprefix(today).strip()


def packs_line(product: CatalogueProduct, words: Words) -> str:
    """``1提 = 12瓶，1箱 = 24瓶，1托 = 60箱``, in the order of size."""
    parts = []
    for unit, bottles in sorted(product.packs.items(), key=lambda pair: pair[1]):
        if unit == Unit.PALLET and bottles % product.case == 0:
            parts.append(f"{words.quantity(1, unit)} = {words.quantity(bottles // product.case, Unit.CASE)}")
        elif unit != Unit.BOTTLE:
            parts.append(f"{words.quantity(1, unit)} = {words.quantity(bottles, Unit.BOTTLE)}")
    return words("list.comma").join(parts)


def _described(product: CatalogueProduct, words: Words) -> str:
    lines = [
        words("products.one", product=called(product, words), category=words(f"category.{product.category}")),
        packs_line(product, words),
        words(
            "products.terms", minimum=words.quantity(product.minimum_cases, Unit.CASE), shelf=product.shelf_life_days
        ),
    ]
    return "\n".join(lines)


def _not_whole(quote: Quote, words: Words) -> str:
    if quote.quantity is None or quote.cases is not None:
        return ""
    below, above = nearest_cases(quote.quantity, quote.unit, quote.product.packs)
    cases = [words.quantity(cases, Unit.CASE) for cases in (below, above) if cases > 0]
    return words("quote.whole_cases", case=quote.product.case, cases=words("list.or").join(cases))


def _sources(quote: Quote, words: Words) -> tuple[Block, ...]:
    sources = {(quote.listed.source, quote.listed.page), *((offer.source, offer.page) for offer in quote.offers)}
    title = words("quote.source")
    items = tuple(
        Citation(name, page, title)
        for name, page in sorted(sources, key=lambda one: (one[0] or "", one[1] or 0))
        if name
    )
    return (Citations(items),) if items else ()


def _pack_figures(product: CatalogueProduct) -> Iterable[Figure]:
    for unit, bottles in product.packs.items():
        yield Figure("quantity", str(bottles), Unit.BOTTLE, unit)
        if bottles % product.case == 0:
            yield Figure("quantity", str(bottles // product.case), Unit.CASE, unit)
    yield Figure("quantity", str(product.minimum_cases), Unit.CASE, "minimum")
    yield Figure("quantity", str(product.shelf_life_days), "day", "shelf life")


def _quote_figures(quote: Quote) -> tuple[Figure, ...]:
    currency, sku = quote.currency, quote.product.sku
    figures = [
        Figure("code", sku),
        money_figure(quote.price, currency, f"{sku} case"),
        money_figure(quote.unit_price, currency, f"{sku} {quote.unit}"),
        Figure("quantity", str(quote.available_cases), Unit.CASE, "available"),
        *_pack_figures(quote.product),
    ]
    for row in quote.steps:
        figures.append(money_figure(row.amount, currency, f"a case from {row.from_cases}"))
        figures.append(Figure("quantity", str(row.from_cases), Unit.CASE, "step"))
    for offer in quote.offers:
        figures += [
            Figure("quantity", str(offer.buy_cases), Unit.CASE, "buy"),
            Figure("quantity", str(offer.free_cases), Unit.CASE, "free"),
            money_figure(offer.threshold, currency, "threshold"),
            money_figure(offer.discount, currency, "discount"),
        ]
        if offer.last_day is not None:
            figures.append(Figure("date", offer.last_day.isoformat()))
    if quote.amount is not None:
        figures.append(money_figure(quote.amount, currency, "total"))
        figures.append(Figure("quantity", str(quote.quantity), quote.unit, "asked"))
    if quote.priced:
        figures += [Figure("quantity", str(gift.cases), Unit.CASE, "free") for gift in quote.priced.free]
        in_all = [_in_all(quote, gift.product_id, gift.cases) for gift in quote.priced.free]
        figures += [Figure("quantity", str(cases), Unit.CASE, "in all") for cases in in_all if cases]
    if quote.lot is not None:
        figures += [
            Figure("code", quote.lot.number),
            Figure("date", quote.lot.produced_on.isoformat()),
            Figure("date", quote.lot.expires_on.isoformat()),
            Figure("quantity", str(quote.product.shelf_life_days), "day", "shelf life"),
        ]
    return tuple(figures)


def decimal_words(value: Decimal) -> str:
    """A quantity as plain digits, for what a press says: ``10``, ``1.5``."""
    return f"{value.normalize():f}"
