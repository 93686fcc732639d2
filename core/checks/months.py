"""What the papers of a stretch of time come to: the invoices of November, and no other month's told as theirs."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from core.checks.around import STOP
from core.checks.listing import Listing
from core.checks.rounding import is_exact
from core.checks.said import Said
from core.checks.stretches import readings
from core.checks.view import View
from core.checks.wrong import Wrong
from core.language.periods import Grain

PAPERS = re.compile(r"发票|开票|订单|单子|(?<![a-z])(?:invoices?|invoiced|orders?|ordered|billed)(?![a-z])")
DUE = re.compile(r"到期|付|还|(?<![a-z])(?:due|pay\w*|paid)(?![a-z])")
TWO = 2
WRITTEN = re.compile(r"开票(?!当月)|开具|(?<![a-z])(?:invoiced|billed|issued|dated)(?: on)?(?![a-z])")
Stretch = tuple[date, date]


def of_that_time(place: int, said: Said, view: View) -> bool:
    """Whether it is what the papers of the stretch of time in its phrase come to."""
    one = said.numbers[place]
    if one.kind != "money" or "rebate" in said.cues:
        return False
    return any(_total(stretch, view) == abs(one.number.value) for stretch in _named(place, said))


def wrong_months(said: Said, view: View) -> Iterator[Wrong]:
    """What the papers of one month come to, told as that of another."""
    if not PAPERS.search(said.text):
        return
    months = {(day.year, day.month) for listing in view.listings for row in listing.rows for day, _ in row.days}
    if len(months) < 2 or not PAPERS.search(said.text):
        return
    totals = {month: _total(_month(*month), view) for month in months}
    for place, one in enumerate(said.numbers):
        value = abs(one.number.value)
        if one.kind != "money" or not is_exact(one.number) or value not in totals.values():
            continue
        start = max([0, *(found.end() for found in STOP.finditer(said.text, 0, one.number.span[0]))])
        stop = next((found.start() for found in STOP.finditer(said.text, one.number.span[1])), len(said.text))
        own = [_total(stretch, view) for stretch in _named(place, said)]
        if any(own) and value not in own and not DUE.search(said.text, start, stop):
            yield Wrong(f"{one.shown} is of another month")


def wrong_stretch_told(said: Said, view: View) -> Iterator[Wrong]:
    """What the rows of one stretch of time come to, told right behind another that the sentence names too."""
    named = [(at, name) for name, at, _ in said.things if name.startswith("period:")]
    listings = [one for one in view.listings if one.kind == "period"]
    if not listings or len({at for at, _ in named}) < TWO:
        return
    for one in said.numbers:
        value = abs(one.number.value)
        if not is_exact(one.number) or not any(at < one.number.span[0] for at, _ in named):
            continue
        last = max(at for at, _ in named if at < one.number.span[0])
        own, others = (
            {total for at, name in named if (at == last) is mine for total in _rows_within(name, listings)}
            for mine in (True, False)
        )
        if own and value not in own and value in others and value not in view.facts:
            yield Wrong(f"{one.shown} is of another time")


def wrong_paper_days(said: Said, view: View) -> Iterator[Wrong]:
    """A paper that is told as written on another day than its own."""
    for found in WRITTEN.finditer(said.text):
        start = max([0, *(one.end() for one in STOP.finditer(said.text, 0, found.start()))])
        stop = next((one.start() for one in STOP.finditer(said.text, found.end())), len(said.text))
        amounts = [one for one in said.numbers if one.kind == "money" and start <= one.number.span[0] < stop]
        days = [time for time in said.times if time.grain is Grain.DAY and start <= time.span[0] < stop]
        if len(amounts) != 1 or len(days) != 1:
            continue
        value = abs(amounts[0].number.value)
        rows = [row for listing in view.listings for row in listing.rows if value in row.amounts and row.days]
        told = set(readings(days[0]))
        if rows and not any(told & set(row.days) for row in rows):
            yield Wrong(f"{amounts[0].shown} is of another day")


def _rows_within(name: str, listings: Sequence[Listing]) -> Iterator[Decimal]:
    """What each column of amounts comes to in the rows of a stretch, two or more."""
    start, end = name.removeprefix("period:").split("/")
    for listing in listings:
        rows = [row for row in listing.rows if row.amounts and any(_lies_within(n, start, end) for n in row.things)]
        if len(rows) > 1:
            yield from (sum(cells, Decimal(0)) for cells in zip(*(row.amounts for row in rows), strict=False))


def _lies_within(name: str, start: str, end: str) -> bool:
    """Whether a period begins in a stretch; the one that is running may end behind it."""
    return name.startswith("period:") and start <= name.removeprefix("period:").split("/")[0] < end


def _month(year: int, month: int) -> Stretch:
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def _named(place: int, said: Said) -> list[Stretch]:
    """The stretch that its phrase names last before it, in each year that it may be of; else the first behind it."""
    one = said.numbers[place]
    begin = one.number.span[0]
    named = [(at, name) for name, at, _ in said.things if name.startswith("period:") and name in one.own]
    last = max((at for at, _ in named if at < begin), default=min((at for at, _ in named), default=0))
    spans = [name.removeprefix("period:").split("/") for at, name in named if at == last]
    return [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in spans]


def _total(stretch: Stretch, view: View) -> Decimal:
    """Of the orders or invoices with a day in it; nothing where no row has."""
    for listing in view.listings:
        if listing.kind in {"order", "invoice"}:
            rows = [row for row in listing.rows if row.amounts and any(_in(day, stretch) for day, _ in row.days)]
            if rows:
                return sum((row.amounts[-1] for row in rows), Decimal(0))
    return Decimal(0)


def _in(day: date, stretch: Stretch) -> bool:
    return stretch[0] <= day < stretch[1]
