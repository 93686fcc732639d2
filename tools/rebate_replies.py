"""How a rebate reads: the amount, how it was worked out, what is missing, and the invoices behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.dealers.models import Dealer
from core.money import HUNDRED, ZERO, Amount
from core.rebates.service import Statement
from core.replies import Block, Citation, Citations, Column, Figure, Reply, Shown, Table, Text, money_figure
from core.words import Words
from tools.account_replies import dealer_name
from tools.spans import month_words, span_words


@dataclass(frozen=True, slots=True)
class RebateView:
    """The statements of the periods that touch the days asked about, in order; ``named`` where the reader looks
    after several dealers.
    """

    dealer: Dealer
    statements: tuple[Statement, ...]
    start: date
    end: date
    named: bool


def explained(view: RebateView, words: Words) -> Reply:
    """One period with its arithmetic; several as a table, each explained behind ``more``."""
    one = view.statements[0] if len(view.statements) == 1 else None
    blocks = _one(one, view, words) if one else _several(view, words)
    figures = [figure for statement in view.statements for figure in _figures(statement)]
    if one is None:
        figures.append(money_figure(_total(view), view.statements[0].currency, "rebate, all periods"))
    return Reply(
        (*blocks, *_sources(view, words)),
        tuple(figures),
        (Shown("dealer", view.dealer.code),),
        tuple(_more(view, words)),
    )


def _one(statement: Statement, view: RebateView, words: Words) -> tuple[Block, ...]:
    lines = [_who(view, words) + _headline(statement, words), *_arithmetic(statement, words)]
    lines += [*_next(statement, words), *_suspended(statement, words), *_other_period(view, words)]
    return (Text("\n".join(lines)),)


def _several(view: RebateView, words: Words) -> tuple[Block, ...]:
    currency = view.statements[0].currency
    key = "rebate.total_estimated" if any(one.estimated for one in view.statements) else "rebate.total"
    span = span_words(view.start, view.end, words)
    first = words(key, span=span, amount=Amount(_total(view), currency), cut_off=view.statements[-1].cut_off)
    rows = tuple(
        (_span(one, words), words.money(one.base, currency), _marked(one, words.money(one.amount, currency), words))
        for one in view.statements
    )
    columns = (
        Column(words("rebate.column_period")),
        Column(words("rebate.column_base"), "end"),
        Column(words("rebate.column_amount"), "end"),
    )
    notes = [*_other_period(view, words), *_suspended(view.statements[-1], words)]
    table = Table(columns, rows)
    return (Text(_who(view, words) + first), table, *((Text("\n".join(notes)),) if notes else ()))


def _who(view: RebateView, words: Words) -> str:
    return words("account.of", dealer=dealer_name(view.dealer, words)) if view.named else ""


def _headline(statement: Statement, words: Words) -> str:
    key = "rebate.estimated" if statement.estimated else "rebate.final"
    amount = Amount(statement.amount, statement.currency)
    return words(key, period=_span(statement, words), amount=amount, cut_off=statement.cut_off)


def _arithmetic(statement: Statement, words: Words) -> Iterable[str]:
    base = Amount(statement.base, statement.currency)
    if statement.tier is None:
        yield words("rebate.below_first", base=base)
        return
    sums = [f"{words.money(part.base, statement.currency)} × {percent(part.rate)}" for part in statement.arithmetic]
    amount = words.money(statement.amount, statement.currency)
    yield f"{' + '.join(sums)} = {amount}"
    tier = statement.tiers.index(statement.tier) + 1
    yield words(
        "rebate.tier_incremental" if statement.programme.form == "incremental" else "rebate.tier",
        tier=tier,
        threshold=Amount(statement.tier.threshold, statement.currency),
        rate=percent(statement.tier.rate),
    )


def _next(statement: Statement, words: Words) -> Iterable[str]:
    """How far the next tier is; of a period that is over, how far short of it the purchases stayed."""
    ahead = statement.next
    if ahead is None:
        if statement.estimated:
            yield words("rebate.top")
        return
    missing, bring = Amount(ahead.missing, statement.currency), Amount(ahead.would_bring, statement.currency)
    tier = statement.tiers.index(ahead.tier) + 1
    threshold, rate = Amount(ahead.tier.threshold, statement.currency), percent(ahead.tier.rate)
    key = "rebate.next" if statement.estimated else "rebate.missed"
    yield words(key, missing=missing, tier=tier, threshold=threshold, rate=rate, bring=bring)


def _suspended(statement: Statement, words: Words) -> Iterable[str]:
    if statement.suspended:
        key = "rebate.would_suspend" if statement.estimated else "rebate.suspended"
        limit = statement.programme.suspended_overdue_days or 0
        yield words(key, days=statement.overdue_days, limit=limit)


def _other_period(view: RebateView, words: Words) -> Iterable[str]:
    """Say so where another period was asked than the programme counts by."""
    first, last = view.statements[0], view.statements[-1]
    if (first.period.start, last.period.end) == (view.start, view.end) and len(view.statements) == 1:
        return
    if first.programme.rhythm != last.programme.rhythm:
        return
    rhythm = words(f"rebate.rhythm.{first.programme.rhythm}")
    asked = span_words(view.start, view.end, words)
    if len(view.statements) == 1 and first.period.start <= view.start and view.end <= first.period.end:
        yield words("rebate.within", rhythm=rhythm, asked=asked, period=_span(first, words))
    else:
        yield words("rebate.rhythm", rhythm=rhythm)


def _more(view: RebateView, words: Words) -> Iterable[Block]:
    if len(view.statements) > 1:
        for statement in view.statements:
            yield Text("\n".join([_headline(statement, words), *_arithmetic(statement, words)]))
        return
    statement = view.statements[0]
    yield _months(statement, words)
    if statement.invoices:
        yield _counted(statement, words)
    yield from _left_out(statement, words)


def _months(statement: Statement, words: Words) -> Table:
    columns = (
        Column(words("rebate.column_month")),
        Column(words("rebate.column_base"), "end"),
        Column(words("rebate.column_accrued"), "end"),
    )
    money = words.money
    rows = tuple(
        (month_words(m.start, words), money(m.base, statement.currency), money(m.accrued, statement.currency))
        for m in statement.months
    )
    return Table(columns, rows, words("rebate.by_month"))


def _counted(statement: Statement, words: Words) -> Table:
    columns = (
        Column(words("rebate.column_invoice")),
        Column(words("rebate.column_day")),
        Column(words("rebate.column_counted"), "end"),
    )
    rows = tuple(
        (one.number, words.day(one.day), words.money(one.counted, statement.currency)) for one in statement.invoices
    )
    title = words("rebate.invoices", period=_span(statement, words), count=len(rows))
    return Table(columns, rows, title)


def _left_out(statement: Statement, words: Words) -> Iterable[Block]:
    rows = tuple(
        (one.number, words(f"rebate.left_out.{reason}"), words.money(amount, statement.currency))
        for one in statement.invoices
        for reason, amount in sorted(one.left_out.items())
        if amount
    )
    if rows:
        columns = (
            Column(words("rebate.column_invoice")),
            Column(words("rebate.column_why")),
            Column(words("rebate.column_left_out"), "end"),
        )
        yield Table(columns, rows, words("rebate.left_out"))
    if any("free" in one.left_out for one in statement.invoices):
        yield Text(words("rebate.free_goods"))


def _sources(view: RebateView, words: Words) -> tuple[Block, ...]:
    pages = {
        (programme.source, programme.source_page): programme.name if words.language == "zh" else programme.name_en
        for programme in (statement.programme for statement in view.statements)
        if programme.source
    }
    items = tuple(Citation(source or "", page, title) for (source, page), title in pages.items())
    return (Citations(items),) if items else ()


def _marked(statement: Statement, amount: str, words: Words) -> str:
    return words("rebate.marked", amount=amount) if statement.estimated else amount


def _span(statement: Statement, words: Words) -> str:
    return span_words(statement.period.start, statement.period.end, words)


def _total(view: RebateView) -> Decimal:
    return sum((statement.amount for statement in view.statements), ZERO)


def percent(rate: Decimal) -> str:
    """As the policy writes it: ``2.0%``, ``1.25%``; never rounded."""
    plain = (rate * HUNDRED).normalize()
    exact = plain.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{exact if exact == plain else plain:f}%"


def _figures(statement: Statement) -> Iterable[Figure]:
    currency, code = statement.currency, statement.period.code
    yield money_figure(statement.amount, currency, f"rebate {code}")
    yield money_figure(statement.base, currency, f"purchases that count {code}")
    yield Figure("date", statement.cut_off.isoformat(), "", "cut-off")
    yield Figure("code", statement.programme.code)
    yield Figure("quantity", str(statement.overdue_days), "day", "overdue")
    if statement.programme.suspended_overdue_days is not None:
        yield Figure("quantity", str(statement.programme.suspended_overdue_days), "day", "overdue that suspends")
    for place, tier in enumerate(statement.tiers, 1):
        yield money_figure(tier.threshold, currency, f"threshold of tier {place}")
        yield Figure("percent", f"{(tier.rate * HUNDRED).normalize():f}", "%", f"rate of tier {place}")
        yield Figure("quantity", str(place), "", "tier")
    for place, part in enumerate(statement.arithmetic if len(statement.arithmetic) > 1 else (), 1):
        yield money_figure(part.base, currency, f"part {place}")
        yield Figure("percent", f"{(part.rate * HUNDRED).normalize():f}", "%", f"rate of part {place}")
    if statement.next:
        yield money_figure(statement.next.missing, currency, "to the next tier")
        yield money_figure(statement.next.would_bring, currency, "rebate at the next tier")
        yield money_figure(statement.next.would_bring - statement.amount, currency, "gain at the next tier")
    for month in statement.months:
        yield money_figure(month.base, currency, f"purchases that count {month.start:%Y-%m}")
        yield money_figure(month.accrued, currency, f"rebate added {month.start:%Y-%m}")
    for one in statement.invoices:
        yield Figure("code", one.number)
        yield Figure("date", one.day.isoformat())
        yield money_figure(one.counted, currency, one.number)
        for reason, amount in one.left_out.items():
            yield money_figure(amount, currency, f"{one.number} not counted: {reason}")
