"""The brand, its regions, dealers, people, places of delivery and stores."""

from datetime import date
from decimal import Decimal
from typing import Any

from core.demo.books import CURRENCY, LISTED, MASTERED, ZONE, Books, Dealer, first_of_month, load, moment
from core.sealing import seal


def write_brand(books: Books) -> None:
    """The brand's settings, in force since before the first day of trade."""
    brand = load("data/brand.yaml")["brand"]
    books.add(
        "brand",
        **{key: brand[key] for key in ("name", "name_en", "locales", "modules", "contacts")},
        zone=ZONE,
        currency=CURRENCY,
        fiscal_year_start=1,
        word_limit=Decimal(brand["word_limit"]),
        button_limit=Decimal(brand["button_limit"]),
        proposal_minutes=1440,
        overdue_hold_days=15,
        is_demo=True,
        valid_from=LISTED,
        valid_to=None,
        recorded_at=moment(LISTED, "09:00"),
        superseded_at=None,
        source=None,
        source_page=None,
    )


def write_regions(books: Books) -> None:
    """The tree of regions, parents first."""
    for entry in load("data/brand.yaml")["regions"]:
        parent = books.regions.get(entry.get("parent", ""))
        books.add(
            "regions",
            code=entry["code"],
            name=entry["name"],
            name_en=entry["en"],
            parent_id=parent["id"] if parent else None,
            path=(parent["path"] if parent else "") + entry["code"] + "/",
            warehouse=entry["warehouse"],
        )
        books.regions[entry["code"]] = books.rows["regions"][-1]


def write_dealers(books: Books) -> None:
    """Dealers with a provisional credit limit; the accounts set the real one once the trade is known."""
    buyer_limit = Decimal(load("data/brand.yaml")["brand"]["buyer_limit"])
    for entry in load("data/dealers.yaml")["dealers"]:
        prepaid = entry.get("terms") == "prepaid"
        region = books.regions[entry["region"]]
        parent = books.dealers.get(entry.get("parent", ""))
        dealer_id = books.add(
            "dealers",
            code=entry["code"],
            name=entry["name"],
            name_en=entry["en"],
            parent_id=parent.id if parent else None,
            region_id=region["id"],
            tier=entry["tier"],
            stage="active",
            currency=CURRENCY,
            language=entry.get("language", "zh"),
            credit_limit=Decimal(0),
            temporary_credit=Decimal(0),
            temporary_until=None,
            terms="prepaid" if prepaid else "from_month_end",
            terms_days=0 if prepaid else 30,
            buyer_limit=buyer_limit,
            active_until=None,
            **MASTERED,
        )
        chain = (region["id"],) if region["parent_id"] is None else (region["id"], region["parent_id"])
        books.dealers[entry["code"]] = Dealer(
            id=dealer_id,
            code=entry["code"],
            region=entry["region"],
            region_ids=chain,
            warehouse=region["warehouse"],
            tier=entry["tier"],
            prepaid=prepaid,
            annual=entry["annual"] * 10_000,
            every=entry["every"],
            since=_since(books, entry),
            row=books.rows["dealers"][-1],
        )
        _write_places(books, books.dealers[entry["code"]], entry["city"])


def _since(books: Books, entry: Any) -> date:
    return first_of_month(books.until, entry["months"]) if "months" in entry else books.start


def write_people(books: Books) -> None:
    """Staff first, then an owner and a buyer for every dealer."""
    named = load("data/brand.yaml")
    for entry in named["staff"]:
        region = books.regions[entry["region"]]["id"] if "region" in entry else None
        _write_person(books, entry["handle"], entry["name"], entry["role"], region_id=region)
    for dealer in books.dealers.values():
        for role in ("owner", "buyer"):
            handle = f"{dealer.code}-{role}"
            name = named["people"].get(handle) or draw_name(books, handle)
            person = _write_person(books, handle, name, role, dealer_id=dealer.id, language=dealer.row["language"])
            setattr(dealer, f"{role}_id", person)
    for handle, secret in named["factors"].items():
        _write_factor(books, handle, secret)


def _write_factor(books: Books, handle: str, secret: str) -> None:
    """An authenticator whose secret everybody may know, so that orders above the second limit can be tried."""
    books.add(
        "factors",
        person_id=books.people[handle],
        secret=seal(secret, key=""),
        enrolled_at=moment(LISTED, "09:00"),
        enrolled_by="system:demo",
        last_step=0,
        wrong=0,
        locked_at=None,
    )


def draw_name(books: Books, key: str) -> str:
    """A Chinese name."""
    draw = books.draw("people", key)
    surname, given = draw.pick(books.market["surnames"]), draw.pick(books.market["given"])
    return f"{surname}{given}"


def _write_person(books: Books, handle: str, name: str, role: str | None, **more: Any) -> int:
    values = {"dealer_id": None, "region_id": None, "language": "zh"} | more
    books.people[handle] = books.add(
        "people",
        handle=handle,
        name=name,
        phone=f"1380000{len(books.people) + 1:04d}",
        role=role,
        retention="trade",
        active_until=None,
        erased_at=None,
        **values,
    )
    return books.people[handle]


def _write_places(books: Books, dealer: Dealer, city: str) -> None:
    draw = books.draw("ship_tos", dealer.code)
    market = books.market
    places = load("data/brand.yaml")["ship_tos"].get(dealer.code)
    if places is None:
        count = draw.between(1, 3) if dealer.tier != "C" else draw.between(1, 2)
        names = [draw.pick(market["depots"]), market["shops"][draw.below(2)], market["shops"][2 + draw.below(3)]]
        windows = ("08:00-12:00", "08:00-17:30", "13:00-17:30")
        places = [
            {
                "code": f"S{place + 1}",
                "name": names[place],
                "en": f"{'Warehouse' if place == 0 else 'Shop'} {place + 1}",
                "address": f"{city}市{draw.pick(market['roads'])} {draw.between(8, 988)} 号",
                "receiver": None,
                "window": draw.pick(windows),
            }
            for place in range(count)
        ]
    for place, entry in enumerate(places):
        handle = f"{dealer.code}-receiver-{place + 1}"
        receiver = _write_person(
            books, handle, entry["receiver"] or draw_name(books, handle), None, dealer_id=dealer.id
        )
        dealer.ship_tos[entry["name"]] = books.add(
            "ship_tos",
            dealer_id=dealer.id,
            code=entry["code"],
            name=entry["name"],
            name_en=entry["en"],
            address=entry["address"],
            receiver_id=receiver,
            window=entry["window"],
            is_default=place == 0,
            active_until=None,
        )
    _write_stores(books, dealer, city)


def _write_stores(books: Books, dealer: Dealer, city: str) -> None:
    draw = books.draw("stores", dealer.code)
    market = books.market
    for place in range(draw.between(3, 10)):
        kind = draw.pick(market["store_kinds"])
        books.add(
            "stores",
            dealer_id=dealer.id,
            code=f"{dealer.code}-T{place + 1:02d}",
            name=f"{draw.pick(market['store_names'])}{kind['name']}（{draw.pick(market['roads'])}店）",
            kind=kind["kind"],
            city=city,
            active_until=None,
        )
