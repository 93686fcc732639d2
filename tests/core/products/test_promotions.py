"""搭赠, 满减 and 特价: what they take off, what they add, and that they don't stack."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.products.promotions import Offer, Priced, Wanted, price_order
from core.products.rules import ListPrice

WATER, TEA = 1, 2
PRICES = {
    WATER: [ListPrice(11, None, None, 1, Decimal("28.80"), "CNY")],
    TEA: [ListPrice(21, None, None, 1, Decimal("42.00"), "CNY")],
}


def free(offer_id: int = 1, *, buy: int = 10, gives: int = 1, product: int = WATER, other: int | None = None) -> Offer:
    return Offer(
        offer_id, f"F{offer_id}", "free_units", {}, product_id=product, buy_cases=buy, free_cases=gives,
        free_product_id=other,
    )  # fmt: skip


def off(offer_id: int, threshold: str, discount: str, category: str | None = None) -> Offer:
    return Offer(
        offer_id, f"T{offer_id}", "threshold", {}, category=category, threshold=Decimal(threshold),
        discount=Decimal(discount),
    )  # fmt: skip


def special(offer_id: int, amount: str, product: int = WATER) -> Offer:
    return Offer(offer_id, f"S{offer_id}", "special_price", {}, product_id=product, special_price=Decimal(amount))


def order(offers: list[Offer], water: int = 0, tea: int = 0, tier: str = "A") -> Priced:
    wanted = [Wanted(WATER, "water", water), Wanted(TEA, "tea", tea)]
    return price_order([one for one in wanted if one.cases], PRICES, offers, (1,), tier, "CNY")


@pytest.mark.parametrize(("paid", "gift"), [(9, 0), (10, 1), (19, 1), (20, 2), (105, 10)])
def test_each_full_ten_paid_adds_one_free(paid: int, gift: int) -> None:
    priced = order([free()], water=paid)
    assert priced.paid[0].cases == paid
    assert sum(line.cases for line in priced.free) == gift
    assert priced.amount == Decimal("28.80") * paid


def test_free_cases_may_be_of_another_product() -> None:
    [gift] = order([free(other=TEA)], water=20).free
    assert (gift.product_id, gift.cases, gift.earned_by) == (TEA, 2, WATER)


def test_of_two_free_offers_the_better_one_counts_alone() -> None:
    [gift] = order([free(1), free(2, buy=20, gives=3)], water=20).free
    assert (gift.offer.id, gift.cases) == (2, 3)


def test_a_special_price_replaces_the_list_and_excludes_free_goods() -> None:
    priced = order([free(), special(2, "25.00")], water=10)
    assert (priced.amount, priced.free) == (Decimal("250.00"), ())
    assert priced.paid[0].offer is not None


def test_a_special_price_above_the_list_is_none() -> None:
    priced = order([free(), special(2, "30.00")], water=10)
    assert (priced.amount, len(priced.free)) == (Decimal("288.00"), 1)


def test_a_threshold_is_reached_at_equality_and_counts_once() -> None:
    offers = [off(1, "288.00", "10")]
    assert order(offers, water=10).amount == Decimal("278.00")
    assert order(offers, water=9).amount == Decimal("259.20")
    assert order(offers, water=100).discount == 10


def test_the_largest_threshold_reached_counts_and_scopes_add_up() -> None:
    offers = [off(1, "200", "5"), off(2, "280", "12"), off(3, "400", "40", "tea"), off(4, "400", "99", "juice")]
    assert order(offers, water=10).discount == 12
    assert order(offers, water=10, tea=10).discount == 52


def test_a_category_threshold_counts_its_category_only() -> None:
    assert order([off(1, "300", "20", "tea")], water=20, tea=5).discount == 0


def test_an_offer_for_others_is_none_of_ours() -> None:
    elsewhere = Offer(1, "X", "special_price", {}, product_id=WATER, region_id=99, special_price=Decimal(1))
    other_tier = Offer(2, "Y", "special_price", {}, product_id=WATER, tier="C", special_price=Decimal(1))
    assert order([elsewhere, other_tier], water=1).amount == Decimal("28.80")


def test_an_offer_in_another_currency_is_none_of_ours() -> None:
    offers = [off(1, "100", "70"), special(2, "1.00"), free(3, product=TEA)]
    assert order([replace(one, currency="USD") for one in offers], water=10, tea=10).amount == Decimal("708.00")
    assert order([replace(one, currency="CNY") for one in offers], water=10, tea=10).amount == Decimal("360.00")


def test_a_product_without_a_price_is_left_out() -> None:
    assert price_order([Wanted(9, "tea", 5)], PRICES, [], (1,), "A", "CNY").paid == ()


@given(st.integers(1, 400), st.integers(1, 50), st.integers(1, 10))
def test_more_paid_never_earns_less(cases: int, buy: int, gives: int) -> None:
    offers = [free(buy=buy, gives=gives)]
    fewer = sum(line.cases for line in order(offers, water=cases).free)
    more = sum(line.cases for line in order(offers, water=cases + 1).free)
    assert fewer == cases // buy * gives
    assert fewer <= more


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_order_costs_what_its_lines_cost_less_the_discount(water: int, tea: int) -> None:
    priced = order([off(1, "1000", "60"), free()], water=water, tea=tea)
    assert priced.amount == sum(line.amount for line in priced.paid) - priced.discount
    assert 0 <= priced.discount <= priced.goods


def test_a_discount_comes_off_the_lines_of_its_scope_alone() -> None:
    priced = order([off(1, "400", "20", "tea")], water=10, tea=10)
    assert [line.net for line in priced.paid] == [Decimal("288.00"), Decimal("400.00")]


def test_the_whole_orders_discount_is_shared_by_what_is_left_of_each_line() -> None:
    priced = order([off(1, "1", "66.60"), off(2, "400", "42.00", "tea")], water=10, tea=10)
    assert [line.net for line in priced.paid] == [Decimal("259.20"), Decimal("340.20")]
    assert [one.offer.id for one in priced.discounts] == [2, 1]


def test_a_discount_never_takes_more_than_its_scope_costs() -> None:
    priced = order([off(1, "1", "50.00", "tea"), off(2, "1", "10.00")], water=1, tea=1)
    assert [one.amount for one in priced.discounts] == [Decimal("42.00"), Decimal("10.00")]
    assert [line.net for line in priced.paid] == [Decimal("18.80"), Decimal(0)]
    nothing = order([off(1, "1", "50.00", "tea"), off(2, "1", "10.00")], tea=1)
    assert (nothing.amount, nothing.discount) == (Decimal(0), Decimal("42.00"))


amounts = st.integers(0, 2_000_000).map(lambda value: str(Decimal(value).scaleb(-2)))


@given(st.integers(0, 300), st.integers(0, 300), amounts, amounts, amounts)
def test_nets_add_up_to_the_amount_to_pay_and_are_never_negative(
    water: int, tea: int, all_off: str, tea_off: str, threshold: str
) -> None:
    priced = order([off(1, threshold, all_off), off(2, threshold, tea_off, "tea")], water=water, tea=tea)
    assert sum(line.net for line in priced.paid) == priced.amount
    assert all(0 <= line.net <= line.amount for line in priced.paid)


@pytest.mark.parametrize(
    ("offers", "counts"),
    [
        ([], (True, True)),
        ([off(1, "1", "5", "tea")], (True, False)),
        ([off(1, "1", "5")], (False, False)),
        ([off(1, "9999", "5")], (True, True)),
        ([replace(off(1, "1", "5"), counts_for_rebate=True)], (True, True)),
        ([replace(off(1, "1", "5"), counts_for_rebate=True), off(2, "1", "5", "tea")], (True, False)),
        ([replace(off(1, "1", "5"), counts_for_rebate=True), special(2, "20.00")], (False, True)),
        ([off(1, "1", "5", "water"), replace(special(2, "20.00"), counts_for_rebate=True)], (False, True)),
        ([free()], (True, True)),
    ],
)
def test_a_line_counts_for_rebates_where_all_that_it_was_bought_under_say_so(
    offers: list[Offer], counts: tuple[bool, bool]
) -> None:
    priced = order(offers, water=10, tea=10)
    assert tuple(priced.counts(line) for line in priced.paid) == counts
