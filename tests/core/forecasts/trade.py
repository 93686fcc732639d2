"""A market with two years of orders, and an engine whose forecasts can be worked out in the head."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from core.db import Database
from core.orders.models import OrderState
from core.sales.models import SellThrough
from core.sales.rules import add_months
from tests.core.orders.market import Market, open_market
from tests.factories import TODAY, make_order

ORIGIN = TODAY.replace(day=1)
MONTHS = 20
BOUGHT = {
    ("D001", "W-550"): 100,
    ("D001", "T-500"): 40,
    ("D002", "W-550"): 60,
    ("D002", "T-500L"): 20,
    ("D040", "W-550"): 30,
}
SHIFT = ZoneInfo("Asia/Shanghai")


def plain(history: pd.DataFrame, horizon: int, /) -> pd.DataFrame:
    """The mean of the last three months for each to come, give or take a fifth and two fifths."""
    rows = []
    for name, months in history.groupby("unique_id"):
        mean = months["y"].tail(3).mean()
        last = months["ds"].max()
        for ahead in range(1, horizon + 1):
            bounds = (mean, mean * 0.8, mean * 1.2, mean * 0.6, mean * 1.4)
            rows.append((name, last + pd.DateOffset(months=ahead), *bounds, "short", "medium"))
    return pd.DataFrame(
        rows, columns=["unique_id", "ds", "mean", "lo-80", "hi-80", "lo-95", "hi-95", "method", "confidence"]
    )


def above(history: pd.DataFrame, horizon: int, /) -> pd.DataFrame:
    """As ``plain``, but sums of regions are a tenth higher than their dealers': what reconciling has to even out."""
    made = plain(history, horizon)
    columns = ["mean", "lo-80", "hi-80", "lo-95", "hi-95"]
    sums = made["unique_id"].str.startswith("R")
    made.loc[sums, columns] = made.loc[sums, columns] * 1.1
    return made


async def open_trade(database: Database, **brand: int) -> Market:
    """Each dealer has bought the same every month for twenty months, and reported half of it as stock in October."""
    market = await open_market(database, **brand)
    async with database.writes.begin() as session:
        for back in range(1, MONTHS + 1):
            day = add_months(ORIGIN, -back) + timedelta(days=9)
            for (code, sku), cases in BOUGHT.items():
                await make_order(
                    session,
                    market.dealers[code],
                    {market.products[sku].id: cases},
                    state=OrderState.CLOSED,
                    placed_on=day,
                    placed_at=datetime.combine(day, time(10), SHIFT),
                )
        for (code, sku), cases in BOUGHT.items():
            for back in range(1, 7):
                session.add(report(market, code, sku, add_months(ORIGIN, -back), cases))
    return market


def report(market: Market, code: str, sku: str, month: date, cases: int) -> SellThrough:
    """All that came was sold; half a month's worth is left."""
    dealer, product = market.dealers[code], market.products[sku]
    return SellThrough(dealer_id=dealer.id, product_id=product.id, month=month, sold=cases * 24, stock_end=cases * 12)
