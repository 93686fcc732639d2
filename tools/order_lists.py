"""How an order that was placed reads, and a list of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from core.actor import Actor
from core.orders.models import OrderLine, OrderState, Shipment
from core.orders.rules import CHANGEABLE
from core.orders.service import Listed, OrderView
from core.products.rules import Unit
from core.replies import Block, Column, Figure, Reply, Shown, Table, Text, say
from core.words import Words

SHIPMENTS = 2
FIRST = 5
NAMED = 3
ROWS = 8


def order_status_reply(found: OrderView, words: Words, actor: Actor, product: str | None = None) -> Reply:
    """The state first, then what is on its way; the lines wait behind ``more``.

    Of a ``product`` that is asked about, how much the order holds comes before all else.
    """
    order = found.order
    amount = words.money(order.amount, order.currency)
    lines = [
        words(
            "order.status",
            order=order.number,
            state=words(f"order.state.{order.state}"),
            amount=amount,
            cases=_cases(found, words),
        )
    ]
    if product is not None:
        lines.insert(0, _of_product(found, product, words))
    if order.reason:
        lines.append(words("order.reason", reason=order.reason))
    shipments = [_shipment(found, one, words) for one in order.shipments]
    lines += shipments[-SHIPMENTS:] or [words("order.state_means." + order.state)]
    if order.state == OrderState.PART_SHIPPED:
        lines.append(words("order.still_to_ship", lines=_still_to_ship(found, words)))
    lines.append(_content(found, words))
    if found.ship_to is not None:
        place = found.ship_to.name if words.language == "zh" else found.ship_to.name_en
        lines.append(words("order.ship_to", place=place))
    if order.wanted_on is not None and not order.shipments and order.state in CHANGEABLE:
        lines.append(words("order.wanted_on", day=order.wanted_on))
    if actor.dealer_id is None:
        dealer = found.dealer
        lines.append(f"{dealer.code} {dealer.name if words.language == 'zh' else dealer.name_en}")
    more: list[Block] = [_lines_table(found, words)]
    if shipments[:-SHIPMENTS]:
        more.insert(0, Text("\n".join(shipments[:-SHIPMENTS])))
    shown = (Shown("order", order.number), *(Shown("product", sku) for sku in _skus(found)))
    if actor.dealer_id is None:
        shown = (*shown, Shown("dealer", found.dealer.code))
    whole = _lines_table(found, words)
    listed = (replace(whole, rows=whole.rows[:ROWS]),) if len(_paid(found)) > NAMED else ()
    return Reply((Text("\n".join(lines)), *listed), tuple(_figures(found)), shown, tuple(more))


def _cases(found: OrderView, words: Words) -> str:
    said, free = words.quantity(found.cases, Unit.CASE), found.free_cases
    return words("order.free_among", cases=said, free=words.quantity(free, Unit.CASE)) if free else said


def _content(found: OrderView, words: Words) -> str:
    """The first products with their quantities, in a line; the table behind ``more`` has all."""
    paid = _paid(found)
    named = [
        f"{found.products[line.product_id].sku} {found.products[line.product_id].name(words.tag)} "
        f"{words.quantity(line.quantity, line.unit)}"
        for line in paid[:NAMED]
    ]
    said = words("list.comma").join(named)
    return said if len(paid) <= NAMED else words("order.and_more", lines=said, count=len(paid))


def _of_product(found: OrderView, sku: str, words: Words) -> str:
    """How much of one product it holds, free cases apart, or that there is none of it on it."""
    held = [line for line in found.order.lines if found.products[line.product_id].sku == sku]
    if not held:
        return words("order.holds_none", product=sku)
    name = found.products[held[0].product_id].name(words.tag)
    said = [
        words("order.free_part", cases=words.quantity(line.quantity, line.unit))
        if line.is_free
        else words.quantity(line.quantity, line.unit)
        for line in held
    ]
    return words("order.holds", product=f"{sku} {name}", cases=words("list.comma").join(said))


def _paid(found: OrderView) -> list[OrderLine]:
    return [line for line in found.order.lines if not line.is_free]


def _still_to_ship(found: OrderView, words: Words) -> str:
    return words("list.comma").join(
        f"{product.sku} {product.name(words.tag)} {words.quantity(cases, Unit.CASE)}"
        for product, cases in found.to_ship
    )


def _shipment(found: OrderView, shipment: Shipment, words: Words) -> str:
    key = "order.shipment_received" if shipment.received_on else "order.shipment_under_way"
    return words(
        key,
        carrier=shipment.carrier,
        tracking=shipment.tracking,
        cases=words.quantity(found.shipped(shipment), Unit.CASE),
        shipped_on=shipment.shipped_on,
        eta=shipment.eta,
        received_on=shipment.received_on or shipment.eta,
    )


def _lines_table(found: OrderView, words: Words) -> Table:
    columns = (
        Column(words("order.column_product")),
        Column(words("order.column_quantity"), "end"),
        Column(words("order.column_amount"), "end"),
    )
    rows = tuple(
        (
            f"{found.products[line.product_id].sku} {found.products[line.product_id].name(words.tag)}",
            words.quantity(line.quantity, line.unit),
            words("order.free_word") if line.is_free else words.money(line.amount, found.order.currency),
        )
        for line in found.order.lines
    )
    return Table(columns, rows)


def _figures(found: OrderView) -> Iterable[Figure]:
    order = found.order
    yield Figure("code", order.number)
    yield Figure("money", str(order.amount), order.currency, "order total")
    yield Figure("quantity", str(found.cases), Unit.CASE, "order")
    yield Figure("date", order.placed_on.isoformat())
    if order.wanted_on is not None:
        yield Figure("date", order.wanted_on.isoformat())
    for line in order.lines:
        yield from _line_figures(found, line)
    if order.state == OrderState.PART_SHIPPED:
        for product, cases in found.to_ship:
            yield Figure("quantity", str(cases), Unit.CASE, f"{product.sku} to ship")
    for one in order.shipments:
        yield Figure("code", one.tracking)
        yield Figure("quantity", str(found.shipped(one)), Unit.CASE, "shipped")
        yield Figure("date", one.shipped_on.isoformat())
        yield Figure("date", one.eta.isoformat())
        if one.received_on:
            yield Figure("date", one.received_on.isoformat())


def _line_figures(found: OrderView, line: OrderLine) -> Iterable[Figure]:
    sku = found.products[line.product_id].sku
    yield Figure("code", sku)
    yield Figure("quantity", str(line.quantity), line.unit, sku)
    yield Figure("money", str(line.price), found.order.currency, f"{sku} case")
    yield Figure("money", str(line.amount), found.order.currency, sku)


def _skus(found: OrderView) -> list[str]:
    return list(dict.fromkeys(found.products[line.product_id].sku for line in found.order.lines))


def listed(
    found: Sequence[Listed], total: int, sums: dict[str, Decimal], words: Words, *, several: bool, one_state: bool
) -> Reply:
    """How many and their sum first, then the latest; ``several`` dealers, or ``one_state`` only, may stand in it."""
    if not found:
        return say(words("order.none"))
    amounts = words("list.comma").join(words.money(value, currency) for currency, value in sorted(sums.items()))
    key = "order.listed_state" if one_state else "order.listed"
    first = words(key, count=total, amount=amounts) if sums else words("order.listed_void", count=total)
    columns = (
        Column(words("order.column_order")),
        Column(words("order.column_dealer") if several else words("order.column_state")),
        Column(words("order.column_amount"), "end"),
    )
    rows = tuple(_row(one, words, several=several) for one in found)
    more: list[Block] = [Table(columns, rows[FIRST:])] if rows[FIRST:] else []
    if total > len(found):
        more.append(Text(words("order.narrower", count=total - len(found))))
    figures = [Figure("quantity", str(total), "order", "orders")]
    figures += [Figure("money", str(value), currency, "sum") for currency, value in sums.items()]
    for one in found:
        figures.append(Figure("code", one.number))
        figures.append(Figure("money", str(one.amount), one.currency, one.number))
        figures.append(Figure("date", one.placed_on.isoformat()))
    shown = tuple(Shown("order", one.number) for one in found)
    return Reply((Text(first), Table(columns, rows[:FIRST])), tuple(figures), shown, tuple(more))


def _row(one: Listed, words: Words, *, several: bool) -> tuple[str, ...]:
    state = words(f"order.state.{one.state}")
    middle = f"{one.dealer_code} {state}" if several else state
    return one.number, middle, words.money(one.amount, one.currency)
