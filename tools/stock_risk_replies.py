"""How risks of stock read: how many of each first, then the most urgent, the rest behind ``more``."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from core.actor import Actor
from core.forecasts.risks import Holding, Risk
from core.forecasts.transfers import Transfer
from core.forecasts.watching import OldLot, Watch, Watched
from core.replies import Block, Column, Figure, Reply, Shown, Table, Text
from core.words import Words
from tools.forecast_about import about, cases_words, whole

FIRST = 5
REST = 30


def watched(found: Watch, risk: str | None, words: Words, actor: Actor) -> Reply:
    """One kind where it was asked for, else stock-outs and what lies too long in a few rows each."""
    who = about(found.subject, actor, words)
    kinds = [one for one in (Risk.STOCK_OUT, Risk.OVERSTOCK) if risk in {None, one}]
    lots = found.lots if risk in {None, Risk.SHORT_DATED} else ()
    moves = found.transfers if risk in {None, "transfer"} else ()
    risks = [one for kind in kinds for one in found.of(kind)]
    lines = [words("risks.headline", about=who, day=found.day), *_counts(found, kinds, lots, moves, words)]
    if found.unreported and kinds:
        lines.append(words("risks.unreported", count=found.unreported))
    if not risks and not lots and not moves:
        if found.sole is not None:
            return _lasts(found, found.sole, who, words)
        return Reply((Text("\n".join([words("risks.none", about=who, day=found.day), *lines[2:]])),), _counted(found))
    tables: list[Block] = []
    rest: list[Block] = []
    several = actor.dealer_id is None and found.subject.dealer is None
    first = FIRST if len([part for part in (*(found.of(kind) for kind in kinds), lots, moves) if part]) == 1 else 3
    for kind in kinds:
        _add(tables, rest, _risk_table(kind, found.of(kind), words, several=several), first)
    _add(tables, rest, _lot_table(lots, words), first if risk == Risk.SHORT_DATED else 0)
    _add(tables, rest, _move_table(moves, words), first if risk == "transfer" else 0)
    if not tables and rest:
        tables, rest = rest[:1], rest[1:]
    shown = tuple(Shown("product", one.product.sku) for one in risks[:FIRST])
    figures = (*_counted(found), *_figures(risks, lots, moves))
    return Reply((Text("\n".join(lines)), *tables), figures, shown, tuple(rest))


def _lasts(found: Watch, held: Holding, who: str, words: Words) -> Reply:
    """How long the one product asked about lasts."""
    stock, coming = cases_words(held.stock, words), cases_words(held.coming, words)
    key = "risks.lasts_on" if held.cover is None else "risks.lasts"
    until = found.day + timedelta(days=held.cover or 0)
    text = words(key, about=who, stock=stock, coming=coming, days=held.cover or 0, until=until, day=found.day)
    figures = (
        Figure("quantity", str(whole(held.stock)), "case", "stock"),
        Figure("quantity", str(whole(held.coming)), "case", "on the way"),
        Figure("quantity", str(held.cover or 0), "day", "lasts"),
        Figure("date", until.isoformat(), "", "lasts until"),
    )
    product = found.subject.product
    return Reply((Text(text),), figures, (Shown("product", product.sku),) if product else ())


def _counts(
    found: Watch, kinds: Sequence[Risk], lots: Sequence[OldLot], moves: Sequence[Transfer], words: Words
) -> Iterable[str]:
    parts = [words(f"risks.count.{kind}", count=len(found.of(kind))) for kind in kinds]
    if lots:
        parts.append(words("risks.count.short_dated", count=len(lots)))
    if moves:
        parts.append(words("risks.count.transfer", count=len(moves)))
    if parts:
        yield words("list.semicolon").join(parts)


def _add(tables: list[Block], rest: list[Block], table: Table | None, first: int) -> None:
    """The first rows of a table are shown, the others wait."""
    if table is None:
        return
    if first:
        tables.append(Table(table.columns, table.rows[:first], table.title))
    if table.rows[first:]:
        rest.append(Table(table.columns, table.rows[first:REST], table.title))


def _risk_table(kind: Risk, found: Sequence[Watched], words: Words, *, several: bool) -> Table | None:
    if not found:
        return None
    columns = (
        Column(words("risks.column_what")),
        Column(words("risks.column_stock"), "end"),
        Column(words(f"risks.column.{kind}"), "end"),
    )
    rows = tuple((_what(one, words, several=several), _held(one, words), _when(one, words)) for one in found)
    return Table(columns, rows, words(f"risks.title.{kind}"))


def _what(one: Watched, words: Words, *, several: bool) -> str:
    product = f"{one.product.sku} {one.product.name(words.tag)}"
    return f"{one.dealer_code} · {product}" if several else product


def _held(one: Watched, words: Words) -> str:
    stock = cases_words(one.holding.stock, words)
    if not one.holding.coming:
        return stock
    return f"{stock} + {words.number(whole(one.holding.coming))}"


def _when(one: Watched, words: Words) -> str:
    if one.threat.days is None or one.threat.day is None:
        return words("risks.never")
    days = words("sales.days", days=one.threat.days)
    return words("risks.out_on", day=one.threat.day) if one.threat.risk is Risk.STOCK_OUT else days


def _lot_table(lots: Sequence[OldLot], words: Words) -> Table | None:
    if not lots:
        return None
    columns = (
        Column(words("risks.column_what")),
        Column(words("risks.column_stock"), "end"),
        Column(words("risks.column.short_dated"), "end"),
    )
    rows = tuple(
        (
            f"{lot.product.sku} {lot.product.name(words.tag)} {lot.number}",
            words.quantity(lot.cases, "case"),
            words("sales.days", days=lot.days_left) if lot.days_left > 0 else words("risks.expired"),
        )
        for lot in lots
    )
    return Table(columns, rows, words("risks.title.short_dated"))


def _move_table(moves: Sequence[Transfer], words: Words) -> Table | None:
    if not moves:
        return None
    columns = (
        Column(words("order.column_product")),
        Column(words("risks.column_move")),
        Column(words("order.column_quantity"), "end"),
    )
    rows = tuple((one.sku, f"{one.giver} → {one.taker}", words.quantity(one.cases, "case")) for one in moves)
    return Table(columns, rows, words("risks.title.transfer"))


def _counted(found: Watch) -> tuple[Figure, ...]:
    counts = (
        ("stock-outs", len(found.of(Risk.STOCK_OUT))),
        ("overstocks", len(found.of(Risk.OVERSTOCK))),
        ("short-dated lots", len(found.lots)),
        ("transfers", len(found.transfers)),
        ("dealers without a report", found.unreported),
    )
    figures = (Figure("quantity", str(count), "", label) for label, count in counts)
    return (*figures, Figure("date", found.day.isoformat(), "", "as of"))


def _figures(risks: Sequence[Watched], lots: Sequence[OldLot], moves: Sequence[Transfer]) -> Iterable[Figure]:
    for one in risks[: 2 * REST]:
        label = f"{one.dealer_code} {one.product.sku}"
        yield Figure("code", one.dealer_code)
        yield Figure("code", one.product.sku)
        yield Figure("quantity", str(whole(one.holding.stock)), "case", f"{label} stock")
        yield Figure("quantity", str(whole(one.holding.coming)), "case", f"{label} on the way")
        if one.threat.day is not None:
            yield Figure("quantity", str(one.threat.days), "day", f"{label} lasts")
            yield Figure("date", one.threat.day.isoformat(), "", label)
    for lot in lots[:REST]:
        yield Figure("code", lot.number, "", lot.product.sku)
        yield Figure("quantity", str(lot.cases), "case", lot.number)
        yield Figure("quantity", str(lot.days_left), "day", lot.number)
    for move in moves[:REST]:
        for code in (move.sku, move.giver, move.taker):
            yield Figure("code", code)
        yield Figure("quantity", str(move.cases), "case", f"{move.sku} {move.giver} {move.taker}")
