"""Statements of rebates: programmes chosen, invoices counted, payouts held; and the demo against plain Python."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.models import Invoice, InvoiceLine, Payment
from core.actor import PERMISSIONS, Actor, Role, system
from core.db import Database
from core.dealers.models import Dealer, Region
from core.errors import NotFound
from core.products.models import Product
from core.rebates import service as rebates
from core.rebates.models import Programme, ProgrammeTier
from core.scope import visible
from tests.conftest import DEMO_UNTIL
from tests.factories import LONG_AGO, TODAY, add, make_dealer, make_product, make_region

pytestmark = pytest.mark.database
D = Decimal
ALL = system("test")
Q4 = (date(2026, 10, 1), date(2027, 1, 1))


async def make_programme(session: AsyncSession, **changes: Any) -> Programme:
    """Quarterly: 1 % from 100 on, 2 % from 200 on."""
    values: dict[str, Any] = {
        "code": "P",
        "name": "方案",
        "name_en": "Programme",
        "form": "retroactive",
        "rhythm": "quarter",
        "currency": "CNY",
        "excluded_categories": ["barrel"],
        "paid_as": "goods",
        "suspended_overdue_days": 30,
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 1, 1),
        "recorded_at": LONG_AGO,
    }
    tiers = changes.pop("tiers", {"100": "0.01", "200": "0.02"})
    programme = await add(session, Programme(**values | changes))
    session.add_all(
        ProgrammeTier(programme_id=programme.id, threshold=D(threshold), rate=D(rate))
        for threshold, rate in tiers.items()
    )
    await session.flush()
    await session.refresh(programme, ["tiers"])
    return programme


async def invoice(
    session: AsyncSession, dealer: Dealer, day: date, *lines: tuple[Product, str, bool], number: str = ""
) -> Invoice:
    amount = sum((D(amount) for _, amount, _ in lines), D(0))
    row = await add(
        session,
        Invoice(
            number=number or f"I{day}",
            dealer_id=dealer.id,
            issued_on=day,
            due_on=day + timedelta(30),
            amount=amount,
            currency="CNY",
        ),
    )
    for product, part, counts in lines:
        line = InvoiceLine(
            invoice_id=row.id,
            dealer_id=dealer.id,
            product_id=product.id,
            bottles=24,
            amount=D(part),
            counts_for_rebate=counts,
        )
        await add(session, line)
    return row


async def scene(session: AsyncSession) -> tuple[Dealer, Product, Product]:
    dealer = await make_dealer(session, await make_region(session))
    return dealer, await make_product(session), await make_product(session, "B-189", category="barrel")


async def test_the_quarter_as_it_stands_is_an_estimate(session: AsyncSession) -> None:
    dealer, water, barrel = await scene(session)
    await make_programme(session)
    await invoice(session, dealer, date(2026, 9, 30), (water, "900", True), number="BEFORE")
    await invoice(session, dealer, date(2026, 10, 1), (water, "80.00", True), (barrel, "50", True), number="A")
    await invoice(session, dealer, TODAY, (water, "45.55", True), (water, "30", False), (water, "0", False), number="B")
    await invoice(session, dealer, TODAY + timedelta(1), (water, "500", True), number="TOMORROW")

    [found] = await rebates.statements(session, ALL, dealer, *Q4, as_of=TODAY)

    assert (found.period.code, found.cut_off, found.estimated) == ("2026Q4", TODAY, True)
    assert (found.base, found.amount) == (D("125.55"), D("1.26"))
    assert [(one.number, one.counted, dict(one.left_out)) for one in found.invoices] == [
        ("A", D(80), {"category": D(50)}),
        ("B", D("45.55"), {"promotion": D(30), "free": D(0)}),
    ]
    assert [(month.start.month, month.base) for month in found.months] == [(10, D(80)), (11, D("45.55"))]
    assert sum(month.accrued for month in found.months) == found.amount
    assert found.next is not None
    assert (found.next.missing, found.next.would_bring) == (D("74.45"), D(4))


async def test_after_its_end_a_period_is_no_estimate_and_counts_to_its_last_day(session: AsyncSession) -> None:
    dealer, water, _ = await scene(session)
    await make_programme(session)
    await invoice(session, dealer, date(2026, 6, 30), (water, "200", True), number="LAST")
    await invoice(session, dealer, date(2026, 7, 1), (water, "1", True), number="AFTER")
    [found] = await rebates.statements(session, ALL, dealer, date(2026, 4, 1), date(2026, 7, 1), as_of=TODAY)
    assert (found.estimated, found.cut_off) == (False, date(2026, 6, 30))
    assert (found.base, found.amount, found.next) == (D(200), D(4), None)


async def test_a_programme_may_pay_each_rate_on_its_own_part(session: AsyncSession) -> None:
    dealer, water, _ = await scene(session)
    await make_programme(session, form="incremental")
    await invoice(session, dealer, date(2026, 10, 1), (water, "150.00", True))
    await invoice(session, dealer, TODAY, (water, "75.50", True))
    [found] = await rebates.statements(session, ALL, dealer, *Q4, as_of=TODAY)
    assert [(part.base, part.rate) for part in found.arithmetic] == [
        (D(100), D(0)),
        (D(100), D("0.01")),
        (D("25.50"), D("0.02")),
    ]
    assert (found.amount, [month.accrued for month in found.months]) == (D("1.51"), [D("0.50"), D("1.01")])


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), ["2026Q4"]),
        (date(2026, 1, 1), date(2027, 1, 1), ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]),
        (date(2026, 9, 30), date(2026, 10, 2), ["2026Q3", "2026Q4"]),
    ],
)
async def test_days_asked_bring_the_quarters_that_hold_them(
    session: AsyncSession, start: date, end: date, codes: list[str]
) -> None:
    dealer, _, _ = await scene(session)
    await make_programme(session)
    found = await rebates.statements(session, ALL, dealer, start, end, as_of=TODAY)
    assert [one.period.code for one in found] == codes


async def test_a_period_to_come_and_one_without_programme_are_said_apart(session: AsyncSession) -> None:
    dealer, _, _ = await scene(session)
    with pytest.raises(rebates.NoProgramme):
        await rebates.statements(session, ALL, dealer, *Q4, as_of=TODAY)
    await make_programme(session)
    with pytest.raises(rebates.NotBegun):
        await rebates.statements(session, ALL, dealer, *Q4, as_of=date(2026, 9, 30))
    with pytest.raises(rebates.NotBegun):
        await rebates.statements(session, ALL, dealer, date(2027, 1, 1), date(2027, 4, 1), as_of=TODAY)
    with pytest.raises(rebates.NoProgramme):
        await rebates.statements(session, ALL, dealer, date(2025, 1, 1), date(2025, 4, 1), as_of=TODAY)


async def test_the_programme_of_the_first_day_governs_and_a_superseded_one_never(session: AsyncSession) -> None:
    dealer, water, _ = await scene(session)
    await invoice(session, dealer, date(2026, 10, 5), (water, "100", True))
    await make_programme(session, code="OLD", valid_from=date(2026, 1, 1), valid_to=date(2026, 10, 1))
    await make_programme(session, code="WRONG", tiers={"1": "0.5"}, superseded_at=LONG_AGO)
    await make_programme(session, code="LATE", tiers={"1": "0.6"}, valid_from=date(2026, 10, 2))
    await make_programme(session, code="NEW", valid_from=date(2026, 10, 1))
    await make_programme(session, code="DOLLARS", currency="USD")
    [found] = await rebates.statements(session, ALL, dealer, *Q4, as_of=TODAY)
    assert (found.programme.code, found.amount) == ("NEW", D(1))


async def test_of_one_code_the_nearest_region_wins(session: AsyncSession) -> None:
    east = await make_region(session)
    shanghai = await make_region(session, "SH", parent=east)
    south = await make_region(session, "SOUTH")
    for region, rate in ((None, "0.01"), (east, "0.02"), (shanghai, "0.03"), (south, "0.09")):
        await make_programme(session, region_id=region.id if region else None, tiers={"1": rate})
    rates: dict[str, Decimal] = {}
    where: list[tuple[str, Region]] = [("D001", shanghai), ("D002", east), ("D003", await make_region(session, "N"))]
    for code, region in where:
        dealer = await make_dealer(session, region, code)
        [found] = await rebates.statements(session, ALL, dealer, *Q4, as_of=TODAY)
        rates[code] = found.tiers[0].rate
    assert rates == {"D001": D("0.03"), "D002": D("0.02"), "D003": D("0.01")}


async def test_the_payout_waits_only_while_what_was_overdue_at_the_end_is_unpaid(session: AsyncSession) -> None:
    dealer, water, _ = await scene(session)
    await make_programme(session)
    await invoice(session, dealer, date(2026, 7, 31), (water, "300", True), number="LATE")
    q3 = (date(2026, 7, 1), date(2026, 10, 1))
    due = date(2026, 8, 30)

    async def suspended(as_of: date) -> bool:
        [found] = await rebates.statements(session, ALL, dealer, *q3, as_of=as_of)
        return found.suspended

    assert not await suspended(due + timedelta(30))
    assert await suspended(date(2026, 9, 30)) is True
    assert await suspended(TODAY) is True
    row = Payment(dealer_id=dealer.id, received_on=date(2026, 11, 1), amount=D(300), currency="CNY", reference="P")
    await add(session, row)
    assert not await suspended(TODAY)
    assert await suspended(date(2026, 10, 31)) is True


async def test_purchases_of_another_dealer_are_out_of_sight(session: AsyncSession) -> None:
    dealer, water, _ = await scene(session)
    other = await make_dealer(session, await make_region(session, "SOUTH"), "D002")
    await make_programme(session)
    await invoice(session, other, TODAY, (water, "500", True))
    buyer = Actor(1, "b", "b", Role.BUYER, "zh", dealer_id=dealer.id, permissions=PERMISSIONS[Role.BUYER])
    [own] = await rebates.statements(session, buyer, dealer, *Q4, as_of=TODAY)
    assert own.base == 0
    with pytest.raises(NotFound):
        await rebates.statements(session, buyer, other, *Q4, as_of=TODAY)


@pytest.mark.parametrize(("quarter", "start", "end"), [(3, date(2026, 7, 1), date(2026, 10, 1)), (4, *Q4)])
async def test_every_rebate_of_the_demo_is_what_the_policy_says(
    demo_database: Database, quarter: int, start: date, end: date
) -> None:
    """Against rebate-policy.pdf's table, worked out in plain Python."""
    async with demo_database.reads() as session:
        dealers = (await session.scalars(select(Dealer).where(visible(ALL, Dealer)))).all()
        lines = await session.execute(
            select(Invoice.dealer_id, Invoice.issued_on, Product.category, InvoiceLine)
            .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
            .join(Product, Product.id == InvoiceLine.product_id)
            .where(visible(ALL, Invoice), visible(ALL, InvoiceLine), Invoice.issued_on >= start)
        )
        base: dict[int, Decimal] = defaultdict(Decimal)
        for dealer_id, day, category, line in lines:
            if day < end and day <= DEMO_UNTIL and category != "barrel" and line.counts_for_rebate:
                base[dealer_id] += line.amount
        earning = 0
        for dealer in dealers:
            [found] = await rebates.statements(session, ALL, dealer, start, end, as_of=DEMO_UNTIL)
            bought = base[dealer.id]
            percent = 4 if bought >= 1_000_000 else 3 if bought >= 600_000 else 2 if bought >= 300_000 else 1
            amount = bought * percent / 100 if bought >= 150_000 else D(0)
            assert found.period.code == f"2026Q{quarter}"
            assert found.base == bought
            assert found.amount == amount.quantize(D("0.01"), ROUND_HALF_UP)
            assert sum((month.accrued for month in found.months), D(0)) == found.amount
            earning += found.amount > 0
        assert earning > 10
