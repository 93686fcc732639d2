"""Arguments by the ``format`` of their JSON schema: what lies ahead, what would change, what is held."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from agents.offline.evidence.cues import HELD, OVERDUE, SILENT
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import Reading
from core.language.changes import find_change, find_deal
from core.language.durations import find_days
from core.language.timeranges import find_months_ahead

COUNT_OF_MONTHS, MONTHS_AHEAD = "count-of-months", "months-ahead"
DAYS_WITHOUT_ORDER = "days-without-order"
TIME = frozenset({COUNT_OF_MONTHS, MONTHS_AHEAD})
PRICE = frozenset({"price-change", "price-difference", "promotion"})


def _period(reading: Reading, briefing: Briefing) -> str | None:
    found = find_months_ahead(reading.text, briefing.today, briefing.fiscal_year_start)
    return found.code if found else None


def _months(reading: Reading, briefing: Briefing) -> int | None:
    found = find_months_ahead(reading.text, briefing.today, briefing.fiscal_year_start)
    return found.count if found else None


def _price_change(reading: Reading, _: Briefing) -> float | None:
    found = find_change(reading.text, "price")
    return float(found.value) if found and not found.money else None


def _price_difference(reading: Reading, _: Briefing) -> float | None:
    found = find_change(reading.text, "price")
    return float(found.value) if found and found.money else None


def _demand_change(reading: Reading, _: Briefing) -> float | None:
    found = find_change(reading.text, "demand")
    return float(found.value) if found else None


def _promotion(reading: Reading, _: Briefing) -> str | None:
    deal = find_deal(reading.text)
    return f"{deal[0]}+{deal[1]}" if deal else None


def _held(reading: Reading, _: Briefing) -> float | None:
    """What the person says that there is; what is to be ordered counts for nothing here."""
    return float(reading.quantities[0].value) if reading.quantities and HELD.search(reading.text) else None


def _days_without_order(reading: Reading, _: Briefing) -> int | None:
    """「超过15天没下单的」: how long they have been quiet, not for how long something is overdue."""
    return find_days(reading.text) if SILENT.search(reading.text) and not OVERDUE.search(reading.text) else None


CONTRACT = re.compile(r"(?<![a-z0-9-])[a-z]{2,4}-\d{4}-\d{2,6}(?![0-9-])")


def _contract_number(reading: Reading, _: Briefing) -> str | None:
    """「HT-2026-001到期没」: a contract's number, as registers write them; an order's has its whole day in it."""
    found = CONTRACT.search(reading.text)
    return found.group().upper() if found else None


def _sent_file(reading: Reading, _: Briefing) -> str | None:
    return reading.files[0] if len(reading.files) == 1 else None


READERS: Mapping[str, Callable[[Reading, Briefing], Any]] = {
    MONTHS_AHEAD: _period,
    COUNT_OF_MONTHS: _months,
    "price-change": _price_change,
    "price-difference": _price_difference,
    "demand-change": _demand_change,
    "promotion": _promotion,
    "stock-held": _held,
    DAYS_WITHOUT_ORDER: _days_without_order,
    "contract-number": _contract_number,
    "sent-file": _sent_file,
}
