"""The demo brand's contracts: its own wording, and three dealers' signed ones, made into files and register rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files as packaged
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.contracts.lifecycle import Terms, days_of
from core.contracts.models import ContractTemplate, ContractVersion, State
from core.demo.books import CURRENCY, Books, load, moment
from core.documents import files

PDF = "application/pdf"
BLANK = "________"
SIGNED_ON = "10:00"


def write_contracts(books: Books) -> None:
    """Register rows with their days; the files come when the database is filled."""
    for entry in _texts()["contracts"]:
        start, end = term_of(entry, books.until)
        minimum = entry.get("minimum")
        notice = entry.get("notice")
        terms = Terms(start, end, notice is not None, notice or 60, Decimal(minimum) if minimum else None, CURRENCY)
        dealer = books.dealers[entry["dealer"]]
        contract_id = books.add(
            "contracts",
            dealer_id=dealer.id,
            number=number_of(entry, books.until),
            kind="dealer",
            title=entry["title"],
            side=entry["side"],
            owner_id=books.people[entry["owner"]],
            state=State.SIGNED,
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            renews=terms.renews,
            notice_days=terms.notice_days,
            minimum_purchase=terms.minimum_purchase,
            currency=terms.currency,
            recorded_at=moment(start - timedelta(days=12), SIGNED_ON),
            changed_at=moment(start - timedelta(days=5), SIGNED_ON),
        )
        for one in days_of(terms):
            books.add(
                "contract_dates",
                contract_id=contract_id,
                dealer_id=dealer.id,
                kind=one.kind,
                day=one.day,
                remind_on=one.remind_on,
                told_at=None,
            )


def number_of(entry: Mapping[str, Any], until: date) -> str:
    """``HT-2026-001`` for D001's."""
    return f"HT-{until.year}-{entry['dealer'][1:]}"


def term_of(entry: Mapping[str, Any], until: date) -> tuple[date, date]:
    """The calendar year, or a year that ends so many days after the demo's last one."""
    if "ends_in" not in entry:
        return date(until.year, 1, 1), date(until.year, 12, 31)
    end = until + timedelta(days=entry["ends_in"])
    return end - timedelta(days=364), end


async def store_files(session: AsyncSession, books: Books) -> None:
    """The contracts' PDFs, as their newest versions, and the templates."""
    for place, entry in enumerate(_texts()["contracts"], start=1):
        row = books.rows["contracts"][place - 1]
        sha256 = await files.store(session, compiled(of_contract(entry, books)), PDF, row["recorded_at"])
        session.add(
            ContractVersion(
                contract_id=row["id"],
                dealer_id=row["dealer_id"],
                number=1,
                sha256=sha256,
                name=entry["name"],
                recorded_at=row["recorded_at"],
                recorded_by="legal",
            )
        )
    start = date(2026, 1, 1)
    for entry in _texts()["templates"]:
        at = moment(start - timedelta(days=20), SIGNED_ON)
        sha256 = await files.store(session, compiled(of_template(entry)), PDF, at)
        session.add(
            ContractTemplate(
                kind=entry["kind"],
                language=entry["language"],
                title=entry["title"],
                name=entry["name"],
                sha256=sha256,
                valid_from=start,
                recorded_at=at,
            )
        )
    await session.flush()


def of_template(template: Mapping[str, Any]) -> dict[str, Any]:
    """The wording with blanks where a contract fills something in; rebates as the programme has them."""
    filled = dict.fromkeys(("dealer", "region", "start", "end"), BLANK)
    said = {
        "payment": template["payment"].format(days=30),
        "renewal": template["renewal"].format(notice=30),
        "minimum": template["minimum"].format(minimum=BLANK),
        "tiers": _tiers(template, _programme()),
    }
    return _paper(template, template["clauses"], filled | said, title=template["title"], number="")


def of_contract(entry: Mapping[str, Any], books: Books) -> dict[str, Any]:
    """A contract with what it fills in and the paragraphs that it puts in the template's place."""
    template = next(one for one in _texts()["templates"] if one["language"] == entry["language"])
    start, end = term_of(entry, books.until)
    dealer = books.dealers[entry["dealer"]].row
    notice, minimum = entry.get("notice"), entry.get("minimum")
    filled = {
        "dealer": dealer["name"] if entry["language"] == "zh" else f"{dealer['name_en']} ({dealer['name']})",
        "region": entry["region"],
        "start": _day(start, entry["language"]),
        "end": _day(end, entry["language"]),
        "payment": template["payment"].format(days=entry["days"]),
        "renewal": template["renewal"].format(notice=notice) if notice else template["no_renewal"],
        "minimum": template["minimum"].format(minimum=f"{minimum:,}") if minimum else template["no_minimum"],
        "tiers": _tiers(template, entry.get("tiers") or _programme()),
    }
    clauses = template["clauses"] | entry.get("instead", {})
    return _paper(template, clauses, filled, title=entry["title"], number=number_of(entry, books.until))


def compiled(paper: Mapping[str, Any]) -> bytes:
    """The PDF, with the packaged Chinese font and none of this computer's."""
    import typst
    from pylopdf_fonts_zh_cn import sans_path

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])
    source = packaged("core.demo.agreements").joinpath("agreement.typ").read_bytes()
    inputs = {"contract": json.dumps(paper, ensure_ascii=False)}
    return bytes(typst.compile(source, font_paths=fonts, format="pdf", sys_inputs=inputs, timestamp=0))


def _paper(
    template: Mapping[str, Any],
    clauses: Mapping[str, Sequence[str]],
    filled: Mapping[str, str],
    *,
    title: str,
    number: str,
) -> dict[str, Any]:
    chinese = template["language"] == "zh"
    written = []
    for place, (heading, *paragraphs) in enumerate(clauses.values(), start=1):
        numbered = [f"{place}.{at} {text.format_map(filled)}" for at, text in enumerate(paragraphs, start=1)]
        head = f"第{_chinese(place)}条 {heading}" if chinese else f"{place}. {heading}"
        written.append({"heading": head, "paragraphs": numbered})
    closing = (
        ["甲方（盖章）：", "乙方（盖章）：", "日期：", "日期："]
        if chinese
        else ["For the Supplier:", "For the Dealer:", "Date:", "Date:"]
    )
    return {
        "title": title,
        "number": number,
        "language": template["language"],
        "parties": [party.format_map(filled) for party in template["parties"]],
        "opening": template["opening"],
        "clauses": written,
        "closing": closing,
    }


def _tiers(template: Mapping[str, Any], tiers: Sequence[Sequence[Any]]) -> str:
    gap = "" if template["language"] == "zh" else " "
    return "".join(
        template["tier"].format(threshold=f"{threshold:,}", percent=percent) + gap for threshold, percent in tiers
    )


def _programme() -> list[tuple[int, str]]:
    return [(tier["threshold"], tier["percent"]) for tier in load("documents/terms.yaml")["rebate_tiers"]]


def _chinese(place: int) -> str:
    digits = "零一二三四五六七八九"
    return digits[place] if place < 10 else f"十{digits[place - 10] if place > 10 else ''}"


def _day(day: date, language: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day:%B} {day.day}, {day.year}"


@cache
def _texts() -> Any:
    return load("agreements/texts.yaml")
