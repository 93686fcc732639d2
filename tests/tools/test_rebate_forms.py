"""A rebate whose rates each hold on their own part says so, in every language."""

from datetime import date
from decimal import Decimal

import pytest

from core.accounts.models import Invoice, InvoiceLine
from core.db import Database
from core.rebates.models import Programme, ProgrammeTier
from tests.core.orders.market import Market, add_all, invoice, open_market
from tests.factories import LONG_AGO, TODAY
from tests.tools.calls import call, context_for
from tools.rebates import explain_rebate


@pytest.fixture
async def market(database: Database) -> Market:
    """D001 has bought for 312 yuan under a programme of 1 % from 100 on and 2 % from 300 on."""
    market = await open_market(database)
    tiers = [ProgrammeTier(threshold=Decimal(at), rate=Decimal(rate)) for at, rate in ((100, "0.01"), (300, "0.02"))]
    programme = Programme(
        code="R", name="R", name_en="R", form="incremental", rhythm="quarter", currency="CNY", paid_as="credit",
        excluded_categories=[], valid_from=date(2026, 1, 1), recorded_at=LONG_AGO, tiers=tiers,
    )  # fmt: skip
    bill: Invoice = invoice(market.dealers["D001"], "312.00", TODAY)
    await add_all(database, programme, bill)
    await add_all(
        database,
        InvoiceLine(
            invoice_id=bill.id, dealer_id=bill.dealer_id, product_id=market.products["W-550"].id, bottles=24,
            amount=bill.amount,
        ),
    )  # fmt: skip
    return market


@pytest.mark.parametrize(
    ("language", "arithmetic", "tier"),
    [
        (
            "en",
            "CN¥100.00 × 0.0% + CN¥200.00 × 1.0% + CN¥12.00 × 2.0% = CN¥2.24",
            "2.0% only on the part above CN¥300.00",
        ),
        ("zh", "¥100.00 × 0.0% + ¥200.00 × 1.0% + ¥12.00 × 2.0% = ¥2.24", "超过部分按该比例"),
        ("zh_TW", "100.00 × 0.0% + ", "超過部分按該比例"),
    ],
)
async def test_each_part_stands_with_its_rate(
    database: Database, market: Market, language: str, arithmetic: str, tier: str
) -> None:
    reply = await call(explain_rebate, await context_for(database, "D001-buyer", language))
    assert arithmetic in reply.plain()
    assert tier in reply.plain()
    assert "whole amount" not in reply.plain()
    told = {Decimal(one.value) for one in reply.figures if one.kind == "money"}
    assert {Decimal(100), Decimal(200), Decimal(12)} <= told
