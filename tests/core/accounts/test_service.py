"""Accounts from the books: small ones by hand, and every dealer of the demo against plain Python."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts import service as accounts
from core.accounts.models import Invoice, InvoiceLine, Payment
from core.accounts.service import InvoiceItem
from core.actor import PERMISSIONS, Actor, Role, system
from core.db import Database
from core.dealers.models import Dealer, Terms
from core.errors import NotFound
from core.events.models import Event
from core.scope import visible
from tests.conftest import DEMO_UNTIL
from tests.factories import NOW, TODAY, add, make_dealer, make_order, make_product, make_region

pytestmark = pytest.mark.database
D = Decimal
ALL = system("test")


async def make_invoice(
    session: AsyncSession, dealer: Dealer, number: str, issued: date, due: date, amount: str, currency: str = "CNY"
) -> Invoice:
    return await add(
        session,
        Invoice(number=number, dealer_id=dealer.id, issued_on=issued, due_on=due, amount=D(amount), currency=currency),
    )


async def pay(session: AsyncSession, dealer: Dealer, day: date, amount: str) -> None:
    await add(
        session,
        Payment(dealer_id=dealer.id, received_on=day, amount=D(amount), currency="CNY", reference=f"P{day}"),
    )


async def test_balance_overdue_and_what_is_due_next(session: AsyncSession) -> None:
    dealer = await make_dealer(session, await make_region(session))
    day = TODAY
    await make_invoice(session, dealer, "A", day - timedelta(60), day - timedelta(20), "100.00")
    await make_invoice(session, dealer, "B", day - timedelta(30), day - timedelta(1), "50.00")
    await make_invoice(session, dealer, "C", day - timedelta(10), day, "30.00")
    await make_invoice(session, dealer, "D", day - timedelta(5), day + timedelta(25), "40.00")
    await make_invoice(session, dealer, "R", day - timedelta(3), day, "-10.00")
    await make_invoice(session, dealer, "TOMORROW", day + timedelta(1), day + timedelta(31), "999.00")
    await make_invoice(session, dealer, "ABROAD", day - timedelta(90), day - timedelta(60), "77.00", "USD")
    await pay(session, dealer, day - timedelta(2), "60.00")
    await pay(session, dealer, day + timedelta(1), "500.00")

    account = await accounts.receivable(session, ALL, dealer.id, day)

    assert (account.invoiced, account.paid, account.balance) == (D(210), D(60), D(150))
    assert [(one.number, one.left) for one in account.open] == [("A", D(30)), ("B", D(50)), ("C", D(30)), ("D", D(40))]
    assert (account.overdue, account.oldest_overdue_days) == (D(80), 20)
    assert [one.number for one in account.due_soon] == ["C", "D"]


async def test_the_temporary_line_counts_through_its_last_day(session: AsyncSession) -> None:
    region = await make_region(session)
    dealer = await make_dealer(session, region, temporary_credit=D(30_000), temporary_until=TODAY)
    today = await accounts.receivable(session, ALL, dealer.id, TODAY)
    tomorrow = await accounts.receivable(session, ALL, dealer.id, TODAY + timedelta(1))
    assert (today.credit_limit, today.temporary) == (D(130_000), D(30_000))
    assert (tomorrow.credit_limit, tomorrow.temporary, tomorrow.temporary_until) == (D(100_000), D(0), None)


async def test_money_paid_in_advance_makes_the_balance_negative(session: AsyncSession) -> None:
    dealer = await make_dealer(session, await make_region(session), terms=Terms.PREPAID, credit_limit=D(0))
    await pay(session, dealer, TODAY, "88.80")
    account = await accounts.receivable(session, ALL, dealer.id, TODAY)
    assert (account.balance, account.overdue, account.open) == (D("-88.80"), D(0), ())


async def test_another_dealers_account_is_as_if_missing(session: AsyncSession) -> None:
    region = await make_region(session)
    own, other = await make_dealer(session, region), await make_dealer(session, region, "D002")
    buyer = Actor(1, "b", "b", Role.BUYER, "zh", dealer_id=own.id, permissions=PERMISSIONS[Role.BUYER])
    for asked in (other.id, 10_000):
        with pytest.raises(NotFound):
            await accounts.receivable(session, buyer, asked, TODAY)
        with pytest.raises(NotFound):
            await accounts.statement(session, buyer, asked, TODAY, TODAY + timedelta(1))


async def test_an_invoice_is_due_by_the_dealers_terms_and_leaves_an_event(session: AsyncSession) -> None:
    dealer = await make_dealer(session, await make_region(session), terms=Terms.FROM_MONTH_END, terms_days=30)
    product = await make_product(session)
    order = await make_order(session, dealer, {product.id: 10})
    items = [InvoiceItem(product.id, 240, D("180.00")), InvoiceItem(product.id, 24, D(0), counts_for_rebate=False)]
    numbers = []
    for _ in range(2):
        invoice = await accounts.issue_invoice(
            session,
            ALL,
            dealer_id=dealer.id,
            order_id=order.id,
            order_number=order.number,
            items=items,
            day=date(2026, 10, 20),
            at=NOW,
        )
        numbers.append(invoice.number)
        assert (invoice.amount, invoice.due_on) == (D(180), date(2026, 11, 30))
    assert numbers == [f"INV-{order.number}-1", f"INV-{order.number}-2"]
    lines = (await session.scalars(select(InvoiceLine).where(visible(ALL, InvoiceLine)))).all()
    assert [(line.bottles, line.amount, line.counts_for_rebate) for line in lines[:2]] == [
        (240, D(180), True),
        (24, D(0), False),
    ]
    events = (await session.scalars(select(Event.subject))).all()
    assert events == [f"invoices:{number}" for number in numbers]


async def test_a_statement_carries_the_balance_in_and_on(session: AsyncSession) -> None:
    dealer = await make_dealer(session, await make_region(session))
    await make_invoice(session, dealer, "OLD", date(2026, 10, 31), date(2026, 11, 30), "100.00")
    await make_invoice(session, dealer, "NEW", date(2026, 11, 1), date(2026, 12, 1), "20.00")
    await make_invoice(session, dealer, "LATER", date(2026, 12, 1), date(2026, 12, 31), "7.00")
    await pay(session, dealer, date(2026, 11, 30), "90.00")
    statement = await accounts.statement(session, ALL, dealer.id, date(2026, 11, 1), date(2026, 12, 1))
    assert statement.opening == D(100)
    assert [(line.movement.number, line.balance) for line in statement.lines] == [
        ("NEW", D(120)),
        ("P2026-11-30", D(30)),
    ]
    assert statement.closing == D(30)


async def test_every_account_of_the_demo_adds_up(demo_database: Database) -> None:
    """Against a walk through each dealer's books in plain Python, with days of payment applied one by one."""
    async with demo_database.reads() as session:
        dealers = (await session.scalars(select(Dealer).where(visible(ALL, Dealer)))).all()
        invoices = (await session.scalars(select(Invoice).where(visible(ALL, Invoice)))).all()
        payments = (await session.scalars(select(Payment).where(visible(ALL, Payment)))).all()
        got = {one.id: await accounts.receivable(session, ALL, one.id, DEMO_UNTIL) for one in dealers}
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for payment in payments:
        paid[payment.dealer_id] += payment.amount if payment.received_on <= DEMO_UNTIL else 0
    late = set()
    for dealer in dealers:
        mine = sorted(
            (i for i in invoices if i.dealer_id == dealer.id), key=lambda i: (i.due_on, i.issued_on, i.number)
        )
        total, overdue = D(0), D(0)
        for invoice in mine:
            total += invoice.amount
            if invoice.due_on < DEMO_UNTIL:
                overdue = max(D(0), total - paid[dealer.id])
        account = got[dealer.id]
        assert account.balance == total - paid[dealer.id]
        assert account.overdue == overdue
        assert (account.oldest_overdue_days > 0) is (overdue > 0)
        if overdue:
            late.add(dealer.code)
    assert late
