"""Forecasts of the demo brand's trade, one to three months ahead, beside last year's month and a three-month mean.

    python -m benchmarks.forecast_demo [--origins N] [--every M] [--until DATE] [--json]

The demo is built in a folder of its own. From each origin everything is forecast as the nightly run does it, with what
was known then, and held against what came: each dealer's products, by region, by category and by class (ABC by cases),
products of regions and of the brand, and the brand's total. WAPE: the sum of misses over the sum of what came, in per
cent; lower is better. Series younger than a year have no last year's month and are left out of the comparison.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from benchmarks.figures import Figure
from core import migrations
from core.db import Database
from core.demo.build import build
from core.forecasts.classes import Abc, abc
from core.forecasts.computing import Books, Made, compared, foreseen, made_of
from core.forecasts.foreseeing import Foreseen
from core.forecasts.reconciling import ancestors
from core.forecasts.running import read_books
from core.forecasts.widths import widened, width_of, widths
from core.money import ZERO
from core.sales.rules import add_months

AHEAD = 3
METHODS = ("qudao", "unreconciled", "last_year", "mean3")


@dataclass(frozen=True)
class Month:
    """One month of a series at a level, as each method foresaw it, and what came."""

    datasets: tuple[str, ...]
    ahead: int
    actual: Decimal
    said: Mapping[str, Decimal]
    inside80: bool


async def books_of(until: date) -> Books:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'demo.db'}"
        await migrations.upgrade(url)
        database = Database(url)
        try:
            await build(database, until=until, seed=1)
            async with database.reads() as session:
                return await read_books(session, until, until.replace(day=1))
        finally:
            await database.close()


def months(books: Books, origin: date, end: date, past: dict[date, Made]) -> Iterator[Month]:
    """Every month up to three ahead that has ended, at every level; ``past`` are the origins before, and gets this."""
    alone = foreseen(books, origin)
    made = made_of(books, origin, alone)
    found = widths(compared(books, origin, past))
    classes = abc(_yearly(books, origin))
    past[origin] = made
    for name, raw in alone.items():
        place, what = name.split("|")
        ours = _ours(made, place, what)
        if ours is None or (place.startswith("D") and not what.startswith("sku:")):
            continue
        history = _history(books, place, what)
        shown = widened(ours, width_of(found, place, what))
        for ahead, (point, plain) in enumerate(zip(shown.points[:AHEAD], raw.points, strict=False), 1):
            before = add_months(point.month, -12)
            if point.month >= end or before < min(history, default=end):
                continue
            recent = sum((history.get(add_months(origin, -back), ZERO) for back in (1, 2, 3)), ZERO) / 3
            said = {
                "qudao": point.mean,
                "unreconciled": plain.mean,
                "last_year": history.get(before, ZERO),
                "mean3": recent,
            }
            actual = history.get(point.month, ZERO)
            inside = point.low80 <= actual <= point.high80
            yield Month(tuple(_datasets(books, classes, place, what)), ahead, actual, said, inside)


def _yearly(books: Books, origin: date) -> dict[str, Decimal]:
    """Cases of each product in the year before: what its class is told by here."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for key, series in books.series.items():
        sums[key.sku] += sum((cases for at, cases in series.items() if add_months(origin, -12) <= at < origin), ZERO)
    return sums


def _ours(made: Made, place: str, what: str) -> Foreseen | None:
    if place.startswith("D"):
        return made.dealers.get((int(place[1:]), what))
    return made.regions.get((place[1:], what))


def _history(books: Books, place: str, what: str) -> dict[date, Decimal]:
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for key, series in books.series.items():
        if key.dealer_id not in books.places or what not in {f"sku:{key.sku}", f"category:{key.category}", "all"}:
            continue
        dealer = books.places[key.dealer_id]
        if place == f"D{key.dealer_id}" or (place.startswith("R") and place[1:] in ancestors(dealer.region_path)):
            for month, cases in series.items():
                sums[month] += cases
    return sums


def _datasets(books: Books, classes: Mapping[str, Abc], place: str, what: str) -> Iterator[str]:
    """The groups that a series counts in."""
    kind = what.partition(":")[0]
    if place.startswith("D"):
        yield "dealer x product"
        yield f"dealer x product, {books.places[int(place[1:])].region_path.split('/')[0]}"
        yield f"dealer x product, {books.categories[what.removeprefix('sku:')]}"
        yield f"dealer x product, class {classes[what.removeprefix('sku:')]}"
    elif place == "R":
        yield {"sku": "brand x product", "category": "brand x category", "all": "brand"}[kind]
    elif kind == "sku":
        yield "region x product"


def figures(found: list[Month]) -> Iterator[Figure]:
    groups: dict[str, list[Month]] = defaultdict(list)
    for month in found:
        for dataset in month.datasets:
            groups[dataset].append(month)
    for dataset, rows in sorted(groups.items()):
        for metric, some in (
            ("WAPE", rows),
            *((f"WAPE {h} ahead", [r for r in rows if r.ahead == h]) for h in (1, 2, 3)),
        ):
            actual = sum((row.actual for row in some), ZERO)
            for method in METHODS:
                missed = sum((abs(row.said[method] - row.actual) for row in some), ZERO)
                if actual:
                    yield Figure(
                        dataset=dataset, method=method, metric=metric, value=round(float(missed / actual) * 100, 1)
                    )
        bias = sum((row.said["qudao"] - row.actual for row in rows), ZERO) / sum((row.actual for row in rows), ZERO)
        inside = sum(row.inside80 for row in rows) / len(rows)
        yield Figure(dataset=dataset, method="qudao", metric="bias", value=round(float(bias) * 100, 1))
        yield Figure(dataset=dataset, method="qudao", metric="inside 80%", value=round(inside * 100, 1))


def table(found: list[Figure]) -> str:
    by = {(one["dataset"], one["method"], one["metric"]): one["value"] for one in found}
    lines = [
        "| WAPE, % | ours | not reconciled | last year | mean of 3 | bias | inside 80 % |",
        "| --- |" + " --- |" * 6,
    ]
    for dataset in dict.fromkeys(one["dataset"] for one in found):
        values = [by[dataset, method, "WAPE"] for method in METHODS]
        values += [by[dataset, "qudao", metric] for metric in ("bias", "inside 80%")]
        lines.append(f"| {dataset} | " + " | ".join(f"{value:.1f}" for value in values) + " |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--origins", type=int, default=6)
    parser.add_argument("--every", type=int, default=2, help="months from one origin to the next")
    parser.add_argument("--until", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    books = asyncio.run(books_of(asked.until))
    end = asked.until.replace(day=1)
    found: list[Month] = []
    past: dict[date, Made] = {}
    for number in range(asked.origins, 0, -1):
        origin, begun = add_months(end, -number * asked.every), time.process_time()
        found += months(books, origin, end, past)
        print(f"{origin:%Y-%m}: {time.process_time() - begun:.0f} s of processor time", file=sys.stderr)
    measured = list(figures(found))
    print(json.dumps(measured) if asked.json else table(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
