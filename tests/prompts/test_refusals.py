"""Every refusal that the code can raise has words in each language."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from core.errors import QudaoError
from core.words import LOCALES, Catalogues

ROOT = Path(__file__).parents[2]
HOUSE = ("agents", "bot", "core", "knowledge", "tools")


def _subclasses(error: type[QudaoError]) -> Iterator[type[QudaoError]]:
    yield error
    for below in error.__subclasses__():
        yield from _subclasses(below)


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for file in (file for part in HOUSE for file in sorted((ROOT / part).rglob("*.py"))):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))


def refusals() -> dict[str, str]:
    """Catalogue keys of what is raised, with a place where each stands."""
    for error_module in ("core.reading.errors", "core.rebates.service"):
        import_module(error_module)
    known = {error.__name__ for error in _subclasses(QudaoError)}
    found = {error.key: error.__name__ for error in _subclasses(QudaoError)}
    del found["reading.too_large"]  # always followed by its unit
    for place, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = f"{place}:{node.lineno}"
    return found


@pytest.mark.parametrize("language", LOCALES)
def test_every_refusal_has_words(language: str) -> None:
    words = Catalogues().words(language)
    assert not {key: place for key, place in refusals().items() if key not in words}
