"""The guard on dealer rows: each SELECT, UPDATE and DELETE that reads such a table says, itself, whose rows it means.

``core.scope.visible`` makes the condition. It counts only where it can't be undone: joined by AND in the WHERE of the
very SELECT that names the table (or alias), or in the ON of its own join; not in another SELECT around it or inside it,
not under OR or NOT, not for another alias of the same table. A subquery that takes the table from the SELECT around
it (correlated) rests on that one's condition.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from typing import Any, cast

from sqlalchemy import Delete, FromClause, Insert, Join, Select, Table, Update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, ClauseElement, Grouping
from sqlalchemy.sql.selectable import AliasedReturnsRows

OWNED = "dealer_owned"
PASSED = "guard: passed"
Froms = frozenset[FromClause]
NONE: Froms = frozenset()


def dealer_owned(table_args: Sequence[Any] = ()) -> tuple[Any, ...]:
    """``__table_args__`` of a table whose rows belong to a dealer; statements on it need ``core.scope.visible``."""
    return (*table_args, {"info": {OWNED: True}})


class Visible(Grouping[bool]):
    """A condition that ``core.scope.visible`` made; what it guards is the table or alias of the column it compares."""

    inherit_cache = True

    def __init__(self, condition: BinaryExpression[bool]) -> None:
        super().__init__(condition)

    @property
    def guarded(self) -> FromClause:
        """The table or alias whose rows this narrows."""
        return cast(FromClause, cast(Any, self.element).left.table)


class UnguardedStatement(RuntimeError):
    """A statement touched dealer rows without ``visible``: a bug, never the user's fault."""


def guard_dealer_rows(state: ORMExecuteState) -> None:
    """Refuse what reads or changes dealer rows unguarded; new rows, and loads from a guarded row, pass.

    A session may know, under ``PASSED``, the cache keys of statements that passed: SQLAlchemy runs the same SQL for the
    same key, and a key holds each condition's class, so that it names what ``visible`` made.
    """
    if state.is_relationship_load or state.is_column_load:
        return
    statement = cast(ClauseElement, state.statement)
    passed: MutableMapping[Any, bool] = state.session.info.get(PASSED, {})
    key = _private(statement, "_generate_cache_key")()
    if key is not None and key.key in passed:
        return
    if missing := unguarded(statement):
        raise UnguardedStatement(f"no visible() for {', '.join(sorted(missing))} in: {_words(statement)}")
    if key is not None:
        passed[key.key] = True


def _words(statement: object) -> str:
    try:
        return str(statement)[:300]
    except SQLAlchemyError:
        return type(statement).__name__


def unguarded(statement: ClauseElement) -> set[str]:
    """Names of the dealer-owned tables that some part of the statement uses without a condition of its own."""
    walk = _Walk()
    walk.look(statement, NONE)
    for part in visitors.iterate(cast(Any, statement)):
        if isinstance(part, Select | Update | Delete) and id(part) not in walk.seen:
            walk.look(part, NONE)
    if not walk.seen and not isinstance(statement, Insert):
        walk.missing.update(_name(table) for table in _owned(visitors.iterate(cast(Any, statement))))
    return walk.missing


class _Walk:
    """One pass over a statement, SELECT by SELECT."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.seen: set[int] = set()

    def look(self, part: Any, around: Froms) -> None:
        """Check a part; to the guarded tables of the SELECT ``around`` it, it may correlate."""
        match part:
            case Select():
                self._select(part, around)
            case Update() | Delete():
                self._change(part)
            case Table():
                pass
            case _:
                for child in part.get_children():
                    self.look(child, around)

    def _select(self, select: Select[Any], around: Froms) -> None:
        self.seen.add(id(select))
        joins = [_Joined(entry) for entry in _joins(select)]
        named = [*_private(select, "_iterate_from_elements")(), *_set_aside(select)]
        explicit = [*_private(select, "_from_obj"), *(source for join in joins for source in join.sources)]
        froms = frozenset(_flat([*named, *explicit]))
        guarded = _guarded(select.whereclause) | _guarded_by_joins(explicit)
        guarded |= frozenset().union(*(join.guarded() for join in joins))
        correlated = _correlated(select, froms, frozenset(_flat(explicit)), around)
        self.missing.update(_name(table) for table in _owned(froms) - guarded - correlated)
        for source in _sources([*named, *explicit]):
            self.look(source, NONE)
        here = _owned(froms) & guarded
        for part in (*_private(select, "get_children")(), *(join.onclause for join in joins)):
            if isinstance(part, ClauseElement) and not isinstance(part, FromClause):
                self.look(part, here)

    def _change(self, change: Update | Delete) -> None:
        self.seen.add(id(change))
        where = change.whereclause
        froms = frozenset(_flat([change.table, *(_private(where, "_from_objects") if where is not None else ())]))
        guarded = _guarded(where)
        self.missing.update(_name(table) for table in _owned(froms) - guarded)
        for part in change.get_children():
            if not isinstance(part, FromClause):
                self.look(part, _owned(froms) & guarded)


class _Joined:
    """One ``.join(…)`` of a SELECT."""

    def __init__(self, entry: Any) -> None:
        target, self.onclause, left, flags = entry
        self._target = _selectable(target, "entity")
        self.sources = [self._target]
        self.sources += [_selectable(side, "parent") for side in (target, self.onclause) if hasattr(side, "parent")]
        self.sources += [left] if left is not None else []
        self.sources += getattr(self.onclause, "_from_objects", [])
        self._outer = flags["isouter"]
        self._full = flags["full"]

    def guarded(self) -> Froms:
        """What its ON narrows: either side of an inner join, only the joined side of an outer one."""
        if self._full or not isinstance(self.onclause, ClauseElement):
            return NONE
        conditions = _guarded(self.onclause)
        return conditions & frozenset(_flat([self._target])) if self._outer else conditions


def _private(element: Any, name: str) -> Any:
    """SQLAlchemy knows what a SELECT reads from, but tells only itself; the tests notice when these names change."""
    return getattr(element, name)


def _joins(select: Select[Any]) -> Iterator[Any]:
    """Its joins, those too that were made before its columns were replaced."""
    for earlier in _private(select, "_memoized_select_entities"):
        yield from _private(earlier, "_setup_joins")
    yield from _private(select, "_setup_joins")


def _set_aside(select: Select[Any]) -> Iterator[FromClause]:
    """What columns that were replaced later read from, where a join starts there."""
    for earlier in _private(select, "_memoized_select_entities"):
        if _private(earlier, "_setup_joins"):
            for column in _private(earlier, "_raw_columns"):
                yield from _private(column, "_from_objects")


def _selectable(target: Any, side: str) -> FromClause:
    """The table or alias behind one side of a relationship, or the FROM element itself."""
    entity = getattr(target, side, None)
    return cast(FromClause, target if entity is None else entity.selectable)


def _guarded(condition: Any) -> Froms:
    """What a condition narrows for certain: each part that is joined by AND."""
    if isinstance(condition, Visible):
        return frozenset([condition.guarded])
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        return NONE.union(*(_guarded(part) for part in condition.clauses))
    if isinstance(condition, Grouping):
        return _guarded(condition.element)
    return NONE


def _guarded_by_joins(sources: Iterable[Any]) -> Froms:
    """What the ON clauses of joins narrow that were written out as FROM elements."""
    found: Froms = NONE
    for join in sources:
        if isinstance(join, Join):
            conditions = _guarded(join.onclause) if not join.full else NONE
            found |= conditions & frozenset(_flat([join.right])) if join.isouter else conditions
            found |= _guarded_by_joins([join.left, join.right])
    return found


def _correlated(select: Select[Any], froms: Froms, explicit: Froms, around: Froms) -> Froms:
    """Tables of the SELECT around it that this one takes from there: asked for, or by SQLAlchemy's own rule."""
    asked_for = frozenset(_private(select, "_correlate"))
    if (but_for := _private(select, "_correlate_except")) is not None:
        asked_for |= froms - frozenset(but_for)
    by_itself = froms if _private(select, "_auto_correlate") and len(froms) > 1 else NONE
    return (asked_for | by_itself) & around - explicit


def _flat(elements: Iterable[Any]) -> Iterator[FromClause]:
    """The single tables and aliases among FROM elements, joins taken apart."""
    for element in elements:
        if isinstance(element, Join):
            yield from _flat([element.left, element.right])
        else:
            yield element


def _sources(elements: Iterable[Any]) -> Iterator[Any]:
    """What FROM elements are made of, where that is a SELECT of its own."""
    for element in _flat(elements):
        if isinstance(element, AliasedReturnsRows) and _table(element) is None:
            yield element.element


def _owned(froms: Iterable[Any]) -> Froms:
    return frozenset(element for element in froms if (table := _table(element)) is not None and table.info.get(OWNED))


def _table(element: Any) -> Table | None:
    """The table itself, or the one behind an alias."""
    while isinstance(element, AliasedReturnsRows):
        element = element.element
    return element if isinstance(element, Table) else None


def _name(element: FromClause) -> str:
    table = _table(element)
    return str(table.name) if table is not None else ""
