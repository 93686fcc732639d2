"""No module-level state: two Desks with two databases live in one process."""

import ast
from collections.abc import Iterator

from tests.lints.source import Finding, Source

EXEMPT = ("core/migrations", "tests")
PROCESS_WIDE = ("core/reading/lines.py",)  # PDFium, a C library, keeps state of its own: its lock is the process's
MAKERS = frozenset(
    "dict list set bytearray asyncio.Condition asyncio.Event asyncio.Lock asyncio.PriorityQueue asyncio.Queue "
    "asyncio.Semaphore collections.ChainMap collections.Counter collections.OrderedDict collections.defaultdict "
    "collections.deque itertools.count itertools.cycle queue.Queue queue.SimpleQueue threading.Condition "
    "threading.Event threading.Lock threading.RLock threading.Semaphore threading.local weakref.WeakKeyDictionary "
    "weakref.WeakSet weakref.WeakValueDictionary".split()
)
READ_ONLY = frozenset({"Mapping", "Sequence", "Collection", "Iterable", "Set", "frozenset", "tuple"})
DISPLAYS = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp


def module_state(source: Source) -> Iterator[Finding]:
    """A table of constants is fine where mypy keeps it one: annotated Mapping or Sequence, a tuple or a frozenset."""
    if source.inside(*EXEMPT, *PROCESS_WIDE):
        return
    for node in _assignments(source.tree):
        if _made_mutable(source, node.value) and not _read_only(node) and not _dunder(node):
            message = "mutable at module level: annotate Mapping or Sequence, use a tuple, or hang it on the Desk"
            yield source.finding(node, "module-state", message)
    for inner in ast.walk(source.tree):
        if isinstance(inner, ast.Global):
            yield source.finding(inner, "module-state", f"global {', '.join(inner.names)}: hang it on the Desk")


def _assignments(tree: ast.Module) -> Iterator[ast.Assign | ast.AnnAssign]:
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield node
        elif isinstance(node, ast.If | ast.Try | ast.With):
            pending += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def _made_mutable(source: Source, value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        function = value.func
        name = source.full_name(function) or (function.id if isinstance(function, ast.Name) else "")
        return name in MAKERS
    return isinstance(value, DISPLAYS)


def _read_only(node: ast.Assign | ast.AnnAssign) -> bool:
    if isinstance(node, ast.Assign):
        return False
    kind = node.annotation
    if isinstance(kind, ast.Subscript) and isinstance(kind.value, ast.Name) and kind.value.id == "Final":
        kind = kind.slice
    while isinstance(kind, ast.Subscript):
        kind = kind.value
    return ast.unparse(kind).rpartition(".")[2] in READ_ONLY


def _dunder(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return all(isinstance(target, ast.Name) and target.id.startswith("__") for target in targets)
