"""A dealer's account from the books: owed, overdue, due next; and the invoices that raise it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice, InvoiceLine, Payment
from core.accounts.rules import Movement, OpenInvoice, Receivable, StatementLine, due_date, run_balance, settle
from core.actor import Actor
from core.dealers.models import Dealer
from core.errors import NotFound
from core.events.service import record
from core.money import ZERO
from core.scope import visible


@dataclass(frozen=True, slots=True)
class Account:
    """A dealer's books at the end of ``day``, in the dealer's currency; ``open`` is in order of due date.

    ``balance`` is invoiced less paid: below zero it is money paid in advance (预存). ``credit_limit`` includes the
    temporary line (``temporary``), which counts up to and including ``temporary_until``.
    """

    day: date
    currency: str
    invoiced: Decimal
    paid: Decimal
    open: tuple[OpenInvoice, ...]
    credit_limit: Decimal
    temporary: Decimal
    temporary_until: date | None
    terms: str
    terms_days: int

    @property
    def balance(self) -> Decimal:
        """Owed; negative where more was paid than invoiced."""
        return self.invoiced - self.paid

    @property
    def overdue(self) -> Decimal:
        """What should have been paid before ``day``."""
        return sum((invoice.left for invoice in self.overdue_invoices), ZERO)

    @property
    def overdue_invoices(self) -> tuple[OpenInvoice, ...]:
        """Those past their due date, oldest first."""
        return tuple(invoice for invoice in self.open if invoice.due_on < self.day)

    @property
    def oldest_overdue_days(self) -> int:
        """Days since the oldest unpaid invoice was due; 0 where nothing is overdue."""
        return max((invoice.days_overdue(self.day) for invoice in self.open), default=0)

    @property
    def due_soon(self) -> tuple[OpenInvoice, ...]:
        """Those still in time, next due first."""
        return tuple(invoice for invoice in self.open if invoice.due_on >= self.day)


@dataclass(frozen=True, slots=True)
class InvoiceItem:
    """A line to invoice, tax included; a free line has amount 0."""

    product_id: int
    bottles: int
    amount: Decimal
    counts_for_rebate: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """An account's movements over half-open days, from ``opening`` to ``closing`` balance (对账单)."""

    currency: str
    start: date
    end: date
    opening: Decimal
    lines: tuple[StatementLine, ...]

    @property
    def closing(self) -> Decimal:
        """What was owed at the end."""
        return self.lines[-1].balance if self.lines else self.opening


async def receivable(session: AsyncSession, actor: Actor, dealer_id: int, day: date) -> Account:
    """The account at the end of ``day``: invoices issued and payments received by then."""
    dealer = await _dealer(session, actor, dealer_id)
    invoices = await session.execute(
        select(Invoice.number, Invoice.issued_on, Invoice.due_on, Invoice.amount).where(
            visible(actor, Invoice),
            Invoice.dealer_id == dealer_id,
            Invoice.currency == dealer.currency,
            Invoice.issued_on <= day,
        )
    )
    booked = [Receivable(*row) for row in invoices]
    paid = await _sum_paid(session, actor, dealer, Payment.received_on <= day)
    opened, _ = settle(booked, paid)
    temporary = temporary_on(dealer, day)
    return Account(
        day=day,
        currency=dealer.currency,
        invoiced=sum((invoice.amount for invoice in booked), ZERO),
        paid=paid,
        open=tuple(opened),
        credit_limit=dealer.credit_limit + temporary,
        temporary=temporary,
        temporary_until=dealer.temporary_until if temporary else None,
        terms=dealer.terms,
        terms_days=dealer.terms_days,
    )


def temporary_on(dealer: Dealer, day: date) -> Decimal:
    """What a dealer may owe on that day beyond the standing limit."""
    return dealer.temporary_credit if dealer.temporary_until and day <= dealer.temporary_until else ZERO


async def issue_invoice(
    session: AsyncSession,
    actor: Actor,
    *,
    dealer_id: int,
    order_id: int,
    order_number: str,
    items: Sequence[InvoiceItem],
    day: date,
    at: datetime,
) -> Invoice:
    """Invoice the lines on ``day``, due by the dealer's terms; the n-th of an order is ``INV-<order>-<n>``.

    The caller holds the order's lock. Money is the items' amounts as they stand: nothing is rounded here.
    """
    dealer = await _dealer(session, actor, dealer_id)
    earlier = await session.scalar(
        select(func.count()).select_from(Invoice).where(visible(actor, Invoice), Invoice.order_id == order_id)
    )
    invoice = Invoice(
        number=f"INV-{order_number}-{(earlier or 0) + 1}",
        dealer_id=dealer_id,
        order_id=order_id,
        issued_on=day,
        due_on=due_date(day, dealer.terms, dealer.terms_days),
        amount=sum((item.amount for item in items), ZERO),
        currency=dealer.currency,
    )
    session.add(invoice)
    await session.flush()
    session.add_all(
        InvoiceLine(
            invoice_id=invoice.id,
            dealer_id=dealer_id,
            product_id=item.product_id,
            bottles=item.bottles,
            amount=item.amount,
            counts_for_rebate=item.counts_for_rebate,
        )
        for item in items
    )
    after = {"number": invoice.number, "amount": str(invoice.amount), "due_on": invoice.due_on.isoformat()}
    record(session, actor, "invoice.issued", f"invoices:{invoice.number}", at=at, after=after)
    await session.flush()
    return invoice


async def of_order(session: AsyncSession, actor: Actor, order_id: int) -> Sequence[Invoice]:
    """The invoices that an order was put on, the first issued first; red ones among them."""
    mine = select(Invoice).where(visible(actor, Invoice), Invoice.order_id == order_id)
    return (await session.scalars(mine.order_by(Invoice.issued_on, Invoice.id))).all()


async def statement(session: AsyncSession, actor: Actor, dealer_id: int, start: date, end: date) -> Statement:
    """Every invoice and payment on ``start <= day < end``, with the balance carried in and run on."""
    dealer = await _dealer(session, actor, dealer_id)
    mine = (visible(actor, Invoice), Invoice.dealer_id == dealer_id, Invoice.currency == dealer.currency)
    carried = await session.scalar(select(func.sum(Invoice.amount)).where(*mine, Invoice.issued_on < start))
    opening = (carried or ZERO) - await _sum_paid(session, actor, dealer, Payment.received_on < start)
    invoices = await session.execute(
        select(Invoice.issued_on, Invoice.number, Invoice.amount).where(
            *mine, Invoice.issued_on >= start, Invoice.issued_on < end
        )
    )
    payments = await session.execute(
        select(Payment.received_on, Payment.reference, Payment.amount).where(
            visible(actor, Payment),
            Payment.dealer_id == dealer_id,
            Payment.currency == dealer.currency,
            Payment.received_on >= start,
            Payment.received_on < end,
        )
    )
    movements = [Movement(day, "invoice", number, amount) for day, number, amount in invoices]
    movements += [Movement(day, "payment", reference, -amount) for day, reference, amount in payments]
    return Statement(dealer.currency, start, end, opening, tuple(run_balance(opening, movements)))


async def _dealer(session: AsyncSession, actor: Actor, dealer_id: int) -> Dealer:
    found = await session.execute(select(Dealer).where(visible(actor, Dealer), Dealer.id == dealer_id))
    dealer = found.scalar_one_or_none()
    if dealer is None:
        raise NotFound
    return dealer


async def _sum_paid(session: AsyncSession, actor: Actor, dealer: Dealer, when: ColumnElement[bool]) -> Decimal:
    total = await session.scalar(
        select(func.sum(Payment.amount)).where(
            visible(actor, Payment), Payment.dealer_id == dealer.id, Payment.currency == dealer.currency, when
        )
    )
    return total or ZERO
