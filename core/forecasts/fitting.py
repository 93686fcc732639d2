"""Making a plan an order that can be placed: within what the warehouse has and the credit bears, above the minimum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.forecasts.ordering import Line, Plan
from core.money import ZERO, Amount
from core.orders import service as orders
from core.orders.service import OrderDraft
from core.rebates import service as rebates
from core.rebates.rules import NextTier
from core.rebates.service import NoProgramme, NotBegun

ROUNDS = 5
WORTH_SAYING = Decimal("0.5")  # a next tier that half of the order again would reach


@dataclass(frozen=True, slots=True)
class NextRebate:
    """The next tier of the running rebate, held against an order: what is still missing after it."""

    missing: Decimal
    currency: str
    tier: NextTier
    reached: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A plan as an order: ``draft`` is None where nothing is needed. ``cut`` names, by code, what was taken less of
    than needed, and why (``stock`` or ``credit``); ``raised``: cases were added to reach the least order.
    """

    plan: Plan
    draft: OrderDraft | None
    cut: Mapping[str, str]
    raised: bool = False
    rebate: NextRebate | None = None


async def fit(session: AsyncSession, actor: Actor, plan: Plan, now: datetime, fiscal_year_start: int = 1) -> Fitted:
    """Draft, see what stands in the way, take less where that helps; what can't be helped stays in the draft."""
    cases = {line.product.sku: line.suggestion.cases for line in plan.lines}
    cut: dict[str, str] = {}
    raised, draft = False, None
    for _ in range(ROUNDS):
        asked = tuple(orders.Requested(sku, Decimal(count), "case") for sku, count in cases.items() if count)
        if not asked:
            break
        draft = await orders.draft(session, actor, plan.basis.dealer, orders.Request(asked), plan.basis.day, now)
        if draft.fine:
            break
        before = dict(cases)
        _less_for_stock(draft, cases, cut, plan.lines)
        _less_for_credit(draft, cases, cut, plan.lines)
        raised = _more_for_minimum(draft, cases, plan.lines, allowed=not cut) or raised
        if cases == before:
            break
    if draft is not None and not any(cases.values()):
        draft = None
    rebate = await _rebate(session, actor, plan, draft, fiscal_year_start) if draft and draft.fine else None
    return Fitted(plan, draft, cut, raised, rebate)


def _less_for_stock(draft: OrderDraft, cases: dict[str, int], cut: dict[str, str], lines: Iterable[Line]) -> None:
    least = {line.product.sku: line.packing.minimum for line in lines}
    for short in draft.shortages:
        sku = short.product.sku
        if sku in cases:
            cases[sku] = short.able if short.able >= least[sku] else 0
            cut[sku] = "stock"


def _less_for_credit(draft: OrderDraft, cases: dict[str, int], cut: dict[str, str], lines: Iterable[Line]) -> None:
    """Keep the lines that run out first, as far as the credit goes; a little is left for prices of smaller steps."""
    problem = next((one for one in draft.problems if one.key == "order.credit_short"), None)
    if problem is None:
        return
    left = problem.params["left"]
    assert isinstance(left, Amount)
    budget = left.value * Decimal("0.98")
    prices = {line.product_id: line.price for line in draft.priced.paid}
    for line in lines:
        sku, price = line.product.sku, prices.get(line.product.id, ZERO)
        wanted = cases.get(sku, 0)
        able = int((budget / price).to_integral_value(ROUND_FLOOR)) if price > 0 else 0
        taken = min(wanted, able)
        taken = taken if taken >= line.packing.minimum else 0
        if taken < wanted:
            cases[sku] = taken
            cut[sku] = "credit"
        budget -= taken * price


def _more_for_minimum(draft: OrderDraft, cases: dict[str, int], lines: Iterable[Line], *, allowed: bool) -> bool:
    """Fill up to the least order with what sells fastest, if that sells within its shelf life too."""
    problem = next((one for one in draft.problems if one.key == "order.below_order_minimum"), None)
    if problem is None or not allowed:
        return False
    fastest = max(lines, key=lambda line: line.need.daily)
    more = cases[fastest.product.sku] + int(problem.params["missing"])
    lasts = fastest.need.daily * fastest.packing.shelf_days / 3
    if more > lasts:
        return False
    cases[fastest.product.sku] = more
    return True


async def _rebate(
    session: AsyncSession, actor: Actor, plan: Plan, draft: OrderDraft, fiscal_year_start: int
) -> NextRebate | None:
    """Worth a word where this order reaches the next tier, or half of it again would."""
    if not actor.may(Permission.REBATES_READ):
        return None
    day = plan.basis.day
    try:
        found = await rebates.statements(
            session, actor, plan.basis.dealer, day, day + timedelta(days=1), day, fiscal_year_start
        )
    except (NoProgramme, NotBegun):
        return None
    ahead = found[-1].next
    if ahead is None or found[-1].currency != draft.currency:
        return None
    missing = ahead.missing - draft.amount
    if missing > draft.amount * WORTH_SAYING:
        return None
    return NextRebate(max(ZERO, missing), draft.currency, ahead, reached=missing <= 0)
