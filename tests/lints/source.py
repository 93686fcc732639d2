"""A parsed module, and what the lints say about it."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place that breaks a rule of this house."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """A Python module with its path from the root of the project."""

    path: str
    text: str
    tree: ast.Module
    imported: dict[str, str] = field(default_factory=dict)

    def inside(self, *places: str) -> bool:
        """Whether the module is one of ``places``, or stands in a folder among them."""
        return any(self.path == place or PurePosixPath(self.path).is_relative_to(place) for place in places)

    def finding(self, node: ast.AST, rule: str, message: str) -> Finding:
        """A finding at ``node``."""
        return Finding(self.path, getattr(node, "lineno", 1), rule, message)

    def references(self) -> Iterator[tuple[ast.expr, str]]:
        """Every imported name that the module uses, with its full dotted name, each once at its longest."""
        inner: set[int] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
                if isinstance(node, ast.Attribute):
                    inner.update(id(child) for child in ast.walk(node.value))
                if name := self.full_name(node):
                    yield node, name

    def full_name(self, node: ast.AST) -> str | None:
        """The dotted name that an expression stands for, through the module's imports; None for what isn't imported."""
        match node:
            case ast.Name(id=name):
                return self.imported.get(name)
            case ast.Attribute(value=value, attr=attr):
                return f"{base}.{attr}" if (base := self.full_name(value)) else None
        return None


Lint = Callable[[Source], Iterator[Finding]]


def parse(path: str, text: str) -> Source:
    """Read a module's text as if it stood at ``path``."""
    tree = ast.parse(text, path)
    return Source(path, text, tree, dict(_imports(tree)))


def modules(root: Path, folders: Sequence[str]) -> Iterator[Source]:
    """Every module in the folders of the project."""
    for folder in folders:
        for file in sorted((root / folder).rglob("*.py")):
            yield parse(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0],) * 2
            case ast.ImportFrom(module=str(module), names=names):
                for alias in names:
                    yield alias.asname or alias.name, f"{module}.{alias.name}"
