"""The catalogue as rows: products, their names and packs, the price lists, promotions."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.demo.books import CURRENCY, LISTED, MASTERED, Books, Item, load, moment
from core.money import round_money

NEW_LIST = date(2026, 3, 1)
PRICE_POLICY = "price-policy.pdf"
STEPS_PAGE = 5
PROMOTION_PAGES: Mapping[str, int] = {"free_units": 5, "threshold": 6, "special_price": 7}
CODES: Mapping[str, int] = {
    "water": 1,
    "barrel": 2,
    "tea": 3,
    "juice": 4,
    "soda": 5,
    "sports": 6,
    "plant": 7,
    "coffee": 8,
}


def write_products(books: Books) -> None:
    """Products with names and pack units."""
    for place, entry in enumerate(load("data/products.yaml")["products"]):
        sku = entry["sku"]
        product_id = books.add(
            "products",
            sku=sku,
            category=entry["category"],
            size=entry["size"],
            tax_rate=Decimal(entry.get("tax", "0.13")),
            shelf_life_days=entry["shelf"],
            minimum_cases=entry.get("minimum", 1),
            lead_days=entry.get("lead", 3),
            active_from=LISTED,
            active_until=None,
            **MASTERED,
        )
        code = "0550" if sku == "W-550" else f"{CODES[entry['category']]}{place:03d}"
        books.items[sku] = Item(
            id=product_id,
            sku=sku,
            category=entry["category"],
            case=entry["case"],
            code=code,
            shelf=entry["shelf"],
            minimum=entry.get("minimum", 1),
            pop=entry["pop"],
            price=int(Decimal(entry["price"]) * 100),
            since=LISTED,
        )
        _write_names(books, product_id, entry)
        _write_packs(books, product_id, entry)


def _write_names(books: Books, product_id: int, entry: Any) -> None:
    for language, name, aliases in (("zh", entry["zh"], entry["aliases"]), ("en", entry["en"], entry["en_aliases"])):
        books.add("product_names", product_id=product_id, language=language, name=name, is_alias=False)
        for alias in aliases:
            books.add("product_names", product_id=product_id, language=language, name=alias, is_alias=True)


def _write_packs(books: Books, product_id: int, entry: Any) -> None:
    packs = {
        "bottle": 1,
        "pack": entry["pack"],
        "case": entry["case"],
        "pallet": entry["case"] * entry.get("pallet", 60),
    }
    for unit, bottles in packs.items():
        if bottles:
            books.add("pack_units", product_id=product_id, unit=unit, bottles=bottles)


def write_prices(books: Books) -> None:
    """Each product's list by region and tier, with its quantity steps; the one before it where the price changed."""
    for entry in load("data/products.yaml")["products"]:
        product_id = books.items[entry["sku"]].id
        if "was" in entry:
            _write_list(books, product_id, Decimal(entry["was"]), LISTED, NEW_LIST)
        _write_list(books, product_id, Decimal(entry["price"]), NEW_LIST if "was" in entry else LISTED, None)


def _write_list(books: Books, product_id: int, base: Decimal, valid_from: date, valid_to: date | None) -> None:
    for region_id, tier, from_cases, factor in _scopes(books):
        books.add(
            "prices",
            product_id=product_id,
            region_id=region_id,
            tier=tier,
            from_cases=from_cases,
            amount=round_money(base * factor, CURRENCY),
            currency=CURRENCY,
            **_policy(valid_from, valid_to, STEPS_PAGE),
        )


def _scopes(books: Books) -> Iterator[tuple[int | None, str | None, int, Decimal]]:
    """Region, tier, step and the product of their factors; where a factor is 1 the row without it stands in."""
    terms = load("documents/terms.yaml")
    regions: list[tuple[int | None, Decimal]] = [(None, Decimal(1))]
    regions += [
        (books.regions[one["code"]]["id"], Decimal(one["factor"]))
        for one in terms["regions"]
        if Decimal(one["factor"]) != 1
    ]
    tiers = [(None if Decimal(one["factor"]) == 1 else one["code"], Decimal(one["factor"])) for one in terms["tiers"]]
    for region_id, by_region in regions:
        for tier, by_tier in tiers:
            for step in terms["steps"]:
                yield region_id, tier, step["from_cases"], by_region * by_tier * Decimal(step["factor"])


def _policy(valid_from: date, valid_to: date | None, page: int) -> dict[str, Any]:
    return {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "recorded_at": moment(valid_from - timedelta(days=14), "10:00"),
        "superseded_at": None,
        "source": PRICE_POLICY,
        "source_page": page,
    }


def write_promotions(books: Books) -> None:
    """Every promotion in each year that the trade touches."""
    for year in range(books.start.year - 1, books.until.year + 1):
        for entry in load("data/promotions.yaml")["promotions"]:
            _write_promotion(books, year, entry)


def _write_promotion(books: Books, year: int, entry: Any) -> None:
    valid_from, valid_to = _day(year, entry["from"]), _day(year, entry["to"])
    if valid_to <= valid_from:
        valid_to = _day(year + 1, entry["to"])
    sku, free, region = entry.get("sku"), entry.get("free_sku"), entry.get("region")
    books.add(
        "promotions",
        code=f"P{year % 100}-{entry['code']}",
        kind=entry["kind"],
        name=entry["name"],
        name_en=entry["en"],
        product_id=books.items[sku].id if sku else None,
        category=entry.get("category"),
        region_id=books.regions[region]["id"] if region else None,
        tier=entry.get("tier"),
        buy_cases=entry.get("buy", 0),
        free_cases=entry.get("free", 0),
        free_product_id=books.items[free].id if free else None,
        threshold=_amount(entry, "threshold"),
        discount=_amount(entry, "discount"),
        special_price=_amount(entry, "price"),
        currency=None if entry["kind"] == "free_units" else CURRENCY,
        counts_for_rebate=entry["kind"] == "threshold",
        **_policy(valid_from, valid_to, PROMOTION_PAGES[entry["kind"]]),
    )


def _day(year: int, month_day: str) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def _amount(entry: Any, name: str) -> Decimal | None:
    return Decimal(entry[name]) if name in entry else None
