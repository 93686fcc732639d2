"""``python -m tests.lints``: what ruff and mypy can't know about this house."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.catalogues import checks as catalogues
from tests.lints import clocks, columns, purity, size, state, words
from tests.lints.source import Finding, Lint, modules

FOLDERS = ("bot", "agents", "tools", "knowledge", "core", "benchmarks", "tests")
LINTS: Sequence[Lint] = (
    columns.raw_types,
    columns.implied_types,
    columns.spoken_sql,
    columns.statements_outside_core,
    clocks.unasked_clock,
    state.module_state,
    size.too_long,
    purity.impure_rules,
)


def findings(root: Path) -> Iterator[Finding]:
    """All that breaks a rule under ``root``."""
    for source in modules(root, FOLDERS):
        for lint in LINTS:
            yield from lint(source)
    for path, text in words.texts(root):
        yield from words.unwanted_words(path, text)
    yield from catalogues.findings(root)


def main() -> int:
    """Print the findings; 1 where there are any."""
    found = sorted(findings(Path(__file__).parents[2]))
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
