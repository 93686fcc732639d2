"""How much is ordered: never more for more stock, whole cases, within the shelf life."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.forecasts.replenishment import NOTHING, Cut, Need, Packing, suggest

D = Decimal
CASES = st.decimals(0, 5000, places=1)
MINIMUMS = st.integers(1, 10)
PALLETS = st.sampled_from([None, 1, 32, 48, 60])
OFFERS = st.sampled_from([(0, 0), (10, 1), (20, 1), (5, 2)])


def need(demand: str = "100", **changes: str) -> Need:
    values = {"sigma": "0", "deviations": "1.6449", "daily": "10", "stock": "0", "coming": "0"} | changes
    return Need(demand=D(demand), **{name: D(value) for name, value in values.items()})


def packing(minimum: int = 1, pallet: int | None = None, shelf: int = 360, buy: int = 0, free: int = 0) -> Packing:
    return Packing(minimum, pallet, shelf, lambda cases: cases // buy * free if buy else 0)


@given(CASES, CASES, CASES, CASES, MINIMUMS, PALLETS, OFFERS)
def test_more_stock_never_makes_a_larger_order(
    demand: D, sigma: D, stock: D, more: D, minimum: int, pallet: int | None, offer: tuple[int, int]
) -> None:
    def order(held: D) -> int:
        asked = Need(demand, sigma, D("1.6449"), demand / 30, held, D(0))
        return suggest(asked, packing(minimum, pallet, 180, *offer)).cases

    assert order(stock + more) <= order(stock)


@given(CASES, CASES, CASES, MINIMUMS, PALLETS, OFFERS)
def test_goods_on_the_way_count_as_stock_does(
    demand: D, stock: D, coming: D, minimum: int, pallet: int | None, offer: tuple[int, int]
) -> None:
    packed = packing(minimum, pallet, 360, *offer)
    there = Need(demand, D(0), D(1), demand / 30, stock + coming, D(0))
    under_way = Need(demand, D(0), D(1), demand / 30, stock, coming)
    assert suggest(there, packed) == suggest(under_way, packed)


@given(CASES, CASES, CASES, MINIMUMS, PALLETS, OFFERS)
def test_an_order_covers_the_need_or_says_what_stood_against_it(
    demand: D, sigma: D, stock: D, minimum: int, pallet: int | None, offer: tuple[int, int]
) -> None:
    asked = Need(demand, sigma, D("1.2816"), demand / 30, stock, D(0))
    found = suggest(asked, packing(minimum, pallet, 270, *offer))
    assert found.cases == 0 or found.cases >= minimum
    if Cut.SHELF_LIFE not in found.cuts:
        assert found.cases + found.free >= asked.missing
    if Cut.PALLET in found.cuts and Cut.MINIMUM not in found.cuts:
        assert pallet is not None
        assert found.cases % pallet == 0


def test_enough_stock_orders_nothing() -> None:
    assert suggest(need(stock="100"), packing()) == NOTHING


def test_free_cases_are_part_of_what_is_needed() -> None:
    found = suggest(need("110"), packing(buy=10, free=1))
    assert (found.cases, found.free, found.cuts) == (100, 10, (Cut.FREE,))


def test_a_nearly_full_pallet_is_filled_and_a_half_full_one_isnt() -> None:
    assert suggest(need("57"), packing(pallet=60)).cases == 60
    assert suggest(need("40"), packing(pallet=60)).cases == 40


def test_no_more_is_ordered_than_sells_in_a_third_of_the_shelf_life() -> None:
    found = suggest(need("500", daily="5"), packing(shelf=90))
    assert found.cases == 150
    assert Cut.SHELF_LIFE in found.cuts


def test_a_minimum_that_would_grow_old_is_not_ordered() -> None:
    found = suggest(need("4", daily="0.1"), packing(minimum=10, shelf=90))
    assert found.cases == 0
    assert found.cuts == (Cut.SHELF_LIFE,)


def test_safety_is_never_more_than_the_demand_itself() -> None:
    assert need("10", sigma="100").safety == 10
