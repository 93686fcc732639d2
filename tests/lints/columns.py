"""Tables keep to the column types of core.db, which mean the same on every database, and SQL stays in core."""

import ast
from collections.abc import Iterator

from tests.lints.source import Finding, Source

DATABASE = ("core/db.py", "core/migrations", "tests", "benchmarks")
RAW_TYPES = frozenset(
    "ARRAY BINARY BLOB CHAR CLOB DATETIME DECIMAL DOUBLE DOUBLE_PRECISION DateTime Double Enum FLOAT Float Interval "
    "JSON LargeBinary NCHAR NUMERIC NVARCHAR Numeric NumericCommon PickleType REAL String TEXT TIME TIMESTAMP Text "
    "Time TupleType UUID Unicode UnicodeText Uuid VARBINARY VARCHAR".split()
)
SPOKEN_SQL = frozenset({"text", "literal_column", "TextClause", "DDL"})
STATEMENTS = frozenset({"select", "insert", "update", "delete", "union", "union_all", "Table", "Column", "Select"})
NEEDS_A_TYPE = frozenset(
    {"str", "bytes", "datetime", "time", "timedelta", "Decimal", "float", "UUID", "Any", "dict", "list"}
)


def raw_types(source: Source) -> Iterator[Finding]:
    """SQLAlchemy's own types differ by database: money turns into floats, instants lose their zone."""
    if source.inside(*DATABASE):
        return
    for node, name in source.references():
        if _of_sqlalchemy(name) and name.rpartition(".")[2] in RAW_TYPES:
            yield source.finding(node, "raw-type", f"{name}: take the column type from core.db")


def implied_types(source: Source) -> Iterator[Finding]:
    """A ``Mapped[datetime]`` without a type gets SQLAlchemy's own."""
    if source.inside(*DATABASE):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.AnnAssign) and (kind := _mapped(node.annotation)) in NEEDS_A_TYPE:
            if isinstance(node.value, ast.Call) and (node.value.args or not _is_column(node.value)):
                continue
            yield source.finding(node, "implied-type", f"Mapped[{kind}] without a type: name one of core.db")


def spoken_sql(source: Source) -> Iterator[Finding]:
    """SQL as text is not portable and slips past the guard on dealer rows."""
    if source.inside(*DATABASE):
        return
    for node, name in source.references():
        if _of_sqlalchemy(name) and name.rpartition(".")[2] in SPOKEN_SQL:
            yield source.finding(node, "sql-text", f"{name}: SQL as text belongs in core/db.py and migrations")
    for other in ast.walk(source.tree):
        if isinstance(other, ast.Attribute) and other.attr == "exec_driver_sql":
            yield source.finding(other, "sql-text", "exec_driver_sql: SQL as text belongs in core/db.py and migrations")


def statements_outside_core(source: Source) -> Iterator[Finding]:
    """All tables and statements are in core/."""
    if source.inside("core", *DATABASE):
        return
    for node, name in source.references():
        if name.startswith("sqlalchemy.") and name.rpartition(".")[2] in STATEMENTS:
            yield source.finding(node, "sql-outside-core", f"{name}: ask a service in core/ instead")


def _of_sqlalchemy(name: str) -> bool:
    return name.startswith("sqlalchemy.")


def _is_column(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name | ast.Attribute) and ast.unparse(call.func).endswith("mapped_column")


def _mapped(annotation: ast.expr) -> str | None:
    """The type inside ``Mapped[…]``, without ``| None`` and its own parameters."""
    match annotation:
        case ast.Subscript(value=ast.Name(id="Mapped"), slice=inner):
            kind = ast.unparse(inner).partition("|")[0].partition("[")[0]
            return kind.strip().rpartition(".")[2]
    return None
