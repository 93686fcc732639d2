"""How a proposed replenishment reads: what is expected, how wrong such figures were, the sum, then the order itself."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from core.actor import Actor
from core.forecasts.classes import SERVICE
from core.forecasts.fitting import Fitted
from core.forecasts.ordering import Line, Plan
from core.forecasts.paths import Point, summed
from core.forecasts.replenishment import Cut
from core.money import ZERO, Amount
from core.orders.service import OrderDraft, Requested
from core.proposals.models import Proposal
from core.replies import Block, Column, Figure, Reply, Shown, Table, Text
from core.words import Words
from tools.account_replies import dealer_name
from tools.forecast_about import cases_words, error_figures, error_words, months_words, point_figures, whole
from tools.order_replies import impossible, shown_order, waiting_order
from tools.product_replies import called

MOST_LINES = 6
NAMED = 3


def proposed(fitted: Fitted, draft: OrderDraft, proposal: Proposal, words: Words, actor: Actor) -> Reply:
    """The reasons in a few lines, then the order with its button, as any other order."""
    order = (shown_order if draft.proposer_may else waiting_order)(proposal, words)
    lines = [
        *_expected(fitted.plan, words, actor),
        *_sum(fitted, words),
        *_notes(fitted, words),
        *_rebate(fitted, words),
    ]
    head = Reply((Text("\n".join(lines[:MOST_LINES])),), _figures(fitted), (), _arithmetic(fitted.plan, words))
    return head + order


def unplaceable(fitted: Fitted, draft: OrderDraft, words: Words, actor: Actor) -> Reply:
    """What would be needed, and why it can't be ordered now."""
    asked = tuple(Requested(line.product.sku, Decimal(line.cases), "case") for line in draft.lines)
    lines = [*_expected(fitted.plan, words, actor), *_sum(fitted, words)]
    head = Reply((Text("\n".join(lines[:MOST_LINES])),), _figures(fitted), (), _arithmetic(fitted.plan, words))
    return head + impossible(draft, asked, words)


def enough(fitted: Fitted, words: Words, actor: Actor) -> Reply:
    """Nothing to order, and how long what is there lasts; or nothing that can be had."""
    plan = fitted.plan
    if not plan.lines and not plan.enough:
        return Reply((Text(words("forecast.nothing_carried")),))
    lines = [*_expected(plan, words, actor)]
    if plan.lines:
        lines.append(words("replenish.none_to_be_had"))
        lines += _notes(fitted, words)
    elif len(plan.enough) == 1:
        lines.append(_enough_of(plan.enough[0], words))
    else:
        lines.append(words("replenish.enough", until=plan.basis.until - timedelta(days=1)))
    lines += _unknown_stock(plan, words)
    shown = tuple(Shown("product", line.product.sku) for line in (*plan.lines, *plan.enough)[:NAMED])
    more = _arithmetic(plan, words)
    return Reply((Text("\n".join(lines[:MOST_LINES])),), _figures(fitted), shown, more)


def _enough_of(line: Line, words: Words) -> str:
    key = "replenish.too_old" if Cut.SHELF_LIFE in line.suggestion.cuts else "replenish.enough_of"
    return words(
        key,
        product=called(line.product, words),
        stock=cases_words(line.need.stock, words),
        coming=cases_words(line.need.coming, words),
        days=line.cover if line.cover is not None else words("sales.unknown"),
    )


def _expected(plan: Plan, words: Words, actor: Actor) -> Iterable[str]:
    """The forecast of the months meant with its interval, and how wrong such forecasts were for this dealer."""
    basis, lines = plan.basis, (*plan.lines, *plan.enough)
    who = "" if actor.dealer_id is not None else words("account.of", dealer=dealer_name(basis.dealer, words))
    if len(lines) == 1 and (month := _months(lines[0], plan)) is not None:
        yield who + words(
            "replenish.expected",
            span=months_words(basis.months, words),
            product=called(lines[0].product, words),
            cases=cases_words(month.mean, words),
            low=words.number(whole(month.low80)),
            high=words.number(whole(month.high80)),
        )
    elif lines:
        total = sum((line.need.demand for line in lines), ZERO)
        until = basis.until - timedelta(days=1)
        yield who + words("replenish.expected_all", until=until, count=len(lines), cases=cases_words(total, words))
    if lines:
        yield error_words(plan.accuracy, words)


def _months(line: Line, plan: Plan) -> Point | None:
    points = [point for point in line.path if point.month in plan.basis.months]
    return summed(points) if points else None


def _sum(fitted: Fitted, words: Words) -> Iterable[str]:
    """Demand and safety less stock and goods on the way, for the one product; of several, how many are short."""
    plan = fitted.plan
    until = plan.basis.until - timedelta(days=1)
    if len(plan.lines) == 1:
        need = plan.lines[0].need
        yield words(
            "replenish.sum",
            until=until,
            demand=cases_words(need.demand, words),
            safety=cases_words(need.safety, words),
            stock=cases_words(need.stock, words),
            coming=cases_words(need.coming, words),
            missing=cases_words(need.missing, words),
        )
    else:
        yield words("replenish.sum_all", until=until, short=len(plan.lines), enough=len(plan.enough))
    yield from _unknown_stock(plan, words)


def _unknown_stock(plan: Plan, words: Words) -> Iterable[str]:
    unknown = [line for line in plan.lines if line.stock is None]
    if unknown:
        yield words(
            "replenish.stock_unknown" if len(plan.lines) == 1 else "replenish.some_stock_unknown", count=len(unknown)
        )
        return
    counted = [line.counted_on for line in plan.lines if line.counted_on is not None]
    if counted:
        yield words("replenish.stock_estimated", day=min(counted))


def _notes(fitted: Fitted, words: Words) -> Iterable[str]:
    """What was taken less of, and what made single lines other than the need."""
    for reason in ("stock", "credit"):
        skus = [sku for sku, why in fitted.cut.items() if why == reason]
        if skus:
            yield words(f"replenish.cut.{reason}", products=_listed(skus, words))
    for cut in (Cut.SHELF_LIFE, Cut.MINIMUM, Cut.PALLET):
        skus = [line.product.sku for line in fitted.plan.lines if cut in line.suggestion.cuts]
        if skus:
            yield words(f"replenish.cut.{cut}", products=_listed(skus, words))
    if fitted.raised:
        yield words("replenish.raised")


def _listed(skus: list[str], words: Words) -> str:
    named = words("list.comma").join(skus[:NAMED])
    return named if len(skus) <= NAMED else words("replenish.and_others", products=named, count=len(skus))


def _rebate(fitted: Fitted, words: Words) -> Iterable[str]:
    ahead = fitted.rebate
    if ahead is not None:
        key = "replenish.tier_reached" if ahead.reached else "replenish.tier_near"
        yield words(
            key,
            missing=Amount(ahead.missing, ahead.currency),
            threshold=Amount(ahead.tier.tier.threshold, ahead.currency),
            rate=words.percent(ahead.tier.tier.rate, 2),
        )


def _arithmetic(plan: Plan, words: Words) -> tuple[Block, ...]:
    """Each product's class, what it needs and what there is: for whoever wants to see how it was worked out."""
    lines = (*plan.lines, *plan.enough)
    if not lines:
        return ()
    columns = (
        Column(words("order.column_product")),
        Column(words("replenish.column_need"), "end"),
        Column(words("replenish.column_there"), "end"),
    )
    rows = tuple(
        (
            f"{line.product.sku} {line.product.name(words.tag)}（{line.abc}{line.xyz}）"
            if words.language == "zh"
            else f"{line.product.sku} {line.product.name(words.tag)} ({line.abc}{line.xyz})",
            f"{words.number(whole(line.need.demand))} + {words.number(whole(line.need.safety))}",
            f"{words.number(whole(line.need.stock))} + {words.number(whole(line.need.coming))}",
        )
        for line in lines
    )
    return Table(columns, rows, words("replenish.how")), Text(_safety(lines, words))


def _safety(lines: Sequence[Line], words: Words) -> str:
    """What the safety stock is kept for, by the classes of these products."""
    classes = sorted({line.abc for line in lines})
    told = [
        words(
            "replenish.safety_class",
            name=each,
            service=words.percent(SERVICE[each][0], 0),
            times=words.number(SERVICE[each][1].quantize(Decimal("0.01"))),
        )
        for each in classes
    ]
    return words("replenish.safety", classes=words("list.semicolon").join(told))


def _figures(fitted: Fitted) -> tuple[Figure, ...]:
    plan = fitted.plan
    figures = [
        *error_figures(plan.accuracy),
        Figure("date", (plan.basis.until - timedelta(days=1)).isoformat(), "", "until"),
    ]
    lines = (*plan.lines, *plan.enough)
    if len(lines) == 1 and (month := _months(lines[0], plan)) is not None:
        figures += point_figures(month, lines[0].product.sku)
    total = sum((line.need.demand for line in lines), ZERO)
    figures.append(Figure("quantity", str(whole(total)), "case", "expected demand"))
    figures.append(Figure("quantity", str(len(plan.lines)), "", "products to order"))
    figures.append(Figure("quantity", str(len(plan.enough)), "", "products with enough"))
    for line in lines:
        sku = line.product.sku
        values = (
            ("demand", line.need.demand),
            ("safety stock", line.need.safety),
            ("stock", line.need.stock),
            ("on the way", line.need.coming),
            ("missing", max(ZERO, line.need.missing)),
        )
        figures.append(Figure("code", sku))
        figures += [Figure("quantity", str(whole(value)), "case", f"{sku} {name}") for name, value in values]
        if line.cover is not None:
            figures.append(Figure("quantity", str(line.cover), "day", f"{sku} lasts"))
        if line.counted_on is not None:
            figures.append(Figure("date", line.counted_on.isoformat(), "", f"{sku} counted"))
    if fitted.rebate is not None:
        ahead = fitted.rebate
        figures.append(Figure("money", str(ahead.missing), ahead.currency, "missing to the next tier"))
        figures.append(Figure("money", str(ahead.tier.tier.threshold), ahead.currency, "next tier"))
        figures.append(Figure("percent", f"{ahead.tier.tier.rate * 100:f}", "%", "next tier"))
    return tuple(figures)
