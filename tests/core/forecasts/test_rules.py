"""Classes, risks, transfers, responses, assumptions and errors, each by itself."""

from datetime import date
from decimal import Decimal
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.forecasts.assuming import Assumption, assumed, assumption
from core.forecasts.classes import Abc, Xyz, abc, xyz
from core.forecasts.explaining import reasons
from core.forecasts.paths import Point, as_path, demand_between, of_path, summed
from core.forecasts.responses import Month, NoResponse, Response, response
from core.forecasts.risks import Holding, Risk, is_short_dated, threat
from core.forecasts.transfers import Spare, transfers
from core.forecasts.trials import Trial, accuracy_of, calibration, trials_of
from core.sales.rules import add_months

D = Decimal
TODAY = date(2026, 11, 20)
NOVEMBER = date(2026, 11, 1)


def point(mean: str = "100", month: date = NOVEMBER, half: str = "20") -> Point:
    middle, off = D(mean), D(half)
    return Point(month, middle, middle - off, middle + off, middle - 2 * off, middle + 2 * off)


def test_a_path_is_stored_and_read_without_a_loss() -> None:
    points = (point("1.5"), point("2.5", date(2026, 12, 1)))
    assert of_path(as_path(points)) == points


def test_months_together_are_surer_than_each_and_less_sure_than_if_independent() -> None:
    whole = summed([point(), point(month=date(2026, 12, 1))])
    assert whole.mean == 200
    assert 20 * D(2).sqrt() < whole.high80 - whole.mean < 40


def test_demand_is_spread_over_a_months_days() -> None:
    path = [point("300"), point("310", date(2026, 12, 1))]
    assert demand_between(path, NOVEMBER, date(2026, 11, 11))[0] == 100
    assert demand_between(path, date(2026, 11, 16), date(2026, 12, 2))[0] == 160
    assert demand_between(path, date(2027, 1, 1), date(2027, 1, 11))[0] == 100


def test_the_largest_product_is_an_a_and_the_tail_a_c() -> None:
    assert abc({"a": D(80), "b": D(12), "c": D(8)}) == {"a": Abc.A, "b": Abc.B, "c": Abc.B}
    assert abc({"a": D(97), "b": D(3)}) == {"a": Abc.A, "b": Abc.C}
    assert abc({}) == {}


@given(st.dictionaries(st.text("abcdef", min_size=1), st.decimals(0, 10**6, places=2), min_size=1))
def test_who_brings_more_is_never_of_a_lower_class(amounts: dict[str, D]) -> None:
    found = abc(amounts)
    ordered = sorted(amounts, key=lambda key: (-amounts[key], key))
    assert [found[key] for key in ordered] == sorted(found.values())


def test_even_demand_is_an_x_and_none_at_all_a_z() -> None:
    assert xyz([D(10)] * 12) is Xyz.X
    assert xyz([D(0), D(10)] * 6) is Xyz.Y
    assert xyz([D(0)] * 11 + [D(10)]) is Xyz.Z
    assert xyz([]) is Xyz.Z


def holding(stock: str, daily: str = "10", coming: str = "0", lead: int = 3, shelf: int = 360) -> Holding:
    return Holding(D(stock), D(coming), D(daily), lead, shelf)


@pytest.mark.parametrize(
    ("held", "risk", "days"),
    [
        (holding("20"), Risk.STOCK_OUT, 2),
        (holding("20", coming="50"), None, None),
        (holding("900"), Risk.OVERSTOCK, 90),
        (holding("350", shelf=90), Risk.OVERSTOCK, 35),
        (holding("50", daily="0"), Risk.OVERSTOCK, None),
        (holding("2", daily="0"), None, None),
        (holding("0", daily="0"), None, None),
    ],
)
def test_a_holding_runs_out_lies_too_long_or_is_fine(held: Holding, risk: Risk | None, days: int | None) -> None:
    found = threat(held, TODAY)
    assert (found.risk if found else None, found.days if found else None) == (risk, days)


def test_a_lot_is_short_dated_with_less_than_a_third_of_its_life_left() -> None:
    assert not is_short_dated(date(2026, 1, 1), date(2026, 12, 31), date(2026, 8, 31))
    assert is_short_dated(date(2026, 1, 1), date(2026, 12, 31), date(2026, 9, 1))


@given(st.lists(st.tuples(st.sampled_from(["E/", "S/"]), st.sampled_from("abcd"), st.decimals(-200, 200, places=1))))
def test_transfers_stay_in_a_region_and_never_give_or_take_too_much(rows: list[tuple[str, str, D]]) -> None:
    spares = {(path, dealer): Spare(path, "W-550", f"{path}{dealer}", cases) for path, dealer, cases in rows}
    cases = {spare.dealer: spare.cases for spare in spares.values()}
    given_away: dict[str, int] = {}
    for move in transfers(spares.values()):
        assert move.giver[0] == move.taker[0]
        given_away[move.giver] = given_away.get(move.giver, 0) + move.cases
        given_away[move.taker] = given_away.get(move.taker, 0) - move.cases
    for dealer, moved in given_away.items():
        assert abs(moved) <= abs(cases[dealer])
        assert (moved > 0) == (cases[dealer] > 0)


def months(elasticity: float, prices: list[float], noise: float = 0.0) -> list[Month]:
    return [
        Month(100 * exp(elasticity * (price - 1)) * (1 + noise * (-1) ** at), price, 1000, 1)
        for at, price in enumerate(prices)
    ]


def test_a_plain_response_is_found_and_a_cut_then_sells_more() -> None:
    found = response(months(-2, [1.0, 1.0, 0.9, 1.0, 0.95, 1.0, 0.9, 1.0] * 3))
    assert isinstance(found, Response)
    assert found.low <= found.elasticity <= found.high < 0
    assert found.elasticity == pytest.approx(-1.9, abs=0.2)
    mean, low, high = found.effect(-0.05)
    assert 1 < low <= mean <= high


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        (months(-2, [1.0, 0.9] * 8), "too_short"),
        (months(-2, [1.0] * 12 + [0.9] * 12), "too_few_changes"),
        (months(0, [1.0, 1.0, 0.9] * 8), "none_seen"),
        (months(-0.5, [1.0, 0.97, 1.0, 1.0] * 6, noise=0.6), "unclear"),
        ([], "too_short"),
    ],
)
def test_a_history_that_cant_carry_a_response_says_why(history: list[Month], reason: str) -> None:
    found = response(history)
    assert isinstance(found, NoResponse)
    assert found.reason == reason


@pytest.mark.parametrize(
    ("promotion", "price", "change"),
    [
        ("10+1", None, "-0.0909"),
        ("买10送1", None, "-0.0909"),
        ("5%", None, "-0.05"),
        ("95折", None, "-0.05"),
        ("8.5折", None, "-0.15"),
        (None, 5.0, "0.05"),
        (None, -3.0, "-0.03"),
    ],
)
def test_promotions_and_prices_are_read(promotion: str | None, price: float | None, change: str) -> None:
    read = assumption(promotion, price, None)
    assert read.price is not None
    assert round(read.price, 4) == D(change)


@pytest.mark.parametrize(("promotion", "price"), [("something", None), ("10+0", None), (None, -60.0)])
def test_what_nobody_could_foresee_is_refused(promotion: str | None, price: float | None) -> None:
    with pytest.raises(BadInput):
        assumption(promotion, price, None)


def test_a_hot_summer_multiplies_and_an_unknown_response_leaves_the_price_out() -> None:
    given_both = Assumption(D("-0.05"), D("0.1"))
    found = assumed([point()], given_both, NoResponse("too_short", 3, 0))
    assert found.points[0].mean == 110
    sure = assumed([point()], given_both, Response(-2, -3, -1, 30, 5))
    assert sure.points[0].mean > 120
    assert sure.points[0].high80 - sure.points[0].mean > found.points[0].high80 - found.points[0].mean


def test_errors_are_counted_against_last_year_and_the_mean_of_three_months() -> None:
    history = {add_months(date(2025, 8, 1), step): D(100 + step) for step in range(15)}
    paths = {date(2026, 8, 1): [point("112", date(2026, 8, 1)), point("200", date(2026, 9, 1))]}
    found = accuracy_of(trials_of(paths, history, NOVEMBER))
    assert found is not None
    assert found.trials == 2
    assert found.wape == D(87) / (112 + 113)
    assert found.last_year == D(24) / (112 + 113)
    assert found.mean3 == D(2 + 3) / (112 + 113)
    assert found.better is False
    assert [trial.month for trial in found.worst] == [date(2026, 8, 1)]
    assert found.inside80 == D("0.5")


def test_a_width_is_drawn_towards_what_was_missed_within_bounds() -> None:
    def trials(missed: str, count: int = 12) -> list[Trial]:
        inside = D(missed) < 20
        return [Trial(NOVEMBER, 1, D(100), 100 + D(missed), None, D(100), inside, True, D(20))] * count

    assert calibration(trials("1")) == D("0.5")
    assert calibration(trials("16")) == D("0.8")
    assert calibration(trials("200")) == D("1.5")
    assert calibration(trials("1", count=8)) == 1


def test_a_month_that_goes_on_is_no_trial() -> None:
    assert trials_of({NOVEMBER: [point()]}, {NOVEMBER: D(5)}, NOVEMBER) == []
    assert accuracy_of([]) is None


def test_a_season_and_a_trend_are_told_where_the_history_reaches() -> None:
    history = {
        add_months(date(2024, 11, 1), step): D(200 if step % 12 == 1 else 100) * (1 + step // 12) for step in range(24)
    }
    why = reasons(history, date(2026, 12, 1))
    assert why.last_year == 400
    assert why.trend == 1
    assert why.season is not None
    assert why.season > D("1.5")
    young = reasons({date(2026, 10, 1): D(5)}, date(2026, 12, 1))
    assert (young.last_year, young.trend, young.season) == (None, None, None)
