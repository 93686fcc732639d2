"""Modules and functions stay small enough to be read at once."""

import ast
from collections.abc import Iterator

from tests.lints.source import Finding, Source

MODULE_LINES = 400
FUNCTION_LINES = 60
EXEMPT = ("core/migrations/versions",)


def too_long(source: Source) -> Iterator[Finding]:
    """About 100 and 12 lines are typical; past the limits a second thing hides inside."""
    if source.inside(*EXEMPT):
        return
    if (lines := len(source.text.splitlines())) > MODULE_LINES:
        yield Finding(
            source.path, 1, "size", f"{lines} lines, the limit is {MODULE_LINES}: look for the second thing inside"
        )
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                yield source.finding(node, "size", f"{node.name} has {length} lines, the limit is {FUNCTION_LINES}")
