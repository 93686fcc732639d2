"""What a contract says held against what the system does; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.contracts.pace import Pace
from core.contracts.stated import Place, Stated, StatedTier


class Matter(StrEnum):
    """What is compared."""

    REBATE = "rebate"
    RHYTHM = "rhythm"
    FORM = "form"
    TERRITORY = "territory"
    PRICE = "price"
    PAYMENT = "payment"
    CREDIT = "credit"
    MINIMUM = "minimum"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Configured:
    """What the system does for a dealer: programme, region, price list, terms and credit, and how things stand.

    ``regions`` are the codes of the dealer's own region and all above it.
    """

    programme: str | None
    rhythm: str | None
    form: str | None
    tiers: tuple[StatedTier, ...]
    regions: tuple[str, ...]
    prices: Mapping[str, Decimal]
    terms: str
    days: int
    credit: Decimal
    currency: str
    overdue: Decimal = Decimal(0)
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """``agreed`` and ``actual`` are values of one kind: tiers, codes of regions and names of cities, amounts, days.

    ``about`` names the product or the count that it is about; ``place`` is where the contract says so.
    """

    matter: Matter
    agreed: object
    actual: object
    place: Place | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, what is as agreed, and what the contract leaves open."""

    differences: tuple[Difference, ...] = ()
    same: tuple[Matter, ...] = ()
    silent: tuple[Matter, ...] = field(default=())


def compare(stated: Stated, configured: Configured) -> Compared:
    """Each matter once: as agreed, different, or not in the contract."""
    differences: list[Difference] = []
    same: list[Matter] = []
    silent: list[Matter] = []
    for matter, known, found in _matters(stated, configured):
        if not known:
            silent += [] if matter is Matter.TERRITORY and stated.unplaced else [matter]
        elif found:
            differences += found
        else:
            same.append(matter)
    return Compared((*differences, *_behaviour(configured)), tuple(same), tuple(silent))


Row = tuple[Matter, bool, list[Difference]]


def _matters(stated: Stated, configured: Configured) -> Iterator[Row]:
    where = stated.places.get
    yield Matter.REBATE, bool(stated.tiers), _tiers(stated, configured)
    for matter, agreed, actual in (
        (Matter.RHYTHM, stated.rhythm, configured.rhythm),
        (Matter.FORM, stated.form, configured.form),
    ):
        if stated.tiers and configured.tiers:
            differs = agreed != actual
            yield matter, agreed is not None, [Difference(matter, agreed, actual, where("rebate"))] if differs else []
    yield Matter.TERRITORY, bool(stated.regions or stated.cities), _territory(stated, configured)
    yield Matter.PRICE, bool(stated.prices), list(_prices(stated, configured))
    yield Matter.PAYMENT, stated.terms is not None, _payment(stated, configured)
    credit = stated.credit is not None and stated.credit != configured.credit
    found = [Difference(Matter.CREDIT, stated.credit, configured.credit, where("credit"))] if credit else []
    yield Matter.CREDIT, stated.credit is not None, found


def _tiers(stated: Stated, configured: Configured) -> list[Difference]:
    if not stated.tiers or sorted_tiers(stated.tiers) == sorted_tiers(configured.tiers):
        return []
    return [Difference(Matter.REBATE, stated.tiers, configured.tiers, stated.places.get("rebate"))]


def sorted_tiers(tiers: Sequence[StatedTier]) -> list[tuple[Decimal, Decimal]]:
    """For comparing: thresholds and rates in order, however many zeros they were stored with."""
    return sorted((tier.threshold.normalize(), tier.rate.normalize()) for tier in tiers)


def _territory(stated: Stated, configured: Configured) -> list[Difference]:
    """What lies in the dealer's own region, or is above it, is covered; anything else is not in the dealer's record."""
    beyond = [code for code in stated.regions if code not in configured.regions]
    beyond += [one.name for one in stated.cities if not one.may_be_of(configured.regions)]
    if not beyond:
        return []
    agreed = (*stated.regions, *(one.name for one in stated.cities))
    return [Difference(Matter.TERRITORY, agreed, configured.regions[:1], stated.places.get("territory"))]


def _prices(stated: Stated, configured: Configured) -> Iterator[Difference]:
    for sku, price in stated.prices.items():
        listed = configured.prices.get(sku)
        if listed is not None and listed != price:
            yield Difference(Matter.PRICE, price, listed, stated.places.get("price"), about=sku)


def _payment(stated: Stated, configured: Configured) -> list[Difference]:
    if stated.terms is None:
        return []
    agreed, actual = (stated.terms, stated.days), (configured.terms, configured.days)
    same_days = stated.days is None or stated.days == configured.days
    if stated.terms == configured.terms and same_days:
        return []
    return [Difference(Matter.PAYMENT, agreed, actual, stated.places.get("payment"))]


def _behaviour(configured: Configured) -> Iterator[Difference]:
    """What neither side wrote down: whether it is being kept."""
    pace = configured.pace
    if pace is not None and pace.short:
        yield Difference(Matter.MINIMUM, pace.target, pace.bought + pace.expected)
    if configured.overdue > 0:
        yield Difference(Matter.OVERDUE, Decimal(0), configured.overdue)
