"""A rules.py is pure: no clock, no session, no settings, nothing that reaches outside."""

import ast
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.lints.source import Finding, Source

NUMERIC = frozenset({"numpy", "pandas", "scipy", "statsmodels", "statsforecast", "rapidfuzz"})
OURS = frozenset({"core.money", "core.errors"})
REACHES_OUTSIDE = frozenset(
    "asyncio builtins ctypes ftplib http importlib io logging multiprocessing os pathlib secrets select shutil signal "
    "smtplib socket sqlite3 ssl subprocess sys tempfile threading time urllib".split()
)


def impure_rules(source: Source) -> Iterator[Finding]:
    """Rules import the standard library, numeric libraries, core.money, core.errors and other rules."""
    if PurePosixPath(source.path).name != "rules.py" or not source.inside("core"):
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if not _allowed(name):
                yield source.finding(node, "impure-rules", f"{name}: rules are handed what they need")


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return (
            [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "core" else [node.module or "."]
        )
    return []


def _allowed(name: str) -> bool:
    top = name.partition(".")[0]
    if top == "core":
        return name in OURS or name.endswith(".rules")
    return top in NUMERIC or (top in sys.stdlib_module_names and top not in REACHES_OUTSIDE)
