"""How a forecast reads: the amount first and its interval, how wrong such ones were, months, dealers, a chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.actor import Actor, Permission
from core.forecasts.assuming import Assumed
from core.forecasts.paths import Point, summed
from core.forecasts.responses import NoResponse, Response
from core.forecasts.service import Outlook, Part
from core.replies import Block, Button, Buttons, Column, Figure, Reply, Shown, Table, Text
from core.words import Words
from tools.forecast_about import (
    about,
    cases_words,
    chart,
    error_figures,
    error_words,
    months_words,
    named,
    percent_figure,
    point_figures,
    shown,
    whole,
)
from tools.spans import month_words

DEALERS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast as it is told: as it stands, under what was assumed, and by dealer where there are several."""

    outlook: Outlook
    assumed: Assumed
    parts: tuple[Part, ...]
    actor: Actor

    @property
    def months(self) -> tuple[Point, ...]:
        """The months asked for, under what was assumed."""
        return self.assumed.points


def foreseen(told: Told, words: Words) -> Reply:
    """A month in words, several as a table, the dealers behind ``more``."""
    found, total = told.outlook, summed(told.months)
    subject = found.subject
    lines = [_headline(told, total, words), *_assumption(told, total, words)]
    lines += [error_words(found.accuracy, words), words("forecast.stands_on", cut_off=found.cut_off)]
    title = words("forecast.chart", about=about(subject, told.actor, words))
    blocks: list[Block] = [Text("\n".join(lines)), *_months(told, words)]
    blocks += [chart(found, told.months, title, words), *_way_on(told, words)]
    figures = [*point_figures(total, "total"), *error_figures(found.accuracy), *_figures(told)]
    dealers = tuple(Shown("dealer", part.dealer_code) for part in told.parts[:DEALERS])
    return Reply(tuple(blocks), tuple(figures), (*shown(subject), *dealers), tuple(_dealers(told, words)))


def _headline(told: Told, total: Point, words: Words) -> str:
    return words(
        "forecast.headline",
        span=months_words([point.month for point in told.months], words),
        about=about(told.outlook.subject, told.actor, words),
        cases=cases_words(total.mean, words),
        low=words.number(whole(total.low80)),
        high=words.number(whole(total.high80)),
    )


def _assumption(told: Told, total: Point, words: Words) -> Iterable[str]:
    """What was assumed, against leaving it; and where the history can't carry it, that it was left out."""
    given = told.assumed.assumption
    if given.empty:
        return
    said = []
    if given.price is not None and not isinstance(told.assumed.response, NoResponse):
        said.append(words("forecast.assumed_price", change=_signed(given.price, words)))
    if given.factor is not None:
        said.append(words("forecast.assumed_factor", change=_signed(given.factor, words)))
    if said:
        yield _compared(words("list.comma").join(said), told.outlook.total, total, words)
    match told.assumed.response:
        case NoResponse() as none:
            change = _signed(given.price or Decimal(0), words)
            why = words(f"forecast.response.{none.reason}", changes=none.changes)
            yield words("forecast.price_left_out", change=change, why=why)
        case Response() as response:
            low, high = (words.number(Decimal(str(round(abs(end), 2)))) for end in (response.high, response.low))
            yield words("forecast.price_response", low=low, high=high)


def _compared(said: str, base: Point, total: Point, words: Words) -> str:
    change = total.mean - base.mean
    sign = "+" if change > 0 else ""
    return words(
        "forecast.assumed",
        said=said,
        base=cases_words(base.mean, words),
        change=f"{sign}{cases_words(change, words)}",
    )


def _signed(share: Decimal, words: Words) -> str:
    return ("+" if share > 0 else "") + words.percent(share)


def _months(told: Told, words: Words) -> tuple[Block, ...]:
    if len(told.months) == 1:
        return ()
    columns = (
        Column(words("sales.by.month")),
        Column(words("forecast.column_cases"), "end"),
        Column(words("forecast.band80"), "end"),
    )
    rows = tuple(
        (month_words(point.month, words, year=True), cases_words(point.mean, words), interval_words(point, words))
        for point in told.months
    )
    return (Table(columns, rows),)


def interval_words(point: Point, words: Words) -> str:
    """``250–410``."""
    return f"{words.number(whole(point.low80))}–{words.number(whole(point.high80))}"


def _way_on(told: Told, words: Words) -> tuple[Block, ...]:
    """From the number to an order, in one press."""
    subject = told.outlook.subject
    if subject.dealer is None or subject.product is None or not told.actor.may(Permission.ORDERS_DRAFT):
        return ()
    says = words(
        "forecast.stock_up.says",
        span=months_words([point.month for point in told.months], words),
        product=f"{subject.product.sku} {subject.product.name(words.tag)}",
        dealer="" if told.actor.dealer_id is not None else subject.dealer.code,
    )
    return (Buttons((Button("choose:1", words("forecast.stock_up"), says=says.strip()),)),)


def _dealers(told: Told, words: Words) -> Iterable[Block]:
    if told.parts:
        columns = (Column(words("sales.by.dealer")), Column(words("forecast.column_cases"), "end"))
        rows = tuple(
            (f"{part.dealer_code} {named(part.dealer_names, words)}", cases_words(part.cases, words))
            for part in told.parts[:DEALERS]
        )
        yield Table(columns, rows, words("forecast.by_dealer", count=len(told.parts)))


def _figures(told: Told) -> Iterable[Figure]:
    base, total = told.outlook.total.mean, summed(told.months).mean
    yield Figure("date", told.outlook.cut_off.isoformat(), "", "cut-off")
    if told.outlook.subject.product is not None:
        yield Figure("code", told.outlook.subject.product.sku)
    given = told.assumed.assumption
    if not given.empty:
        yield Figure("quantity", str(whole(base)), "case", "without the assumption")
        yield Figure("quantity", str(abs(whole(total - base))), "case", "change by the assumption")
    for label, share in (("price change", given.price), ("factor", given.factor)):
        if share is not None:
            yield percent_figure(abs(share), label)
    if len(told.months) > 1:
        for point in told.months:
            yield from point_figures(point, point.month.isoformat()[:7])
    for part in told.parts[:DEALERS]:
        yield Figure("code", part.dealer_code)
        yield Figure("quantity", str(whole(part.cases)), "case", part.dealer_code)
