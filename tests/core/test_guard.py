"""Every way past ``visible`` that we could think of is refused; what is guarded passes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    CTE,
    Executable,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    inspect,
    join,
    literal,
    not_,
    or_,
    outerjoin,
    select,
    text,
    true,
    union,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from core.accounts.models import Invoice
from core.actor import Actor, Role, system
from core.db import Base, UnguardedStatement
from core.dealers.models import Dealer, Region
from core.orders.models import Order, OrderLine
from core.scope import is_owned, visible
from tests.factories import make_dealer, make_order, make_product, make_region

ALL = system("test")
NOBODY = Actor(person_id=1, handle="nobody", name="", role=Role.BUYER, language="zh")
ONE = Actor(person_id=1, handle="one", name="", role=Role.BUYER, language="zh", dealer_id=1)
REGION = Actor(person_id=1, handle="rep", name="", role=Role.REP, language="zh", region_path="EAST/")

o1, o2 = aliased(Order), aliased(Order, name="second")
orders: Any = Order.__table__
lines: Any = OrderLine.__table__


def v(model: Any, actor: Actor = ONE) -> Any:
    return visible(actor, model)


def totals(*where: Any) -> CTE:
    return select(Order.dealer_id, func.sum(Order.amount).label("total")).where(*where).group_by(Order.dealer_id).cte()


def of(subquery: Any) -> Any:
    return subquery.c


def joined_to(cte: CTE) -> Select[Any]:
    return select(Dealer.id, cte.c.total).join(cte, cte.c.dealer_id == Dealer.id).where(v(Dealer))


def recursive() -> Select[Any]:
    top = select(Dealer.id).where(v(Dealer)).cte(recursive=True)
    below = aliased(Dealer)
    tree = top.union_all(select(below.id).join(top, below.parent_id == top.c.id))
    return select(tree.c.id)


REFUSED: dict[str, Callable[[], Executable]] = {
    "plain": lambda: select(Order),
    "column": lambda: select(Order.id),
    "core table": lambda: select(orders),
    "core column": lambda: select(orders.c.id).where(orders.c.dealer_id == 1),
    "core table under a label": lambda: select(orders.alias("x").c.id),
    "own condition instead": lambda: select(Order).where(Order.dealer_id == 1),
    "count": lambda: select(func.count()).select_from(Order),
    "aggregate": lambda: select(func.sum(Order.amount)),
    "another table's": lambda: select(Order).where(v(OrderLine)),
    "another alias's": lambda: select(o1).where(v(o2)),
    "the table's for an alias": lambda: select(o1).where(v(Order)),
    "the alias's for the table": lambda: select(Order).where(v(o1)),
    "one of two aliases": lambda: select(o1, o2).where(v(o1), o1.id == o2.id),
    "table and alias": lambda: select(Order, o1).where(v(Order), o1.id == Order.id),
    "under OR": lambda: select(Order).where(or_(v(Order), true())),
    "under OR with another": lambda: select(Order).where(or_(v(Order), Order.id == 5)),
    "under NOT": lambda: select(Order).where(not_(v(Order))),
    "compared": lambda: select(Order).where(v(Order) == false()),
    "in a CASE": lambda: select(Order).where(case((v(Order), True), else_=True)),
    "as a column": lambda: select(Order.id, v(Order)),
    "as an order": lambda: select(Order).order_by(v(Order)),
    "in HAVING": lambda: select(Order.dealer_id).group_by(Order.dealer_id).having(v(Order)),
    "joined, unguarded": lambda: select(Order).join(OrderLine, OrderLine.order_id == Order.id).where(v(Order)),
    "joined from, unguarded": lambda: select(OrderLine.id).join_from(Order, OrderLine).where(v(OrderLine)),
    "joined by relationship": lambda: select(Order).join(Order.lines).where(v(Order)),
    "relationship to an alias": lambda: select(Order).join(Order.lines.of_type(aliased(OrderLine))).where(v(Order)),
    "relationship, left side": lambda: select(OrderLine.id).select_from(Order).join(Order.lines).where(v(OrderLine)),
    "columns replaced after a join": lambda: (
        select(Order).join(Order.lines).where(v(OrderLine)).with_only_columns(func.count())
    ),
    "outer join guarded on the wrong side": lambda: (
        select(Order.id, OrderLine.id).outerjoin(
            OrderLine, and_(OrderLine.order_id == Order.id, v(Order), v(OrderLine))
        )
    ),
    "full join guarded in ON": lambda: (
        select(Order.id).join(OrderLine, and_(OrderLine.order_id == Order.id, v(Order), v(OrderLine)), full=True)
    ),
    "join as a FROM": lambda: select(Order.id).select_from(join(Order, OrderLine)).where(v(Order)),
    "outer join as a FROM": lambda: (
        select(Order.id).select_from(
            outerjoin(Order, OrderLine, and_(Order.id == OrderLine.order_id, v(Order), v(OrderLine)))
        )
    ),
    "a third table in ON": lambda: (
        select(Region.id).join(Dealer, and_(Dealer.region_id == Region.id, Order.dealer_id == Dealer.id, v(Dealer)))
    ),
    "IN": lambda: select(Region).where(Region.id.in_(select(Dealer.region_id))),
    "IN, guarded around": lambda: select(Order).where(v(Order), Order.id.in_(select(Order.id))),
    "guarded inside only": lambda: select(Order).where(Order.id.in_(select(Order.id).where(v(Order)))),
    "guarded inside an EXISTS only": lambda: (
        select(Order).where(exists(select(o1.id).where(v(o1), v(Order), o1.id == Order.id)))
    ),
    "scalar subquery": lambda: select(select(func.sum(Order.amount)).scalar_subquery()),
    "scalar subquery among columns": lambda: select(Region.id, select(func.count(Dealer.id)).scalar_subquery()),
    "EXISTS": lambda: select(Dealer).where(v(Dealer), exists().where(Order.dealer_id == Dealer.id)),
    "any()": lambda: select(Order).where(v(Order), Order.lines.any(OrderLine.is_free)),
    "correlated against its will": lambda: (
        select(Order).where(v(Order), exists(select(Order.id).where(Order.amount > 5).correlate(None)))
    ),
    "derived table": lambda: select(select(Order.id).subquery().c.id),
    "derived table, guarded around": lambda: (
        select(of(select(Order.id).subquery()).id, Order.id).where(v(Order))
    ),
    "derived table of two": lambda: (
        select(of(select(Order.id, Region.id.label("r")).subquery()).r, Order).where(v(Order))
    ),
    "lateral": lambda: (
        select(Dealer.id, of(select(Order.id).where(Order.dealer_id == Dealer.id).lateral()).id).where(v(Dealer))
    ),
    "entity of a derived table": lambda: select(aliased(Order, select(Order).subquery())),
    "CTE": lambda: select(totals().c.total),
    "CTE beside": lambda: select(Region.id).add_cte(totals()),
    "recursive CTE": recursive,
    "UNION": lambda: union_all(select(Order.id).where(v(Order)), select(Order.id)),
    "entities of a UNION": lambda: (
        select(Order).from_statement(union(select(Order).where(v(Order)), select(Order)))
    ),
    "entities of text": lambda: select(Order).from_statement(text("SELECT * FROM orders")),
    "update": lambda: update(Order).values(state="closed"),
    "update by key": lambda: update(Order).where(Order.id == 1).values(state="closed"),
    "update of a core table": lambda: update(orders).values(state="closed"),
    "update under OR": lambda: update(Order).where(or_(v(Order), Order.id == 1)).values(state="closed"),
    "update from another": lambda: (
        update(Order).where(v(Order), OrderLine.order_id == Order.id).values(remark=OrderLine.unit)
    ),
    "update to a subquery": lambda: update(Region).values(name=select(func.max(Dealer.name)).scalar_subquery()),
    "update guarded inside": lambda: (
        update(Order).where(Order.id.in_(select(Order.id).where(v(Order)))).values(remark="")
    ),
    "delete": lambda: delete(Order),
    "delete by another": lambda: delete(OrderLine).where(v(OrderLine), OrderLine.order_id == Order.id),
    "delete of a core table": lambda: delete(lines).where(lines.c.id == 1),
    "insert from select": lambda: insert(Region).from_select(["code"], select(Dealer.code)),
    "insert of a subquery": lambda: insert(Region).values(code=select(func.max(Dealer.code)).scalar_subquery()),
}  # fmt: skip

ALLOWED: dict[str, Callable[[], Executable]] = {
    "plain": lambda: select(Order).where(v(Order)),
    "of everybody": lambda: select(Order).where(v(Order, ALL)),
    "of nobody": lambda: select(Order).where(v(Order, NOBODY)),
    "of a region": lambda: select(Dealer).where(v(Dealer, REGION)),
    "core table": lambda: select(orders).where(v(Order)),
    "with more": lambda: select(Order.id).where(v(Order), Order.id == 1).where(Order.amount > 0).order_by(Order.id),
    "nested AND": lambda: select(Order).where(and_(Order.id == 1, and_(v(Order), Order.amount > 0))),
    "alias": lambda: select(o1.id).where(v(o1)),
    "two aliases": lambda: select(o1.id, o2.id).where(v(o1), v(o2), o1.id == o2.id),
    "aggregate": lambda: select(func.sum(Order.amount)).where(v(Order)).group_by(Order.dealer_id),
    "count": lambda: select(func.count()).select_from(Order).where(v(Order)),
    "join": lambda: select(Order).join(OrderLine, OrderLine.order_id == Order.id).where(v(Order), v(OrderLine)),
    "join, guarded in ON": lambda: (
        select(Order.id).join(OrderLine, and_(OrderLine.order_id == Order.id, v(OrderLine))).where(v(Order))
    ),
    "outer join, guarded in ON": lambda: (
        select(Dealer.id, func.count(Order.id))
        .outerjoin(Order, and_(Order.dealer_id == Dealer.id, v(Order)))
        .where(v(Dealer))
        .group_by(Dealer.id)
    ),
    "join by relationship": lambda: select(Order.id).join(Order.lines).where(v(Order), v(OrderLine)),
    "contains_eager": lambda: (
        select(Order).join(Order.lines).where(v(Order), v(OrderLine)).options(contains_eager(Order.lines))
    ),
    "IN": lambda: select(Region.id).where(Region.id.in_(select(Dealer.region_id).where(v(Dealer)))),
    "EXISTS that correlates": lambda: (
        select(Dealer.id).where(v(Dealer), exists().where(Order.dealer_id == Dealer.id, v(Order)))
    ),
    "EXISTS that is told to": lambda: (
        select(Dealer.id).where(
            v(Dealer), exists(select(Order.id).where(Order.dealer_id == Dealer.id, v(Order)).correlate(Dealer))
        )
    ),
    "any()": lambda: select(Order.id).where(v(Order), Order.lines.any(and_(OrderLine.is_free, v(OrderLine)))),
    "scalar subquery that correlates": lambda: (
        select(
            Dealer.id, select(func.sum(Order.amount)).where(v(Order), Order.dealer_id == Dealer.id).scalar_subquery()
        ).where(v(Dealer))
    ),
    "derived table": lambda: select(select(Order.id).where(v(Order)).subquery().c.id),
    "CTE, joined": lambda: (
        joined_to(totals(v(Order)))
    ),
    "UNION": lambda: union_all(select(Order.id).where(v(Order)), select(Invoice.id).where(v(Invoice))),
    "update": lambda: update(Order).where(v(Order), Order.id == 1).values(remark="x"),
    "update to a correlated subquery": lambda: (
        update(Order)
        .where(v(Order))
        .values(
            remark=select(func.max(OrderLine.unit))
            .where(v(OrderLine), OrderLine.order_id == Order.id)
            .scalar_subquery()
        )
    ),
    "delete": lambda: delete(OrderLine).where(v(OrderLine), OrderLine.id == -1),
    "another table": lambda: select(Region),
    "no table": lambda: select(literal(1)),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_a_way_past_is_refused(session: AsyncSession, name: str) -> None:
    with pytest.raises(UnguardedStatement):
        await session.execute(REFUSED[name]())


@pytest.mark.database
@pytest.mark.parametrize("name", ALLOWED)
async def test_a_guarded_statement_passes(session: AsyncSession, name: str) -> None:
    await session.execute(ALLOWED[name]())


async def test_get_by_key_is_refused(session: AsyncSession) -> None:
    with pytest.raises(UnguardedStatement):
        await session.get(Order, 1)


async def test_merge_by_key_is_refused(session: AsyncSession) -> None:
    with pytest.raises(UnguardedStatement):
        await session.merge(Order(id=1, state="closed"))


async def test_scalars_and_streams_are_refused(session: AsyncSession) -> None:
    with pytest.raises(UnguardedStatement):
        await session.scalars(select(Order))
    with pytest.raises(UnguardedStatement):
        await session.stream(select(Order))


LEGACY: list[Callable[[Session], Any]] = [
    lambda sync: sync.query(Order).all(),
    lambda sync: sync.query(Order).count(),
    lambda sync: sync.query(Order).update({"remark": ""}),
    lambda sync: sync.query(Order).delete(),
    lambda sync: sync.bulk_update_mappings(inspect(Order), [{"id": 1, "remark": ""}]),
    lambda sync: sync.bulk_save_objects([Order(id=1)]),
    lambda sync: sync.execute(update(Order), [{"id": 1, "remark": ""}]),
]


@pytest.mark.parametrize("act", LEGACY)
async def test_older_ways_of_asking_are_refused(session: AsyncSession, act: Callable[[Session], Any]) -> None:
    with pytest.raises(UnguardedStatement):
        await session.run_sync(act)


@pytest.mark.database
async def test_a_guarded_row_brings_its_lines(session: AsyncSession) -> None:
    dealer = await make_dealer(session, await make_region(session))
    product = await make_product(session)
    await make_order(session, dealer, {product.id: 3})
    session.expire_all()
    session.expunge_all()
    guarded = select(Order).where(v(Order, ALL))
    for load in (selectinload(Order.lines), joinedload(Order.lines)):
        order = (await session.execute(guarded.options(load))).unique().scalar_one()
        assert [line.quantity for line in order.lines] == [3]
        session.expunge_all()
    order = (await session.execute(guarded)).scalar_one()
    await session.refresh(order)
    await session.refresh(order, ["lines"])
    assert len(order.lines) == 1


@pytest.mark.database
@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (ALL, {"D001", "D002", "D003"}),
        (REGION, {"D001", "D002"}),
        (Actor(1, "x", "", Role.REP, "zh", region_path="EAST/EAST-SH/"), {"D002"}),
        (NOBODY, set()),
    ],
)
async def test_each_sees_the_dealers_of_their_scope(session: AsyncSession, actor: Actor, seen: set[str]) -> None:
    east = await make_region(session, "EAST")
    shanghai = await make_region(session, "EAST-SH", east)
    eastern_looking = await make_region(session, "EAST_X")
    for code, region in (("D001", east), ("D002", shanghai), ("D003", eastern_looking)):
        dealer = await make_dealer(session, region, code)
        await make_order(session, dealer, number=code)
    found = (await session.execute(select(Dealer.code).where(visible(actor, Dealer)))).scalars()
    assert set(found) == seen
    alias = aliased(Order)
    numbers = (await session.execute(select(alias.number).where(visible(actor, alias)))).scalars()
    assert set(numbers) == seen
    changed = await session.execute(update(Order).where(visible(actor, Order)).values(remark="seen"))
    assert changed.rowcount == len(seen)  # type: ignore[attr-defined]


async def test_an_alias_is_narrowed_itself(session: AsyncSession) -> None:
    region = await make_region(session)
    mine, other = [await make_dealer(session, region, code) for code in ("D001", "D002")]
    await make_order(session, other)
    actor = Actor(1, "x", "", Role.BUYER, "zh", dealer_id=mine.id)
    alias = aliased(Order)
    assert (await session.execute(select(alias).where(visible(actor, alias)))).scalars().all() == []


def test_every_table_with_a_dealer_says_whether_it_is_owned() -> None:
    """These name a dealer without being the dealer's own: who somebody is, who may read or is told, what waits."""
    not_owned = {"people", "audiences", "proposals", "webhooks", "bound_groups"}
    with_dealer = {name for name, table in Base.metadata.tables.items() if "dealer_id" in table.c}
    owned = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if is_owned(mapper.class_)}
    assert with_dealer - owned == not_owned
    assert owned - with_dealer == {"dealers"}


def test_no_relationship_leads_from_what_everybody_sees_to_a_dealers_rows() -> None:
    """Loads along a relationship pass the guard, so they may only go from a row to what belongs to it."""
    for mapper in Base.registry.mappers:
        for relation in mapper.relationships:
            if is_owned(relation.mapper.class_):
                assert is_owned(mapper.class_), relation
                assert relation.mapper.local_table is not Dealer.__table__, relation
