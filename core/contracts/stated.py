"""What a contract says of trade: rebate tiers, territory, prices, payment and credit, each with where it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.contracts.reckoning import NUMBER, number
from core.contracts.territory import Cities, City, Regions, Territory, territory_in
from core.language.normalise import simplified
from core.reading.clauses import Clause

_SCALE: Mapping[str, int] = {"亿": 10**8, "万": 10**4, "千": 10**3}
_AMOUNT = re.compile(
    rf"(?P<c>人民币|RMB|CNY|¥|￥)?\s*(?P<n>{NUMBER})\s*(?P<s>亿|万|千)?\s*(?P<u>元|圆|yuan)?", re.IGNORECASE
)
_PERCENT = re.compile(rf"(?P<n>\d+(?:\.\d+)?)\s*[%％]|百分之(?P<z>{NUMBER})")
_SENTENCE = re.compile(r"(?:[^。；;\n.]|\.(?!\s|$))+")
_REBATE = re.compile(r"返利|返点|rebate", re.IGNORECASE)
_TERRITORY = re.compile(r"(?:经销|授权|销售|合作|独家)?(?:区域|地域|辖区)|territor", re.IGNORECASE)
_ELSEWHERE = re.compile(r"区域外|跨区|窜货|outside", re.IGNORECASE)
_CREDIT = re.compile(r"授信|信用额度|赊销额度|credit (?:limit|line)", re.IGNORECASE)
_SKU = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}-\d{2,4}[A-Z]{0,2}(?![A-Z0-9-])")
_LATE = re.compile(r"逾期|迟延|违约|滞纳|late|overdue|penalt", re.IGNORECASE)
_RHYTHMS: Mapping[str, re.Pattern[str]] = {
    "month": re.compile(r"月度|每月|按月|月返|\bmonth", re.IGNORECASE),
    "quarter": re.compile(r"季度|每季|按季|季返|\bquarter", re.IGNORECASE),
    "year": re.compile(r"年度|每年|按年|年返|全年|\bannual|\bcalendar year|\bper year", re.IGNORECASE),
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    "incremental": re.compile(
        r"超额部分|超出部分|超过部分|增量|分段累进|portion (?:above|exceeding)|incremental", re.IGNORECASE
    ),
    "retroactive": re.compile(
        r"全量|全额|全部(?:采购|进货|基数)|whole amount|all purchases|retroactive", re.IGNORECASE
    ),
}
_TERMS: Mapping[str, re.Pattern[str]] = {
    "prepaid": re.compile(r"款到发货|先款后货|预付全款|payment (?:before|in advance)|prepa(?:id|yment)", re.IGNORECASE),
    "from_month_end": re.compile(
        r"月结|月末|月底|当月[^。；]{0,8}结|end of (?:the )?month|month[- ]end", re.IGNORECASE
    ),
    "from_invoice": re.compile(r"(?:开票|发票)[^。；]{0,16}?日|(?:date of|after|from) (?:the )?invoice", re.IGNORECASE),
}
_DAYS = re.compile(rf"(?P<n>{NUMBER})\s*(?:[（(]\d+[）)])?\s*个?(?:自然)?(?:日|天|days?)", re.IGNORECASE)
_PAYS = re.compile(r"付款|支付|货款|结算|账期|月结|款到发货|先款后货|pay", re.IGNORECASE)
_MINIMUM = re.compile(r"最低|任务|目标|保底|不(?:得)?少于|不(?:得)?低于|minimum|target", re.IGNORECASE)
_PURCHASES = re.compile(r"采购|进货|提货|购货|购买|销售|purchas|buy|sales", re.IGNORECASE)
_LEAST = 1_000  # yuan: smaller figures beside a percentage are no threshold


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: offsets into the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatedTier:
    """From ``threshold`` on, ``rate`` (a share of one)."""

    threshold: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Stated:
    """``regions``, ``cities`` outside of them and ``unplaced`` names, which nobody knows, are the territory.

    ``terms`` is how days of credit count, as a dealer's record has it; ``places`` says where each was read.
    """

    tiers: tuple[StatedTier, ...] = ()
    rhythm: str | None = None
    form: str | None = None
    regions: tuple[str, ...] = ()
    cities: tuple[City, ...] = ()
    unplaced: tuple[str, ...] = ()
    terms: str | None = None
    days: int | None = None
    credit: Decimal | None = None
    minimum: Decimal | None = None
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


def stated_in(text: str, clauses: Iterable[Clause], regions: Regions, cities: Cities | None = None) -> Stated:
    """Read from the text; ``regions`` are the brand's, by code, with the names that a contract may use for them.

    ``cities`` are those known to lie in them, by their Chinese names. Traditional characters are read like simplified
    ones.
    """
    clauses, written, text = tuple(clauses), text, simplified(text)
    sentences = list(_sentences(text))
    places: dict[str, Place] = {}
    tiers, rebate = _tiers(text, clauses, sentences, places)
    as_written = [(start, written[start : start + len(sentence)]) for start, sentence in sentences]
    territory = _territory(as_written, regions, cities or {}, _headed(clauses), places)
    terms, days = _payment(sentences, places)
    return Stated(
        tiers=tiers,
        rhythm=_named(_RHYTHMS, rebate) if tiers else None,
        form=_named(_FORMS, rebate) if tiers else None,
        regions=territory.regions,
        cities=territory.cities,
        unplaced=territory.unplaced,
        terms=terms,
        days=days,
        credit=_credit(sentences, places),
        minimum=minimum_in(text),
        prices=_prices(sentences, places),
        places=places,
    )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(text):
        if found.group().strip():
            yield found.start(), found.group()


def _tiers(
    text: str, clauses: Iterable[Clause], sentences: Iterable[tuple[int, str]], places: dict[str, Place]
) -> tuple[tuple[StatedTier, ...], str]:
    """Each amount with the first percentage behind it, in what deals with rebates."""
    about = [one for one in clauses if _REBATE.search(text[one.start : one.end])]
    found: dict[Decimal, Decimal] = {}
    spoken = ""
    for start, sentence in sentences:
        inside = any(one.start <= start < one.end for one in about)
        if not inside or _LATE.search(sentence):
            continue
        spoken += sentence
        for threshold, rate in _pairs(sentence):
            found.setdefault(threshold, rate)
            first = places.get("rebate")
            places["rebate"] = Place(first.start if first else start, start + len(sentence))
    return tuple(StatedTier(*pair) for pair in sorted(found.items())), spoken


def _pairs(sentence: str) -> Iterator[tuple[Decimal, Decimal]]:
    amounts = [(match.start(), value) for match in _AMOUNT.finditer(sentence) if (value := _amount(match)) is not None]
    for at, (place, value) in enumerate(amounts):
        limit = amounts[at + 1][0] if at + 1 < len(amounts) else len(sentence)
        rate = _PERCENT.search(sentence, place, limit)
        share = number(rate["n"] or rate["z"]) if rate else None
        if share is not None and value >= _LEAST:
            yield value, share / 100


def _amount(match: re.Match[str]) -> Decimal | None:
    """An amount of money; bare numbers only where they are written in groups of three."""
    value = number(match["n"])
    grouped = re.fullmatch(r"\d{1,3}(?:[,，]\d{3})+", match["n"])
    if value is None or not (match["c"] or match["s"] or match["u"] or grouped):
        return None
    return value * _SCALE.get(match["s"] or "", 1)


def _headed(clauses: Sequence[Clause]) -> list[Place]:
    """The clauses whose heading, or that above it, is the territory."""
    own = [bool(_TERRITORY.search(simplified(one.heading))) for one in clauses]
    return [
        Place(one.start, one.end)
        for one, is_own in zip(clauses, own, strict=True)
        if is_own or (one.parent is not None and own[one.parent])
    ]


def _territory(
    sentences: Iterable[tuple[int, str]],
    regions: Regions,
    cities: Cities,
    headed: Sequence[Place],
    places: dict[str, Place],
) -> Territory:
    """As the first sentence on the territory gives it that names a place of the brand's; else names that it gives."""
    unknown: Territory | None = None
    for start, sentence in sentences:
        inside, plain = any(one.start <= start < one.end for one in headed), simplified(sentence)
        if not (inside or _TERRITORY.search(plain)) or _ELSEWHERE.search(plain):
            continue
        found = territory_in(sentence, regions, cities)
        if found.regions or found.cities:
            places["territory"] = Place(start, start + len(sentence))
            return found
        unknown = unknown or (found if found.unplaced else None)
    return unknown or Territory()


def _payment(sentences: Iterable[tuple[int, str]], places: dict[str, Place]) -> tuple[str | None, int | None]:
    for start, sentence in sentences:
        terms = _named(_TERMS, sentence) if _PAYS.search(sentence) and not _LATE.search(sentence) else None
        if terms is None:
            continue
        days = _DAYS.search(sentence)
        count = number(days["n"]) if days else None
        places["payment"] = Place(start, start + len(sentence))
        return terms, 0 if terms == "prepaid" else (int(count) if count is not None else None)
    return None, None


def minimum_in(text: str) -> Decimal | None:
    """The least that is to be bought in the contract's term, where the text asks for that."""
    for _, sentence in _sentences(text):
        word = _MINIMUM.search(sentence) if _PURCHASES.search(sentence) and not _REBATE.search(sentence) else None
        for match in _AMOUNT.finditer(sentence, word.end()) if word else ():
            value = _amount(match)
            if value is not None and value >= _LEAST:
                return value
    return None


def _credit(sentences: Iterable[tuple[int, str]], places: dict[str, Place]) -> Decimal | None:
    for start, sentence in sentences:
        word = _CREDIT.search(sentence)
        for match in _AMOUNT.finditer(sentence, word.end()) if word else ():
            if (value := _amount(match)) is not None:
                places["credit"] = Place(start, start + len(sentence))
                return value
    return None


def _prices(sentences: Iterable[tuple[int, str]], places: dict[str, Place]) -> dict[str, Decimal]:
    """A product's code with the first amount behind it."""
    found: dict[str, Decimal] = {}
    for start, sentence in sentences:
        codes = list(_SKU.finditer(sentence))
        for at, code in enumerate(codes):
            limit = codes[at + 1].start() if at + 1 < len(codes) else len(sentence)
            amounts = (_amount(match) for match in _AMOUNT.finditer(sentence, code.end(), limit))
            price = next((value for value in amounts if value is not None), None)
            if price is not None:
                found.setdefault(code.group(), price)
                places.setdefault("price", Place(start, start + len(sentence)))
    return found


def _named(patterns: Mapping[str, re.Pattern[str]], text: str) -> str | None:
    """Of what the text may name, that which it names first."""
    hits = {name: found.start() for name, pattern in patterns.items() if (found := pattern.search(text))}
    return min(hits, key=lambda name: hits[name]) if hits else None
