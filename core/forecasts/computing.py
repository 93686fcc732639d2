"""Every series forecast from what was known when a month began, made to add up, as wide as experience says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from core.forecasts.foreseeing import Engine, Foreseen, built_in, foresee_now
from core.forecasts.reconciling import ancestors, moved, reconciled
from core.forecasts.seasons import season_of, within, without
from core.forecasts.series import DealerPlace, Key, Months, whole
from core.forecasts.trials import ERROR_MONTHS
from core.forecasts.widths import Compared, level_of, widths
from core.money import ZERO
from core.sales.rules import add_months

HORIZON = 7  # the running month and six more
QUIET = 6  # a series without a purchase in so many months has ended
ALL = "all"
NOTHING: Mapping[date, "Made"] = MappingProxyType({})


def sku_key(sku: str) -> str:
    """What a forecast of a product is of."""
    return f"sku:{sku}"


def category_key(category: str) -> str:
    """What a forecast of a category is of."""
    return f"category:{category}"


@dataclass(frozen=True, slots=True)
class Books:
    """All histories at the bottom of the tree, and where the dealers stand."""

    places: Mapping[int, DealerPlace]
    series: Mapping[Key, Months]

    @property
    def categories(self) -> dict[str, str]:
        """Each product's category."""
        return {key.sku: key.category for key in self.series}

    def before(self, origin: date) -> dict[Key, Months]:
        """What was known when ``origin`` began, of the series that were alive."""
        alive = add_months(origin, -QUIET)
        known: dict[Key, Months] = {}
        for key, months in self.series.items():
            earlier = {month: cases for month, cases in months.items() if month < origin}
            if key.dealer_id in self.places and any(month >= alive and cases > 0 for month, cases in earlier.items()):
                known[key] = whole(earlier, origin)
        return known


@dataclass(slots=True)
class Made:
    """What a run came to, by (dealer or region path, what); ``widths`` by level are of the intervals when shown."""

    dealers: dict[tuple[int, str], Foreseen] = field(default_factory=dict)
    regions: dict[tuple[str, str], Foreseen] = field(default_factory=dict)
    widths: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many series."""
        return len(self.dealers) + len(self.regions)

    def named(self) -> Iterator[tuple[str, Foreseen]]:
        """Every series with its place and what, joined by a bar."""
        yield from ((f"D{place}|{what}", one) for (place, what), one in self.dealers.items())
        yield from ((f"R{place}|{what}", one) for (place, what), one in self.regions.items())


def compute(books: Books, origin: date, engine: Engine = built_in, past: Mapping[date, Made] = NOTHING) -> Made:
    """Forecasts of every series and sum from what was known before ``origin``, as wide as those of the ``past`` have
    proved to have to be. Slow: it belongs in a thread.
    """
    made = made_of(books, origin, foreseen(books, origin, engine))
    made.widths = widths(compared(books, origin, past))
    return made


def compared(books: Books, origin: date, past: Mapping[date, Made]) -> Iterator[Compared]:
    """Each month forecast before, up to three ahead, that had ended when ``origin`` began."""
    came = _histories(books, origin)
    for start, made in past.items():
        for name, one in made.named() if start < origin else ():
            for point in one.points[:ERROR_MONTHS]:
                if point.month < origin and name in came:
                    yield level_of(*name.split("|")), point, came[name].get(point.month, ZERO)


def foreseen(books: Books, origin: date, engine: Engine = built_in) -> dict[str, Foreseen]:
    """What the engine says of each series by itself, by place and what, joined by a bar: nothing adds up yet.

    The season that a category's products share is taken out before, and put in again.
    """
    histories = _histories(books, origin)
    if not histories:
        return {}
    labels = _labels(histories, books)
    seasons = {what: season_of(histories[f"R|{what}"]) for what in {one["category"] for one in labels.values()}}
    season = {name: seasons[one["category"]] for name, one in labels.items()}
    plain = {name: without(months, season[name]) for name, months in histories.items()}
    found = foresee_now(plain, HORIZON, engine, labels)
    return {name: within(one, season[name]) for name, one in found.items()}


def made_of(books: Books, origin: date, found: Mapping[str, Foreseen]) -> Made:
    """The same made to add up, product by product, then the sums of products."""
    made = Made()
    skus = {key.sku: key.category for key in books.before(origin)}
    for sku in sorted(skus):
        _add_product(made, books, found, sku)
    for name, one in found.items():
        place, what = name.split("|")
        if not what.startswith("sku:"):
            _add_sum(made, books, skus, place, what, one)
    return made


def _histories(books: Books, origin: date) -> dict[str, Months]:
    """By place and what, joined by a bar: each dealer's products, categories and all, and the sums of regions."""
    sums: dict[str, Months] = {}
    for key, months in books.before(origin).items():
        places = [f"D{key.dealer_id}", *(f"R{path}" for path in ancestors(books.places[key.dealer_id].region_path))]
        for place in places:
            for what in (sku_key(key.sku), category_key(key.category), ALL):
                total = sums.setdefault(f"{place}|{what}", {})
                for month, cases in months.items():
                    total[month] = total.get(month, ZERO) + cases
    return {name: whole(months, origin) for name, months in sums.items()}


def _labels(histories: Mapping[str, Months], books: Books) -> dict[str, dict[str, str]]:
    """Which series are alike: by category (as ``what`` names it) and region."""
    found, categories = {}, books.categories
    for name in histories:
        place, what = name.split("|")
        region = books.places[int(place[1:])].region_path if place.startswith("D") else place[1:]
        kind, _, code = what.partition(":")
        found[name] = {"category": category_key(categories[code]) if kind == "sku" else what, "region": region}
    return found


def _add_product(made: Made, books: Books, found: Mapping[str, Foreseen], sku: str) -> None:
    what = sku_key(sku)
    dealers = {place: found[name] for place in books.places if (name := f"D{place}|{what}") in found}
    paths = {place: books.places[place].region_path for place in dealers}
    around = {path for place in dealers for path in ancestors(paths[place])}
    bottom, tops = reconciled(dealers, {path: found[f"R{path}|{what}"] for path in around}, paths)
    made.dealers |= {(place, what): one for place, one in bottom.items()}
    made.regions |= {(path, what): one for path, one in tops.items()}


def _add_sum(made: Made, books: Books, skus: Mapping[str, str], place: str, what: str, one: Foreseen) -> None:
    """A category's or all products' forecast: its mean is the sum of its products', its interval its own."""
    mine = [sku_key(sku) for sku, category in skus.items() if what in {ALL, category_key(category)}]
    parts: list[Foreseen] = []
    if place.startswith("D"):
        dealer_id = int(place[1:])
        parts = [made.dealers[dealer_id, sku] for sku in mine if (dealer_id, sku) in made.dealers]
    else:
        parts = [made.regions[place[1:], sku] for sku in mine if (place[1:], sku) in made.regions]
    means = [sum((p.mean for p in points), ZERO) for points in zip(*(part.points for part in parts), strict=True)]
    summed = replace(one, points=tuple(moved(point, mean) for point, mean in zip(one.points, means, strict=True)))
    if place.startswith("D"):
        made.dealers[int(place[1:]), what] = summed
    else:
        made.regions[place[1:], what] = summed
