"""Rebate programmes as policy rows."""

from datetime import date
from decimal import Decimal

from core.demo.books import CURRENCY, Books, load, moment

REBATE_POLICY = "rebate-policy.pdf"
REBATE_PAGE = 4
BEFORE = ((150_000, "0.008"), (300_000, "0.016"), (600_000, "0.025"), (1_000_000, "0.035"))
"""The tiers up to 2025, whose document is no longer published."""


def write_programmes(books: Books) -> None:
    """The quarterly programme of each year: ``QY-2026-Q`` as its policy says, earlier ones a little lower."""
    for year in range(books.start.year, books.until.year + 1):
        published = year >= 2026
        programme_id = books.add(
            "programmes",
            code=f"QY-{year}-Q",
            name=f"{year} 年季度全量返利",
            name_en=f"Quarterly rebate {year}",
            form="retroactive",
            rhythm="quarter",
            currency=CURRENCY,
            excluded_categories=["barrel"],
            paid_as="goods",
            suspended_overdue_days=30,
            region_id=None,
            valid_from=date(year, 1, 1),
            valid_to=date(year + 1, 1, 1),
            recorded_at=moment(date(year - 1, 12, 15), "10:00"),
            superseded_at=None,
            source=REBATE_POLICY if published else None,
            source_page=REBATE_PAGE if published else None,
        )
        for threshold, rate in _tiers() if published else BEFORE:
            books.add("programme_tiers", programme_id=programme_id, threshold=Decimal(threshold), rate=Decimal(rate))


def _tiers() -> list[tuple[int, str]]:
    terms = load("documents/terms.yaml")
    return [(tier["threshold"], str(Decimal(tier["percent"]) / 100)) for tier in terms["rebate_tiers"]]
