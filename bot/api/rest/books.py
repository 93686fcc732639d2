"""A dealer's account, rebates, and how sales go."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from bot.api.callers import Visit, visiting
from bot.api.rest.shapes import DealerCode, Money, Page, in_language, plain
from core.accounts import service as accounts
from core.accounts.rules import OpenInvoice
from core.actor import Permission
from core.dealers import service as dealers
from core.dealers.models import Terms
from core.keys.scopes import Scope
from core.orders.rules import Credit
from core.orders.service import open_orders
from core.rebates import service as rebates
from core.rebates.rules import quarter_of
from core.sales import service as sales
from core.sales.rules import Measure
from tools.periods import days_of
from tools.products import Category
from tools.sales import ByName, CompareName, MeasureName, RankName, asked

router = APIRouter(tags=["books"])
Reader = Annotated[Visit, visiting(Scope.ACCOUNT, Permission.ACCOUNT_READ)]
Earner = Annotated[Visit, visiting(Scope.REBATES, Permission.REBATES_READ)]
Seller = Annotated[Visit, visiting(Scope.SALES, Permission.SALES_READ)]
PeriodName = Annotated[
    str | None, Query(max_length=40, description="A month 2026-10, a quarter 2026Q3, a year 2026, or two days a..b.")
]


class InvoiceDue(BaseModel):
    """An invoice that isn't paid in full."""

    number: str
    issued_on: date
    due_on: date
    amount: Money
    left: Money
    days_overdue: int

    @classmethod
    def of(cls, invoice: OpenInvoice, currency: str, day: date) -> "InvoiceDue":
        """As it stands at the end of the day."""
        return cls(
            number=invoice.number,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            amount=Money.of(invoice.amount, currency),
            left=Money.of(invoice.left, currency),
            days_overdue=invoice.days_overdue(day),
        )


class Account(BaseModel):
    """A dealer's books at the end of ``day``. A balance below zero was paid in advance; who prepays has no limit."""

    dealer: str
    day: date
    terms: str
    terms_days: int
    balance: Money
    overdue: Money
    credit_limit: Money | None
    ordered: Money
    credit_left: Money | None
    open_invoices: list[InvoiceDue]


@router.get("/account")
async def show_account(visit: Reader, dealer: DealerCode = None) -> Account:
    """What a dealer owes and may still order."""
    async with visit.desk.database.reads() as session:
        who = await dealers.resolve(session, visit.actor, dealer)
        account = await accounts.receivable(session, visit.actor, who.id, visit.today)
        ordered = await open_orders(session, visit.actor, who.id, account.currency)
    prepaid = account.terms == Terms.PREPAID
    credit = Credit(account.credit_limit, account.balance, ordered, prepaid=prepaid)
    currency = account.currency
    return Account(
        dealer=who.code,
        day=account.day,
        terms=account.terms,
        terms_days=account.terms_days,
        balance=Money.of(account.balance, currency),
        overdue=Money.of(account.overdue, currency),
        credit_limit=None if prepaid else Money.of(credit.limit, currency),
        ordered=Money.of(ordered, currency),
        credit_left=None if prepaid else Money.of(credit.left, currency),
        open_invoices=[InvoiceDue.of(one, currency, account.day) for one in account.open],
    )


class RebatePart(BaseModel):
    """One line of the arithmetic: ``base`` times ``rate``, a share of one."""

    base: Money
    rate: str
    amount: Money


class NextTier(BaseModel):
    """The next tier: from ``threshold`` on ``rate``; what is missing, and the whole rebate on reaching it."""

    threshold: Money
    rate: str
    missing: Money
    would_bring: Money


class RebateStatement(BaseModel):
    """The rebate of one period with the invoices up to ``cut_off``; estimated until the period has ended."""

    dealer: str
    programme: str
    period: str
    start: date
    end: date
    cut_off: date
    estimated: bool
    suspended: bool
    base: Money
    amount: Money
    arithmetic: list[RebatePart]
    next_tier: NextTier | None

    @classmethod
    def of(cls, dealer: str, found: rebates.Statement) -> "RebateStatement":
        """As the service worked it out."""
        currency, following = found.currency, found.next
        return cls(
            dealer=dealer,
            programme=found.programme.code,
            period=found.period.code,
            start=found.period.start,
            end=found.period.end,
            cut_off=found.cut_off,
            estimated=found.estimated,
            suspended=found.suspended,
            base=Money.of(found.base, currency),
            amount=Money.of(found.amount, currency),
            arithmetic=[
                RebatePart(
                    base=Money.of(part.base, currency), rate=_rate(part.rate), amount=Money.of(part.amount, currency)
                )
                for part in found.arithmetic
            ],
            next_tier=NextTier(
                threshold=Money.of(following.tier.threshold, currency),
                rate=_rate(following.tier.rate),
                missing=Money.of(following.missing, currency),
                would_bring=Money.of(following.would_bring, currency),
            )
            if following
            else None,
        )


def _rate(rate: Decimal) -> str:
    return plain(rate) or "0"


@router.get("/rebates")
async def list_rebates(visit: Earner, period: PeriodName = None, dealer: DealerCode = None) -> Page[RebateStatement]:
    """Rebate statements of a dealer; without a period, the current quarter's."""
    fiscal = visit.brand.fiscal_year_start
    quarter = quarter_of(visit.today, fiscal)
    start, end = days_of(period, fiscal) if period else (quarter.start, quarter.end)
    async with visit.desk.database.reads() as session:
        who = await dealers.resolve(session, visit.actor, dealer)
        found = await rebates.statements(session, visit.actor, who, start, end, visit.today, fiscal)
    return Page(items=[RebateStatement.of(who.code, one) for one in found])


class SalesRow(BaseModel):
    """A group: its value and the same in the compared span; null is unknown."""

    key: str
    name: str
    value: str | None
    before: str | None
    change: str | None


class SilentDealer(BaseModel):
    """A dealer without an order in the span."""

    code: str
    name: str
    last_ordered_on: date | None


class SalesSummary(BaseModel):
    """Sales by one measure over half-open days; ``currency`` is null where cases or days are counted."""

    measure: MeasureName
    by: ByName | None
    start: date
    end: date
    currency: str | None
    total: str | None
    before: str | None
    change: str | None
    rows: list[SalesRow]
    silent: list[SilentDealer]


COUNTED = frozenset({Measure.SELL_THROUGH, Measure.STOCK_DAYS, Measure.CREDIT_USED})


@router.get("/sales")
async def summarise_sales(  # noqa: PLR0913, PLR0917 - the tool's public arguments
    visit: Seller,
    measure: MeasureName = "sell_in",
    by: ByName | None = None,
    period: PeriodName = None,
    compare: CompareName | None = None,
    region: Annotated[str | None, Query(max_length=64)] = None,
    dealer: DealerCode = None,
    sku: Annotated[str | None, Query(max_length=64)] = None,
    category: Category | None = None,
    rank: RankName = "most",
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    without_orders: Annotated[bool, Query(description="List the dealers that placed no order instead.")] = False,
) -> SalesSummary:
    """Sales of the dealers that the person looks after: ranked, compared, over time."""
    query = asked(
        visit.brand.fiscal_year_start, measure=measure, by=by, period=period, compare=compare, rank=rank,
        no_orders=without_orders, region=region, dealer=dealer, sku=sku, category=category, limit=limit,
    )  # fmt: skip
    async with visit.desk.database.reads() as session:
        found = await sales.summary(session, visit.actor, query, as_of=visit.today, currency=visit.brand.currency)
    return _summary(found, visit.words.tag)


def _summary(found: sales.SalesSummary, language: str) -> SalesSummary:
    names = found.names
    return SalesSummary(
        measure=found.query.measure.value,
        by=found.query.by.value if found.query.by else None,
        start=found.span.start,
        end=found.span.end,
        currency=None if found.query.measure in COUNTED else found.currency,
        total=plain(found.total),
        before=plain(found.before),
        change=_share(found.change),
        rows=[
            SalesRow(
                key=row.key, name=in_language(names.get(row.key, {}), language) or row.key, value=plain(row.value),
                before=plain(row.before), change=_share(row.change),
            )
            for row in found.rows
        ],
        silent=[
            SilentDealer(code=one.code, name=in_language(one.name, language), last_ordered_on=one.last_ordered_on)
            for one in found.silent
        ],
    )  # fmt: skip


def _share(change: Decimal | None) -> str | None:
    """A share of one with four decimals."""
    return plain(round(change, 4)) if change is not None else None
