"""What the built-in brain knows before it hears a message: names it may meet, and what this dealer usually does."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from agents.offline.orders.forwarded.cells import size
from agents.offline.orders.forwarded.files import Sent, sent_files
from agents.offline.reading.linking import Known, Linker, linker_of
from agents.offline.wording.byear import without_slips
from agents.offline.wording.spelling import GAP
from core.actor import Actor, Permission
from core.contracts import own_reviews
from core.dealers import names
from core.dealers import service as dealers
from core.errors import QudaoError
from core.language.normalise import fold
from core.orders import service as orders
from core.orders.changeable import changeable_lines
from core.orders.habits import Habits, habits
from core.products.catalogue import Catalogue, catalogue
from core.proposals import service as proposals
from core.words import Words
from tools.context import ToolContext
from tools.desk import promised_by

KEPT = timedelta(minutes=1)
ABOUT_AN_ORDER = re.compile(
    r"so-?\d{8}|单|[那这]张|取消|退|撤|作废|改|加|减|换|砍|压到|压成|拿掉|剔|推[迟后]|延[后迟期]|提前|不要|去掉|删"
    r"|划掉|少[发送要]|晚[几一两点]|早[几一两点]|[塞添]|[再多给里]面?[补補搭放凑湊拼]|顺[便手][补搭放]|追加"
    r"|照旧|照舊|不[变變动動]"
    r"|order|cancel|call|scrap"
    r"|the one|keep|chop|trim|change|amend|modif|add|reduc|instead|postpone|make|drop|remove|swap|replace|push|move"
    r"|delay|down to|up to|cut|raise|lower|bring|only|take|bump|knock|\bup the "
    r"|squeeze|stick|throw|tack|chuck|put|pop|bung|sneak|slip|as is|the same|unchanged",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a dealer usually orders of a product."""

    sku: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """Read fresh each turn, except the catalogue's names, which are read once a minute.

    ``papers``: the contracts looked at in this conversation, by file name; ``in_view``: those that it is about now.
    ``draft``: the order that waits for a press, as the tool that orders takes it, where another tool worked it out.
    """

    actor: Actor
    today: date
    words: Words
    fiscal_year_start: int
    linker: Linker
    names: Mapping[str, str]
    usual: Mapping[str, Usual] = field(default_factory=dict)
    last_lines: tuple[dict[str, Any], ...] = ()
    recent_orders: tuple[str, ...] = ()
    void_orders: tuple[str, ...] = ()
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    placers: Mapping[str, str] = field(default_factory=dict)
    lines_of: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    changeable: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)
    sent: tuple[Sent, ...] = ()
    papers: tuple[str, ...] = ()
    in_view: tuple[str, ...] = ()
    sizes: Mapping[str, Decimal | None] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    private: bool = True
    person_by: datetime | None = None

    @property
    def weights(self) -> dict[str, int]:
        """How much each product belongs to this dealer's habits, most ordered first."""
        return {sku: len(self.usual) - place for place, sku in enumerate(self.usual)}

    def name(self, sku: str) -> str:
        """A product's name with its code, in the reader's language."""
        return f"{self.names.get(sku, sku)} {sku}"


@dataclass
class Briefer:
    """Briefings of one desk; what all actors share is kept for a minute."""

    _kept: dict[str, tuple[datetime, Linker, Catalogue]] = field(default_factory=dict)

    async def brief(self, ctx: ToolContext, heard: str, drafted: str = "", spoken_of: str | None = None) -> Briefing:
        """For one turn of one actor; ``drafted`` is the proposal whose lines no call holds.

        ``spoken_of`` is the dealer whom the conversation is about, for who looks after several: 「9号那张为啥被拒」.
        """
        async with ctx.reads() as session:
            linker, products = await self._names(session, ctx)
            heard = without_slips(GAP.sub("", fold(heard)), linker.spelt.grams)
            habit = await self._habits(session, ctx.actor)
            orders = await self._changeable(session, ctx.actor, heard)
            placed = habit or await _of_their_dealer(session, ctx.actor, heard, linker, spoken_of)
            papers = await _papers(session, ctx)
            draft = await _drafted(session, ctx.actor, drafted) if drafted else {}
        called = {product.sku: product.name(ctx.words.tag) for product in products.products}
        called |= {thing.code: _called(thing, ctx.words.language) for thing in linker.known if thing.kind == "dealer"}
        return Briefing(
            actor=ctx.actor,
            today=ctx.today,
            words=ctx.words,
            fiscal_year_start=ctx.brand.fiscal_year_start,
            linker=linker,
            names=called,
            usual={one.sku: Usual(one.sku, one.unit, one.quantity) for one in habit.usual} if habit else {},
            last_lines=habit.last_lines if habit else (),
            recent_orders=placed.recent if placed else (),
            void_orders=placed.void if placed else (),
            amounts=placed.amounts if placed else {},
            placers=placed.placers if placed else {},
            lines_of=placed.lines_of if placed else {},
            changeable=orders,
            draft=draft,
            private=ctx.private,
            person_by=promised_by(ctx.now, ctx.brand.zone),
            sent=await sent_files(ctx),
            papers=papers[0],
            in_view=papers[1],
            sizes={product.sku: size(product.size) for product in products.products},
            categories={product.sku: str(product.category) for product in products.products},
        )

    async def _names(self, session: AsyncSession, ctx: ToolContext) -> tuple[Linker, Catalogue]:
        kept = self._kept.get(ctx.actor.handle)
        if kept and timedelta(0) <= ctx.now - kept[0] < KEPT:
            return kept[1], kept[2]
        products = await catalogue(session, ctx.today)
        linker = linker_of(tuple(await _known(session, ctx.actor, products)))
        self._kept = {handle: old for handle, old in self._kept.items() if ctx.now - old[0] < KEPT}
        self._kept[ctx.actor.handle] = (ctx.now, linker, products)
        return linker, products

    async def _changeable(
        self, session: AsyncSession, actor: Actor, heard: str
    ) -> Mapping[str, tuple[dict[str, Any], ...]]:
        """Read only where the message may be about an order that stands."""
        if actor.dealer_id is None or not actor.may(Permission.ORDERS_DRAFT) or not ABOUT_AN_ORDER.search(heard):
            return {}
        return await changeable_lines(session, actor, actor.dealer_id)

    async def _habits(self, session: AsyncSession, actor: Actor) -> Habits | None:
        if actor.dealer_id is None or not actor.may(Permission.ORDERS_READ):
            return None
        return await habits(session, actor, actor.dealer_id)


async def _of_their_dealer(
    session: AsyncSession, actor: Actor, heard: str, linker: Linker, spoken_of: str | None
) -> Habits | None:
    """The orders of the one dealer who is named, else spoken of, where the message may be about one of them."""
    if actor.dealer_id is not None or not actor.may(Permission.ORDERS_READ) or not ABOUT_AN_ORDER.search(heard):
        return None
    named = {one.code for one in linker.find(fold(heard)) if one.kind == "dealer"} - {None}
    code = next(iter(named), None) if named else spoken_of
    if code is None or len(named) > 1:
        return None
    try:
        dealer = await dealers.resolve(session, actor, code)
    except QudaoError:
        return None
    return await habits(session, actor, dealer.id)


async def _papers(session: AsyncSession, ctx: ToolContext) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All of them and those in view; read only where files were sent."""
    if not ctx.earlier_files or not ctx.actor.may(Permission.CONTRACTS_READ):
        return (), ()
    known = await own_reviews.looked_at(session, ctx.actor, ctx.conversation)
    seen = await own_reviews.in_view(session, ctx.actor, ctx.conversation)
    return tuple(known), tuple(dict.fromkeys(one.name for one in seen))


async def _drafted(session: AsyncSession, actor: Actor, proposal_id: str) -> Mapping[str, Any]:
    proposal = await proposals.find(session, actor, UUID(proposal_id))
    if proposal.kind != orders.ORDER:
        return {}
    lines = [{name: line[name] for name in ("sku", "quantity", "unit")} for line in proposal.payload["lines"]]
    dealer = {} if actor.dealer_id is not None else {"dealer": proposal.payload["dealer"]["code"]}
    return {"lines": lines, **dealer}


async def _known(session: AsyncSession, actor: Actor, products: Catalogue) -> Iterable[Known]:
    """Everything that this actor may name: nobody's linker holds a dealer whom they may not see."""
    known = [Known("product", product.sku, tuple(product.spoken())) for product in products.products]
    known += [Known("region", one.code, one.names) for one in await names.regions(session)]
    known += [Known("dealer", one.code, one.names) for one in await names.dealers(session, actor)]
    if actor.dealer_id is not None:
        places = await names.ship_tos(session, actor, actor.dealer_id)
        known += [Known("ship_to", one.code, one.names) for one in places]
    return known


def _called(thing: Known, language: str) -> str:
    return thing.names[0] if language == "zh" or len(thing.names) < 2 else thing.names[1]
