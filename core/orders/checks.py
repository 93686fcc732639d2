"""What may stand in the way of an order, each check by itself."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.accounts.service import Account
from core.brand.models import Brand
from core.dealers.models import Dealer, Stage
from core.money import Amount
from core.orders.drafts import DraftLine, Problem, Shortage
from core.orders.rules import Credit, most_cases, on_hold
from core.products.catalogue import CatalogueProduct
from core.products.promotions import Priced
from core.products.trading import Level


def of_dealer(dealer: Dealer, account: Account, brand: Brand, day: date) -> list[Problem]:
    """Whether the dealer may order at all: active, and not on hold; a hold for what is overdue says how much."""
    ended = dealer.active_until is not None and dealer.active_until <= day
    late = on_hold(account.oldest_overdue_days, brand.overdue_hold_days)
    if late and not ended and dealer.stage in {Stage.ACTIVE, Stage.ON_HOLD}:
        overdue = Amount(account.overdue, dealer.currency)
        return [Problem("order.on_hold", params={"days": account.oldest_overdue_days, "overdue": overdue})]
    if ended or dealer.stage != Stage.ACTIVE:
        return [Problem("order.dealer_inactive", params={"dealer": dealer.code})]
    return []


def unpriced(lines: Sequence[DraftLine], priced: Priced) -> list[Problem]:
    """Lines of products that have no price for this dealer."""
    known = {line.product_id for line in priced.paid}
    return [
        Problem("product.no_price", line.product, {"sku": line.product.sku})
        for line in lines
        if line.product.id not in known
    ]


def of_order(lines: Sequence[DraftLine], brand: Brand, wanted_on: date | None, day: date) -> list[Problem]:
    """The minimum of an order, free cases not counted, and a day that hasn't passed."""
    problems = []
    cases = sum(line.cases for line in lines)
    if lines and cases < brand.minimum_order_cases:
        params = {"cases": cases, "minimum": brand.minimum_order_cases, "missing": brand.minimum_order_cases - cases}
        problems.append(Problem("order.below_order_minimum", params=params))
    if wanted_on is not None and wanted_on < day:
        problems.append(Problem("order.wanted_in_past", params={"day": wanted_on}))
    return problems


def of_credit(credit: Credit, amount: Decimal, currency: str) -> list[Problem]:
    """What is missing of the credit."""
    short = credit.short(amount)
    if not short:
        return []
    params = {"short": Amount(short, currency), "left": Amount(max(credit.left, Decimal(0)), currency)}
    return [Problem("order.credit_short", params=params | {"amount": Amount(amount, currency)})]


def needed(lines: Sequence[DraftLine], priced: Priced, products: Mapping[int, CatalogueProduct]) -> dict[int, int]:
    """Bottles by product, free ones included."""
    bottles: dict[int, int] = {line.product.id: line.bottles for line in lines}
    for gift in priced.free:
        bottles[gift.product_id] = bottles.get(gift.product_id, 0) + gift.cases * products[gift.product_id].case
    return bottles


def shortages(
    lines: Sequence[DraftLine],
    priced: Priced,
    wanted: Mapping[int, int],
    levels: Mapping[int, Level],
    own: Mapping[int, int],
    products: Mapping[int, CatalogueProduct],
    day: date,
) -> list[Shortage]:
    """Products whose bottles ``wanted`` the warehouse can't promise; ``own`` are held by the order that changes."""
    paid = {line.product.id: line.cases for line in lines}
    short = []
    for product_id, bottles in wanted.items():
        level = levels.get(product_id)
        there = (level.available if level else 0) + own.get(product_id, 0)
        if bottles <= there:
            continue
        product = products[product_id]
        gifts = [gift for gift in priced.free if gift.product_id == product_id]
        earning = next((gift.offer for gift in gifts if gift.earned_by == product_id), None)
        for_others = sum(gift.cases for gift in gifts if gift.earned_by != product_id)
        asked = paid.get(product_id, for_others)
        left = max(0, there // product.case - (for_others if product_id in paid else 0))
        able = most_cases(left, asked, earning.free_for if earning else lambda _: 0)
        arrival = level.next_arrival if level else None
        until = arrival if arrival and arrival > day else day + timedelta(days=product.lead_days)
        short.append(Shortage(product, asked, able, until))
    return short
