"""A contract held against the system: in plain words to a dealer, with both sides' figures to finance and lawyers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import tool

from core.actor import Permission, Role
from core.contracts import configured as system
from core.contracts import service
from core.contracts.against import Compared, Configured, Difference, compare
from core.contracts.models import Contract
from core.contracts.parties import names_another
from core.contracts.stated import Stated, StatedTier, stated_in
from core.dealers.models import Dealer
from core.dealers.service import resolve
from core.events.service import record
from core.reading.clauses import clause_at
from core.replies import Block, Button, Citation, Citations, Column, Figure, Reply, Shown, Table, Text, say
from core.words import Words
from tools.context import ToolContext
from tools.contract_papers import Asked, FileName, Looked, Number, look, party, registered, title_of
from tools.contract_replies import CITED, counted, no_contract, shortened, where
from tools.registry import Effect, ToolSpec

Runtime = ToolRuntime[ToolContext, Any]
BOTH_SIDES = frozenset({Role.FINANCE, Role.LEGAL, Role.ADMIN, Role.MANAGER, Role.REP})
LINES = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it, with all that its words need."""

    looked: Looked
    title: str
    dealer: Dealer
    stated: Stated
    configured: Configured
    compared: Compared
    regions: Mapping[str, tuple[str, ...]]


@tool(parse_docstring=True, response_format="content_and_artifact")
async def check_contract_against_system(
    runtime: Runtime,
    contract: Number | None = None,
    dealer: str | None = None,
    file: FileName | None = None,
) -> tuple[str, Reply]:
    """Whether the system does what a contract says: rebates, territory, prices, payment, credit, purchases so far.

    Args:
        contract: The number of a registered contract; the contract in view when absent.
        dealer: The dealer's code; whose record the contract is held against.
        file: Which of several files that were sent, by its name.
    """
    ctx = runtime.context
    if dealer:
        async with ctx.reads() as session:
            await resolve(session, ctx.actor, dealer)
    looked = await look(ctx, Asked(contract, dealer if not ctx.attachments else None, file))
    if not looked.is_contract:
        reply = no_contract(ctx.words)
        return reply.plain(), reply
    if other := await _with_another(ctx, looked):
        reply = _not_theirs(other, looked, ctx.words)
        return reply.plain(), reply
    found = await _checked(ctx, looked, dealer)
    await _tell(ctx, found)
    reply = shown(ctx, found)
    return reply.plain(), reply


async def _with_another(ctx: ToolContext, looked: Looked) -> str:
    """Who the contract that a dealer's person sent is with, where that isn't their own company."""
    if ctx.actor.dealer_id is None or looked.paper.contract_id is not None:
        return ""
    async with ctx.reads() as session:
        own = await resolve(session, ctx.actor, None)
    review = looked.review
    brand = (ctx.brand.name, ctx.brand.name_en)
    return names_another(review.facts.parties, review.text, (own.name, own.name_en), brand)


def _not_theirs(other: str, looked: Looked, words: Words) -> Reply:
    """Another company's contract is held against nothing of the asker's."""
    text = words("contracts.check.another_party", contract=looked.paper.name, party=other)
    return say(text).with_buttons([Button("person", words("button.person"), words("button.person.says"))])


async def _checked(ctx: ToolContext, looked: Looked, dealer: str | None) -> Checked:
    title = await title_of(ctx, looked.paper)
    async with ctx.reads() as session:
        held = await registered(session, ctx, looked.paper)
        regions = await system.region_names(session)
        stated = stated_in(looked.review.text, looked.review.clauses, regions, await system.cities(session))
        if held is not None:
            whose = held.dealer
            entry: Contract | None = held.contract
        else:
            whose = await resolve(session, ctx.actor, dealer or await party(session, ctx, looked))
            entry = await service.of_dealer(session, ctx.actor, whose.id)
        known = await system.configured(session, ctx.actor, whose, stated.prices, ctx.today, entry)
    return Checked(looked, title, whose, stated, known, compare(stated, known), regions)


async def _tell(ctx: ToolContext, found: Checked) -> None:
    """What differs is put on record, for finance and lawyers to find; once a turn."""
    differing = [str(one.matter) for one in found.compared.differences]
    if not differing:
        return
    async with ctx.writes.begin() as session:
        record(
            session, ctx.actor, "contract.differs", f"dealers:{found.dealer.code}", at=ctx.now,
            after={"sha256": found.looked.paper.sha256, "matters": differing}, request_id=ctx.turn_id,
        )  # fmt: skip


def shown(ctx: ToolContext, found: Checked) -> Reply:
    """What differs first, then what is as agreed and what the contract leaves open."""
    words, both = ctx.words, ctx.actor.role in BOTH_SIDES and not ctx.in_a_group
    name = words("contracts.check.you") if not both else f"{found.dealer.code} {_name(found.dealer, words)}"
    differences = found.compared.differences
    if differences:
        lines = [counted(words, "contracts.check.differs", len(differences), name=name, contract=found.title)]
    else:
        lines = [words("contracts.check.agrees", name=name, contract=found.title)]
    blocks: list[Block] = []
    if both:
        blocks += [Text(lines[0]), *_both_sides(found, words)]
    else:
        said = [_plain(place, one, found, words) for place, one in enumerate(differences, start=1)]
        blocks.append(Text("\n".join([*lines, *said[:LINES]])))
        if len(said) > LINES:
            blocks.append(Text("\n".join(said[LINES:])))
    rest = "\n".join(_rest(found, words))
    if rest:
        blocks.append(Text(rest))
    if items := tuple(_cited(differences, found)):
        blocks.append(Citations(items))
    if differences and not both:
        blocks.append(Text(words("contracts.check.told")))
    if found.looked.first:
        blocks.append(Text(words("contracts.caveat")))
    buttons = [] if both else [Button("person", words("button.person"), words("button.person.says"))]
    figures = tuple(dict.fromkeys(figure for one in differences for figure in _figures(one, found)))
    return Reply(tuple(blocks), figures, (Shown("dealer", found.dealer.code),)).with_buttons(buttons)


def _plain(place: int, one: Difference, found: Checked, words: Words) -> str:
    """One difference to the dealer whom it concerns."""
    return words(
        f"contracts.check.plain.{one.matter}",
        place=place,
        agreed=_value(one.agreed, found, words),
        actual=_value(one.actual, found, words),
        about=one.about,
        where=_where(one, found, words),
    )


def _both_sides(found: Checked, words: Words) -> tuple[Block, ...]:
    if not found.compared.differences:
        return ()
    columns = tuple(Column(words(f"contracts.check.column.{name}")) for name in ("matter", "contract", "system"))
    rows = tuple(
        (
            " ".join(part for part in (words(f"contracts.matter.{one.matter}"), one.about) if part),
            f"{_value(one.agreed, found, words)}{_where(one, found, words)}",
            _value(one.actual, found, words),
        )
        for one in found.compared.differences
    )
    return (Table(columns, rows),)


def _rest(found: Checked, words: Words) -> Iterable[str]:
    for key, matters in (("same", found.compared.same), ("silent", found.compared.silent)):
        if matters:
            names = words("list.comma").join(words(f"contracts.matter.{one}") for one in matters)
            yield words(f"contracts.check.{key}", names=names)
    if found.stated.unplaced:
        yield words("contracts.check.unplaced", names=words("list.comma").join(found.stated.unplaced[:LINES]))


def _value(value: object, found: Checked, words: Words) -> str:
    """A value of either side in the reader's words."""
    match value:
        case Decimal():
            return words.money(value, found.configured.currency)
        case (str() as terms, days) if terms in {"prepaid", "from_invoice", "from_month_end"}:
            return words(f"contracts.terms.{terms}", days=days if days is not None else "–")
        case tuple() if value and isinstance(value[0], StatedTier):
            return words("list.semicolon").join(_tier(one, found, words) for one in value)
        case tuple():
            place = 0 if words.language == "zh" else 1
            names = [found.regions[code][place] if code in found.regions else str(code) for code in value]
            return words("list.comma").join(names) or words("contracts.check.none")
        case None:
            return words("contracts.check.none")
        case _:
            return words(f"contracts.value.{value}")


def _tier(one: StatedTier, found: Checked, words: Words) -> str:
    amount = words.money(one.threshold, found.configured.currency)
    return words("contracts.tier", amount=amount, rate=words.percent(one.rate, 2))


def _where(one: Difference, found: Checked, words: Words) -> str:
    if one.place is None or not found.looked.review.clauses:
        return ""
    clause = found.looked.review.clauses[clause_at(found.looked.review.clauses, one.place.start)]
    return where(clause.number, clause.page, words)


def _cited(differences: Iterable[Difference], found: Checked) -> Iterable[Citation]:
    review = found.looked.review
    for place in dict.fromkeys(one.place for one in differences if one.place):
        page = review.clauses[clause_at(review.clauses, place.start)].page if review.clauses else None
        yield Citation(found.looked.paper.name, page, "", shortened(review.text[place.start : place.end], CITED))


def _figures(one: Difference, found: Checked) -> Iterable[Figure]:
    for value in (one.agreed, one.actual):
        if isinstance(value, Decimal):
            yield Figure("money", str(value), found.configured.currency, str(one.matter))
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, StatedTier):
                    yield Figure("money", str(part.threshold), found.configured.currency, "threshold")
                    yield Figure("percent", f"{(part.rate * 100).normalize():f}", "%", "rate")
                elif isinstance(part, int):
                    yield Figure("quantity", str(part), "day", "payment")


def _name(dealer: Dealer, words: Words) -> str:
    return dealer.name if words.language == "zh" else dealer.name_en


TOOLS = (ToolSpec(check_contract_against_system, Permission.CONTRACTS_READ, Effect.RECORD, private=True),)
