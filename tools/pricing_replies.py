"""How advice on a price reads: what to do, what demand did so far and how sure that is, or why nothing can be said."""

from collections.abc import Iterable
from decimal import Decimal

from core.actor import Actor
from core.forecasts.pricing import Advice, Change
from core.forecasts.responses import NoResponse, Response
from core.money import Amount
from core.replies import Block, Column, Figure, Reply, Table, Text
from core.words import Words
from tools.forecast_about import about, percent_figure, shown


def advised(found: Advice, words: Words, actor: Actor) -> Reply:
    """A refusal is an answer too: it says what the history lacks."""
    who = about(found.subject, actor, words)
    floor = words("price.floor", listed=Amount(found.listed, found.currency), floor=Amount(found.floor, found.currency))
    if isinstance(found.found, NoResponse):
        why = words(f"forecast.response.{found.found.reason}", changes=found.found.changes)
        lines = [words("price.cant_tell", about=who), why, words("price.seen", months=found.found.months), floor]
    else:
        lines = [*_best(found, who, words), _response(found.found, words), floor]
    blocks: list[Block] = [Text("\n".join(lines)), *_table(found, words)]
    return Reply(tuple(blocks), tuple(_figures(found)), shown(found.subject))


def _best(found: Advice, who: str, words: Words) -> Iterable[str]:
    best = found.best
    if best is None:
        yield words("price.keep", about=who)
        return
    yield words(
        "price.suggested",
        about=who,
        price=Amount(best.price, found.currency),
        change=words.percent(-best.change, 0),
        paid=best.paid,
    )
    yield words(
        "price.brings",
        cases=_gain(best.cases[0], words),
        low=_gain(best.cases[1], words),
        high=_gain(best.cases[2], words),
        turnover=_gain(best.turnover[0], words),
    )


def _response(response: Response, words: Words) -> str:
    low, high = sorted((abs(response.low), abs(response.high)))
    return words(
        "price.response",
        mean=_two(abs(response.elasticity)),
        low=_two(low),
        high=_two(high),
        months=response.months,
        changes=response.changes,
    )


def _two(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _gain(part: Decimal, words: Words) -> str:
    """``+4.2%``."""
    change = part - 1
    return ("+" if change > 0 else "") + words.percent(change)


def _table(found: Advice, words: Words) -> Iterable[Block]:
    if found.tried:
        columns = (
            Column(words("price.column_change")),
            Column(words("price.column_cases"), "end"),
            Column(words("price.column_turnover"), "end"),
        )
        rows = tuple((_named(one, found.currency, words), *_ranges(one, words)) for one in found.tried)
        yield Table(columns, rows)


def _named(change: Change, currency: str, words: Words) -> str:
    price = words.money(change.price, currency)
    return f"{words.percent(change.change, 0)} {price}"


def _ranges(change: Change, words: Words) -> tuple[str, str]:
    cases = f"{_gain(change.cases[1], words)} … {_gain(change.cases[2], words)}"
    return cases, f"{_gain(change.turnover[1], words)} … {_gain(change.turnover[2], words)}"


def _figures(found: Advice) -> Iterable[Figure]:
    yield Figure("money", str(found.listed), found.currency, "list price")
    yield Figure("money", str(found.floor), found.currency, "lowest list price")
    yield Figure("quantity", str(found.found.months), "month", "history")
    yield Figure("quantity", str(found.found.changes), "", "price changes")
    if isinstance(found.found, Response):
        for label, end in (("mean", found.found.elasticity), ("low", found.found.low), ("high", found.found.high)):
            yield Figure("quantity", str(_two(abs(end))), "", f"elasticity {label}")
    for one in found.tried:
        yield Figure("money", str(one.price), found.currency, f"at {one.change}")
        yield Figure("quantity", str(one.paid), "case", f"paid for one free at {one.change}")
        yield percent_figure(abs(one.change), "price change")
        for label, values in (("cases", one.cases), ("turnover", one.turnover)):
            for value in values:
                yield percent_figure(abs(value - 1), f"{label} at {one.change}")
