"""Intervals as wide as experience says: four months in five fall within, of many series together."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.forecasts.foreseeing import Foreseen
from core.forecasts.paths import Point
from core.forecasts.widths import LEAST, level_of, widened, widths

D = Decimal
POINT = Point(date(2026, 12, 1), D(100), D(90), D(110), D(80), D(120))


@given(st.lists(st.integers(-60, 60), min_size=LEAST, max_size=LEAST + 50))
def test_four_in_five_fall_within_where_the_bounds_allow(misses: list[int]) -> None:
    found = widths(("dealer sku", POINT, D(100 + miss)) for miss in misses)["dealer sku"]
    shown = widened(Foreseen((POINT,), "short", "medium"), found).points[0]
    inside = sum(shown.low80 <= 100 + miss <= shown.high80 for miss in misses)
    assert found == 3 or inside >= len(misses) * D("0.8")
    assert D("0.5") <= found <= 3


def test_few_months_say_nothing_and_levels_are_apart() -> None:
    few = [("dealer sku", POINT, D(150))] * (LEAST - 1)
    assert widths(few) == {}
    many = [("dealer sku", POINT, D(120)), ("brand sku", POINT, D(105))] * LEAST
    assert widths(many) == {"dealer sku": D(2), "brand sku": D("0.5")}
    assert [level_of("D12", "sku:W-550"), level_of("R", "all"), level_of("REAST/", "category:tea")] == [
        "dealer sku", "brand all", "region category",
    ]  # fmt: skip


def test_nothing_is_widened_below_zero_and_the_mean_stays() -> None:
    wide = widened(Foreseen((Point(date(2026, 12, 1), D(10), D(2), D(18), D(0), D(30)),), "short", "low"), D(2)).points[
        0
    ]
    assert (wide.mean, wide.low80, wide.high80, wide.low95, wide.high95) == (D(10), D(0), D(26), D(0), D(50))
