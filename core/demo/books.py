"""The rows of the demo brand while they are being written, and the days it spans."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from core import plainyaml
from core.clock import at_local
from core.demo.draw import Draw

Row = dict[str, Any]
HERE = Path(__file__).parent
ZONE = "Asia/Shanghai"
CURRENCY = "CNY"
MONTHS = 30
LISTED = date(2021, 1, 1)
MASTERED: Mapping[str, Any] = {"master": "qudao", "external_id": None, "as_of": None}


def load(name: str) -> Any:
    """A data file of the demo brand."""
    return plainyaml.load((HERE / name).read_text(encoding="utf-8"))


def first_of_month(day: date, back: int = 0) -> date:
    """The first day of the month of ``day``, or of the one ``back`` months before."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def moment(day: date, at: str) -> datetime:
    """The instant when the brand's clocks show ``at`` (HH:MM)."""
    return at_local(day, time.fromisoformat(at), ZONE)


@dataclass(slots=True)
class Dealer:
    """A dealer of the plan: its row's id, and how it trades."""

    id: int
    code: str
    region: str
    region_ids: tuple[int, ...]
    warehouse: str
    tier: str
    prepaid: bool
    annual: int
    every: int
    since: date
    row: Row
    buyer_id: int = 0
    owner_id: int = 0
    ship_tos: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Item:
    """A product of the catalogue, by sku."""

    id: int
    sku: str
    category: str
    case: int
    code: str
    shelf: int
    minimum: int
    pop: int
    price: int
    since: date


@dataclass
class Books:
    """Everything that was generated, by table; ``add`` gives rows their ids."""

    until: date
    seed: int
    rows: dict[str, list[Row]] = field(default_factory=dict)
    dealers: dict[str, Dealer] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    regions: dict[str, Row] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> int:
        """A new row; its id."""
        rows = self.rows.setdefault(table, [])
        values["id"] = len(rows) + 1
        rows.append(values)
        return len(rows)

    def draw(self, table: str, key: str) -> Draw:
        """The series of that name."""
        return Draw(self.seed, table, key)

    @property
    def start(self) -> date:
        """The first day of trade: the first of a month, thirty months back."""
        return first_of_month(self.until, MONTHS)

    def day(self, back: int) -> date:
        """So many days before the last one."""
        return self.until - timedelta(days=back)

    @cached_property
    def by_id(self) -> dict[int, Item]:
        """The products by their row's id."""
        return {item.id: item for item in self.items.values()}

    @cached_property
    def now(self) -> datetime:
        """When the last day's books were opened: everything recorded came before."""
        return moment(self.until, "09:20")

    @cached_property
    def quarter(self) -> date:
        """The first day of the running quarter."""
        return date(self.until.year, (self.until.month - 1) // 3 * 3 + 1, 1)

    @cached_property
    def planted(self) -> Any:
        """What to plant; see ``planted.yaml``."""
        return load("planted.yaml")

    @cached_property
    def market(self) -> Any:
        """Seasons, carriers, names; see ``data/market.yaml``."""
        return load("data/market.yaml")
