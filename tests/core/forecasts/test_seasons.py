"""The shared season: found under growth, taken out and put in again."""

from datetime import date
from decimal import Decimal

from core.forecasts.foreseeing import Foreseen
from core.forecasts.paths import Point
from core.forecasts.seasons import season_of, within, without
from core.forecasts.unstored import Bare, computed
from core.sales.rules import add_months
from tests.core.forecasts.trade import plain

D = Decimal
SHARES = [D(share) / 100 for share in (60, 70, 80, 90, 110, 130, 150, 140, 120, 100, 80, 70)]


def grown(months: int, yearly: str = "1.2", start: date = date(2024, 5, 1)) -> dict[date, Decimal]:
    made = {}
    for at in range(months):
        month = add_months(start, at)
        made[month] = 1000 * SHARES[month.month - 1] * D(yearly) ** (D(at) / 12)
    return made


def test_a_season_is_found_whatever_the_growth() -> None:
    for months in (15, 24, 30):
        for yearly in ("0.8", "1", "1.3"):
            season = season_of(grown(months, yearly))
            assert season is not None
            assert abs(sum(season.values(), D(0)) - 12) < D("0.001")
            mean = sum(SHARES, D(0)) / 12
            for number, share in enumerate(SHARES, 1):
                assert abs(season[number] - share / mean) < D("0.001")


def test_a_year_or_an_empty_month_tells_no_season() -> None:
    assert season_of(grown(12)) is None
    assert season_of(grown(24) | {date(2025, 1, 1): D(0)}) is None
    assert season_of({}) is None


def test_what_is_taken_out_is_put_in_again() -> None:
    months = grown(24, "1")
    season = season_of(months)
    flat = without(months, season)
    assert max(flat.values()) - min(flat.values()) < D("0.01")
    december = Point(date(2026, 12, 1), D(100), D(80), D(120), D(60), D(140))
    back = within(Foreseen((december,), "short", "medium"), season)
    assert season is not None
    assert back.points[0].mean == round(100 * season[12], 1)
    assert back.points[0].low80 < back.points[0].mean < back.points[0].high80
    assert without(months, None) == months
    assert within(back, None) is back


async def test_a_series_that_no_run_stored_has_its_groups_season_of_what_was_known_then() -> None:
    group = grown(30)
    origin = add_months(max(group), 1)
    flat = {add_months(origin, -back): D(100) * SHARES[add_months(origin, -back).month - 1] for back in (4, 3, 2, 1)}
    with_group = (await computed({"a": Bare(flat, group)}, origin, plain))["a"]
    alone = (await computed({"a": Bare(flat, {})}, origin, plain))["a"]
    assert set(with_group) == set(alone) == {origin, add_months(origin, -1)}
    for point in with_group[origin].points:
        assert abs(point.mean - 100 * SHARES[point.month.month - 1]) < D("0.2")
    assert len({point.mean for point in alone[origin].points}) == 1


async def test_what_else_is_asked_about_changes_nothing() -> None:
    origin = date(2026, 11, 1)
    draw = {add_months(origin, -back): D(back * 7919 % 50 + 20) for back in range(24, 0, -1)}
    other = {month: cases * 3 if month.month % 2 else D(0) for month, cases in draw.items()}
    both = await computed({"a": Bare(draw, {}), "b": Bare(other, {})}, origin, replayed=0)
    assert both["a"] == (await computed({"a": Bare(draw, {})}, origin, replayed=0))["a"]
