"""Which entries of the catalogues the code asks for: in Python, in the page's scripts and in its templates."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from core.errors import QudaoError
from tests.lints.source import Source, modules

HOUSE = ("agents", "bot", "core", "knowledge", "tools")
PAGES = "bot/pages"
WITH_ERRORS = ("core.reading.errors", "core.rebates.service")
NEVER_SAID = "reading.too_large"  # always followed by its unit
SCRIPT = re.compile(r"""\bt\(\s*(?:"([\w.]+)"|`([^`]+)`)|"((?:web\.)?ui\.[\w.]+)\"""")
TEMPLATE = re.compile(r'data-t(?:-\w+)?="([\w.]+)"|\{\{(web\.[\w.]+)\}\}')
ARGUMENTS = re.compile(r"ask\.\w+(?:\.\w+)?")  # asked for by the name of a tool's argument


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for a key; ``given`` are the parameters that it hands over, None where that can't be seen."""

    key: str
    path: str
    line: int
    given: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """All that is asked for: keys that must exist, any other words like one, and the shapes of keys put together."""

    uses: tuple[Use, ...]
    words: frozenset[str]
    shapes: tuple[re.Pattern[str], ...]

    def holds(self, key: str) -> bool:
        """Whether anything asks for the key."""
        asked = key in self.words or any(use.key == key for use in self.uses)
        return asked or bool(ARGUMENTS.fullmatch(key)) or any(shape.fullmatch(key) for shape in self.shapes)


def used(root: Path) -> Used:
    """Everything that the project's code asks for."""
    sources = list(modules(root, HOUSE))
    nodes = [(source, node) for source in sources for node in ast.walk(source.tree)]
    uses = [use for source, node in nodes for use in _asked(source, node)]
    uses += [Use(key, path, 1) for key, path in refusals(sources).items()]
    uses += _on_the_page(root)
    words = {node.value for _, node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    shapes = {shape for _, node in nodes for shape in _shape(node)} | set(_shapes_on_the_page(root))
    shapes.add(re.escape(NEVER_SAID) + r"\.\w+")
    return Used(tuple(uses), frozenset(words), tuple(re.compile(shape) for shape in sorted(shapes)))


def refusals(sources: Iterable[Source]) -> dict[str, str]:
    """Catalogue keys of what is raised, with a place where each stands."""
    for module in WITH_ERRORS:
        import_module(module)
    known = {error.__name__ for error in _subclasses(QudaoError)}
    found = {error.key: error.__module__ for error in _subclasses(QudaoError)}
    del found[NEVER_SAID]
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
                found |= dict.fromkeys(_first(node), source.path)
    return found


def _subclasses(error: type[QudaoError]) -> Iterator[type[QudaoError]]:
    yield error
    for below in error.__subclasses__():
        yield from _subclasses(below)


def _asked(source: Source, node: ast.AST) -> Iterator[Use]:
    """``words("order.placed", order=…)``, whatever the words hang on."""
    if not isinstance(node, ast.Call):
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called.lstrip("_") != "words":
        return
    named = [keyword.arg for keyword in node.keywords]
    given = None if None in named else frozenset(name for name in named if name)
    for key in _first(node):
        if "." in key:
            yield Use(key, source.path, node.lineno, given)


def _first(call: ast.Call) -> list[str]:
    """The words that stand as the first argument, either of two where it is a choice."""
    first = call.args[0] if call.args else None
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [one.value for one in choices if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _shape(node: ast.AST) -> Iterator[str]:
    """What a key put together looks like: ``f"unit.{unit}.one"``, ``"order.state." + state``."""
    match node:
        case ast.JoinedStr(values=values):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+" for part in values]
        case ast.BinOp(left=ast.Constant(value=str(start)), op=ast.Add()):
            parts = [re.escape(start), r"[\w.]+"]
        case _:
            return
    if re.match(r"[a-z_]+\\\.", parts[0]):
        yield "".join(parts)


def _on_the_page(root: Path) -> Iterator[Use]:
    for file in _files(root, "js", "html"):
        pattern = SCRIPT if file.suffix == ".js" else TEMPLATE
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            for found in pattern.finditer(line):
                key = next((part for part in found.groups() if part), "")
                if key and "$" not in key:
                    yield Use(f"web.{key.removeprefix('web.')}", file.relative_to(root).as_posix(), number)


def _shapes_on_the_page(root: Path) -> Iterator[str]:
    for file in _files(root, "js"):
        for found in SCRIPT.finditer(file.read_text("utf-8")):
            if found[2]:
                yield "web." + r"[\w.]+".join(re.escape(part) for part in re.split(r"\$\{[^}]*\}", found[2]))


def _files(root: Path, *kinds: str) -> Iterator[Path]:
    for file in sorted((root / PAGES).rglob("*")):
        if file.suffix.lstrip(".") in kinds and "vendor" not in file.parts:
            yield file
